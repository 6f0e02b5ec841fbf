"""A document that was read, and where in it the caller wrote what a finding is about."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from carbon_api.errors import Finding, step
from carbon_api.plan.french import written_as


@dataclass(frozen=True)
class Document:
    """Plain values, and a function that gives the line of the text for each pointer into them.

    A part of a document keeps in `prefix` the pointer that leads to it.
    """

    value: Any
    places: Callable[[], Mapping[str, int]] = dict
    prefix: str = ""

    def part(self, *keys: str | int) -> "Document":
        """Return the document that the keys, as the caller wrote them, lead to; its findings point into the whole."""
        value, prefix = self.value, "".join(map(step, keys))
        for key in keys:
            value = value[key]
        return Document(value, lambda: _under(self._lines, prefix), self.prefix + prefix)

    def located(self, finding: Finding) -> Finding:
        """Return the finding with its pointer in the keys that the caller wrote, and its line where the text has lines.

        What a line leaves to the plan's defaults is found there; what is nowhere, at the mapping that lacks it.
        """
        pointer = self._written(finding.pointer)
        return replace(finding, pointer=self.prefix + pointer, line=self._lines.get(pointer))

    @cached_property
    def _lines(self) -> Mapping[str, int]:
        return self.places()

    def _written(self, pointer: str) -> str:
        keys = [key.replace("~1", "/").replace("~0", "~") for key in pointer.split("/")[1:]]
        own, whole = self._follow(keys)
        if whole or keys[0] != "lines" or not keys[2:]:
            return own
        default, there = self._follow(["defaults", *keys[2:]])
        return default if there else own

    def _follow(self, keys: Sequence[str]) -> tuple[str, bool]:
        """Return the pointer to what the keys lead to, as far as they lead, and whether that is the whole way."""
        value, pointer = self.value, ""
        for key in keys:
            written = _key(value, key)
            if written is None:
                return pointer, False
            value, pointer = value[written], pointer + step(written)
        return pointer, True


def _under(lines: Mapping[str, int], prefix: str) -> Mapping[str, int]:
    """Return the lines of what is below a pointer, by pointers from there."""
    return {pointer.removeprefix(prefix): line for pointer, line in lines.items() if pointer.startswith(prefix)}


def _key(value: object, key: str) -> str | int | None:
    """Return the key of a mapping or list that reads `key`, or is French for it."""
    if isinstance(value, list):
        return int(key) if key.isdecimal() and int(key) < len(value) else None
    if not isinstance(value, Mapping):
        return None
    return written_as(key, value)
