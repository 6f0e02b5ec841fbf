"""What a reader may count on in every file: short, finished, and with a reason beside each exemption."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = ("carbon_api", "scripts", "tests", "typings")
LONGEST = 300

UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX)\b")
EXEMPTION = re.compile(r"#\s*(noqa|type: ignore)\b(: ?[A-Z]+\d+(, ?[A-Z]+\d+)*|\[[\w, -]+\])?(?P<reason>.*)")


def faults(text: str) -> list[str]:
    """What is wrong with the text of one Python file."""
    lines = text.splitlines()
    found = [f"{len(lines)} lines; {LONGEST} at most"] if len(lines) > LONGEST else []
    for number, line in enumerate(lines, 1):
        if UNFINISHED.search(line):
            found.append(f"line {number}: unfinished")
        exemption = EXEMPTION.search(line)
        if exemption and not re.search(r"\w{3}", exemption["reason"]):
            found.append(f"line {number}: an exemption without its reason")
    return found


def python_files() -> list[Path]:
    return [
        path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py*")) if path.suffix in {".py", ".pyi"}
    ]


@pytest.mark.parametrize("path", python_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_is_short_and_finished(path: Path) -> None:
    if path != Path(__file__):
        assert faults(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "planted",
    ["x = 1\n" * (LONGEST + 1), "# TODO later", "import os  # noqa: F401", "x = y  # type: ignore[misc]", "x  # noqa"],
)
def test_a_planted_fault_is_found(planted: str) -> None:
    assert len(faults(planted)) == 1


def test_an_exemption_with_its_reason_is_no_fault() -> None:
    assert faults("x = y()  # type: ignore[no-untyped-call]  # the library has no types\n" * LONGEST) == []


def test_pins_name_versions_and_nothing_else() -> None:
    """A constraint names a package and its version: never an address, a path or an index."""
    pin = re.compile(r"[a-z0-9-]+==[0-9][0-9a-z.]*( ; [a-z_]+ [!=]= '\w+')?")
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#") and not pin.fullmatch(line)] == []
