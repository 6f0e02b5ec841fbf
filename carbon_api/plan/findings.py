"""Faults in a plan, on their way from the field that sees them to the caller who can mend them.

A field refuses with an error that carries findings, each with a pointer relative to the field's own value; every
mapping or list above puts its key or index in front.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import TypeVar

from marshmallow import ValidationError

from carbon_api.errors import Finding, PlanInvalid, step

T = TypeVar("T")
U = TypeVar("U")

MOST_FINDINGS = 100
_LONGEST_INTEGER = 1024  # bits; Python refuses to write much longer ones out
_SHOWN = 60  # characters of what the caller wrote, quoted in a message


class Refused(ValidationError):
    """A value that a field does not take; `findings` point into it."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(list(self.findings))


def refused(code: str, detail: str, valid_values: Iterable[str] = ()) -> Refused:
    """Return the error for one fault of a whole value."""
    return Refused([Finding("", code, detail, tuple(valid_values))])


class Faults(list[Finding]):
    """Findings gathered while a mapping is read to its end, so that the caller learns of all of them at once."""

    def reading(self, key: str | int, read: Callable[[object], T], value: object) -> T | None:
        """Return what `read` makes of the value under `key`, or None when it refuses."""
        try:
            return read(value)
        except Refused as error:
            self.extend(replace(finding, pointer=step(key) + finding.pointer) for finding in error.findings)
            return None

    def here(self, read: Callable[[T], U], value: T) -> U | None:
        """Return what `read` makes of the whole value, or None when it refuses."""
        try:
            return read(value)
        except Refused as error:
            self.extend(error.findings)
            return None

    def note(self, code: str, detail: str, valid_values: Iterable[str] = (), at: str = "") -> None:
        """Note a fault of what is being read, or of what it holds at the pointer `at`."""
        self.append(Finding(at, code, detail, tuple(valid_values)))

    def unknown_key(self, key: str, known: Iterable[str]) -> None:
        """Note a key that is none of the known ones."""
        words = nearest(key, known)
        self.note("unknown-field", f"{quoted(key)} is not known here{did_you_mean(key, words)}", words, step(key))

    @property
    def enough(self) -> bool:
        """Whether there are more than anybody is told of, so that reading on is of no use."""
        return len(self) > MOST_FINDINGS

    def stop(self) -> None:
        """Raise what was gathered, if anything was."""
        if self:
            raise Refused(self)


def as_it_is(finding: Finding) -> Finding:
    """Return the finding: it is where the caller wrote it already."""
    return finding


def plan_invalid(faults: Iterable[Finding], located: Callable[[Finding], Finding] = as_it_is) -> PlanInvalid:
    """Return the error for a plan with these faults, the first hundred where `located` says; each is told once."""
    findings = list(dict.fromkeys(map(located, faults)))
    count = f"more than {MOST_FINDINGS}; the first are given" if len(findings) > MOST_FINDINGS else str(len(findings))
    first = findings[0]
    place, end = first.pointer or "the plan", "" if first.detail.endswith("?") else "."
    return PlanInvalid(f"Faults in the plan: {count}. First, at {place}: {first.detail}{end}", findings[:MOST_FINDINGS])


def quoted(value: object) -> str:
    """Return what the caller wrote, short enough for a message."""
    if isinstance(value, int) and value.bit_length() > _LONGEST_INTEGER:
        return "a number of very many digits"
    if isinstance(value, float):
        return f"{value:.15g}"
    text = f'"{value}"' if isinstance(value, str) else _KINDS_OF_VALUE.get(type(value)) or repr(value)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def nearest(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return every known word, those that look like `word` first."""
    words = tuple(dict.fromkeys(known))
    folded = {known_word.casefold(): known_word for known_word in reversed(words)}
    first = tuple(folded[name] for name in _alike(word, folded))
    return first + tuple(known_word for known_word in words if known_word not in first)


def did_you_mean(word: str, ordered: Sequence[str]) -> str:
    """Return the question to add to a message, when the first of `ordered` looks like what was meant."""
    return f"; did you mean {ordered[0]}?" if ordered and looks_like(word, ordered[0]) else ""


def looks_like(word: str, known: str) -> bool:
    """Say whether a known word may be what was meant."""
    return bool(_alike(word, [known.casefold()]))


def _alike(word: str, folded: Iterable[str]) -> list[str]:
    """The words that `word` begins (posts: posts_per_creator), then those spelled much like it; at most three."""
    wanted, known = word.casefold()[:_SHOWN], list(folded)
    begun = [name for name in known if name.startswith(f"{wanted}_")]
    return list(dict.fromkeys([*begun, *get_close_matches(wanted, known, n=3, cutoff=0.6)]))[:3]


_KINDS_OF_VALUE: Mapping[type, str] = {dict: "a mapping", list: "a list", type(None): "null", bool: "true or false"}
