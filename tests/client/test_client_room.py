"""The client is light: whoever imports it does not import the service, and a plan is what it seems."""

import json
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType

import pytest

from carbon_api.client.documents import Body, body_of

OF_THE_HOUSE = {"carbon_api", "carbon_api.errors", "carbon_api.listening"}
LISTED = "import carbon_api.client, json, sys; print(json.dumps(sorted(sys.modules)))"


def test_the_client_imports_requests_and_nothing_of_the_service() -> None:
    loaded = json.loads(subprocess.check_output([sys.executable, "-c", LISTED]))
    bare = json.loads(
        subprocess.check_output([sys.executable, "-c", "import requests; " + LISTED.replace("carbon_api.client, ", "")])
    )
    own = {name for name in loaded if name.startswith("carbon_api") and not name.startswith("carbon_api.client")}
    assert own == OF_THE_HOUSE
    strangers = {name.partition(".")[0] for name in set(loaded) - set(bare)} - sys.stdlib_module_names
    assert strangers == {"carbon_api"}


@pytest.mark.parametrize(
    ("suffix", "media_type"), [("json", "json"), ("yaml", "yaml"), ("yml", "yaml"), ("YAML", "yaml")]
)
def test_a_file_is_sent_as_it_is(tmp_path: Path, suffix: str, media_type: str) -> None:
    path = tmp_path / f"plan.{suffix}"
    path.write_bytes(b"{not: [read\xff")
    assert body_of(path) == Body(b"{not: [read\xff", f"application/{media_type}")


def test_a_mapping_is_sent_as_json() -> None:
    plan = MappingProxyType({"name": "é", "start": date(2026, 5, 1), "in": MappingProxyType({"x": 0.1})})
    data, media_type = body_of(plan)
    assert media_type == "application/json"
    assert json.loads(data) == {"name": "é", "start": "2026-05-01", "in": {"x": 0.1}}


@pytest.mark.parametrize("plan", ["plan.yaml", "{}", b"{}", [], None])
def test_a_text_is_neither_a_plan_nor_a_file(plan: object) -> None:
    with pytest.raises(TypeError, match="A plan is a mapping, or the"):
        body_of(plan)  # type: ignore[arg-type]  # what it must refuse


@pytest.mark.parametrize("value", [{1, 2}, datetime(2026, 5, 1), b"x", object()])
def test_what_json_has_no_word_for_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="A plan cannot hold"):
        body_of({"x": value})


def test_what_is_no_number_or_no_file_of_a_plan_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        body_of({"x": float("nan")})
    with pytest.raises(ValueError, match="must end in one of"):
        body_of(tmp_path / "plan.xlsx")
    with pytest.raises(FileNotFoundError):
        body_of(tmp_path / "plan.json")
