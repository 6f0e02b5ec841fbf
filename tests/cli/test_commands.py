"""The commands: what they print, where, and the code they leave with."""

import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import orjson
import pytest
from click.testing import CliRunner, Result

from carbon_api.cli import main
from carbon_api.estimate.run import estimate_plan
from carbon_api.factor_book.book import book
from carbon_api.methods.catalog import METHODS
from carbon_api.plan.load import load_plan_file
from carbon_api.settings import Settings
from carbon_api.store.schema import upgrade
from carbon_api.web.app import create_app

EXAMPLES = Path(__file__).parents[2] / "examples"
LAUNCH = EXAMPLES / "launch.yaml"


def run(*arguments: str | Path, **environment: str) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], env=environment)


def answered(*arguments: str | Path) -> dict[str, Any]:
    result = run("estimate", "--json", *arguments)
    assert result.exit_code == 0, result.output
    return dict(orjson.loads(result.stdout))


@pytest.mark.parametrize("example", sorted(EXAMPLES.iterdir()), ids=lambda path: path.name)
def test_json_is_the_answer_and_nothing_else(example: Path) -> None:
    assert answered(example) == orjson.loads(orjson.dumps(estimate_plan(load_plan_file(example), book())))


@pytest.mark.parametrize("text", [LAUNCH.read_bytes(), (EXAMPLES / "first.json").read_bytes()], ids=["YAML", "JSON"])
def test_a_plan_may_come_by_standard_input(text: bytes, tmp_path: Path) -> None:
    given = CliRunner().invoke(main, ["estimate", "-", "--json"], input=text)
    assert given.exit_code == 0, given.output
    nameless = tmp_path / "plan"
    nameless.write_bytes(text)
    assert orjson.loads(given.stdout) == answered(nameless)


@pytest.mark.parametrize(("text", "line"), [(b"name: x\nlines: 3\n", 2), (b'{"name": "x",\n\n"lines": 3}', 3)])
def test_a_fault_on_standard_input_has_its_place(text: bytes, line: int) -> None:
    for command in (["estimate", "-"], ["compare", "-"]):
        result = CliRunner().invoke(main, command, input=text)
        assert (result.exit_code, result.stdout) == (3, "")
        assert f"standard input:{line}  /lines" in result.stderr


def test_a_folder_is_no_plan_whatever_its_name(tmp_path: Path) -> None:
    for name in ("folder", "folder.yaml", "folder.txt"):
        (tmp_path / name).mkdir()
        result = run("estimate", tmp_path / name)
        assert (result.exit_code, "is a folder" in result.stderr) == (3, True)


@pytest.mark.parametrize("method", METHODS)
def test_the_method_asked_for_is_used_and_said_to_be_given(method: str) -> None:
    assert answered(LAUNCH, "--method", method)["method"]["id"] == method
    assert answered(LAUNCH, "--method", method)["method"]["status"] == "given"


def test_without_a_range_the_centre_is_the_same() -> None:
    plain, ranged = answered(LAUNCH, "--no-range"), answered(LAUNCH)
    assert plain["total"]["central"] == ranged["total"]["central"]
    assert "low" not in plain["total"]
    assert ranged["total"]["low"] < ranged["total"]["central"] < ranged["total"]["high"]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("more", [(), ("--no-range",), ("--method", "sri-2.1")])
def test_people_get_a_summary(language: str, more: tuple[str, ...]) -> None:
    result = run("estimate", LAUNCH, "--language", language, *more)
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("Spring launch: " if language == "en" else "Spring launch\u00a0: ")


@pytest.mark.parametrize(
    ("text", "pointer", "line", "near"),
    [
        ("name: x\nlines:\n  - id: a\n    kind: add\n    country: FR\n", "/lines/0/kind", 4, "Valid: ad"),
        ("name: x\nlines:\n  - id: a\n    kind: ad\n    contry: FR\n", "/lines/0/contry", 5, "country"),
        ("name: x\nlines: []\nlines: []\n", "/lines", 3, ""),
        (
            "name: x\nlines:\n- {id: a, kind: storage, country: FR, volume: 1, kept_for: 1,\n   medium: tape}\n",
            "/lines/0/medium",
            4,
            "Valid: hdd, ssd",
        ),
    ],
)
def test_a_wrong_plan_says_what_where_and_what_would_do(
    tmp_path: Path, text: str, pointer: str, line: int, near: str
) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text(text)
    result = run("estimate", plan)
    assert (result.exit_code, result.stdout) == (3, "")
    assert f"plan.yaml:{line}  {pointer}" in result.stderr
    assert near in result.stderr


@pytest.mark.parametrize("content", [None, b"", b"{", b"\x00", b"\xff\xfe", b"- not a mapping"])
def test_a_plan_that_cannot_be_read_is_a_fault_of_the_plan(tmp_path: Path, content: bytes | None) -> None:
    plan = tmp_path / "plan.json"
    if content is not None:
        plan.write_bytes(content)
    result = run("estimate", plan)
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("estimate",),
        ("estimate", LAUNCH, "--nope"),
        ("estimate", LAUNCH, "--method", "scope4"),
        ("methods", "scope4"),
        ("factors", "show", "no.such.factor"),
        ("factors", "list", "--release", "1999.01"),
        ("factors", "list", "--country", "ZZ"),
        ("factors", "list", "--tag", "gird"),
        ("factors", "stale", "--on", "9999-01-01"),
        ("factors", "stale", "--on", "tomorrow"),
        ("factors", "lint", "no/such/folder"),
        ("openapi", "--check", "--file", "no-such-file.yaml"),
        ("serve", "--port", "0"),
        ("serve", "--host", "192.0.2.1"),
        ("serve", "--host", "no such host"),
        ("nope",),
    ],
    ids=lambda arguments: " ".join(str(word) for word in arguments if word != LAUNCH),
)
def test_wrong_usage_leaves_with_2_and_says_why(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr


def test_a_wrong_setting_leaves_with_2_and_names_it(tmp_path: Path) -> None:
    result = run("db", "upgrade", CARBON_DATABASE_URL="carbon.db")
    assert result.exit_code == 2
    assert "CARBON_DATABASE_URL" in result.stderr


@pytest.mark.parametrize("command", [("serve",), ("db", "upgrade")])
def test_a_database_that_we_cannot_drive_leaves_with_2(command: tuple[str, ...]) -> None:
    result = run(*command, CARBON_DATABASE_URL="mssql+pymssql://host/name")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "pymssql" in result.stderr


def test_a_folder_that_cannot_be_made_leaves_with_5(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = run("db", "upgrade", CARBON_DATA_DIR=str(tmp_path / "file" / "data"))
    assert (result.exit_code, result.stdout) == (5, "")
    assert str(tmp_path / "file") in result.stderr


def test_a_database_that_is_newer_leaves_with_2(tmp_path: Path) -> None:
    assert run("db", "upgrade", CARBON_DATA_DIR=str(tmp_path)).exit_code == 0
    with closing(sqlite3.connect(tmp_path / "carbon.db")) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    result = run("db", "upgrade", CARBON_DATA_DIR=str(tmp_path))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "newer carbon-api" in result.stderr


def test_a_database_that_is_away_leaves_with_5(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = run("db", "upgrade", CARBON_DATABASE_URL=f"sqlite:///{tmp_path}")
    assert result.exit_code == 5
    assert "unavailable" in result.stderr


def test_the_database_is_made_once_and_then_kept(tmp_path: Path) -> None:
    for _ in range(2):
        assert run("db", "upgrade", CARBON_DATA_DIR=str(tmp_path)).exit_code == 0
    assert (tmp_path / "carbon.db").is_file()


def test_the_factor_book_is_in_order_and_current() -> None:
    assert run("factors", "lint").exit_code == 0


def test_factors_are_found_by_text_country_and_tag() -> None:
    rows = run("factors", "list", "grid", "--country", "FR").stdout.splitlines()
    assert rows
    assert all("grid" in row and " FR " in row for row in rows)
    nothing = run("factors", "list", "no such factor anywhere")
    assert (nothing.exit_code, nothing.stdout, nothing.stderr) == (0, "", "No factor matches.\n")


def test_a_word_that_is_no_country_or_tag_is_refused_with_those_that_are() -> None:
    assert "did you mean grid?" in run("factors", "list", "--tag", "gird").stderr
    assert "Valid: FR, " in run("factors", "list", "--country", "fr").stderr


def test_the_command_finds_what_the_service_finds(tmp_path: Path) -> None:
    upgrade(url := f"sqlite:///{tmp_path / 'carbon.db'}")
    app = create_app(Settings(database_url=url))
    for words in ("SCOPE3 phone", "youtube device", "cloud"):
        page = app.test_client().get("/v1/factors", query_string={"q": words, "limit": 200}).json
        listed = run("factors", "list", *words.split()).stdout.splitlines()
        assert [line.split()[0] for line in listed] == [item["id"] for item in page["items"]] != []


def test_every_factor_is_shown_with_its_source_and_locator() -> None:
    release = book().release()
    for id in release.ids:
        shown = run("factors", "show", id).stdout
        for row in release.rows:
            assert row.id != id or (row.locator in shown and book().sources[row.source].title in shown)


@pytest.mark.parametrize("id", METHODS)
def test_a_method_is_shown_with_every_formula_and_factor(id: str) -> None:
    shown = run("methods", id).stdout
    graph = METHODS[id].graph
    assert all(f"{name} = {graph.formula(name)}" in shown for name in graph.functions)
    assert all(pattern in shown for patterns in METHODS[id].card.defaults.values() for pattern in patterns)
    told = re.sub(r"[^a-z_0-9]", " ", shown).split()
    assert {need for needs in graph.needs.values() for need in needs} <= {*told}
    assert all(f"  {formula}: " in shown for formulas in METHODS[id].card.variants.values() for formula in formulas)
    assert shown.endswith(f"carbon-api methods {id} --json\n")
    assert run("methods").stdout.count(id) == 1


def test_a_method_is_shown_with_its_own_values_as_its_formulas_take_them() -> None:
    assert "grid_servers: swd4.grid = 0.494 kgCO2e/kWh (world)" in run("methods", "swd-4").stdout
    assert (
        "grid_servers: ademe.grid = 0.0519 kgCO2e/kWh (EU), 0.0519 kgCO2e/kWh (FR)"
        in run("methods", "ademe-2025").stdout
    )


@pytest.mark.parametrize("id", METHODS)
def test_the_json_of_a_method_is_what_the_service_answers(id: str, tmp_path: Path) -> None:
    upgrade(url := f"sqlite:///{tmp_path / 'carbon.db'}")
    client = create_app(Settings(database_url=url)).test_client()
    answer = dict(client.get(f"/v1/methods/{id}").json or {})
    assert answer.pop("links")
    assert orjson.loads(run("methods", id, "--json").stdout) == answer
    assert run("methods", id, "--json", "--release", "2026.11").stdout == run("methods", id, "--json").stdout
    items = (client.get("/v1/methods").json or {})["items"]
    listed = orjson.loads(run("methods", "--json").stdout)["items"]
    assert listed == [{name: one for name, one in item.items() if name != "links"} for item in items]


def test_the_description_of_the_service_can_be_checked(tmp_path: Path) -> None:
    file = tmp_path / "openapi.yaml"
    assert f"there is no file {file}" in run("openapi", "--check", "--file", file).stderr
    file.write_text(run("openapi").stdout)
    assert run("openapi", "--check", "--file", file).exit_code == 0
    file.write_text(file.read_text() + "#")
    assert run("openapi", "--check", "--file", file).exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (
            ["--help"],
            {"alembic", "flask", "marshmallow", "numpy", "orjson", "pint", "requests", "rich", "sqlalchemy", "yaml"},
        ),
        (["estimate", str(LAUNCH)], {"alembic", "flask", "gunicorn", "requests", "sqlalchemy"}),
    ],
)
def test_nothing_heavy_is_imported_before_it_is_needed(arguments: list[str], unwanted: set[str]) -> None:
    code = (
        "import sys\nfrom carbon_api.cli import main\n"
        f"main({arguments!r}, standalone_mode=False)\nprint(*sys.modules, sep='\\n', file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert unwanted & set(done.stderr.split()) == set()
