"""The lines of a plan: each read by the schema of its kind, the plan's defaults under it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import Any, NamedTuple

from carbon_api.errors import Finding, step
from carbon_api.plan.common import LineSchema
from carbon_api.plan.defaults import with_defaults
from carbon_api.plan.findings import Faults, did_you_mean, quoted
from carbon_api.plan.french import english, written_as
from carbon_api.plan.given import Given
from carbon_api.plan.kinds import KIND, KINDS, KINDS_WITH
from carbon_api.plan.model import Line
from carbon_api.plan.parts import missing


@dataclass(frozen=True)
class Defaults:
    """Defaults by English name, and the names that are given. Unless `sound`, no line is built on them."""

    values: Mapping[str, Any] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    sound: bool = True


class Read(NamedTuple):
    """A line that could be read, and its pointer."""

    line: Line
    pointer: str

    def where(self, name: str) -> str:
        """Return the pointer to the value `name`."""
        return self.pointer + step(name)


def read_lines(
    written: Sequence[Any],
    defaults: Defaults,
    located: Callable[[Finding], Finding],
    known: Sequence[Line | None] = (),
) -> tuple[list[Read], Faults]:
    """Return the lines that could be read, and the faults of the others, each put where `located` says.

    Those `known`, by their place, were read before from the same words; None is a line to read.
    """
    lines: list[Read] = []
    faults = Faults()
    for index, (item, ready) in enumerate(zip_longest(written, known)):
        pointer = f"/lines/{index}"
        if ready is not None:
            lines.append(Read(ready, pointer))
            continue
        line, own = _read_line(item, defaults)
        if line is not None:
            lines.append(Read(line, pointer))
        for finding in own:
            found = located(replace(finding, pointer=pointer + finding.pointer))
            if found not in faults:  # a fault of the defaults is found again in every line that they are under
                faults.append(found)
        if faults.enough:
            break
    return lines, faults


def _read_line(written: Any, defaults: Defaults) -> tuple[Line | None, Faults]:
    """Return a line, or None and its faults with pointers relative to it."""
    schema, faults = _schema(written)
    if schema is None:
        return None, faults
    values, faults = schema.walk(written)
    if faults or not defaults.sound:
        faults.extend(missing(schema.title, schema.required, values.keys() | defaults.names))
        return None, Faults(map(_knowing, faults))
    given = Given(with_defaults(schema, values, defaults.values))
    return schema.build(given), given.faults


def _schema(written: Any) -> tuple[LineSchema | None, Faults]:
    """Return the schema of a line's kind, or None and why it has none."""
    faults = Faults()
    if not isinstance(written, Mapping):
        faults.note("not-a-mapping", f"{quoted(written)} is not a line: a line is a mapping of keys to values")
        return None, faults
    key = written_as("kind", written)
    if key is None:
        faults.note("missing-field", "kind is missing: what kind of line is it?", KIND.words)
        return None, faults
    kind = faults.reading(key, KIND.read, written[key])
    return KINDS[kind] if kind else None, faults


def _knowing(finding: Finding) -> Finding:
    """Add, to an unknown key that other kinds know, which they are."""
    key = finding.pointer[1:]
    kinds = KINDS_WITH.get(english(key) or "")
    if finding.code != "unknown-field" or not kinds:
        return finding
    meant = did_you_mean(key, finding.valid_values)
    return replace(finding, detail=f"{key} is not a field of this kind of line; {', '.join(kinds)} have it{meant}")
