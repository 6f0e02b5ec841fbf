"""The schema of one mapping of a plan: it reads the keys that are there, under their English or French names."""

from collections.abc import Callable, Container, Iterable, Mapping
from functools import cached_property
from typing import Any, ClassVar, Generic, TypeVar, cast

from marshmallow import Schema

from carbon_api.errors import Finding, step
from carbon_api.plan.fields import Json, PlanField
from carbon_api.plan.findings import Faults, Refused, quoted, refused
from carbon_api.plan.french import english

T = TypeVar("T")
Readers = tuple[tuple[str, Callable[[object], Any]], ...]

MOST_ITEMS = 100
MOST_MET = 1_000  # ways of writing the keys of one mapping, kept with what reads them

_WHY = {"country": ", here or in the plan's defaults: a code such as FR, or EU, or world; no world average is assumed"}


class Part(Schema):
    """A mapping that refuses what it does not know, and points to the key that the caller wrote.

    It walks the caller's ten keys rather than the forty fields there could be, and finds what reads them at once where
    another mapping had the same: that is a third of the cost. marshmallow's own `load` reads the same under English
    names; `read` takes the French ones too.
    """

    title: ClassVar[str] = "mapping"

    @cached_property
    def _met(self) -> dict[tuple[str, ...], Readers]:
        """What reads the keys of mappings met before."""
        return {}

    @cached_property
    def readers(self) -> Mapping[str, PlanField[Any]]:
        """The fields by name."""
        return cast(Mapping[str, PlanField[Any]], self.load_fields)

    @cached_property
    def required(self) -> tuple[str, ...]:
        """The names that must be there."""
        return tuple(name for name, field in self.readers.items() if field.required)

    @cached_property
    def needed(self) -> frozenset[str]:
        """The same, as a set."""
        return frozenset(self.required)

    def read(self, data: object) -> dict[str, Any]:
        """Return the values by English name. Raises Refused with every finding."""
        values, faults = self.walk(data)
        if isinstance(data, Mapping):
            faults.extend(missing(self.title, self.required, values))
        faults.stop()
        return values

    def walk(self, data: object) -> tuple[dict[str, Any], Faults]:
        """Return what could be read, by English name, and the faults of the rest; required keys are not asked for."""
        values = self._at_once(data) if isinstance(data, Mapping) else None
        return (values, Faults()) if values is not None else self._key_by_key(data)

    def _at_once(self, data: Mapping[str, Any]) -> dict[str, Any] | None:
        """Return the values of a mapping without fault; None where there is one, whichever."""
        keys = tuple(data)
        readers = self._met.get(keys) or self._meet(keys)
        if readers is None:
            return None
        try:
            return {name: read(value) for (name, read), value in zip(readers, data.values(), strict=True)}
        except Refused:
            return None

    def _meet(self, keys: tuple[str, ...]) -> Readers | None:
        """Return what reads these keys, and keep it; None where a key is not known, or says what another does."""
        names = [key if key in self.readers else english(key) or "" for key in keys]
        known = {name: self.readers[name].read for name in names if name in self.readers}
        if len(known) < len(keys):
            return None
        if len(self._met) >= MOST_MET:
            self._met.clear()
        return self._met.setdefault(keys, tuple(known.items()))

    def _key_by_key(self, data: object) -> tuple[dict[str, Any], Faults]:
        values: dict[str, Any] = {}
        faults = Faults()
        if not isinstance(data, Mapping):
            faults.note("not-a-mapping", f"{quoted(data)} is not a mapping of keys to values")
            return values, faults
        readers = self.readers
        for key, value in data.items():
            name = key if key in readers else english(key)
            field = readers.get(name) if name else None
            if field is None or name is None:
                self.unknown_key(key, faults)
            elif name in values:
                faults.append(
                    Finding(step(key), "given-twice", f"{quoted(key)} gives {name} a second time; keep one of the two")
                )
            else:
                values[name] = faults.reading(key, field.read, value)
            if faults.enough:
                break
        return values, faults

    def unknown_key(self, key: str, faults: Faults) -> None:
        """Note a key that this mapping does not know."""
        faults.unknown_key(key, self.readers)

    def json_schema(self) -> Json:
        """Return the JSON Schema of the mapping under its English names, but for rules between several keys."""
        properties = {name: _described(field) for name, field in self.readers.items()}
        required = {"required": list(self.required)} if self.required else {}
        return {"type": "object", "properties": properties, **required, "additionalProperties": False}


class PartsField(PlanField[list[T]], Generic[T]):
    """A list of mappings inside another: what `item` makes of each, as its schema describes it."""

    def __init__(self, part: Part, item: Callable[[object], T], about: str) -> None:
        super().__init__(about)
        self.part, self.item = part, item

    def read(self, value: object) -> list[T]:
        if not isinstance(value, list) or not 0 < len(value) <= MOST_ITEMS:
            code = "null" if value is None else "not-a-list" if not isinstance(value, list) else "out-of-range"
            raise refused(code, f"{quoted(value)} is not a list of 1 to {MOST_ITEMS}: one for each {self.part.title}")
        faults = Faults()
        read = [faults.reading(index, self.item, item) for index, item in enumerate(value)]
        faults.stop()
        return [item for item in read if item is not None]

    def json_schema(self) -> Json:
        return {"type": "array", "items": self.part.json_schema(), "minItems": 1, "maxItems": MOST_ITEMS}


def missing(what: str, required: Iterable[str], given: Container[str]) -> list[Finding]:
    """Return a finding for each required name that was not given."""
    absent = [name for name in required if name not in given]
    return [
        Finding("", "missing-field", f"{name} is missing: a {what} needs it{_WHY.get(name, '')}", (name,))
        for name in absent
    ]


def _described(field: PlanField[Any]) -> Json:
    about = field.metadata.get("description")
    return field.json_schema() | ({"description": about} if about else {})
