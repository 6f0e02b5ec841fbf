"""Defaults of a plan: values put under every line that has the field, unless the line says otherwise."""

from collections.abc import Mapping
from typing import Any, ClassVar

from marshmallow import Schema
from marshmallow.fields import Field

from carbon_api.plan.kinds import KINDS, KINDS_WITH
from carbon_api.plan.parts import Part
from carbon_api.plan.quantities import LabelledField

_OF_ONE_LINE = frozenset({"id", "kind", "replay_of"})

# What a line gives, and the defaults that it sets aside: they say the same thing, or would contradict it.
_SETS_ASIDE: tuple[tuple[frozenset[str], frozenset[str]], ...] = tuple(
    (frozenset(own.split()), frozenset(aside.split()))
    for own, aside in (
        ("weight", "bitrate resolution"),
        ("bitrate", "weight resolution"),
        ("resolution", "weight bitrate"),
        ("impressions", "cpm reach frequency"),
        ("impressions cpm", "spend"),
        ("spend cpm", "impressions reach frequency"),
        ("reach frequency", "impressions cpm"),
        ("reach frequency cpm", "spend"),
        ("views", "views_per_post minutes_watched"),
        ("views_per_post", "views"),
        ("minutes_watched", "views time_on_screen time_on_screen_total weight"),
        ("viewer_minutes", "average_viewers"),
        ("average_viewers", "viewer_minutes"),
    )
)
_OF_VIDEO = frozenset({"bitrate", "resolution", "creative_length", "quartiles"})


class DefaultsPart(Part):
    """Any field of a line but those of one line alone; none is required."""

    title: ClassVar[str] = "defaults"

    @property
    def required(self) -> tuple[str, ...]:
        """No default is required."""
        return ()


def defaults_schema() -> Schema:
    """Return the schema of defaults, made of the kinds' own fields."""
    shared: dict[str, Field[Any]] = {
        name: KINDS[kinds[0]].readers[name] for name, kinds in KINDS_WITH.items() if name not in _OF_ONE_LINE
    }
    return DefaultsPart.from_dict(shared, name="Defaults")()


def with_defaults(schema: Part, own: dict[str, Any], defaults: Mapping[str, Any]) -> dict[str, Any]:
    """Return the line's own values over the defaults that its kind has and that do not contradict them."""
    if not defaults:
        return own
    aside = _set_aside(own)
    fitting = {name: value for name, value in defaults.items() if name not in aside and _fits(schema, name, value)}
    merged = fitting | own
    if "cards" not in own and merged.get("format") != "carousel":
        merged.pop("cards", None)
    return merged


def _set_aside(own: Mapping[str, Any]) -> set[str]:
    given = own.keys()
    aside = {name for needed, others in _SETS_ASIDE if needed <= given for name in others}
    if own.get("format") == "image":
        return aside | _OF_VIDEO
    return aside | {"format"} if "format" not in own and given & _OF_VIDEO else aside


def _fits(schema: Part, name: str, value: Any) -> bool:
    """Say whether a kind has this field, and, of an average time, whether it has what it is an average over."""
    field = schema.readers.get(name)
    if isinstance(field, LabelledField):
        return value[1] is None or value[1] in field.label.words
    return field is not None
