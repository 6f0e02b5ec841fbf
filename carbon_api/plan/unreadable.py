"""What makes a document unreadable, whichever way it is written."""

from collections.abc import Iterable
from typing import Any

from carbon_api.errors import Finding, PlanUnreadable, step

LONGEST_NUMBER = 400  # characters
DEEPEST = 32  # levels of mappings and lists; a plan needs six


def unreadable(code: str, detail: str, line: int | None = None, pointer: str = "") -> PlanUnreadable:
    """Return the error for a document that cannot be read, with its one finding."""
    where = f"Line {line}: " if line else ""
    return PlanUnreadable(f"{where}{detail}.", [Finding(pointer, code, detail, line=line)])


def empty() -> PlanUnreadable:
    """Return the error for a document that says nothing."""
    return unreadable("empty", "the document is empty; write a plan: a name and its lines")


def too_long(line: int, pointer: str) -> PlanUnreadable:
    """Return the error for a number of very many digits."""
    detail = f"a number has more than {LONGEST_NUMBER} characters; write it shorter"
    return unreadable("number-too-long", detail, line, pointer)


def refuse_depth(value: Any) -> None:
    """Raise PlanUnreadable when mappings and lists are nested too deep."""
    level = [value]
    for _ in range(DEEPEST):
        level = [item for held in level for item in _inside(held) if type(item) is dict or type(item) is list]
        if not level:
            return
    raise too_deep()


def too_deep(line: int | None = None) -> PlanUnreadable:
    """Return the error for mappings and lists nested too deep."""
    return unreadable("too-deep", f"mappings and lists are nested more than {DEEPEST} deep; a plan needs six", line)


def refuse_characters(value: Any, pointer: str = "") -> None:
    """Raise PlanUnreadable when a text, a key included, holds NUL or half of a surrogate pair."""
    if isinstance(value, str):
        if "\0" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
            raise unreadable(
                "bad-character", "a text holds NUL or half a surrogate pair; remove the character", pointer=pointer
            )
    elif isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            refuse_characters(key, pointer)
            refuse_characters(item, pointer + step(key))


def _inside(held: Any) -> Iterable[Any]:
    return held.values() if type(held) is dict else held if type(held) is list else ()
