"""One line in the log, and one in the figures, for each request: nothing of what was sent but its path."""

import logging
import time
from urllib.parse import quote

from flask import Response, g, request

from carbon_api.web.service import service

log = logging.getLogger("carbon_api.request")


def start_clock() -> None:
    """A request begins."""
    g.started = time.perf_counter()
    service().metrics.begin()


def stop_clock(_fault: BaseException | None) -> None:
    """A request has ended, however it did."""
    service().metrics.end()


def log_request(response: Response) -> Response:
    """A request was answered. Its path is quoted, so that it can never look like anything else."""
    seconds = time.perf_counter() - g.started
    route = request.url_rule.rule if request.url_rule else None
    caller = g.get("caller")
    fields = {
        "method": request.method,
        "route": route,
        "path": quote(request.path),
        "status": response.status_code,
        "milliseconds": round(1000 * seconds, 1),
        "key": caller and caller.key_id,
        "workspace": caller and caller.workspace_id,
    }
    log.info("answered", extra={"fields": fields})
    service().metrics.answered(route, request.method, response.status_code, seconds)
    return response
