"""/v1/sources, /v1/platforms, /v1/factor-releases: what the rest refers to."""

from typing import Any

from flask import Response

from carbon_api.factor_book.book import Release
from carbon_api.plan.vocabulary import PLATFORMS
from carbon_api.web.answers import encode, respond
from carbon_api.web.contract import Routes
from carbon_api.web.schemas.catalog import PlatformList
from carbon_api.web.schemas.factors import ReleaseList, SourceList
from carbon_api.web.service import service

routes = Routes("catalog", __name__, description="Sources, platforms and factor releases.")


@routes.route("/v1/sources")
@routes.finds(SourceList, "Every source of the factor book")
def list_sources() -> Response:
    """List the sources.

    The publications that the factors come from, each with its licence and its address.
    """
    return respond(encode({"items": list(service().book.sources.values())}))


@routes.route("/v1/platforms")
@routes.finds(PlatformList, "Every platform")
def list_platforms() -> Response:
    """List the platforms.

    What a line of a plan may name as its `platform`.
    """
    return respond(encode({"items": [{"id": id, "title": title} for id, title in PLATFORMS.items()]}))


@routes.route("/v1/factor-releases")
@routes.finds(ReleaseList, "Every release, oldest first")
def list_releases() -> Response:
    """List the factor releases.

    A plan names one with `factor_release`; under the same release it has the same figures for ever.
    """
    book = service().book
    latest = book.release().id
    return respond(encode({"items": [_release(book.release(info.id), latest) for info in book.releases]}))


def _release(release: Release, latest: str) -> dict[str, Any]:
    return {
        "id": release.id,
        "published": release.published,
        "sha256": release.sha256,
        "factors": len(release.rows),
        "latest": release.id == latest,
    }
