"""`carbon-api verify` confirms what `estimate --trace` prints, and says which figure does not hold."""

import copy
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from carbon_api import verifier
from carbon_api.cli.main import main

EXAMPLE = Path(__file__).parents[2] / "examples" / "launch.yaml"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


def kept(folder: Path, text: str, name: str = "trace.json") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_the_trace_of_the_example_holds_under_every_method(tmp_path: Path) -> None:
    for method in ("scope3-2026.07", "sri-2.1"):
        traced = run("estimate", EXAMPLE, "--trace", "--method", method)
        result = run("verify", kept(tmp_path, traced.stdout))
        assert (result.exit_code, traced.exit_code) == (0, 0)
        assert "every figure holds" in result.stdout


def test_a_figure_that_does_not_hold_is_named(tmp_path: Path) -> None:
    trace = json.loads(run("estimate", EXAMPLE, "--trace").stdout)
    trace["results"]["lines"][0]["total"] += 1
    result = run("verify", kept(tmp_path, json.dumps(trace)))
    assert result.exit_code == 3
    assert "1 figures do not hold" in result.stderr
    assert f"line {trace['results']['lines'][0]['id']}: printed" in result.stderr


def test_what_is_no_trace_is_refused_in_words(tmp_path: Path) -> None:
    faults = {
        tmp_path / "nowhere.json": "No such file",
        EXAMPLE: "not JSON",
        kept(tmp_path, run("estimate", EXAMPLE, "--json").stdout): "no trace of an estimate: it has no 'values'",
        kept(tmp_path, "[]", "list.json"): "no trace of an estimate: its parts are not what those of a trace are",
    }
    for file, words in faults.items():
        result = run("verify", file)
        assert result.exit_code == 3
        assert result.stderr.startswith(f"Error: The trace is refused: {file}: ")
        assert words in result.stderr


@pytest.fixture(scope="module")
def trace() -> Any:
    return json.loads(run("estimate", EXAMPLE, "--trace").stdout)


def formula(text: str) -> Any:
    return lambda trace: trace["tables"][0]["formulas"][0].update(formula=text)


def value(given: object) -> Any:
    return lambda trace: trace["values"][0].update(value=given)


MINUSES = "-" * 5000 + "1"
HOSTILE = {
    "over nothing": (formula("1 / 0"), "cannot be worked out: float division by zero"),
    "too large a power": (formula("10.0 ** 400"), "cannot be worked out: "),
    "infinite": (formula("1e308 * 10"), "not a finite number: inf"),
    "no real number": (formula("(-8) ** 0.5"), "not a finite number"),
    "five thousand signs": (formula(MINUSES), "nested too deep to be"),
    "a deep formula": (formula("1+(" * 500 + "1" + ")" * 500), "not a formula"),
    "a long chain": (formula("1" + "+1" * 20_000), "nested too deep to be"),
    "no text": (formula("1\0"), "not a formula"),
    "half a letter": (formula("\ud800"), "not a formula"),
    "a value of 401 digits": (value(10**400), "not a finite number"),
    "a value in words": (value("12 g"), "not a finite number: '12 g'"),
    "true": (value(True), "not a finite number"),
    "infinity": (value(float("inf")), "not a finite number: inf"),
    "a total of 401 digits": (lambda trace: trace["results"].update(total=10**400), "its parts are not what"),
    "a row too short": (lambda trace: trace["tables"][0]["rows"][0]["values"].pop(), "its parts are not what"),
    "nothing": (lambda trace: trace["tables"].clear(), "it works out no stage"),
    "no rows": (lambda trace: [table["rows"].clear() for table in trace["tables"]], "it works out no stage"),
}


@pytest.mark.parametrize(("change", "words"), HOSTILE.values(), ids=HOSTILE.keys())
def test_whatever_a_trace_holds_it_is_refused_with_its_reason(
    tmp_path: Path, trace: Any, change: Any, words: str
) -> None:
    other = copy.deepcopy(trace)
    change(other)
    result = run("verify", kept(tmp_path, json.dumps(other)))
    assert result.exit_code == 3, result.exception
    assert words in result.stderr
    assert "not JSON" not in result.stderr


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"[" * 100_000 + b"]" * 100_000, "nested too deep"),
        (b'{"values": [' + b"9" * 5000 + b"]}", "not JSON in UTF-8 (Exceeds the limit"),
        (b'"\xff"', "not JSON in UTF-8 ('utf-8' codec"),
        (b"", "not JSON in UTF-8 (Expecting value"),
    ],
    ids=["deep", "digits", "latin", "empty"],
)
def test_what_is_no_json_is_said_to_be_none(tmp_path: Path, text: bytes, words: str) -> None:
    (tmp_path / "trace.json").write_bytes(text)
    result = run("verify", tmp_path / "trace.json")
    assert result.exit_code == 3
    assert words in result.stderr


def test_a_trace_comes_from_standard_input_too(trace: Any) -> None:
    for text, code, words in (
        (json.dumps(trace), 0, "every figure holds"),
        ("{", 3, "refused: standard input: not JSON"),
    ):
        result = CliRunner().invoke(main, ["verify", "-"], input=text)
        assert result.exit_code == code
        assert words in result.output


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [(None, 0, "every figure holds"), ("{}", 2, "it has no 'values'"), ("[" * 100_000, 2, "nested too deep")],
)
def test_the_one_file_alone_says_the_same(tmp_path: Path, trace: Any, text: str | None, code: int, words: str) -> None:
    """Without the package: the file is run by its path, from elsewhere."""
    text = json.dumps(trace) if text is None else text
    command = [sys.executable, "-I", verifier.__file__]
    file = kept(tmp_path, text)
    for arguments, given in (([str(file)], ""), (["-"], text)):
        done = subprocess.run(
            [*command, *arguments], input=given, cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert (done.returncode, "Traceback" in done.stderr) == (code, False)
        assert words in done.stdout + done.stderr
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 2
