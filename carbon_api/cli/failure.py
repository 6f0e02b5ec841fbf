"""An error for people: what is wrong, where (file, line and pointer), and what would do."""

from collections.abc import Iterator, MutableMapping
from typing import Any

from carbon_api.errors import CarbonError, Finding, notes

SHOWN_FINDINGS = 20
SHOWN_VALUES = 8

_FILE = "carbon_api.file"


def name_file(meta: MutableMapping[str, Any], path: str) -> None:
    """Remember, in a click context's `meta`, the file that the command at hand reads."""
    meta[_FILE] = path


def failure(error: CarbonError, meta: MutableMapping[str, Any]) -> str:
    """The whole message for stderr; findings point into the file that `name_file` remembered."""
    if not error.findings:
        return f"Error: {error.title}: {error.detail}{notes(error)}"
    lines = [f"Error: {error.title}. Faults: {len(error.findings)}."]
    for finding in error.findings[:SHOWN_FINDINGS]:
        lines += ["", *described(finding, meta.get(_FILE, ""))]
    hidden = len(error.findings) - SHOWN_FINDINGS
    if hidden > 0:
        lines += ["", f"  … and {hidden} more."]
    return "\n".join(lines)


def described(finding: Finding, file: str) -> Iterator[str]:
    """One finding as lines of text: its place, what is wrong, the values that would do."""
    place = f"{file}:{finding.line}" if finding.line else file
    yield "  " + "  ".join(part for part in (place, finding.pointer, f"[{finding.code}]") if part)
    yield f"    {finding.detail}"
    if finding.valid_values:
        more = len(finding.valid_values) - SHOWN_VALUES
        shown = ", ".join(finding.valid_values[:SHOWN_VALUES])
        yield f"    Valid: {shown}" + (f", … ({more} more)" if more > 0 else "")
