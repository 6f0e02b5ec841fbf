"""Defaults of a plan: values put under every line that has the field, unless the line says otherwise."""

from collections.abc import Iterator, Mapping, Set
from typing import Any, ClassVar

from marshmallow import Schema
from marshmallow.fields import Field

from carbon_api.plan.ad import is_programmatic
from carbon_api.plan.ai import OF_ONE_OUTPUT, fields_of
from carbon_api.plan.kinds import KINDS, KINDS_WITH
from carbon_api.plan.parts import Part
from carbon_api.plan.quantities import LabelledField

_OF_ONE_LINE = frozenset({
    *("id", "kind", "replay_of", "travel", "shipping"),
    *("mode", "distance", "round_trip", "people", "vehicles", "nights", "cabin", "flights", "haul", "rail", "fuel"),
})  # fmt: skip

# The ways to say one thing, each by the names that it needs. A line that says it one whole way sets aside, of each
# other way, the last name that it does not give itself: without that, the defaults do not say the thing again.
_ALTERNATIVES: tuple[tuple[tuple[str, ...], ...], ...] = (
    (("weight",), ("bitrate",), ("resolution",)),
    (("impressions",), ("spend", "cpm"), ("reach", "frequency")),
    (
        ("views",),
        ("posts", "views_per_post"),
        ("creators", "posts_per_creator", "views_per_post"),
        ("minutes_watched",),
    ),
    (("viewer_minutes",), ("live_duration", "average_viewers")),
    (("figure",), ("provider", "model")),
)
_OF_ONE_VIEW = frozenset({"time_on_screen", "time_on_screen_total", "weight"})  # minutes_watched counts no views
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
    if "auction_paths" not in own and not is_programmatic(merged):
        merged.pop("auction_paths", None)
    if "task" in merged:
        unfit = OF_ONE_OUTPUT.difference(own, fields_of(merged["task"], merged.get("figure")))
        merged = {name: value for name, value in merged.items() if name not in unfit}
    return merged


def _set_aside(own: Mapping[str, Any]) -> set[str]:
    """Return the defaults that say again what the line says, or contradict it."""
    given = own.keys()
    aside = {name for ways in _ALTERNATIVES for name in _others(ways, given)}
    if "minutes_watched" in given:
        aside |= _OF_ONE_VIEW
    if own.get("format") == "image":
        aside |= _OF_VIDEO
    elif "format" not in given and given & _OF_VIDEO:
        aside.add("format")
    return aside


def _others(ways: tuple[tuple[str, ...], ...], given: Set[str]) -> Iterator[str]:
    """Yield a name of each way that the line leaves open, where it goes another whole way."""
    left_open = [[name for name in way if name not in given] for way in ways]
    if [] in left_open:
        yield from (names[-1] for names in left_open if names)


def _fits(schema: Part, name: str, value: Any) -> bool:
    """Say whether a kind has this field, and, of an average time, whether it has what it is an average over."""
    field = schema.readers.get(name)
    if isinstance(field, LabelledField):
        return value[1] is None or value[1] in field.label.words
    return field is not None
