"""`carbon-api db`: backed up, put back, and each mistake said with how to mend it."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from carbon_api.cli.main import main
from carbon_api.store.engine import Database
from carbon_api.store.keys import create_key
from carbon_api.store.schema import upgrade


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with a database that holds a key, and a backup of it."""
    url = f"sqlite:///{tmp_path / 'carbon.db'}"
    upgrade(url)
    create_key(Database(url), "acme", "planner", ("read",))
    done = db(tmp_path, "backup", str(tmp_path / "backup"))
    assert done.output == f"{tmp_path / 'backup'} holds claims: 0, estimates: 0, keys: 1.\n"
    return tmp_path


def db(data: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["db", *arguments], env={"CARBON_DATA_DIR": str(data)})


def test_a_backup_is_put_back(data: Path) -> None:
    kept = data / "other" / "carbon.db"
    done = db(data / "other", "restore", str(data / "backup"))
    assert (done.exit_code, done.output) == (0, f"The database {kept} holds claims: 0, estimates: 0, keys: 1.\n")


@pytest.mark.parametrize(
    ("place", "arguments", "code", "said"),
    [
        (".", ("backup", "backup"), 2, "add --replace"),
        (".", ("backup", "."), 2, "name a file in it"),
        (".", ("backup", "carbon.db", "--replace"), 2, "the database itself"),
        (".", ("backup", "nowhere/backup"), 2, "no folder nowhere; make it first"),
        ("other", ("backup", "new"), 5, "carbon-api db upgrade"),
        (".", ("restore", "backup"), 2, "CARBON_DATABASE_URL or CARBON_DATA_DIR"),
        ("other", ("restore", "carbon.db"), 2, "carbon-api db backup FILE"),
        ("other", ("restore", "nowhere"), 2, "No such file"),
    ],
)
def test_a_mistake_is_said_and_changes_nothing(
    data: Path, monkeypatch: pytest.MonkeyPatch, place: str, arguments: tuple[str, ...], code: int, said: str
) -> None:
    monkeypatch.chdir(data)
    before = {path.name: path.read_bytes() for path in data.iterdir()}
    done = db(data / place, *arguments)
    assert (done.exit_code, said in done.stderr) == (code, True), done.stderr
    assert {path.name: path.read_bytes() for path in data.iterdir()} == before


def test_what_fails_says_which_database_it_was_and_what_its_driver_said(tmp_path: Path) -> None:
    """Whoever forgot a setting looks at another database than the one that is meant."""
    (tmp_path / "carbon.db").write_text("no database")
    for arguments in (
        ["db", "upgrade"],
        ["db", "backup", str(tmp_path / "b")],
        ["keys", "list"],
        ["keys", "create", "x"],
    ):
        done = CliRunner().invoke(main, arguments, env={"CARBON_DATA_DIR": str(tmp_path)})
        assert (done.exit_code, done.output.splitlines()[1:]) == (
            5,
            [f"  {tmp_path / 'carbon.db'}: file is not a database"],
        )


def test_what_was_brought_up_to_date_is_named(tmp_path: Path) -> None:
    assert db(tmp_path, "upgrade").output == f"The database {tmp_path / 'carbon.db'} is up to date.\n"


def test_a_server_that_is_away_is_named_without_its_password() -> None:
    url = "postgresql://carbon:s3cr3t@127.0.0.1:1/kept?sslkey=s3cr3t-too"
    for command in ("upgrade", "list"):
        group = "keys" if command == "list" else "db"
        done = CliRunner().invoke(main, [group, command], env={"CARBON_DATABASE_URL": url})
        assert done.exit_code == 5
        assert "carbon:***@127.0.0.1:1/kept: " in done.output
        assert "Connection refused" in done.output
        assert "s3cr3t" not in done.output
