"""What a caller wants priced, as the bytes that are sent."""

import json
import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

Document = Mapping[str, Any] | os.PathLike[str]

MEDIA_TYPES = {".json": "application/json", ".yaml": "application/yaml", ".yml": "application/yaml"}


class Body(NamedTuple):
    """The bytes of a request, and what they are."""

    data: bytes
    media_type: str


def body_of(document: Document) -> Body:
    """The bytes of a mapping, as JSON, or of a file, as they are: it is for the service to read them.

    Raises TypeError or ValueError for what is no document, OSError for a file that cannot be read. A text is refused:
    it could be a plan as well as the name of a file.
    """
    if isinstance(document, Mapping):
        text = json.dumps(dict(document), allow_nan=False, default=_written)
        return Body(text.encode(), MEDIA_TYPES[".json"])
    if not isinstance(document, os.PathLike):
        kind = type(document).__name__
        raise TypeError(f"A plan is a mapping, or the pathlib.Path of a JSON or YAML file; this is of type {kind}.")
    path = Path(document)
    media_type = MEDIA_TYPES.get(path.suffix.lower())
    if media_type is None:
        raise ValueError(f"{path} must end in one of {', '.join(MEDIA_TYPES)}, which says how it is read.")
    return Body(path.read_bytes(), media_type)


def _written(value: object) -> Any:
    """What JSON has no word for: a day, as readers of YAML make them, and mappings of other kinds."""
    if type(value) is date:
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"A plan cannot hold a value of type {type(value).__name__}.")
