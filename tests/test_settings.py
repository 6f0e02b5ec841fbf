"""Settings: read from an environment, refused by name."""

import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbon_api.errors import UsageError
from carbon_api.settings import Rate, Settings
from carbon_api.store.engine import Database

README = Path(__file__).parents[1] / "README.md"
SETTINGS = Path(__file__).parents[1] / "carbon_api" / "settings.py"
NUMBERS = {
    "CARBON_MAX_BODY_BYTES": "max_body_bytes",
    "CARBON_MAX_LINES": "max_lines",
    "CARBON_PORT": "port",
    "CARBON_WORKERS": "workers",
    "CARBON_THREADS": "threads",
}


@pytest.mark.parametrize("url", ["sqlite:", "sqlite://", "sqlite:///", "sqlite:///:memory:", "sqlite+pysqlite:///"])
def test_a_database_that_would_keep_nothing_is_refused(url: str) -> None:
    """Each process would have its own, and none of them the schema."""
    with pytest.raises(UsageError, match=r"CARBON_DATABASE_URL.*nothing would be kept"):
        Settings.from_environment({"CARBON_DATABASE_URL": url})


@pytest.mark.parametrize("name", ["a?b", "100%25", "a#b", "a b", "é"])
def test_a_folder_of_any_name_is_found_at_its_place(name: str) -> None:
    url = Settings.from_environment({"CARBON_DATA_DIR": f"/data/{name}"}).database_url
    assert Database(url).file == Path("/data", name, "carbon.db")


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


RATES = {"600/minute": (600, 60), "10/5 seconds": (10, 5), "7/2days": (7, 172_800), "1/hour": (1, 3_600), "none": None}


@pytest.mark.parametrize("name", ["CARBON_RATE_LIMIT", "CARBON_COMPUTE_LIMIT"])
def test_a_rate_is_an_amount_in_a_window_or_none(name: str) -> None:
    field = {"CARBON_RATE_LIMIT": "rate_limit", "CARBON_COMPUTE_LIMIT": "compute_limit"}[name]
    assert {text: getattr(Settings.from_environment({name: text}), field) for text in RATES} == RATES
    wrong = (
        "0",
        "600",
        "0/minute",
        "5/0 seconds",
        "-1/minute",
        "1.5/minute",
        "6/fortnight",
        "5/second;9/minute",
        "٣/day",
    )
    for text in wrong:
        with pytest.raises(UsageError, match=rf"{name}=.*600/minute.*`none`"):
            Settings.from_environment({name: text})


@given(st.integers(1, 10**12), st.integers(1, 64))
def test_what_the_workers_grant_is_within_the_limit_and_wastes_less_than_one_each(amount: int, workers: int) -> None:
    share = Rate(amount, 60).share(workers)
    assert share >= 1
    if amount >= workers:
        assert amount - workers < workers * share <= amount
    else:  # each worker must grant something
        assert share == 1


GOOD_URLS = (
    "memory://",
    "redis://h",
    "redis://:p%40ss@h:6379/0",
    "rediss://u:p@[::1]:6379/",
    "redis+unix:///run/redis",
)
BAD_URLS = (
    "memory",
    "memory://h",
    "redis://",
    "redis://:hidden@/0",
    "redis://:hidden@h:port/0",
    "redis://:hidden@h:99999/0",
    "redis://:hidden@h/zero",
    "redis://:hidden@h/0?socket_timeout=60",
    "redis+unix://",
    "redis+unix://hidden/run/redis",
    "REDISS://:hidden@h",
    "Redis+unix:///run/redis",
    "memcached://h",
    "http://:hidden@h",
    "redis://[hidden",
)


def test_an_address_of_redis_is_taken_as_it_is() -> None:
    assert [Settings.from_environment({"CARBON_LIMITS_URL": url}).limits_url for url in GOOD_URLS] == list(GOOD_URLS)


@pytest.mark.parametrize("url", BAD_URLS)
def test_another_address_is_refused_by_name_without_its_password(url: str) -> None:
    with pytest.raises(UsageError, match=r"CARBON_LIMITS_URL.*redis://") as refused:
        Settings.from_environment({"CARBON_LIMITS_URL": url})
    assert "hidden" not in str(refused.value)


def test_redis_without_its_packages_is_refused_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "redis", None)
    assert Settings.from_environment({"CARBON_LIMITS_URL": "memory://"}) == Settings()
    with pytest.raises(UsageError, match=r"CARBON_LIMITS_URL.*pip install 'carbon-api\[redis\]'"):
        Settings.from_environment({"CARBON_LIMITS_URL": "redis://h"})


def test_the_readme_has_every_setting_with_its_default() -> None:
    """The table and the code name the same variables, and each default there is the one that is taken."""
    table = dict(re.findall(r"^\| `(CARBON_[A-Z_]+)` \| `([^`]*)` \|", README.read_text("utf-8"), re.MULTILINE))
    assert set(table) == set(re.findall(r"CARBON_[A-Z_]+", SETTINGS.read_text("utf-8")))
    assert Settings.from_environment(table) == Settings()
