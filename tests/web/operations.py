"""Every operation that the description has."""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from checked import document, resolved


class Operation(NamedTuple):
    """An operation of the description."""

    path: str
    method: str
    described: dict[str, Any]

    @property
    def name(self) -> str:
        return str(self.described["operationId"])

    @property
    def is_of_estimates(self) -> bool:
        return self.path.startswith("/v1/estimates")

    def pointer(self, *steps: str) -> str:
        """The pointer to a part of the operation."""
        parts = ("paths", self.path, self.method.lower(), *steps)
        return "/" + "/".join(step.replace("~", "~0").replace("/", "~1") for step in parts)

    def arguments(self, place: str) -> Iterator[dict[str, Any]]:
        """Its arguments in the path, the query or the headers."""
        return (one for one in self.described["parameters"] if one["in"] == place)

    def bodies(self) -> list[tuple[str, bytes]]:
        """Media types and bodies: those of its examples, the first as another brand's, and some that are refused."""
        content = self.described.get("requestBody", {}).get("content", {})
        if not content:
            return []
        shown = [resolved(one["$ref"].removeprefix("#"))[1] for one in content["application/json"]["examples"].values()]
        values = [one["value"] for one in shown]
        values += [{**values[0], "brand": "Maison Verte"}, {}]
        return [(kind, json.dumps(value).encode()) for kind in content for value in values] + [("text/plain", b"x")]


OPERATIONS = [
    Operation(path, method.upper(), described)
    for path, methods in document()["paths"].items()
    for method, described in methods.items()
]
