"""One line in the log for each request: its id, method, path, status and time, and nothing of what was sent."""

import logging
import time
from urllib.parse import quote

from flask import Response, g, request

log = logging.getLogger("carbon_api.request")


def start_clock() -> None:
    """A request begins."""
    g.started = time.perf_counter()


def log_request(response: Response) -> Response:
    """A request was answered. Its path is quoted, so that it can never look like another line."""
    milliseconds = 1000 * (time.perf_counter() - g.started)
    path = quote(request.path)
    log.info("%s %s %s %d %.1f ms", g.request_id, request.method, path, response.status_code, milliseconds)
    return response
