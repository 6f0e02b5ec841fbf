"""What a line gives to a flow: the value's name in the formulas, the plan's field, and how to read it."""

from collections.abc import Callable
from typing import Any, NamedTuple

from carbon_api.inventory.inputs import Status
from carbon_api.plan.model import Quantity


class Gives(NamedTuple):
    """A value that every line of the same description gives. Without `read` it is the plain number 1."""

    name: str
    field: str
    read: Callable[[Any], Quantity] | None
    status: Status = "given"
