"""What a line says, written anew: a quantity in the documented unit of its field, with the doubt that it has."""

from typing import Any

from carbon_api.plan.kinds import KINDS
from carbon_api.plan.measures import Measure
from carbon_api.plan.model import Quantity
from carbon_api.plan.quantities import LabelledField, QuantityField


def written(kind: str, name: str, quantity: Quantity, label: str | None = None) -> Any:
    """A quantity in its stored unit, as the field `name` of a kind of line takes it; `label` is the word beside it."""
    field = KINDS[kind].readers[name]
    if isinstance(field, LabelledField):
        labelled = {field.key: label} if label else {}
        return {"value": _within(field.measure, quantity), **_doubt(quantity), **labelled}
    if isinstance(field, QuantityField):
        return _bare(field.measure, quantity)
    raise TypeError(f"{name} of {kind} is no quantity")


def scaled(kind: str, name: str, said: object, factor: float) -> Any:
    """What a line says under `name`, times a factor; as unsure as it was."""
    field = KINDS[kind].readers[name]
    read = field.read(said)
    quantity, label = read if isinstance(field, LabelledField) else (read, None)
    return written(kind, name, quantity._replace(value=quantity.value * factor), label)


def _bare(measure: Measure, quantity: Quantity) -> Any:
    value = _within(measure, quantity)
    return {"value": value, **_doubt(quantity)} if quantity.plus_minus else value


def _within(measure: Measure, quantity: Quantity) -> float:
    """The number in the documented unit, not below the least that the field takes: next to nothing is still something.
    """
    return max(measure.written(quantity.value), measure.minimum)


def _doubt(quantity: Quantity) -> dict[str, Any]:
    """The doubt as it is written. What falls where its group rises has no way to say so: its width stands alone."""
    width, group = quantity.plus_minus, quantity.uncertainty_group
    if width < 0:
        width, group = -width / (1 + width), None
    return ({"plus_minus": width} if width else {}) | ({"uncertainty_group": group} if width and group else {})
