"""The names in a path as the description has them, each with an example."""

from typing import Any


def path_argument(name: str, description: str, example: str, **schema: Any) -> dict[str, Any]:
    """The description of a name in a path: a text that is not empty, and whatever else `schema` says of it."""
    return {
        "in": "path",
        "name": name,
        "required": True,
        "description": description,
        "schema": {"type": "string", "minLength": 1, **schema},
        "example": example,
    }


ESTIMATE = path_argument(
    "id",
    "The id of an estimate, as `POST /v1/estimates` answered it.",
    "est_0123456789abcdef0123456789abcdef",
)
