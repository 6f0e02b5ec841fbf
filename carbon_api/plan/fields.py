"""Marshmallow fields that take exactly what they document, and say what would do.

Each field reads with `read(value)`, refuses with findings relative to the value, and describes what it reads with
`json_schema()`, the JSON Schema (2020-12) published in the API's description.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Generic, TypeVar

from marshmallow import fields

from carbon_api.plan.findings import Refused, looks_like, nearest, quoted, refused
from carbon_api.plan.french import spellings

T = TypeVar("T")
Json = dict[str, Any]

_CONTROL = "\x00-\x1f\x7f"
_DAY = r"20[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"


class PlanField(fields.Field[T], Generic[T]):
    """A field of a plan. `component` names its schema where several fields share it."""

    component: str | None = None

    def __init__(self, about: str = "", *, required: bool = False) -> None:
        super().__init__(required=required, metadata={"description": about} if about else None)

    def read(self, value: object) -> T:
        """Return the value read. Raises Refused with findings relative to it."""
        raise NotImplementedError  # each field has its own; none is made of this class itself

    def json_schema(self) -> Json:
        """Return the JSON Schema of exactly what `read` takes, but for rules between several values."""
        raise NotImplementedError  # each field has its own; none is made of this class itself

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> T:
        return self.read(value)


class Text(PlanField[str]):
    """Text of 1 to `longest` characters; one line without spaces at its ends, unless `free`."""

    def __init__(self, longest: int, about: str = "", *, required: bool = False, free: bool = False) -> None:
        super().__init__(about, required=required)
        self.longest = longest
        inside = f"[^{_CONTROL}]"
        self.pattern = r"[^\x00]*" if free else rf"[^{_CONTROL} ](?:{inside}*[^{_CONTROL} ])?"
        self._fits = re.compile(self.pattern).fullmatch

    def read(self, value: object) -> str:
        if type(value) is str and 0 < len(value) <= self.longest and self._fits(value):
            return value
        raise self._fault(value)

    def _fault(self, value: object) -> Refused:
        if value is None:
            return refused("null", "null is not text; write a value or leave the key out")
        if not isinstance(value, str):
            hint = (
                f'; write "{value}" in quotes' if isinstance(value, int | float) and not isinstance(value, bool) else ""
            )
            return refused("not-text", f"{quoted(value)} is not text{hint}")
        if not value:
            return refused("empty", "the text is empty; write something or leave the key out")
        if len(value) > self.longest:
            return refused("too-long", f"the text has {len(value)} characters; {self.longest} at most")
        return refused(
            "control-character", "the text starts or ends with a space, or holds a line break or control character"
        )

    def json_schema(self) -> Json:
        return {"type": "string", "minLength": 1, "maxLength": self.longest, "pattern": f"^{self.pattern}$"}


class Code(PlanField[str]):
    """A short code of a fixed shape, such as a currency or the id of a method."""

    def __init__(self, what: str, pattern: str, example: str, about: str = "") -> None:
        super().__init__(about)
        self.what, self.pattern, self.example = what, pattern, example
        self._fits = re.compile(pattern).fullmatch

    def read(self, value: object) -> str:
        if type(value) is str and self._fits(value):
            return value
        code = "null" if value is None else f"not-a-{self.what.replace(' ', '-')}"
        example = f'"{self.example}", in quotes' if isinstance(value, int | float) else self.example
        raise refused(code, f"{quoted(value)} is not a {self.what}; write for instance {example}")

    def json_schema(self) -> Json:
        return {"type": "string", "pattern": f"^(?:{self.pattern})$"}


class Choice(PlanField[str]):
    """One word of a list, or another spelling of it: a French one, or one given in `also` (spelling -> word)."""

    def __init__(
        self,
        words: Iterable[str],
        what: str,
        about: str = "",
        *,
        also: Mapping[str, str] | None = None,
        required: bool = False,
    ) -> None:
        super().__init__(about, required=required)
        self.words, self.what = tuple(words), what
        french = {spelt: word for word in self.words for spelt in spellings(word)}
        self.spellings = {word: word for word in self.words} | french | dict(also or {})

    def read(self, value: object) -> str:
        word = self.spellings.get(value) if type(value) is str else None
        if word is None:
            raise self.unknown(value)
        return word

    @property
    def hint(self) -> str:
        """What to add to a message when no word looks like what was written."""
        return "; write one of the valid values"

    def unknown(self, value: object) -> Refused:
        """Return the fault of a value that is none of the words."""
        if not isinstance(value, str):
            code = "null" if value is None else "not-text"
            return refused(code, f"{self._not_one(value)}; write one of the valid values", self.words)
        alike = nearest(value, self.spellings)
        known = tuple(dict.fromkeys(self.spellings[spelt] for spelt in alike))
        meant = f"; did you mean {known[0]}?" if looks_like(value, alike[0]) else self.hint
        return refused(f"unknown-{self.what.replace(' ', '-')}", f"{self._not_one(value)}{meant}", known)

    def _not_one(self, value: object) -> str:
        return f"{quoted(value)} is not {'an' if self.what[0] in 'aeiou' else 'a'} {self.what}"

    def json_schema(self) -> Json:
        return {"type": "string", "enum": list(self.spellings)}


class Flag(PlanField[bool]):
    """true or false, and nothing that only looks like it."""

    def read(self, value: object) -> bool:
        if type(value) is bool:
            return value
        raise refused("not-true-or-false", f"{quoted(value)} is neither true nor false", ("true", "false"))

    def json_schema(self) -> Json:
        return {"type": "boolean"}


class Whole(PlanField[int]):
    """A whole number between two bounds; 202.0 is one, 1.9 and true are not."""

    def __init__(self, least: int, most: int, about: str = "") -> None:
        super().__init__(about)
        self.least, self.most = least, most

    def read(self, value: object) -> int:
        if (type(value) is int or (type(value) is float and value.is_integer())) and self.least <= value <= self.most:
            return int(value)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise refused("null" if value is None else "not-a-number", f"{quoted(value)} is not a whole number")
        if isinstance(value, float) and not value.is_integer():
            raise refused("not-whole", f"{quoted(value)} is not a whole number")
        raise refused("out-of-range", f"{quoted(value)} is not between {self.least} and {self.most}")

    def json_schema(self) -> Json:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


class Day(PlanField[date]):
    """A calendar day, YYYY-MM-DD, in this century."""

    _fits = re.compile(_DAY).fullmatch

    def read(self, value: object) -> date:
        if type(value) is str and Day._fits(value):
            try:
                return date.fromisoformat(value)
            except ValueError:
                raise refused("not-a-date", f"{quoted(value)} is not a day of the calendar") from None
        raise refused(
            "null" if value is None else "not-a-date", f"{quoted(value)} is not a date; write it as 2026-03-31"
        )

    def json_schema(self) -> Json:
        return {"type": "string", "format": "date", "pattern": f"^{_DAY}$"}
