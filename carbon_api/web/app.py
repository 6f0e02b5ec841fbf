"""The Flask application: its parts put together, and what every answer carries."""

import os
import re
from dataclasses import replace
from secrets import token_hex

from flask import Flask, Response, g, request

from carbon_api.errors import NotFound
from carbon_api.factor_book.book import Book, book
from carbon_api.settings import Settings
from carbon_api.store.engine import Database
from carbon_api.web import (
    catalog,
    comparisons,
    estimates,
    factors,
    health,
    methods,
    problem_types,
    recommendations,
    reference,
    traces,
)
from carbon_api.web.access import Gate, authorise, keep_private
from carbon_api.web.answers import SECURITY, encode
from carbon_api.web.body import finish_body
from carbon_api.web.description import Description
from carbon_api.web.limits import limits_of
from carbon_api.web.metrics import Metrics
from carbon_api.web.problems import register_problems
from carbon_api.web.request_log import log_request, start_clock, stop_clock
from carbon_api.web.service import EXTENSION, VERSION, Service, service
from carbon_api.web.told import Told
from carbon_api.web.turns import tell_turn

RESOURCES = (
    estimates,
    traces,
    recommendations,
    comparisons,
    methods,
    factors,
    catalog,
    problem_types,
    health,
    reference,
)
SCOPES = {endpoint: scope for resource in RESOURCES for endpoint, scope in resource.routes.scopes.items()}
REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


def create_app(settings: Settings | None = None, the_book: Book | None = None) -> Flask:
    """The application, on the project's own book if given no other; the database is first opened by a request."""
    settings = settings or Settings.from_environment(os.environ)
    app = Flask("carbon_api", static_folder=None)
    app.url_map.merge_slashes = False  # a wrong path is 404, not a redirect
    app.before_request(start_clock)
    app.before_request(name_request)
    app.before_request(refuse_alias)
    app.before_request(authorise)
    for last_first in (log_request, sign_response, tell_turn, keep_private, finish_body):
        app.after_request(last_first)  # Flask calls them from the last to the first
    app.teardown_request(stop_clock)
    register_problems(app)
    database, the_book = Database(settings.database_url), the_book or book()
    metrics = Metrics(settings.metrics_folder, version=VERSION, factor_release=the_book.release().id)
    serving = Service(settings, database, the_book, b"", Gate(database), SCOPES, limits_of(settings), metrics, Told())
    app.extensions[EXTENSION] = serving
    app.extensions[EXTENSION] = replace(serving, description=described(app))
    return app


def described(app: Flask) -> bytes:
    """The description of the application, whose routes are registered on the way."""
    description = Description(app)
    with app.app_context():  # some arguments take one of the words of the factor book
        for resource in RESOURCES:
            description.register_blueprint(resource.routes)
    return encode(description.document())


def name_request() -> None:
    """Give the request its id: the caller's, if it is one that a log can hold."""
    given = request.headers.get("X-Request-Id", "")
    g.request_id = given if REQUEST_ID.fullmatch(given) else token_hex(16)


def refuse_alias() -> None:
    """NotFound for a path with more than one slash in front, which the router takes for one: whoever stands before the
    service and closes a path closes it by one name."""
    if request.environ.get("PATH_INFO", "").startswith("//"):
        raise NotFound("There is no such route; /openapi.json describes those that exist.")


def sign_response(response: Response) -> Response:
    """Say which request was answered, on which factors, and that its type is what it says."""
    response.headers["X-Request-Id"] = g.request_id
    for name, value in SECURITY.items():
        response.headers.setdefault(name, value)  # the reference page has a policy of its own
    response.headers.setdefault("Factor-Release", service().book.release().id)
    return response
