"""Plans of every kind of line for the laws to hold on, and changes to them that a law speaks of.

Volumes are what a line has more or less of (impressions, minutes, terabytes); everything else describes it.
"""

from collections.abc import Mapping
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from carbon_api.estimate.run import estimate_plan
from carbon_api.factor_book.book import book
from carbon_api.methods.catalog import METHODS as CATALOG
from carbon_api.plan.load import parse_plan
from carbon_api.plan.vocabulary import (
    ASPECT_RATIOS,
    CABINS,
    CARRIERS,
    DEVICES,
    FIGURES,
    FUELS,
    MEDIA,
    PLACEMENTS,
    PLATFORMS,
    RESOLUTIONS,
    TRAVELLERS,
)

Document = dict[str, Any]
Answer = dict[str, Any]

METHODS = ("scope3-2026.07", "sri-2.1")  # those that compare with one another everywhere
EVERY_METHOD = tuple(CATALOG)
COUNTRIES = ("FR", "BE", "DE", "US", "world", "EU")
UNION = ("FR", "BE", "DE", "EU")
UNMEASURED = ("threads", "whatsapp", "bereal", "other")  # platforms that greenspector-2021 did not measure
VOLUMES = frozenset({
    *("impressions", "plays", "spend", "views", "time_on_screen_total"),
    *("minutes_watched", "viewer_minutes", "live_duration", "visits", "volume", "generated", "kept"),
    *("people", "vehicles", "nights", "parcels"),
})  # fmt: skip

seconds = st.floats(0.5, 120)
counts = st.floats(1, 1e7)
shares = st.floats(0.01, 1)


def maybe(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Document]:
    """Any of the fields, or none."""
    return st.fixed_dictionaries({}, optional=fields)


def mixes(names: tuple[str, ...]) -> st.SearchStrategy[dict[str, float]]:
    """Shares of one to three names that sum to 1."""
    return st.lists(st.tuples(st.sampled_from(names), st.integers(1, 9)), min_size=1, max_size=3).map(_shares)


def _shares(weighed: list[tuple[str, int]]) -> dict[str, float]:
    parts = dict(weighed)
    return {name: part / sum(parts.values()) for name, part in parts.items()}


def sure(numbers: st.SearchStrategy[float]) -> st.SearchStrategy[Any]:
    """A number, sometimes with a plus or minus."""
    unsure = st.tuples(numbers, st.floats(0.01, 0.5)).map(lambda pair: {"value": pair[0], "plus_minus": pair[1]})
    return numbers | unsure


def _flat(parts: Any) -> Document:
    """One mapping of nested tuples of mappings."""
    if isinstance(parts, dict):
        return parts
    return {key: value for part in parts for key, value in _flat(part).items()}


platforms = st.sampled_from(tuple(PLATFORMS))
seen = maybe(
    devices=mixes(DEVICES),
    network=mixes(("fixed", "mobile")),
    on_target_share=st.fixed_dictionaries({"value": shares, "source": st.sampled_from(("panel", "assumption"))}),
    viewable_share=shares,
)
delivered = st.tuples(st.fixed_dictionaries({"platform": platforms}), seen)
sized = st.one_of(
    st.fixed_dictionaries({"weight": sure(st.floats(0.01, 50))}),
    st.fixed_dictionaries({"bitrate": st.floats(0.1, 20)}),
    st.fixed_dictionaries({"resolution": st.sampled_from(RESOLUTIONS)}),
    st.just({}),
)
timed = st.one_of(
    st.just({}),
    st.fixed_dictionaries({"time_on_screen": sure(seconds)}),
    st.fixed_dictionaries({"time_on_screen_total": st.floats(0.1, 1e4)}),
)
moving = st.tuples(st.fixed_dictionaries({"format": st.just("video")}), sized, timed, maybe(creative_length=seconds))
still = st.tuples(
    st.one_of(
        st.just({"format": "image"}),
        st.fixed_dictionaries({"format": st.just("carousel"), "cards": st.integers(2, 6)}),
    ),
    timed,
)
creative = st.one_of(moving, still)
WRITERS = (  # their EcoLogits rows: with and without range, with and without a part before the first token
    ("text", "openai", "gpt-4o"),
    ("text", "anthropic", "claude-opus-5"),
    ("text", "mistralai", "mistral-large-2512"),
    ("text", "huggingface_hub", "meta-llama/Meta-Llama-3.1-8B"),
)
FILMERS = (("video", "google", "veo-3.1"), ("video", "tencent", "hunyuanvideo-1.5"))


def _by_model(named: tuple[str, str, str]) -> Document:
    return dict(zip(("task", "provider", "model"), named, strict=True))


shape = maybe(aspect_ratio=st.sampled_from(tuple(ASPECT_RATIOS)))
distances = st.floats(1, 20_000)
# Trips that every drawn country has figures for; a hotel has a country of its own.
trips = st.one_of(
    st.tuples(
        st.fixed_dictionaries(
            {"mode": st.just("plane"), "distance": sure(distances), "people": sure(st.floats(1, 50))}
        ),
        st.fixed_dictionaries({"flights": st.integers(2, 4)}),
        maybe(cabin=st.sampled_from(CABINS), round_trip=st.booleans()),
    ),
    st.fixed_dictionaries({"mode": st.just("coach"), "distance": distances, "people": sure(st.floats(1, 50))}),
    st.tuples(
        st.fixed_dictionaries({"mode": st.just("car"), "distance": distances, "vehicles": st.floats(1, 9)}),
        maybe(fuel=st.sampled_from([one for one in FUELS if one != "e85"])),
    ),
    st.fixed_dictionaries({"mode": st.just("taxi"), "distance": distances, "vehicles": st.floats(1, 9)}),
    st.fixed_dictionaries(
        {"mode": st.just("hotel"), "nights": sure(st.floats(1, 90)), "country": st.sampled_from(("FR", "DE", "US"))}
    ),
)
travellers = maybe(traveller=st.sampled_from(TRAVELLERS))
parcels = st.fixed_dictionaries(
    {"mode": st.sampled_from(CARRIERS), "parcels": sure(st.floats(1, 500)), "weight": st.floats(0.1, 30)}
    | {"distance": distances}
)
KINDS: Mapping[str, tuple[st.SearchStrategy[Any], ...]] = {
    "ad": (
        delivered,
        st.fixed_dictionaries({"impressions": sure(counts)}),
        creative,
        shape,
        maybe(
            placement=st.sampled_from(tuple(PLACEMENTS)),
            buying=st.sampled_from(("direct", "programmatic")),
            spend=st.floats(1, 1e6),
        ),
    ),
    "post": (delivered, st.fixed_dictionaries({"views": sure(counts)}), creative, shape),
    "influencer": (
        delivered,
        st.fixed_dictionaries({"views": sure(counts)}),
        creative,
        maybe(
            travel=st.lists(st.tuples(trips, travellers).map(_flat), min_size=1, max_size=3),
            shipping=st.lists(parcels, min_size=1, max_size=2),
        ),
    ),
    "story": (
        delivered,
        st.fixed_dictionaries({"views": counts}),
        creative.filter(lambda made: "cards" not in made[0]),
    ),
    "video": (
        delivered,
        st.one_of(
            st.fixed_dictionaries({"minutes_watched": sure(counts)}),
            st.fixed_dictionaries({"views": counts}),
            st.fixed_dictionaries({"views": counts, "time_on_screen": seconds}),
        ),
        maybe(resolution=st.sampled_from(RESOLUTIONS)),
    ),
    "live": (
        delivered,
        st.one_of(
            st.fixed_dictionaries({"viewer_minutes": counts}),
            st.fixed_dictionaries({"average_viewers": counts, "live_duration": st.floats(1, 600)}),
            st.fixed_dictionaries(
                {"viewer_minutes": counts, "live_duration": st.floats(1, 600), "replay_kept_for": st.floats(1, 24)}
            ),
        ),
        maybe(bitrate=st.floats(0.5, 12)),
    ),
    "landing_page": (
        seen,
        maybe(platform=platforms),
        st.fixed_dictionaries({"visits": counts, "weight": st.floats(0.05, 20), "time_on_screen": seconds}),
    ),
    "storage": (
        st.fixed_dictionaries({"volume": sure(st.floats(0.001, 1000)), "kept_for": st.floats(1, 120)}),
        maybe(copies=st.integers(1, 6), medium=st.sampled_from([one for one in MEDIA if one != "tape"])),
    ),
    "ai": (
        st.fixed_dictionaries({"generated": sure(counts)}),
        st.one_of(
            st.tuples(st.sampled_from(WRITERS).map(_by_model), st.fixed_dictionaries({"output_tokens": sure(counts)})),
            st.tuples(
                st.sampled_from(FILMERS).map(_by_model),
                st.fixed_dictionaries(
                    {"size": st.sampled_from(("1280x720", "1080x1920")), "seconds": st.floats(1, 20)}
                ),
                maybe(audio=st.booleans()),
            ),
            st.sampled_from(tuple(FIGURES)).map(lambda name: {"figure": name, "task": FIGURES[name].task}),
        ),
        maybe(kept=st.floats(0.1, 0.9)),
    ),
    "travel": (trips, travellers),
}
ON_A_GRID = tuple(kind for kind in KINDS if kind != "travel")  # the kinds that take a grid_intensity


places = st.fixed_dictionaries({"country": st.one_of(st.sampled_from(COUNTRIES), mixes(COUNTRIES))})
grids = maybe(grid_intensity=sure(st.floats(10, 900)))


def lines_of(kind: str) -> st.SearchStrategy[Document]:
    """Lines of a kind, without an id."""
    placed = (places, grids) if kind in ON_A_GRID else (places,)
    return st.tuples(*placed, *KINDS[kind]).map(_flat).map(lambda line: {"kind": kind} | line)


lines = st.sampled_from(tuple(KINDS)).flatmap(lines_of)
lines_on_a_grid = st.sampled_from(ON_A_GRID).flatmap(lines_of)


def plan(lines: list[Document], **settings: Any) -> Document:
    """A plan of some lines, each with an id of its own; settings win over a small number of draws."""
    named = [{"id": f"line-{place}"} | line for place, line in enumerate(lines)]
    return {"name": "drawn", "draws": 200, **settings, "lines": named}


@st.composite
def plans(draw: st.DrawFn, least: int = 1, most: int = 4, **settings: Any) -> Document:
    """A plan of drawn lines under any method that does not refuse it."""
    method = draw(st.sampled_from(EVERY_METHOD))
    drawn = draw(st.lists(lines, min_size=least, max_size=most))
    return plan(priceable(drawn, method), method=method, **settings)


def priceable(drawn: list[Document], method: str) -> list[Document]:
    """The lines as the method can price them; not all of them are outside its boundary."""
    if method == "ademe-2025":
        return [line if line["kind"] == "travel" else line | {"country": _european(line["country"])} for line in drawn]
    if method == "greenspector-2021":
        drawn = [line if line.get("platform") not in UNMEASURED else line | {"platform": "tiktok"} for line in drawn]
        assume(not all(map(is_outside_an_application, drawn)))
    return drawn


def is_outside_an_application(line: Document) -> bool:
    """Whether greenspector-2021 leaves the line out of its boundary."""
    return line["kind"] == "landing_page" or line.get("placement") == "audience_network"


def _european(country: Any) -> Any:
    """A country, or a mix of countries, where those that are not of the European Union are its average."""
    if isinstance(country, str):
        return country if country in UNION else "EU"
    inside = {name: share for name, share in country.items() if name in UNION}
    outside = sum(share for name, share in country.items() if name not in UNION)
    return inside | ({"EU": inside.get("EU", 0.0) + outside} if outside else {})


def estimate(document: Document) -> Answer:
    """The estimate of a plan document."""
    return estimate_plan(parse_plan(document), book())


def scaled(line: Document, by: float) -> Document:
    """The line with `by` times its volumes. Average viewers stand while the length of a live grows."""
    return {
        name: [scaled(item, by) for item in value]
        if name in {"travel", "shipping"}
        else _times(value, by)
        if name in VOLUMES
        else value
        for name, value in line.items()
    }


def _times(value: Any, by: float) -> Any:
    return value | {"value": value["value"] * by} if isinstance(value, dict) else value * by
