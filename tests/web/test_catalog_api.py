"""/v1/methods, /v1/platforms, /v1/factor-releases, /problems, and whether the service stands."""

import ast
import sqlite3
from importlib.metadata import version
from pathlib import Path

from checked import CheckedClient, running

from carbon_api.errors import CarbonError
from carbon_api.factor_book.book import book
from carbon_api.methods.catalog import METHODS
from carbon_api.plan.vocabulary import PLATFORMS
from carbon_api.settings import Settings
from carbon_api.web.problem_types import EXPLANATIONS
from carbon_api.web.problems import Internal


def test_a_method_can_be_redone_by_hand(client: CheckedClient) -> None:
    for item in client.get("/v1/methods").json["items"]:
        method = client.get(item["links"]["self"]).json
        formulas = {formula["name"]: formula["formula"] for formula in method["formulas"]}
        explained = {*formulas, *method["variants"], *(value["name"] for value in method["values"])}
        for formula in formulas.values():
            asked = {node.id for node in ast.walk(ast.parse(formula)) if isinstance(node, ast.Name)}
            assert asked <= explained
        assert {formula["stage"] for formula in method["formulas"]} > {None}
        assert method["boundary"]["included"]
        assert method["boundary"]["excluded"]


def test_every_factor_that_a_method_names_is_there(client: CheckedClient) -> None:
    for id in METHODS:
        named = {
            factor["id"] for value in client.get(f"/v1/methods/{id}").json["values"] for factor in value["factors"]
        }
        assert named
        for factor in named:
            assert client.get(f"/v1/factors/{factor}").status_code == 200


def test_every_platform_is_named(client: CheckedClient) -> None:
    assert [item["id"] for item in client.get("/v1/platforms").json["items"]] == list(PLATFORMS)


def test_every_release_says_its_hash(client: CheckedClient) -> None:
    items = client.get("/v1/factor-releases").json["items"]
    assert [item["id"] for item in items] == [release.id for release in book().releases]
    assert [item["latest"] for item in items] == [False] * (len(items) - 1) + [True]
    assert all(item["sha256"] == book().release(item["id"]).sha256 for item in items)


def test_the_version_is_the_package_s(client: CheckedClient) -> None:
    expected = {"version": version("carbon-api"), "factor_release": book().release().id}
    assert client.get("/version").json == expected


def test_every_error_that_http_can_meet_is_explained(client: CheckedClient) -> None:
    for error in {Internal} | {error for error in subclasses(CarbonError) if error.status != Internal.status}:
        explained = client.get(f"/problems/{error.code}").json
        assert (explained["title"], explained["status"]) == (error.title, error.status)
    assert client.get("/problems/other").status_code == 404


def subclasses(kind: type) -> set[type]:
    """Every class below, however deep, that the house defines."""
    below = {sub for sub in kind.__subclasses__() if sub.__module__.startswith("carbon_api.")}
    return below.union(*map(subclasses, below))


def test_explanations_are_of_errors_that_exist() -> None:
    assert set(EXPLANATIONS) <= subclasses(CarbonError)


def test_ready_says_what_is_there(client: CheckedClient) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert [check["name"] for check in answer.json["checks"]] == ["factor book", "database", "schema"]


def test_ready_says_what_is_missing(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "empty.db").touch()
    (tmp_path / "notes.db").write_text("this is no database, though it is long enough to be one\n" * 50)
    old = sqlite3.connect(settings.database_url.removeprefix("sqlite:///"))
    old.execute("UPDATE alembic_version SET version_num = '0000'")
    old.commit()
    old.close()
    missing = {
        f"sqlite:///{tmp_path / 'gone' / 'carbon.db'}": "database",
        f"sqlite:///{tmp_path / 'nowhere.db'}": "database",
        f"sqlite:///{tmp_path / 'notes.db'}": "database",
        f"sqlite:///{tmp_path / 'empty.db'}": "schema",
        settings.database_url: "schema",
    }
    for url, name in missing.items():
        for app in running(Settings(database_url=url)):
            answer = app.test_client().get("/readyz")
            assert answer.status_code == 503
            faults = {check["name"]: check["detail"] for check in answer.json["checks"] if not check["ready"]}
            assert list(faults) == [name]
            assert "carbon-api db upgrade" in faults[name]


def test_ready_never_advises_an_upgrade_that_cannot_help(settings: Settings) -> None:
    made = sqlite3.connect(settings.database_url.removeprefix("sqlite:///"))
    made.execute("UPDATE alembic_version SET version_num = '9999'")
    made.commit()
    made.close()
    for app in running(settings):
        answer = app.test_client().get("/readyz")
        [fault] = [check["detail"] for check in answer.json["checks"] if not check["ready"]]
        assert answer.status_code == 503
        assert "newer" in fault
        assert "upgrade" not in fault
