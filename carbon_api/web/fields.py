"""Query arguments that accept exactly what the description of the service says, and nothing else.

Each offers `json_schema()`, its exact schema; marshmallow's own fields take more than JSON Schema would.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from marshmallow import Schema, ValidationError, fields

MOST_TEXT = 200


class Argument(fields.Field[Any]):
    """A query argument: one text on the wire."""

    def __init__(self, description: str, default: object = None, name: str | None = None, *, example: object) -> None:
        said = description if hasattr(self, "words") else f"{description} For instance `{example}`."
        metadata = {"description": said, "examples": [example]}
        super().__init__(load_default=default, data_key=name, metadata=metadata)

    def json_schema(self) -> dict[str, Any]:
        """The exact JSON Schema of the argument."""
        return {"type": "string", "minLength": 1, "maxLength": MOST_TEXT, "pattern": "^[^\\x00]*$"}


class Text(Argument):
    """A text of 1 to 200 characters, without NUL."""

    def _deserialize(self, value: str, *_: Any, **__: Any) -> str:
        if not 0 < len(value) <= MOST_TEXT or "\0" in value:
            raise ValidationError(f"Give 1 to {MOST_TEXT} characters, none of them NUL.")
        return value


class Cursor(Argument):
    """Where a page starts: a text that its list gave, of the list's own form."""

    def __init__(self, pattern: str, *, example: str) -> None:
        about = "Where the page starts: `next_cursor` of the page before. Leave out for the first page."
        super().__init__(about, example=example)
        self.pattern = pattern

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": self.pattern}

    def _deserialize(self, value: str, *_: Any, **__: Any) -> str:
        if not re.fullmatch(self.pattern, value, re.ASCII):
            raise ValidationError("This is no cursor of ours; take `next_cursor` from a page.")
        return value


class OneOf(Argument):
    """One of some words. They may be given as a function, where they are only known once the factor book is open."""

    def __init__(self, description: str, words: Callable[[], Iterable[str]], *, example: str) -> None:
        self.words = words
        super().__init__(description, example=example)

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": list(self.words())}

    def _deserialize(self, value: str, *_: Any, **__: Any) -> str:
        if value not in self.words():
            raise ValidationError("This is not one of the valid values.")
        return value


class TrueFalse(Argument):
    """`true` or `false`, spelled so."""

    WORDS: Mapping[str, bool] = {"true": True, "false": False}

    def json_schema(self) -> dict[str, Any]:
        return {"type": "boolean"}

    def words(self) -> Iterable[str]:
        return self.WORDS

    def _deserialize(self, value: str, *_: Any, **__: Any) -> bool:
        if value not in self.WORDS:
            raise ValidationError("Write true or false.")
        return self.WORDS[value]


class WholeNumber(Argument):
    """A whole number between two bounds, both included."""

    def __init__(self, description: str, low: int, high: int, default: int, *, example: int) -> None:
        super().__init__(description, default, example=example)
        self.low, self.high = low, high

    def json_schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.low, "maximum": self.high}

    def _deserialize(self, value: str, *_: Any, **__: Any) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", value) or not self.low <= int(value) <= self.high:
            raise ValidationError(f"Give a whole number from {self.low} to {self.high}.")
        return int(value)


class Day(Argument):
    """A day, YYYY-MM-DD."""

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date"}

    def _deserialize(self, value: str, *_: Any, **__: Any) -> date:
        try:
            if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
                raise ValueError(value)
            return date.fromisoformat(value)
        except ValueError as fault:
            raise ValidationError("Give a day as YYYY-MM-DD.") from fault


class NoQuery(Schema):
    """The arguments of a route that has none."""


class Paged(Schema):
    """The arguments of every list that comes in pages."""

    limit = WholeNumber("The most items on a page.", low=1, high=200, default=50, example=20)
