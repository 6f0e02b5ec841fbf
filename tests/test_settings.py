"""Settings: read from an environment, refused by name."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbon_api.errors import UsageError
from carbon_api.settings import Settings

README = Path(__file__).parents[1] / "README.md"
SETTINGS = Path(__file__).parents[1] / "carbon_api" / "settings.py"
NUMBERS = {
    "CARBON_MAX_BODY_BYTES": "max_body_bytes",
    "CARBON_MAX_LINES": "max_lines",
    "CARBON_PORT": "port",
    "CARBON_WORKERS": "workers",
    "CARBON_THREADS": "threads",
}


def test_an_empty_environment_gives_the_documented_defaults() -> None:
    assert Settings.from_environment({}) == Settings()


def test_every_variable_is_read() -> None:
    environ = {name: str(1_000 + n) if "MAX" in name else str(11 + n) for n, name in enumerate(NUMBERS)}
    settings = Settings.from_environment({**environ, "CARBON_HOST": "0.0.0.0", "CARBON_DATA_DIR": "/data"})
    assert {name: str(getattr(settings, field)) for name, field in NUMBERS.items()} == environ
    assert (settings.host, settings.database_url) == ("0.0.0.0", "sqlite:////data/carbon.db")


def test_a_database_address_wins_over_the_data_folder() -> None:
    url = "postgresql+psycopg://u@h/d"
    assert Settings.from_environment({"CARBON_DATABASE_URL": url, "CARBON_DATA_DIR": "/data"}).database_url == url


@given(
    st.sampled_from(sorted(NUMBERS)), st.sampled_from(["0", "-1", "1.5", "ten", "1e3", "٣", "9" * 5_000, "NaN", "1_0"])
)
def test_a_bad_number_is_refused_by_name_with_what_would_do(name: str, text: str) -> None:
    with pytest.raises(UsageError, match=rf"{name}=.* whole number from \d+ to \d+"):
        Settings.from_environment({name: text})


def test_a_bad_database_address_is_refused_with_an_example() -> None:
    with pytest.raises(UsageError, match=r"CARBON_DATABASE_URL.*sqlite:///"):
        Settings.from_environment({"CARBON_DATABASE_URL": "carbon.db"})


def test_the_readme_has_every_setting_with_its_default() -> None:
    """The table and the code name the same variables, and each default there is the one that is taken."""
    table = dict(re.findall(r"^\| `(CARBON_[A-Z_]+)` \| `([^`]*)` \|", README.read_text("utf-8"), re.MULTILINE))
    assert set(table) == set(re.findall(r"CARBON_[A-Z_]+", SETTINGS.read_text("utf-8")))
    assert Settings.from_environment(table) == Settings()
