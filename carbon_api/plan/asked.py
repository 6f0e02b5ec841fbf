"""The fields of a request that holds plans: a plan as it is written, and several of one thing."""

from collections.abc import Mapping
from typing import Any, Generic, TypeVar

from carbon_api.plan.fields import Json, PlanField
from carbon_api.plan.findings import Faults, quoted, refused
from carbon_api.plan.schemas import PlanSchema

T = TypeVar("T")


class WrittenPlan(PlanField[Mapping[str, Any]]):
    """A plan as written: it is read with its place in the document."""

    def read(self, value: object) -> Mapping[str, Any]:
        if isinstance(value, Mapping):
            return value
        raise refused("not-a-mapping", f"{quoted(value)} is not a plan: a plan is a mapping of keys to values")

    def json_schema(self) -> Json:
        return PlanSchema().json_schema()


class Several(PlanField[list[T]], Generic[T]):
    """A list of values that one field reads, all different where they are words."""

    def __init__(self, item: PlanField[T], least: int, most: int, about: str) -> None:
        super().__init__(about)
        self.item, self.least, self.most = item, least, most

    def read(self, value: object) -> list[T]:
        if not isinstance(value, list) or not self.least <= len(value) <= self.most:
            count = str(self.least) if self.least == self.most else f"{self.least} to {self.most}"
            raise refused("not-a-list", f"{quoted(value)}; write a list of {count}")
        faults = Faults()
        values = [faults.reading(place, self.item.read, one) for place, one in enumerate(value)]
        faults.stop()
        read = [one for one in values if one is not None]
        if any(one in read[:place] for place, one in enumerate(read) if isinstance(one, str)):
            raise refused("given-twice", "the same is listed twice; write each once")
        return read

    def json_schema(self) -> Json:
        return {"type": "array", "minItems": self.least, "maxItems": self.most, "items": self.item.json_schema()}
