"""YAML 1.2, read strictly from libyaml's events: its JSON-like core, without anchors, aliases and tags."""

import re
from collections.abc import Iterator
from math import isfinite
from typing import Any

import yaml

from carbon_api.errors import step
from carbon_api.plan.unreadable import DEEPEST, LONGEST_NUMBER, empty, too_deep, too_long, unreadable

_WORDS: dict[str, object] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_WHOLE = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")

Events = Iterator[Any]


def read_yaml(text: str) -> tuple[Any, dict[str, int]]:
    """Return the value, and the line of each pointer. Raises PlanUnreadable."""
    builder = _Builder(yaml.parse(text, Loader=yaml.CSafeLoader))
    try:
        return builder.document(), builder.places
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise unreadable("not-yaml", f"this is not YAML: {error.problem or error.context}", line) from None
    except yaml.YAMLError as error:
        raise unreadable("not-yaml", f"this is not YAML: {error}".splitlines()[0]) from None


class _Builder:
    """Builds the values of one document out of events, noting where each stands."""

    def __init__(self, events: Events) -> None:
        self.events = events
        self.places: dict[str, int] = {}

    def document(self) -> Any:
        """Return the value of the only document."""
        next(self.events)  # the stream starts
        if isinstance(next(self.events), yaml.StreamEndEvent):  # where a document would start
            raise empty()
        value = self.value(next(self.events), "", 0)
        next(self.events)  # the document ends
        after = next(self.events)
        if not isinstance(after, yaml.StreamEndEvent):
            raise unreadable("several-documents", "one plan at a time: remove what follows ---", _line(after))
        return value

    def value(self, event: Any, pointer: str, depth: int) -> Any:
        """Return the value that starts with `event`."""
        _refuse_extras(event)
        self.places.setdefault(pointer, _line(event))
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event, pointer)
        if depth >= DEEPEST:
            raise too_deep(_line(event))
        return self.mapping(pointer, depth) if isinstance(event, yaml.MappingStartEvent) else self.list(pointer, depth)

    def mapping(self, pointer: str, depth: int) -> dict[str, Any]:
        """Return the mapping whose start was just taken; its keys are text, whatever they look like."""
        read: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            _refuse_extras(event)
            if not isinstance(event, yaml.ScalarEvent):
                raise unreadable("key-not-text", "a key is text, not a list or a mapping", _line(event), pointer)
            where = pointer + step(event.value)
            if event.value in read:
                raise unreadable("duplicate-key", f"the key at {where} stands twice; keep one", _line(event), where)
            self.places[where] = _line(event)
            read[event.value] = self.value(next(self.events), where, depth + 1)
        return read

    def list(self, pointer: str, depth: int) -> list[Any]:
        """Return the list whose start was just taken."""
        read: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            read.append(self.value(event, f"{pointer}/{len(read)}", depth + 1))
        return read


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _refuse_extras(event: Any) -> None:
    """Refuse what is not plain data; an alias of an alias can be larger than any memory."""
    if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
        raise unreadable(
            "alias", "anchors (&) and aliases (*) are not read; write the value out, or use defaults", _line(event)
        )
    if event.tag is not None:
        raise unreadable("tag", f"tags ({event.tag}) are not read; remove it", _line(event))


def _scalar(event: Any, pointer: str) -> object:
    """Return a scalar by YAML 1.2: NO is a word, 012 is 12, 1:30 and 2026-03-31 are text, 1e-3 is a number."""
    text: str = event.value
    if "\0" in text:
        raise unreadable("bad-character", "a text holds NUL; remove the character", _line(event), pointer)
    if event.style:
        return text
    return _WORDS[text] if text in _WORDS else _plain(text, _line(event), pointer)


def _plain(text: str, line: int, pointer: str) -> object:
    """Return a plain scalar that is no word of YAML's: a number, else text."""
    whole, decimal = _WHOLE.fullmatch(text), _DECIMAL.fullmatch(text)
    if len(text) > LONGEST_NUMBER and (whole or decimal):
        raise too_long(line, pointer)
    if whole:
        return int(text, 0 if text[:2] in {"0o", "0x"} else 10)
    if _NOT_FINITE.fullmatch(text) or (decimal and not isfinite(float(text))):
        raise unreadable("not-finite", f"{text} is not a finite number; write one", line, pointer)
    return float(text) if decimal else text
