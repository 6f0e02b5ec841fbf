"""`carbon-api keys`: made, listed, revoked; a mistake makes no workspace."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from carbon_api.cli import keys as cli_keys
from carbon_api.cli.main import main
from carbon_api.store.engine import Database
from carbon_api.store.keys import SCOPES, find_key
from carbon_api.store.schema import upgrade


@pytest.fixture
def data(tmp_path: Path) -> Path:
    upgrade(f"sqlite:///{tmp_path / 'carbon.db'}")
    return tmp_path


def keys(data: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["keys", *arguments], env={"CARBON_DATA_DIR": str(data)})


def listed(data: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(keys(data, "list", "--json").stdout)["keys"]
    return found


def test_a_key_is_printed_once_alone_on_stdout(data: Path) -> None:
    made = keys(data, "create", "planner")
    assert made.exit_code == 0
    text = made.stdout.strip()
    found = find_key(Database(f"sqlite:///{data / 'carbon.db'}"), text)
    assert found
    assert (found.workspace_id, found.name, found.scopes) == ("default", "planner", ("read", "write"))
    assert "not shown again" in made.stderr
    assert text not in made.stderr + keys(data, "list").output + keys(data, "list", "--json").output


def test_the_list_says_what_each_key_may_do_and_until_when(data: Path) -> None:
    assert "carbon-api keys create" in keys(data, "list").output
    keys(data, "create", "planner", "--expires", "2099-06-30")
    keys(data, "create", "robot", "--workspace", "acme", "--new-workspace", "--scope", "read")
    revoked = str(listed(data)[1]["id"])
    assert keys(data, "revoke", revoked).output.startswith(f"Key {revoked} (robot) of workspace acme is revoked since")
    text = keys(data, "list").output
    assert "read write  never used, until 2099-07-01" in text
    assert f"{revoked}  robot  read  revoked " in text
    assert "robot" not in keys(data, "list", "--workspace", "default").output


def test_a_number_of_days_counts_from_now(data: Path) -> None:
    keys(data, "create", "planner", "--expires", "90d")
    day = str(listed(data)[0]["expires_at"])[:10]
    assert day == (datetime.now(UTC) + timedelta(days=90)).date().isoformat()


def test_a_first_key_is_made_once(data: Path) -> None:
    assert keys(data, "create", "first", "--if-none").stdout.startswith("carbon_")
    again = keys(data, "create", "first", "--if-none")
    assert (again.exit_code, again.stdout) == (0, "")
    assert len(listed(data)) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("create", "x", "--workspace", "acmee"), "there are acme, default. Add --new-workspace"),
        (("create", "x", "--workspace", "acme", "--new-workspace"), "leave --new-workspace out"),
        (("create", "x", "--workspace", "Acme", "--new-workspace"), "small letters"),
        (("create", "x", "--expires", "soon"), "neither a day"),
        (("create", "x", "--expires", "2020-01-01"), "is past"),
        (("create", "x\ny"), "in one line"),
        (("create", ""), "in one line"),
        (("create", "\udcff"), "in one line"),
        (("create", "\x9b31mred"), "in one line"),
        (("create", "x", "--expires", "9999-12-31"), "the end of all days"),
        (("revoke", "\udcff"), "carbon-api keys list"),
        (("list", "--workspace", "\udcff"), "the name of no workspace"),
        (("create", "x", "--scope", "everything"), "'read', 'write', 'admin'"),
        (("revoke", "0" * 16), "carbon-api keys list"),
    ],
)
def test_a_mistake_makes_nothing_and_is_said(data: Path, arguments: tuple[str, ...], said: str) -> None:
    keys(data, "create", "planner", "--workspace", "acme", "--new-workspace")
    before = listed(data)
    result = keys(data, *arguments)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())
    assert listed(data) == before


def test_without_a_database_it_says_how_to_make_one(tmp_path: Path) -> None:
    result = keys(tmp_path, "create", "planner")
    assert result.exit_code == 5
    assert "carbon-api db upgrade" in result.stderr


def test_the_scopes_that_the_command_offers_are_those_there_are() -> None:
    assert cli_keys.SCOPES == SCOPES


def test_a_whole_key_that_leaked_is_revoked_and_its_secret_is_not_said(data: Path) -> None:
    text = keys(data, "create", "planner").stdout.strip()
    secret = text.split("_", 2)[2]
    done = keys(data, "revoke", text)
    assert (done.exit_code, listed(data)[0]["revoked_at"] is None) == (0, False)
    unknown = keys(data, "revoke", f"carbon_{'0' * 16}_{secret}")
    assert (unknown.exit_code, secret in done.output + unknown.output) == (2, False)


def test_a_workspace_without_keys_is_not_said_to_be_all_there_is(data: Path) -> None:
    keys(data, "create", "planner")
    assert keys(data, "list", "--workspace", "acme").output.startswith("No key opens the workspace acme;")
