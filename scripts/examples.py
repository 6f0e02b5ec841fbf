"""Writes the examples of the description: tested cases, asked of the service itself, and what it answers.

An id, a date and a request's id are always the same ones here, and an answer too long to be read is cut: of each list
the first two. Everything else is as it was answered.
"""

import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from carbon_api.settings import Rate, Settings
from carbon_api.store.schema import upgrade
from carbon_api.web import examples
from carbon_api.web.app import create_app
from carbon_api.web.contract import problem_response
from carbon_api.web.path_arguments import ESTIMATE
from carbon_api.web.service import EXTENSION
from scripts.example_problems import ASKED, ASKED_OF_ONE, ASKED_WITH_KEYS
from scripts.example_steps import STEPS, Step

FILE = Path(examples.__file__).with_name(examples.FILE)
JSON = "application/json"
MOST = 2
ONE_A_DAY = Rate(1, 86_400)
OTHER_PROBLEM = "Problem"
LINES = 3
CUT = "Shortened here: of each list the first two, of a text the first three lines."
ALWAYS = {
    rb"est_[0-9a-f]{32}": ESTIMATE["example"].encode(),
    rb'(?<="created_at":")[^"]*': b"2026-11-26T09:00:00.000000Z",
    rb"(?<=Send it again in )[0-9]+": b"30",
    rb'(?<="request_id":")[^"]*': b"0123456789abcdef0123456789abcdef",
}
Json = dict[str, Any]


class Written:
    """The examples, as they are gathered; one that is there already under another name is not kept twice."""

    def __init__(self) -> None:
        self.examples: Json = {}
        self.requests: Json = {}
        self.answers: Json = {}
        self.problems: Json = {}

    def keep(self, name: str, summary: str, value: Any, about: str = "") -> str:
        """Keep a value; the name that it is kept under."""
        made = {"summary": summary, "value": value} | ({"description": about} if about else {})
        for known, there in self.examples.items():
            if there == made:
                return known
        self.examples[name] = made
        return name


@contextmanager
def fresh_app(rate_limit: Rate | None = None) -> Iterator[Flask]:
    """An application with an empty database of its own, which answers everything, or so much."""
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/carbon.db"
        upgrade(url)
        app = create_app(Settings(database_url=url, rate_limit=rate_limit))
        try:
            yield app
        finally:
            app.extensions[EXTENSION].database.engine.dispose()


def gathered() -> bytes:
    """The examples as the text of their file."""
    written = Written()
    with fresh_app() as app:
        client, document = app.test_client(), orjson.loads(app.extensions[EXTENSION].description)
        made = ESTIMATE["example"]
        for step in STEPS:
            answer = asked(client, document, step, made)
            made = orjson.loads(answer.data)["id"] if answer.status_code == HTTPStatus.CREATED else made
            note(written, step, answer)
    for asking, most in ((ASKED, None), (ASKED_WITH_KEYS, None), (ASKED_OF_ONE, ONE_A_DAY)):
        with fresh_app(most) as app:
            for ask in asking:
                note_problem(written, document, orjson.loads(ask(app.test_client()).data))
    return orjson.dumps(vars(written), option=orjson.OPT_INDENT_2) + b"\n"


def asked(client: FlaskClient, document: Json, step: Step, made: str) -> TestResponse:
    """The answer to a step, on the estimate that was made before it."""
    path, method, arguments = operation(document, step.operation)
    filled = path.format_map(arguments).replace(ESTIMATE["example"], made)
    answer = client.open(filled, method=method, query_string=step.query, json=step.body)
    assert answer.status_code == step.status, answer.text
    return answer


def operation(document: Json, name: str) -> tuple[str, str, Mapping[str, str]]:
    """The path of an operation, its method, and the examples of what stands in its path."""
    for path, methods in document["paths"].items():
        for method, described in methods.items():
            if described["operationId"] == name:
                named = {one["name"]: one["example"] for one in described["parameters"] if one["in"] == "path"}
                return path, method.upper(), named
    raise AssertionError(name)


def note(written: Written, step: Step, answer: TestResponse) -> None:
    """Keep what was asked and what was answered."""
    if step.body:
        kept = written.keep(f"{step.operation}.{step.name}.asked", step.summary, step.body)
        written.requests.setdefault(step.operation, {})[step.name] = kept
    if answer.data:
        value: Any = always(orjson.loads(answer.data)) if answer.content_type == JSON else answer.text
        short = cut(value) if step.is_cut else {key: value[key] for key in step.keys} if step.keys else value
        kept = written.keep(f"{step.operation}.{step.name}", step.summary, short, CUT if step.is_cut else "")
        content = written.answers.setdefault(step.operation, {}).setdefault(str(answer.status_code), {})
        content.setdefault(answer.content_type, {})[step.name] = kept


def note_problem(written: Written, document: Json, problem: Json) -> None:
    """Keep a problem, where the description has those of its status."""
    code = problem["type"].rpartition("/")[2]
    place = problem_response(problem["status"])
    place = place if place in document["components"]["responses"] else OTHER_PROBLEM
    written.problems.setdefault(place, {})[code] = written.keep(code, problem["title"], always(problem))


def always(value: Any) -> Any:
    """The same with ids and dates that do not change."""
    text = orjson.dumps(value)
    for form, instead in ALWAYS.items():
        text = re.sub(form, instead, text)
    return orjson.loads(text)


def cut(value: Any) -> Any:
    """The same, but of a text only its first lines, and of each list in a document only its first items."""
    return "".join(value.splitlines(keepends=True)[:LINES]) if isinstance(value, str) else shortened(value)


def shortened(value: Any) -> Any:
    """The same, but of each list only its first items."""
    if isinstance(value, dict):
        return {key: shortened(item) for key, item in value.items()}
    if isinstance(value, list):
        return [shortened(item) for item in value[:MOST]]
    return value


if __name__ == "__main__":
    logging.disable()  # some of what is asked is a fault that the service tells its log
    FILE.write_bytes(gathered())
