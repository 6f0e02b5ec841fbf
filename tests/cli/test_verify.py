"""`carbon-api verify` confirms what `estimate --trace` prints, and says which figure does not hold."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

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
