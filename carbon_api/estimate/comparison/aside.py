"""What a plan itself names, where the comparison is of something else: said, never dropped in silence."""

from collections.abc import Collection

from carbon_api.estimate.run import Nameable
from carbon_api.wording import say


def set_aside(what: Nameable, named: str | None, compared: Collection[str]) -> dict[str, str] | None:
    """The method or the release that the plan names; None where it names none, or one of those compared."""
    if named is None or named in compared:
        return None
    return {"field": what, "value": named, "detail": say("set_aside", "en", value=named)}
