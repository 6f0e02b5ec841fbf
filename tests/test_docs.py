"""What the documents say is what happens: every command in them is run, and its output compared.

A ```console block holds commands after `$ ` and what they print. `…` stands for text left out: alone on a line for any
lines, inside a line for any characters. A no-break space is a space, and spaces at the end of a line are nothing.
`$ echo $?` shows the exit code of the command before it; without it, that is 0.

A ```python block is a program, and the ```text block under it is what it prints.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from real_server import environment, serving

ROOT = Path(__file__).parents[1]
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "docs/operating.md")
ADDRESS = "127.0.0.1:8000"
FOLDERS = ("examples", "factors")


class Step(NamedTuple):
    """A command and the lines that the document says it prints."""

    command: str
    prints: tuple[str, ...]


def steps(document: str) -> Iterator[list[Step]]:
    """The commands of each console block."""
    for block in re.findall(r"^```console\n(.*?)^```", document, re.MULTILINE | re.DOTALL):
        parts = re.split(r"^\$ ", block.replace("\\\n", ""), flags=re.MULTILINE)[1:]
        yield [Step(lines[0], tuple(lines[1:])) for lines in (part.rstrip("\n").split("\n") for part in parts)]


def programs(document: str) -> Iterator[Step]:
    """Each program, and the lines that the document says it prints."""
    blocks = r"^```python\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?"
    for program, prints in re.findall(blocks, document, re.MULTILINE | re.DOTALL):
        yield Step(program, tuple(prints.splitlines()))


def pattern(prints: tuple[str, ...]) -> re.Pattern[str]:
    """What a command may print to be as documented."""
    lines = (
        r"(?:.*\n)*?" if line.strip() == "…" else re.escape(line.rstrip()).replace("…", ".*") + r"[ ]*\n"
        for line in prints
    )
    return re.compile("".join(lines))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the commands read, which they may write to."""
    copy = tmp_path_factory.mktemp("checkout")
    for name in FOLDERS:
        shutil.copytree(ROOT / name, copy / name)
    shutil.copy(ROOT / "openapi.yaml", copy)
    return copy


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with serving(folder) as address:
        yield address.removeprefix("http://")


def run(command: str, folder: Path, address: str, code: int) -> subprocess.CompletedProcess[str]:
    """Run a command as it stands, but for the port and the place of the tools; of `make` only the plan is asked for."""
    command = command.replace(ADDRESS, address).replace(".venv/bin/", f"{Path(sys.executable).parent}/")
    command = re.sub(r"^make ", f"make --dry-run --directory {ROOT} ", command)
    return subprocess.run(  # noqa: PLW1510  the caller judges the exit code
        ["bash", "-o", "pipefail", "-c", f"(exit {code}); {command}"],
        cwd=folder,
        env=environment(folder, COLUMNS="110", MAKEFLAGS=""),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_command_does_what_the_document_says(name: str, folder: Path, address: str) -> None:
    found = list(steps((ROOT / name).read_text(encoding="utf-8")))
    assert found
    for block in found:
        code = 0
        for step in block:
            assert code == 0 or step.command == "echo $?", "a command failed"
            done = run(step.command, folder, address, code)
            code = done.returncode
            printed = done.stdout.replace(address, ADDRESS).translate({0xA0: " ", 0x202F: " "})
            assert not step.prints or pattern(step.prints).fullmatch(printed), f"$ {step.command}\n{printed}"
        assert code == 0


def test_every_program_prints_what_the_document_says(folder: Path, address: str) -> None:
    found = list(programs((ROOT / "README.md").read_text(encoding="utf-8")))
    assert found
    for program, prints in found:
        command = [sys.executable, "-W", "error", "-c", program.replace(ADDRESS, address)]
        printed = subprocess.check_output(command, cwd=folder, env=environment(folder), text=True)
        assert pattern(prints).fullmatch(printed), f"{program}\n{printed}"


def test_every_example_is_shown_or_run() -> None:
    """An example that no document names would be found by nobody."""
    told = "".join((ROOT / name).read_text(encoding="utf-8") for name in DOCUMENTS)
    assert [path.name for path in (ROOT / "examples").iterdir() if path.name not in told] == []


def test_a_program_that_lies_is_found() -> None:
    told = "```python\nprint(1)\nprint(2)\n```\n\n```text\n1\n…\n```\n\n```python\nx = 1\n```\n"
    first, second = programs(told)
    assert pattern(first.prints).fullmatch("1\n2\n")
    assert not pattern(first.prints).fullmatch("2\n1\n")
    assert second == Step("x = 1\n", ())
    assert not pattern(second.prints).fullmatch("1\n")


def test_a_document_that_lies_is_found(tmp_path: Path) -> None:
    told = "```console\n$ printf 'a\\nb\\nc d\\n'\na\n…\nc …\n$ false\n$ echo $?\n1\n```\n"
    [[first, second, third]] = steps(told)
    printed = run(first.command, tmp_path, ADDRESS, 0).stdout
    assert pattern(first.prints).fullmatch(printed)
    assert not pattern(("a", "c …")).fullmatch(printed)
    assert not pattern(("…", "b")).fullmatch(printed)
    code = run(second.command, tmp_path, ADDRESS, 0).returncode
    assert pattern(third.prints).fullmatch(run(third.command, tmp_path, ADDRESS, code).stdout)
