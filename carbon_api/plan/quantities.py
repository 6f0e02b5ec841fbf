"""The fields of a quantity: a number, a string with a unit, or a mapping that also says how sure the caller is."""

from collections.abc import Mapping
from typing import Any, cast

from carbon_api.plan.fields import Choice, Json, PlanField, Text
from carbon_api.plan.findings import MOST_FINDINGS, Faults
from carbon_api.plan.measures import SHARE, Measure
from carbon_api.plan.model import Quantity
from carbon_api.plan.number_faults import limit_fault, number_fault, unit_fault

_PARTS = ("value", "unit", "plus_minus", "uncertainty_group")
_GROUP = Text(60)
WITH_WORD = 2  # keys: a value and its word


class QuantityField(PlanField[Quantity]):
    """A quantity of one measure, read into the measure's stored unit."""

    def __init__(self, measure: Measure, about: str = "", *, required: bool = False) -> None:
        super().__init__(about, required=required)
        self.measure = measure
        self.component = measure.name

    def read(self, value: object) -> Quantity:
        number = self.measure.read(value)
        if number is not None:
            return Quantity(number)
        if isinstance(value, dict):
            return _read_mapping(self.measure, value, ())
        raise number_fault(self.measure, value)

    def json_schema(self) -> Json:
        return {"anyOf": [*self.measure.schemas(), _mapping_schema(self.measure, {})]}


class PlainField(PlanField[float]):
    """A quantity that no doubt goes with: a number or a string with a unit, read into the measure's stored unit."""

    def __init__(self, measure: Measure, about: str = "") -> None:
        super().__init__(about)
        self.measure = measure
        self.component = measure.name

    def read(self, value: object) -> float:
        number = self.measure.read(value)
        if number is None:
            raise number_fault(self.measure, value)
        return number

    def json_schema(self) -> Json:
        return {"anyOf": self.measure.schemas()}


class LabelledField(PlanField[tuple[Quantity, str | None]]):
    """A quantity whose mapping may also hold one word, such as what it is an average over."""

    def __init__(self, component: str, measure: Measure, key: str, label: Choice, about: str = "") -> None:
        super().__init__(about)
        self.component, self.measure, self.key, self.label = component, measure, key, label
        self.bare = QuantityField(measure)

    def read(self, value: object) -> tuple[Quantity, str | None]:
        if not isinstance(value, dict):
            return self.bare.read(value), None
        return self._plain(value) or self._labelled(value)

    def _plain(self, value: dict[str, Any]) -> tuple[Quantity, str] | None:
        """Return what a mapping of a bare value and its word says; None for any other, and where either is wrong."""
        number, word = self.measure.read(value.get("value")), value.get(self.key)
        if len(value) != WITH_WORD or number is None or type(word) is not str:
            return None
        label = self.label.spellings.get(word)
        return (Quantity(number), label) if label else None

    def _labelled(self, value: dict[str, Any]) -> tuple[Quantity, str | None]:
        faults = Faults()
        label = faults.reading(self.key, self.label.read, value[self.key]) if self.key in value else None
        quantity = faults.here(lambda mapping: _read_mapping(self.measure, mapping, (self.key,)), value)
        faults.stop()
        return cast(Quantity, quantity), label

    def json_schema(self) -> Json:
        return {"anyOf": [*self.measure.schemas(), _mapping_schema(self.measure, {self.key: self.label.json_schema()})]}


def share(value: object) -> float:
    """Return a share written as a number from 0 to 1, or as "60 %"."""
    number = SHARE.read(value)
    if number is None:
        raise number_fault(SHARE, value)
    return number


def share_schema() -> Json:
    """Return the JSON Schema of a bare share."""
    return {"anyOf": SHARE.schemas()}


def _read_mapping(measure: Measure, mapping: Mapping[str, Any], labels: tuple[str, ...]) -> Quantity:
    """Return the quantity of {"value", "unit", "plus_minus", "uncertainty_group"}, beside which `labels` may stand."""
    faults, known = Faults(), (*_PARTS, *labels)
    for key in [key for key in mapping if key not in known][:MOST_FINDINGS]:
        faults.unknown_key(key, known)
    value = _read_value(measure, mapping, faults)
    sure = faults.reading("plus_minus", share, mapping["plus_minus"]) if "plus_minus" in mapping else 0.0
    group = (
        faults.reading("uncertainty_group", _GROUP.read, mapping["uncertainty_group"])
        if "uncertainty_group" in mapping
        else None
    )
    faults.stop()
    return Quantity(cast(float, value), cast(float, sure), group)


def _read_value(measure: Measure, mapping: Mapping[str, Any], faults: Faults) -> float | None:
    if "value" not in mapping:
        faults.note("missing-field", "value is missing: the number itself", ("value",))
        return None
    if "unit" not in mapping:
        return faults.reading("value", lambda value: _bare(measure, value), mapping["value"])
    unit = faults.reading("unit", lambda unit: _unit(measure, unit), mapping["unit"])
    return faults.reading("value", lambda value: _in_unit(measure, value, unit), mapping["value"]) if unit else None


def _bare(measure: Measure, value: object) -> float:
    number = measure.read(value)
    if number is None:
        raise number_fault(measure, value)
    return number


def _unit(measure: Measure, unit: object) -> str:
    if isinstance(unit, str) and unit in measure.scales:
        return unit
    raise unit_fault(measure, str(unit))


def _in_unit(measure: Measure, value: object, unit: str) -> float:
    number = measure.in_unit(value, unit) if type(value) is int or type(value) is float else None
    if number is None:
        raise limit_fault(measure, value, unit)
    return number


def _mapping_schema(measure: Measure, labels: Mapping[str, Json]) -> Json:
    """Return the schema of the mapping: a branch without unit, and one for each group of units with its own bound."""
    properties: Json = {"value": {}, "plus_minus": share_schema(), "uncertainty_group": _GROUP.json_schema(), **labels}
    branches: list[Json] = [{"properties": {"value": {"anyOf": measure.schemas()}, "unit": False}}]
    for limit in dict.fromkeys(measure.limits.values()):
        units = [unit for unit, most in measure.limits.items() if most == limit]
        bounded = {"value": measure.number_schema(limit), "unit": {"enum": units}}
        branches.append({"properties": bounded, "required": ["unit"]})
    return {
        "type": "object",
        "properties": properties | ({"unit": {"type": "string"}} if measure.scales else {}),
        "required": ["value"],
        "additionalProperties": False,
        "anyOf": branches,
    }
