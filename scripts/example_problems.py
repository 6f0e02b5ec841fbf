"""The errors that a request leads to by itself, each as the service answers it.

Left out are those that take another HTTP than ours, a missing package or a fault of the service.
"""

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from io import BytesIO

import orjson
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from carbon_api.store import estimates as kept
from carbon_api.store.claims import Claim, claim
from carbon_api.store.engine import Database
from carbon_api.store.keys import create_key
from carbon_api.web.connection import ClientSocket
from carbon_api.web.service import EXTENSION
from scripts.example_steps import IMAGE

ROUTE = "/v1/estimates"
BODY = orjson.dumps(IMAGE)
TYPE = "application/json"
Headers = dict[str, str]


def post(client: FlaskClient, headers: Headers | None = None, data: bytes = BODY, media: str = TYPE) -> TestResponse:
    """A plan is posted to be kept."""
    return client.post(ROUTE, data=data, content_type=media, headers=headers)


def misspelled(client: FlaskClient) -> TestResponse:
    """A line names a platform that there is not."""
    return post(client, data=BODY.replace(b"instagram", b"instagramm"))


def held(client: FlaskClient) -> TestResponse:
    """The first request with the same name is still being answered."""
    request = sha256(f"POST {ROUTE}? json\n".encode() + BODY).digest()
    claim(_database(client), Claim(kept.WORKSPACE, "launch-1", request, kept.moment()))
    return post(client, {"Idempotency-Key": "launch-1"})


def reused(client: FlaskClient) -> TestResponse:
    """The name was first sent with another plan."""
    post(client, {"Idempotency-Key": "launch-2"}, BODY + b" ")
    return post(client, {"Idempotency-Key": "launch-2"})


def spent(client: FlaskClient) -> TestResponse:
    """What was kept under the name was deleted since."""
    client.delete(post(client, {"Idempotency-Key": "launch-3"}).headers["Location"])
    return post(client, {"Idempotency-Key": "launch-3"})


def outdated(client: FlaskClient) -> TestResponse:
    """An estimate was made with a method that is no longer there."""
    database, id = _database(client), orjson.loads(post(client).data)["id"]
    old = replace(kept.get_estimate(database, kept.WORKSPACE, id), id=kept.new_id(), method="method-1")
    kept.insert_estimate(database, kept.WORKSPACE, old)
    return client.get(f"{ROUTE}/{old.id}/trace")


def without_scope(client: FlaskClient) -> TestResponse:
    """A key that may only read would keep something."""
    made = create_key(_database(client), "acme", "example", ("read",), None)
    return post(client, {"Authorization": f"Bearer {made.text}"})


def unmatched(client: FlaskClient) -> TestResponse:
    """An estimate is to go only as it was read, and was read otherwise."""
    return client.delete(post(client).headers["Location"], headers={"If-Match": '"0123456789abcdef"'})


def too_often(client: FlaskClient) -> TestResponse:
    """One request more than there may be."""
    client.get(ROUTE)
    return client.get(ROUTE)


def late(client: FlaskClient) -> TestResponse:
    """The client of a real connection was given up before the body was whole."""
    connection = ClientSocket()
    connection.late = True
    with connection:
        wsgi = {"gunicorn.socket": connection, "CONTENT_LENGTH": "9", "CONTENT_TYPE": TYPE}
        return client.post(ROUTE, input_stream=BytesIO(), environ_overrides=wsgi)


def away(client: FlaskClient) -> TestResponse:
    """The file of the database is gone."""
    _database(client).engine.dispose()
    file = _database(client).file
    assert file
    file.unlink()
    return client.get(f"{ROUTE}?brand=Maison+Verte")


def wrong_key(client: FlaskClient) -> TestResponse:
    """A key is sent that nobody made."""
    return client.get(ROUTE, headers={"Authorization": "Bearer carbon_of_nobody"})


Ask = Callable[[FlaskClient], TestResponse]
ASKED: tuple[Ask, ...] = (
    lambda client: post(client, data=b'{"name": "Launch", "lines": ['),
    misspelled,
    lambda client: client.get(f"{ROUTE}?limit=1000"),
    lambda client: post(client, data=BODY + 2_000_000 * b" "),
    lambda client: post(client, media="text/csv"),
    lambda client: client.get(f"{ROUTE}/est_{32 * '0'}"),
    lambda client: client.put(ROUTE),
    held,
    outdated,
    reused,
    spent,
    unmatched,
    late,
    away,  # which nothing can come after
)
ASKED_WITH_KEYS = (without_scope, wrong_key)
ASKED_OF_ONE = (too_often,)  # of a service that answers one request a day


def _database(client: FlaskClient) -> Database:
    found: Database = client.application.extensions[EXTENSION].database
    return found
