"""The lines of a plan: each read by the schema of its kind, the plan's defaults under it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from carbon_api.errors import Finding
from carbon_api.plan.common import LineSchema
from carbon_api.plan.defaults import with_defaults
from carbon_api.plan.findings import Faults, quoted, step
from carbon_api.plan.french import english
from carbon_api.plan.given import Given
from carbon_api.plan.kinds import KIND, KINDS, KINDS_WITH
from carbon_api.plan.model import Line
from carbon_api.plan.parts import missing, names


@dataclass(frozen=True)
class Defaults:
    """Defaults by English name, as written, and their pointer. Unless `sound`, no line is built on them."""

    values: Mapping[str, Any] = field(default_factory=dict)
    written: Mapping[str, Any] = field(default_factory=dict)
    pointer: str = ""
    sound: bool = True


@dataclass(frozen=True)
class Read:
    """A line that could be read, as it was written and where."""

    line: Line
    written: Mapping[str, Any]
    pointer: str

    def where(self, name: str) -> str:
        """Return the pointer to the value `name`, or to the line when it has none."""
        key = names(self.written).get(name)
        return self.pointer if key is None else self.pointer + step(key)


def read_lines(written: Sequence[Any], pointer: str, defaults: Defaults) -> tuple[list[Read], Faults]:
    """Return the lines that could be read, and the faults of the others with pointers from the top of the plan."""
    lines: list[Read] = []
    faults = Faults()
    for index, item in enumerate(written):
        line = _read_line(item, f"{pointer}/{index}", defaults, faults)
        if line is not None:
            lines.append(Read(line, item, f"{pointer}/{index}"))
        if faults.enough:
            break
    return lines, faults


def _read_line(written: Any, pointer: str, defaults: Defaults, faults: Faults) -> Line | None:
    schema = _schema(written, pointer, faults)
    if schema is None:
        return None
    values, own = schema.walk(written)
    if own or not defaults.sound:
        own.extend(missing(schema.title, schema.required, names(written) | names(defaults.written)))
        faults.extend(replace(_knowing(finding), pointer=pointer + finding.pointer) for finding in own)
        return None
    given = Given(with_defaults(schema, values, defaults.values), partial(_where, written, pointer, defaults))
    line = schema.build(given)
    faults.extend(finding for finding in given.faults if finding not in faults)
    return line


def _schema(written: Any, pointer: str, faults: Faults) -> LineSchema | None:
    """Return the schema of a line's kind, or None after noting why it has none."""
    if not isinstance(written, Mapping):
        faults.append(
            Finding(pointer, "not-a-mapping", f"{quoted(written)} is not a line: a line is a mapping of keys to values")
        )
        return None
    if "kind" not in written:
        faults.append(Finding(pointer, "missing-field", "kind is missing: what kind of line is it?", KIND.words))
        return None
    own = Faults()
    kind = own.reading("kind", KIND.read, written["kind"])
    faults.extend(replace(finding, pointer=pointer + finding.pointer) for finding in own)
    return KINDS[kind] if kind else None


def _where(written: Mapping[str, Any], pointer: str, defaults: Defaults, name: str) -> str:
    """Return the pointer to the value `name` of a line: its own, else the default's, else the line's."""
    own, default = names(written).get(name), names(defaults.written).get(name)
    if own is not None:
        return pointer + step(own)
    return pointer if default is None else defaults.pointer + step(default)


def _knowing(finding: Finding) -> Finding:
    """Add, to an unknown key that other kinds know, which they are."""
    key = finding.pointer[1:]
    kinds = KINDS_WITH.get(key) or KINDS_WITH.get(english(key) or "")
    if finding.code != "unknown-field" or not kinds:
        return finding
    return replace(finding, detail=f"{key} is not a field of this kind of line; {', '.join(kinds)} have it")
