"""The examples that the description shows: what tested cases ask and are answered.

`make openapi` writes them, from the service itself, into the file that is read here; a test holds the two equal.
"""

from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Any

import orjson

Json = dict[str, Any]
FILE = "examples.json"


def add_examples(document: Json) -> None:
    """Put the examples into a description: each once, among the components, and its name wherever it is shown.

    An operation or an answer that the file does not know yet stays without.
    """
    kept = orjson.loads((files("carbon_api.web") / FILE).read_bytes())
    document["components"]["examples"] = kept["examples"]
    for operation in _operations(document):
        asked = operation.get("requestBody", {}).get("content", {})
        _show(asked.values(), kept["requests"].get(operation["operationId"], {}))
        answered = kept["answers"].get(operation["operationId"], {})
        for status, response in operation["responses"].items():
            for media, content in response.get("content", {}).items():
                _show([content], answered.get(status, {}).get(media, {}))
    for name, response in document["components"].get("responses", {}).items():
        _show(response.get("content", {}).values(), kept["problems"].get(name, {}))


def _operations(document: Json) -> Iterable[Json]:
    for path in document["paths"].values():
        yield from path.values()


def _show(contents: Iterable[Json], names: Mapping[str, str]) -> None:
    for content in contents if names else ():
        content["examples"] = {name: {"$ref": f"#/components/examples/{kept}"} for name, kept in names.items()}
