"""The one reader of plans: JSON or YAML in, plain values out, nothing that is dangerous or ambiguous.

Refused: other encodings than UTF-8, more than 100 MB, more than 32 levels, duplicate keys, NaN and infinity however
written, numbers of more than 400 characters, NUL, lone surrogates; in YAML also anchors, aliases, tags, second texts.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from carbon_api.errors import BodyTooLarge, PlanUnreadable, UnsupportedMedia
from carbon_api.plan.document import Document
from carbon_api.plan.json_text import lines_of, read_json
from carbon_api.plan.unreadable import empty, unreadable
from carbon_api.plan.yaml_text import read_yaml

MediaType = Literal["json", "yaml"]

MOST_BYTES = 100_000_000
_MEDIA_TYPES: Mapping[str, MediaType] = {".json": "json", ".yaml": "yaml", ".yml": "yaml"}
_JSON_BEGINS = re.compile(rb"(\xef\xbb\xbf)?\s*(\{\s*[\"}]|\[)")


def read(data: bytes, media_type: MediaType) -> Document:
    """Return the document. Raises PlanUnreadable with where, what and how to mend, or BodyTooLarge."""
    if len(data) > MOST_BYTES:
        raise BodyTooLarge(f"The document has {len(data)} bytes; {MOST_BYTES} at most")
    text = _decoded(data)
    if not text.strip():
        raise empty()
    if media_type == "json":
        return Document(read_json(text), lambda: lines_of(text))
    value, places = read_yaml(text)
    return Document(value, lambda: places)


def read_file(path: Path) -> Document:
    """Return the document of a .json, .yaml or .yml file, or of one whose name says nothing.

    Raises PlanUnreadable, also when it cannot be opened, BodyTooLarge, or UnsupportedMedia for another name.
    """
    if path.is_dir():
        raise PlanUnreadable(f"{path} is a folder; name a file in it")
    suffix = path.suffix.lower()
    if suffix and suffix not in _MEDIA_TYPES:
        raise UnsupportedMedia(f"{path} is neither JSON nor YAML by its name; name it .json, .yaml or .yml")
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise PlanUnreadable(f"{path}: there is no such file; check the path") from None
    except OSError as error:
        raise PlanUnreadable(f"{path} cannot be read: {error.strerror}") from error
    return read(data, _MEDIA_TYPES.get(suffix) or looks_written_in(data))


def looks_written_in(data: bytes) -> MediaType:
    """Return what a text without a name is written in: JSON where it begins as JSON does, else YAML."""
    return "json" if _JSON_BEGINS.match(data) else "yaml"


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise unreadable("not-utf-8", "the text is not UTF-8; save it as UTF-8", line) from None
