"""The description of the service as a document: what `openapi.yaml` holds and `/openapi.json` sends."""

from typing import Any, cast

import orjson
import yaml

from carbon_api.settings import Settings
from carbon_api.web.app import create_app
from carbon_api.web.service import service


def openapi_document() -> dict[str, Any]:
    """The description as plain data. No database is opened for it."""
    with create_app(Settings()).app_context():
        return cast(dict[str, Any], orjson.loads(service().description))


def openapi_yaml() -> str:
    """The description as the text of `openapi.yaml`."""
    return yaml.safe_dump(openapi_document(), sort_keys=False, allow_unicode=True, width=110)
