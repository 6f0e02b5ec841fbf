"""The examples of the description are what the service answers to them, and are those of tested cases."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from checked import CheckedClient, document, resolved, running, validator
from jsonschema import Draft202012Validator
from operations import OPERATIONS, Operation
from werkzeug.test import TestResponse

from carbon_api.settings import Settings
from carbon_api.store.schema import upgrade
from scripts.examples import FILE, LINES, MOST, gathered

ROOT = Path(__file__).parents[2]
JSON = "application/json"
LIVE = {r"est_[0-9a-f]{32}": "est_", r'"(created_at|request_id)":\s*"[^"]*"': r'"\1":""'}
QUERY = {("create_estimate", "200"): {"persist": "false"}}
PARTS = {"get_description": {"openapi", "info"}}  # of a document that is the description itself
YAML = "application/yaml"
SENT_AS = {True: (JSON, YAML), False: (JSON,)}
ANSWERS = [
    pytest.param(operation, status, media, name, id=f"{operation.name} {status} {media} {name}")
    for operation in OPERATIONS
    for status, response in operation.described["responses"].items()
    for media, content in response.get("content", {}).items()
    for name in content.get("examples", {})
]
BODIES = [
    pytest.param(operation, media, name, id=f"{operation.name} {media} {name}")
    for operation in OPERATIONS
    for media, content in operation.described.get("requestBody", {}).get("content", {}).items()
    for name in content["examples"]
]


def example(operation: Operation, *steps: str) -> dict[str, Any]:
    """An example that stands at a place of an operation."""
    return resolved(operation.pointer(*steps))[1]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CheckedClient]:
    """A client of one service for all of these tests, which leave nothing in it."""
    settings = Settings(database_url=f"sqlite:///{tmp_path_factory.mktemp('examples') / 'carbon.db'}")
    upgrade(settings.database_url)
    for app in running(settings):
        yield app.test_client()


@pytest.fixture
def made(service: CheckedClient) -> Iterator[str]:
    """The estimate that the examples are of."""
    [create] = [one for one in OPERATIONS if one.name == "create_estimate"]
    yield asked(service, create, "201", "image", JSON, "").json["id"]
    for kept in service.get("/v1/estimates").json["items"]:
        service.delete(kept["links"]["self"])


def asked(client: CheckedClient, operation: Operation, status: str, name: str, media: str, made: str) -> TestResponse:
    """What the service answers to the request of an example, on an estimate that was made."""
    arguments = {one["name"]: one["example"] for one in operation.described["parameters"] if one["in"] == "path"}
    filled = re.sub(r"est_[0-9a-f]{32}", made, operation.path.format_map(arguments))
    body = {}
    if "requestBody" in operation.described:
        sent = example(operation, "requestBody", "content", media, "examples", name)["value"]
        text = json.dumps(sent) if media == JSON else yaml.safe_dump(sent, allow_unicode=True, sort_keys=False)
        body = {"data": text, "content_type": media}
    return client.open(filled, method=operation.method, query_string=QUERY.get((operation.name, status)), **body)


def same(value: Any) -> Any:
    """The value without what differs from one request to the next."""
    text = json.dumps(value)
    for live, instead in LIVE.items():
        text = re.sub(live, instead, text)
    return json.loads(text)


def cut(value: Any) -> Any:
    """Of each list the first items, of a text the first lines."""
    if isinstance(value, str):
        return "".join(value.splitlines(keepends=True)[:LINES])
    return cut_lists(value)


def cut_lists(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: cut_lists(item) for key, item in value.items()}
    return [cut_lists(item) for item in value[:MOST]] if isinstance(value, list) else value


@pytest.mark.parametrize(("operation", "status", "media", "name"), ANSWERS)
def test_an_example_is_what_the_service_answers(
    service: CheckedClient, made: str, operation: Operation, status: str, media: str, name: str
) -> None:
    shown = example(operation, "responses", status, "content", media, "examples", name)
    for sent_as in SENT_AS["requestBody" in operation.described]:
        answer = asked(service, operation, status, name, sent_as, made)
        assert (str(answer.status_code), answer.content_type) == (status, media)
        value = same(answer.json if media == JSON else answer.text)
        if operation.name in PARTS:
            value = {key: value[key] for key in PARTS[operation.name]}
        assert same(shown["value"]) == (cut(value) if "Shortened" in shown.get("description", "") else value)


@pytest.mark.parametrize("operation", OPERATIONS, ids=[one.name for one in OPERATIONS])
def test_every_operation_is_explained_and_has_examples(operation: Operation) -> None:
    described = operation.described
    assert described["tags"]
    assert re.fullmatch(r"[A-Z][^.`]*\.", described["summary"])
    assert described["description"].endswith(".")
    answers = [status for status in described["responses"] if status.startswith("2")]
    shown = [one.values[1] for one in ANSWERS if one.values[0] == operation]
    assert sorted(answers) == sorted(set(shown)) or answers == ["204"]
    bodies = {one.values[1] for one in BODIES if one.values[0] == operation}
    assert bodies == set(described.get("requestBody", {}).get("content", {}))


@pytest.mark.parametrize(("operation", "media", "name"), BODIES)
def test_an_example_of_a_request_fits_its_schema(operation: Operation, media: str, name: str) -> None:
    steps = ("requestBody", "content", media)
    value = example(operation, *steps, "examples", name)["value"]
    assert list(validator(operation.pointer(*steps, "schema")).iter_errors(value)) == []


@pytest.mark.parametrize(("operation", "status", "media", "name"), ANSWERS)
def test_an_example_of_an_answer_fits_its_schema(operation: Operation, status: str, media: str, name: str) -> None:
    steps = ("responses", status, "content", media)
    value = example(operation, *steps, "examples", name)["value"]
    assert list(validator(operation.pointer(*steps, "schema")).iter_errors(value)) == []


@pytest.mark.parametrize("operation", OPERATIONS, ids=[one.name for one in OPERATIONS])
def test_every_parameter_is_explained_and_has_an_example_that_fits(operation: Operation) -> None:
    for one in operation.described["parameters"]:
        assert one["description"]
        shown = [one["example"]] if one.get("required") else one["schema"]["examples"]
        assert shown
        for value in shown:
            assert list(Draft202012Validator(one["schema"]).iter_errors(value)) == []


def test_every_plan_that_is_shown_is_one_of_a_tested_case() -> None:
    tested = [json.loads((ROOT / "examples" / "first.json").read_text("utf-8"))]
    for file in (*(ROOT / "tests/cases").glob("*.yaml"), *(ROOT / "tests/advice/cases").glob("*.yaml")):
        tested += [case["plan"] for case in yaml.safe_load(file.read_text("utf-8"))]
    lines = [plan["lines"] for plan in tested]
    asking = [one.values for one in BODIES]
    bodies = [example(one, "requestBody", "content", media, "examples", name)["value"] for one, media, name in asking]
    plans = [plan for body in bodies for plan in body.get("plans") or [body.get("plan", body)]]
    assert plans
    assert [plan["name"] for plan in plans if plan["lines"] not in lines] == []


def test_every_kind_of_error_is_shown() -> None:
    problems = {
        name: set(response["content"]["application/problem+json"].get("examples", {}))
        for name, response in document()["components"]["responses"].items()
        if name.startswith("Problem")
    }
    assert [name for name, shown in problems.items() if not shown] == []
    for shown in problems.values():
        for code in shown:
            value = document()["components"]["examples"][code]["value"]
            assert value["type"] == f"/problems/{code}"
            assert list(validator("/components/schemas/Problem").iter_errors(value)) == []


def test_the_file_of_examples_is_current() -> None:
    assert FILE.read_bytes() == gathered(), "run `make openapi`"
