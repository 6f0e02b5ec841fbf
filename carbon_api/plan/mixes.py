"""The fields of shares that must sum to 1: devices, networks, countries; and the quartiles of a video."""

from collections.abc import Mapping
from math import fsum

from carbon_api.errors import step
from carbon_api.plan.fields import Choice, Json, PlanField
from carbon_api.plan.findings import Faults, Refused, quoted, refused
from carbon_api.plan.measures import SHARE
from carbon_api.plan.quantities import share, share_schema
from carbon_api.plan.vocabulary import COUNTRIES

_TOLERANCE = 1e-6
_OTHER_CODES = {"UK": "GB", "EL": "GR", "WORLD": "world"}
QUARTERS = 4


class Mix(PlanField[Mapping[str, float]]):
    """Shares by name that sum to 1 within 1e-6; they are never scaled in silence."""

    def __init__(self, component: str, names: Choice, about: str = "", *, required: bool = False) -> None:
        super().__init__(about, required=required)
        self.component, self.names = component, names

    def read(self, value: object) -> Mapping[str, float]:
        if isinstance(value, dict) and value:
            return read_shares(value, self.names)
        code = "null" if value is None else "not-a-mapping"
        raise refused(
            code,
            f'{quoted(value)} gives no shares; write for instance {{"{self.names.words[0]}": 1}}',
            self.names.words,
        )

    def json_schema(self) -> Json:
        return shares_schema(self.names)


class Country(PlanField[Mapping[str, float]]):
    """Where people are: one ISO 3166-1 alpha-2 code in capitals, EU or world, or shares of several."""

    component = "Country"
    _codes = frozenset(COUNTRIES)

    def read(self, value: object) -> Mapping[str, float]:
        if type(value) is str and value in self._codes:
            return {value: 1.0}
        if isinstance(value, dict) and value:
            return read_shares(value, _CODES)
        raise _CODES.unknown(value)

    def json_schema(self) -> Json:
        return {"anyOf": [_CODES.json_schema(), shares_schema(_CODES)]}


class _CountryCode(Choice):
    @property
    def hint(self) -> str:
        """What to add to a message when no code looks like what was written."""
        return "; write a code of two capitals (ISO 3166-1) such as FR, or EU, or world"

    def unknown(self, value: object) -> Refused:
        """Return the fault of a code; a code in small letters is refused, because `no` or `is` may be a slip."""
        meant = (
            _OTHER_CODES.get(value.upper(), value if value == "world" else value.upper())
            if isinstance(value, str)
            else ""
        )
        if not isinstance(value, str) or meant not in self.words:
            return super().unknown(value)
        detail = f"{quoted(value)} is not a country code here; write {meant}"
        return refused("unknown-country", detail, (meant, *(word for word in self.words if word != meant)))


_CODES = _CountryCode(COUNTRIES, "country")


class Quartiles(PlanField[tuple[float, float, float, float]]):
    """The shares of plays that reach 25, 50, 75 and 100 % of the video."""

    component = "Quartiles"

    def read(self, value: object) -> tuple[float, float, float, float]:
        if not isinstance(value, list) or len(value) != QUARTERS:
            raise refused(
                "not-quartiles", "write four shares of plays: those that reach 25, 50, 75 and 100 % of the video"
            )
        faults = Faults()
        read = [faults.reading(index, share, item) for index, item in enumerate(value)]
        faults.stop()
        first, second, third, whole = (item for item in read if item is not None)
        if not first >= second >= third >= whole:
            raise refused(
                "contradiction", "fewer people reach the end than the start: each share is at most the one before"
            )
        return first, second, third, whole

    def json_schema(self) -> Json:
        return {"type": "array", "items": share_schema(), "minItems": 4, "maxItems": 4}


def read_shares(value: Mapping[str, object], names: Choice) -> dict[str, float]:
    """Return shares by name. Raises Refused when a name is unknown or twice there, or the sum is not 1."""
    known = names.spellings
    shares = {
        known[key]: part for key, item in value.items() if key in known and (part := SHARE.read(item)) is not None
    }
    if len(shares) < len(value):
        shares = _one_by_one(value, names)
    total = fsum(shares.values())
    if abs(total - 1) > _TOLERANCE:
        raise refused(
            "shares-do-not-sum", f"the shares sum to {total:.6g}; they must sum to 1, and are never scaled for you"
        )
    return shares


def _one_by_one(value: Mapping[str, object], names: Choice) -> dict[str, float]:
    """Return shares by name, or raise Refused with every fault there is."""
    faults, shares = Faults(), dict[str, float]()
    for key, item in value.items():
        name = faults.reading(key, names.read, key)
        read = faults.reading(key, share, item)
        if name in shares:
            faults.note("given-twice", f"{name} is given twice; keep one of the two", at=step(key))
        elif name is not None and read is not None:
            shares[name] = read
        if faults.enough:
            break
    faults.stop()
    return shares


def shares_schema(names: Choice) -> Json:
    """Return the JSON Schema of shares by name, but for their sum."""
    return {
        "type": "object",
        "propertyNames": {"enum": list(names.spellings)},
        "additionalProperties": share_schema(),
        "minProperties": 1,
        "description": "Shares that sum to 1 (within 1e-6)",
    }
