"""Imports point down: each room of the house stands on a floor, and knows only what is below it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "carbon_api"

FLOORS = (
    ("errors", "verifier"),
    ("units", "settings", "wording", "listening"),
    ("factor_book", "plan"),
    ("methods", "inventory"),
    ("estimate",),
    ("advice",),
    ("store",),
    ("web", "client"),
    ("gunicorn_conf",),
    ("cli",),
)
FLOOR = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}

WEB_LIBRARIES = frozenset({"flask", "flask_smorest", "webargs", "werkzeug", "apispec", "gunicorn"})
SQL_LIBRARIES = frozenset({"sqlalchemy", "alembic", "sqlite3", "psycopg"})


def imported(tree: ast.AST, module: str) -> Iterator[tuple[int, str]]:
    """The line and the full dotted name of everything that a module's source imports."""
    package = module.split(".")
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level] if node.level else []
            origin = ".".join([*start, *([node.module] if node.module else [])])
            yield from ((node.lineno, f"{origin}.{alias.name}") for alias in node.names)


def reads_environment(tree: ast.AST) -> Iterator[int]:
    """The lines that name the environment, however it was imported, but to hand it whole to the settings."""
    handed = {
        argument
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "Settings.from_environment"
        for argument in call.args
    }
    for node in ast.walk(tree):
        name = {ast.Attribute: "attr", ast.Name: "id", ast.alias: "name"}.get(type(node))
        named = getattr(node, name) if name else None
        of_a_request = isinstance(node, ast.Attribute) and ast.unparse(node) == "request.environ"
        if named in {"environ", "environb", "getenv", "getenvb"} and node not in handed and not of_a_request:
            yield node.lineno


def fault(room: str, target: str) -> str | None:
    """What is wrong with a module of `room` importing `target`, if anything is."""
    library, _, rest = target.partition(".")
    if library == "carbon_api":
        return house_fault(room, rest.partition(".")[0])
    if library in WEB_LIBRARIES and FLOOR[room] < FLOOR["web"]:
        return f"{room} imports {library}, which belongs to web"
    if library in SQL_LIBRARIES and room != "store":
        return f"{room} imports {library}, which belongs to store"
    return None


def house_fault(room: str, other: str) -> str | None:
    """What is wrong with `room` importing the room `other`, if anything is."""
    if other != room and other not in FLOOR:
        return f"{room} imports '{other}', which is no room of the house"
    if other != room and FLOOR[other] >= FLOOR[room]:
        return f"{room} imports {other}, which is not below it"
    return None


def faults(source: str, module: str) -> list[str]:
    """Every broken rule of one module, as `module:line what`."""
    tree = ast.parse(source)
    room = module.split(".")[1]
    if room not in FLOOR:
        return [f"{module}:1 {room} is no room of the house"]
    found = [(line, fault(room, target)) for line, target in imported(tree, module)]
    if room != "settings":
        found += [(line, f"{room} reads the environment; only settings does") for line in reads_environment(tree)]
    return [f"{module}:{line} {what}" for line, what in found if what]


def modules() -> Iterator[tuple[str, str]]:
    """Dotted name and source of every module, a package's `__init__` as a name inside it."""
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        if path != PACKAGE / "__init__.py":
            yield ".".join(parts), path.read_text(encoding="utf-8")


def test_every_import_points_down() -> None:
    assert [found for module, source in modules() for found in faults(source, module)] == []


def test_the_package_itself_imports_nothing() -> None:
    assert (PACKAGE / "__init__.py").read_text(encoding="utf-8") == ""


@pytest.mark.parametrize(
    ("module", "source", "what"),
    [
        ("carbon_api.plan.load", "from carbon_api.factor_book.book import book", "not below"),
        ("carbon_api.plan.load", "import carbon_api.estimate.run", "not below"),
        ("carbon_api.methods.sri", "from carbon_api.inventory import cells", "not below"),
        ("carbon_api.inventory.cells", "from carbon_api.methods.graph import Graph", "not below"),
        ("carbon_api.inventory.cells", "from ..methods import graph", "not below"),
        ("carbon_api.inventory.__init__", "from .. import web", "not below"),
        ("carbon_api.estimate.run", "def late():\n    from carbon_api.web import app", "not below"),
        ("carbon_api.errors", "from carbon_api import units", "not below"),
        ("carbon_api.plan.load", "import carbon_api", "no room"),
        ("carbon_api.client.connection", "from carbon_api.web.problems import TooSlow", "not below"),
        ("carbon_api.utils", "", "no room"),
        ("carbon_api.estimate.run", "from flask import g", "belongs to web"),
        ("carbon_api.plan.load", "import webargs.fields", "belongs to web"),
        ("carbon_api.web.app", "from sqlalchemy.orm import Session", "belongs to store"),
        ("carbon_api.cli.main", "import sqlite3", "belongs to store"),
        ("carbon_api.web.app", "import os\nos.environ['A']", "reads the environment"),
        ("carbon_api.estimate.run", "from os import getenv", "reads the environment"),
        ("carbon_api.web.app", "import os\nSettings.from_environment({'A': os.environ['B']})", "reads the environment"),
    ],
)
def test_a_planted_import_is_found(module: str, source: str, what: str) -> None:
    assert [what in found for found in faults(source, module)].count(True) == 1


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("carbon_api.settings", "import os\nfrom carbon_api.errors import UsageError\nos.environ.get('A')"),
        ("carbon_api.methods.sri", "from carbon_api.methods.graph import Graph\nfrom . import shared"),
        ("carbon_api.store.schema", "import sqlalchemy"),
        ("carbon_api.web.app", "import os\nSettings.from_environment(os.environ)"),
        ("carbon_api.web.body", "from flask import request\nrequest.environ['wsgi.input']"),
        ("carbon_api.cli.main", "from carbon_api.estimate.run import estimate_plan\nimport gunicorn"),
    ],
)
def test_an_import_that_points_down_is_no_fault(module: str, source: str) -> None:
    assert faults(source, module) == []
