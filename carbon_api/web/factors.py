"""/v1/factors: the published numbers, searched or by id."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response, url_for
from marshmallow import Schema

from carbon_api.errors import Finding, NotFound, QueryInvalid
from carbon_api.factor_book.book import Release
from carbon_api.factor_book.entry import Row, Source
from carbon_api.factor_book.search import matching, tags
from carbon_api.plan.vocabulary import COUNTRIES
from carbon_api.web.answers import encode, respond
from carbon_api.web.contract import Routes
from carbon_api.web.fields import Cursor, OneOf, Paged, Text
from carbon_api.web.path_arguments import path_argument
from carbon_api.web.schemas.factors import Factor, FactorPage
from carbon_api.web.service import service

CURSOR = "^[0-9]{1,6}@[0-9A-Za-z.-]{1,40}$"  # a place, and the release that it is in

FACTOR = path_argument("id", "The id of a factor, as `GET /v1/factors` lists it.", "scope3.phone.embodied_per_time")
routes = Routes("factors", __name__, description="Published emission factors, each with its source.")


def release_argument() -> Text:
    """The argument that asks for a factor release."""
    return Text("A factor release; the latest if left out.", example="2026.11")


class InRelease(Schema):
    """The arguments of a route that reads one release."""

    release = release_argument()


class FactorQuery(Paged):
    """The arguments of the search."""

    cursor = Cursor(CURSOR, example="50@2026.11")
    q = Text("Words that must all be in the id, title, note, tags or source.", example="phone embodied")
    tag = OneOf("A tag.", lambda: tags(service().book), example="scope3")
    country = OneOf("ISO 3166-1 alpha-2, EU or world.", lambda: COUNTRIES, example="FR")
    release = release_argument()


@routes.route("/v1/factors")
@routes.query(FactorQuery)
@routes.finds(FactorPage, "Published values, by id, country and date", NotFound)
def list_factors(query: Mapping[str, Any]) -> Response:
    """Search the published factors.

    Value by value, a page at a time: hand `next_cursor` back as `cursor`, with the same other arguments, for the page
    after. Without an argument, all of them.
    """
    release, start = _start(query)
    words = query["q"] or ""
    rows = list(matching(service().book, release.rows[start:], words, query["country"], query["tag"]))
    page = rows[: query["limit"]]
    more = len(rows) > len(page)
    document = {
        "items": [_summary(row, release) for row in page],
        "next_cursor": f"{page[-1].index + 1}@{release.id}" if more else None,
    }
    return respond(encode(document), headers={"Factor-Release": release.id})


@routes.route("/v1/factors/<id>", parameters=[FACTOR])
@routes.query(InRelease)
@routes.finds(Factor, "The factor with all its values", NotFound)
def get_factor(query: Mapping[str, Any], id: str) -> Response:
    """Read a factor.

    Every value that it has, by country and date, each with its unit, its range, and the place in its source.
    """
    release = service().book.release(query["release"])
    rows = [row for row in release.rows if row.id == id]
    if not rows:
        raise NotFound(f"There is no factor {id!r} in release {release.id}; /v1/factors lists and searches them.")
    return respond(encode(_factor(rows, release)), headers={"Factor-Release": release.id})


def _start(query: Mapping[str, Any]) -> tuple[Release, int]:
    """The release and the place in it where a page starts; later pages stay within the first one's release."""
    book, asked = service().book, query["release"]
    if query["cursor"] is None:
        return book.release(asked), 0
    place, _, within = query["cursor"].partition("@")
    if asked is not None and book.release(asked).id != within:
        detail = f"This cursor is of release {within}, not {asked}; a list stays in the release it began with."
        raise QueryInvalid(detail, [Finding("/cursor", "other-release", detail)])
    return book.release(within), int(place)


def _summary(row: Row, release: Release) -> dict[str, Any]:
    return {
        "id": row.id,
        "title": row.title,
        "country": row.country,
        "valid_from": row.valid_from,
        "value": row.printed,
        "unit": row.unit,
        "source": row.source,
        "tags": row.tags,
        "links": _links(row.id, release),
    }


def _factor(rows: Sequence[Row], release: Release) -> dict[str, Any]:
    return {
        "id": rows[0].id,
        "title": rows[0].title,
        "tags": rows[0].tags,
        "factor_release": release.id,
        "values": [_value(row, service().book.sources[row.source]) for row in rows],
        "links": _links(rows[0].id, release),
    }


def _value(row: Row, source: Source) -> dict[str, Any]:
    return {
        "country": row.country,
        "valid_from": row.valid_from,
        "value": row.printed,
        "unit": row.unit,
        "coherent": {
            "unit": row.coherent_unit,
            "value": row.value,
            "low": row.low,
            "high": row.high,
            "shape": row.shape,
        },
        "basis": row.basis,
        "group": row.group,
        "source": source,
        "locator": row.locator,
        "evidence": row.evidence,
        "checked_on": row.checked_on,
        "review_by": row.review_by,
        "since": row.since,
        "until": row.until,
        "withdrawn": row.withdrawn,
        "note": row.note,
        "warning": row.warning,
        "details": dict(row.details),
    }


def _links(id: str, release: Release) -> dict[str, str]:
    return {"self": url_for("factors.get_factor", id=id, release=release.id)}
