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
    done = db(data / "other", "restore", str(data / "backup"))
    assert (done.exit_code, done.output) == (0, "The database holds claims: 0, estimates: 0, keys: 1.\n")


@pytest.mark.parametrize(
    ("place", "arguments", "code", "said"),
    [
        (".", ("backup", "backup"), 2, "add --replace"),
        (".", ("backup", "."), 2, "name a file in it"),
        (".", ("backup", "carbon.db", "--replace"), 2, "the database itself"),
        (".", ("backup", "nowhere/backup"), 5, "cannot be written"),
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
