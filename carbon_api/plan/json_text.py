"""JSON, read strictly: no duplicate key, no NaN, no infinity, no character that cannot be sent on."""

import json
import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

from carbon_api.errors import PlanUnreadable, step
from carbon_api.plan.unreadable import LONGEST_NUMBER, refuse_characters, refuse_depth, too_deep, too_long, unreadable

_ESCAPED = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+')


class _TwiceError(Exception):
    """A key stands twice in one object."""


class _NumberError(Exception):
    """A number, as it is written, that is none here: NaN, infinite, or of very many characters."""


def read_json(text: str) -> Any:
    """Return the value. Raises PlanUnreadable."""
    try:
        value = json.loads(
            text, object_pairs_hook=_object, parse_int=_integer, parse_float=_decimal, parse_constant=_refuse
        )
    except json.JSONDecodeError as error:
        detail = f"this is not JSON: {error.msg}, at column {error.colno}"
        raise unreadable("not-json", detail, error.lineno) from None
    except RecursionError:
        raise too_deep() from None
    except _TwiceError:
        pointer, line = json_places(text).twice[0]
        raise unreadable("duplicate-key", f"the key at {pointer} stands twice; keep one", line, pointer) from None
    except _NumberError as error:
        raise _unreadable_number(text, str(error)) from None
    refuse_depth(value)
    if _ESCAPED.search(text):
        refuse_characters(value)
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) != len(pairs):
        raise _TwiceError
    return read


def _integer(written: str) -> int:
    if len(written) > LONGEST_NUMBER:
        raise _NumberError(written)
    return int(written)


def _decimal(written: str) -> float:
    if len(written) > LONGEST_NUMBER or not isfinite(number := float(written)):
        raise _NumberError(written)
    return number


def _refuse(written: str) -> None:
    raise _NumberError(written)


def _unreadable_number(text: str, written: str) -> PlanUnreadable:
    """Return the error for a number as it is written, with its first place in a text that is JSON up to there."""
    pointer, line = json_places(text, until=written).found
    if len(written) > LONGEST_NUMBER:
        return too_long(line, pointer)
    return unreadable("not-finite", f"{written} is not a finite number; write one", line, pointer)


@dataclass
class Places:
    """The line of each pointer, the keys that stand twice with the line of the second, and where a number was found."""

    lines: dict[str, int] = field(default_factory=dict)
    twice: list[tuple[str, int]] = field(default_factory=list)
    found: tuple[str, int] = ("", 0)

    def put(self, pointer: str, line: int) -> None:
        """Note a pointer's line, or that it stands twice."""
        if pointer in self.lines:
            self.twice.append((pointer, line))
        self.lines.setdefault(pointer, line)


@dataclass
class _Frame:
    """A list or mapping being walked: where it is, and the key or index reached."""

    pointer: str
    mapping: bool
    index: int = 0
    key: str | None = None

    @property
    def reached(self) -> str:
        return self.pointer + step(self.index if self.key is None else self.key)


def lines_of(text: str) -> Mapping[str, int]:
    """Return the line of each pointer, of a text that is known to be JSON; none where there is but one line."""
    return json_places(text).lines if "\n" in text.strip() else {}


def json_places(text: str, until: str = "") -> Places:
    """Return the places of a text that is known to be JSON, if only up to the first number that is written `until`."""
    ends = [match.start() for match in re.finditer("\n", text)]
    places, stack = Places(), list[_Frame]()
    for token in _TOKEN.finditer(text):
        line = bisect_left(ends, token.start()) + 1
        if until and token[0].startswith(until):  # never a key: those are in quotes; what follows may be no JSON
            places.found = (stack[-1].reached if stack else "", line)
            break
        _walk(token[0], line, places, stack)
    return places


def _walk(mark: str, line: int, places: Places, stack: list[_Frame]) -> None:
    """Take one token: keep the stack of open lists and mappings, and note where keys and items stand."""
    top = stack[-1] if stack else None
    if mark in {"}", "]"}:
        stack.pop()
    elif mark == "," and top:
        top.index, top.key = top.index + 1, None
    elif mark == ":":
        return
    elif top and top.mapping and top.key is None:
        top.key = json.loads(mark)
        places.put(top.reached, line)
    else:
        _value(mark, line, places, stack)


def _value(mark: str, line: int, places: Places, stack: list[_Frame]) -> None:
    pointer = stack[-1].reached if stack else ""
    if not stack or not stack[-1].mapping:
        places.put(pointer, line)
    if mark in {"{", "["}:
        stack.append(_Frame(pointer, mark == "{"))
