"""Hypothesis strategies of valid plans, as documents: every kind of line, every way of writing a quantity.

Volumes stay moderate, so that what is built on a plan can be compared to the last digits.
"""

from functools import cache

from hypothesis import strategies as st

from carbon_api.plan import measures as m
from carbon_api.plan import vocabulary as words
from tests.plan.quantities import COUNTRIES, DAYS, TEXTS, Document, Documents, mixes, numbers, quantities, shares, texts


def _line(kind: str, required: Document, optional: Document | None = None) -> Documents:
    common = {
        "grid_intensity": quantities(m.GRID, 900),
        "start": DAYS,
        "volumes": st.sampled_from(words.VOLUMES),
        "objective": TEXTS,
    }
    always = {"id": TEXTS, "kind": st.just(kind), "country": COUNTRIES, **required}
    return st.fixed_dictionaries(always, optional={**common, **(optional or {})})


def _delivered(kind: str, required: Document, optional: Document | None = None) -> Documents:
    share = quantities(m.SHARE, 1) | st.fixed_dictionaries(
        {"value": shares()}, optional={"source": st.sampled_from(words.ON_TARGET_SOURCES)}
    )
    common = {
        "devices": mixes(words.DEVICES),
        "network": mixes(words.NETWORKS),
        "on_target_share": share,
        "viewable_share": quantities(m.SHARE, 1),
        "targeting": TEXTS,
    }
    platform = {"platform": st.sampled_from(sorted(words.PLATFORMS))}
    return _line(kind, {**platform, **required}, {**common, **(optional or {})})


def merged(*parts: Documents) -> Documents:
    """All the keys of several documents in one."""
    return st.tuples(*parts).map(lambda drawn: {key: value for part in drawn for key, value in part.items()})


def creatives(*, cards: bool) -> Documents:
    """The format and size of a creative, in every way they may be said."""
    length = quantities(m.LENGTH, 90)
    ways: list[Documents] = [
        st.fixed_dictionaries({"format": st.just("image")}, optional={"weight": quantities(m.WEIGHT, 20)}),
        st.fixed_dictionaries({"weight": quantities(m.WEIGHT, 20)}, optional={"creative_length": length}),
        st.fixed_dictionaries({"bitrate": quantities(m.BITRATE, 30)}, optional={"format": st.just("video")}),
        st.fixed_dictionaries({"resolution": st.sampled_from(words.RESOLUTIONS)}, optional={"creative_length": length}),
        st.fixed_dictionaries({"format": st.just("video")}, optional={"creative_length": length}),
    ]
    carousel = st.fixed_dictionaries({"format": st.just("carousel"), "cards": st.integers(1, 10)})
    return st.one_of(*ways, *([carousel] if cards else []))


def _times(per: str) -> Documents:
    seconds = quantities(m.SECONDS, 60)
    labelled = st.fixed_dictionaries({"value": numbers(m.SECONDS, 60), "per": st.just(per)})
    return st.fixed_dictionaries(
        {}, optional={"time_on_screen": seconds | labelled, "time_on_screen_total": quantities(m.HOURS, 1e4)}
    )


def _volumes() -> Documents:
    """The impressions of an ad, in every way they may be said."""
    spend, cpm = quantities(m.MONEY, 1e6), st.floats(0.5, 40).map(lambda x: round(x, 2))
    return st.one_of(
        st.fixed_dictionaries({"impressions": quantities(m.COUNT, 1e8)}, optional={"spend": spend}),
        st.fixed_dictionaries({"spend": spend, "cpm": cpm}),
        st.fixed_dictionaries({"reach": quantities(m.COUNT, 1e7), "frequency": quantities(m.FREQUENCY, 20)}),
    )


def _played() -> Documents:
    """Averages and quartiles of the plays of an ad, fewer than its impressions, with the creative that is played."""
    volumes = {"plays": quantities(m.COUNT, 1e6), "impressions": st.integers(2_000_000, 10**8)}
    per_play = st.fixed_dictionaries({"value": numbers(m.SECONDS, 60), "per": st.sampled_from(("play", "view"))})
    by_play = merged(creatives(cards=True), st.fixed_dictionaries({**volumes, "time_on_screen": per_play}))
    quartiles = st.lists(st.floats(0, 1), min_size=4, max_size=4).map(lambda parts: sorted(parts, reverse=True))
    reached = {**volumes, "quartiles": quartiles, "creative_length": quantities(m.LENGTH, 90)}
    return by_play | st.fixed_dictionaries(reached)


def ad_lines() -> Documents:
    """Lines of kind ad."""
    optional = {
        "placement": st.sampled_from(sorted(words.PLACEMENTS)) | st.just("audience_network"),
        "aspect_ratio": st.sampled_from((*words.ASPECT_RATIOS, *words.ASPECT_RATIOS.values())),
        "buying": st.sampled_from(words.BUYING),
    }
    seen = merged(_volumes(), creatives(cards=True), _times("impression"))
    auctioned = st.fixed_dictionaries({"buying": st.just("programmatic"), "auction_paths": quantities(m.PATHS, 1000)})
    return merged(merged(_delivered("ad", {}, optional), seen | _played()), st.just({}) | auctioned)


def organic_lines() -> Documents:
    """Lines of kind post, story and video."""
    total = st.fixed_dictionaries({"views": quantities(m.COUNT, 1e8)})
    each = {"posts": st.integers(1, 500), "views_per_post": quantities(m.COUNT, 1e6)}
    published = total | st.fixed_dictionaries(each)
    streams = {"bitrate": quantities(m.BITRATE, 20)}, {"resolution": st.sampled_from(words.RESOLUTIONS)}
    watched = st.one_of(
        st.fixed_dictionaries({"minutes_watched": quantities(m.MINUTES, 1e8)} | stream) for stream in (*streams, {})
    )
    post = merged(_delivered("post", {}), published, creatives(cards=True), _times("view"))
    story = merged(_delivered("story", {}), published, creatives(cards=False), _times("view"))
    sizes = creatives(cards=False).map(lambda drawn: {key: value for key, value in drawn.items() if key != "format"})
    video = merged(_delivered("video", {}), merged(sizes, total, _times("view")) | watched)
    return post | story | video


def other_lines() -> Documents:
    """Lines of kind live, landing_page, storage and ai."""
    stated = st.fixed_dictionaries({"viewer_minutes": quantities(m.MINUTES, 1e8)})
    shown = {"average_viewers": quantities(m.COUNT, 1e6), "live_duration": quantities(m.DURATION, 300)}
    derived = st.fixed_dictionaries(shown, optional={"replay_kept_for": quantities(m.MONTHS, 24)})
    live = merged(_delivered("live", {}, {"resolution": st.sampled_from(words.RESOLUTIONS)}), stated | derived)
    visit = {
        "weight": quantities(m.WEIGHT, 20),
        "time_on_screen": quantities(m.SECONDS, 300),
        "visits": quantities(m.COUNT, 1e7),
    }
    page = _delivered("landing_page", visit)
    kept = {"volume": quantities(m.VOLUME, 100), "kept_for": quantities(m.MONTHS, 36)}
    storage = _line("storage", kept, {"copies": st.integers(1, 5), "medium": st.sampled_from(words.MEDIA)})
    return live | page | storage | ai_lines()


def ai_lines() -> Documents:
    """Lines of kind ai: a text or a video by a model that EcoLogits has, or a figure by its name."""
    written = st.fixed_dictionaries(
        {
            "task": st.just("text"),
            "provider": st.sampled_from(("openai", "OpenAI")),
            "model": st.just("gpt-4o"),
            "output_tokens": quantities(m.TOKENS, 1e5),
        }
    )
    filmed = st.fixed_dictionaries(
        {
            "task": st.just("video"),
            "provider": st.just("google"),
            "model": st.sampled_from(("veo-3.1", "google/veo-3.0")),
            "size": st.sampled_from(("1280x720", "640x360")),
            "seconds": numbers(m.CLIP, 60) | texts(m.CLIP, 60),
        },
        optional={"audio": st.booleans()},
    )
    figures = st.sampled_from(sorted(words.FIGURES))
    named = figures.map(lambda name: {"task": words.FIGURES[name].task, "figure": name})
    generated = st.fixed_dictionaries({"generated": st.integers(100, 10**6)}, optional={"kept": st.integers(0, 100)})
    return merged(_line("ai", {}), generated, written | filmed | named)


_DOUBTS = st.integers(0, 60).map(lambda x: f"{x} %")
_DISTANCES = numbers(m.DISTANCE, 20_000) | st.integers(1, 9000).map(lambda x: f"{x} mi")


def _trip(mode: str, counted: str, optional: Document | None = None) -> Documents:
    """Trips by a mode, where anything is published for them, whatever their country."""
    amount = {
        counted: numbers(m.COUNT, 50) | st.fixed_dictionaries({"value": st.integers(1, 50), "plus_minus": _DOUBTS})
    }
    distance = {} if mode == "hotel" else {"distance": _DISTANCES}
    always = {"mode": st.just(mode), **distance, **amount}
    return st.fixed_dictionaries(always, optional={"traveller": st.sampled_from(words.TRAVELLERS), **(optional or {})})


@cache
def _trips() -> Documents:
    return st.one_of(
        merged(_trip("plane", "people", {"round_trip": st.booleans()}), st.just({"flights": 2, "country": "FR"})),
        merged(
            _trip("plane", "people", {"cabin": st.sampled_from(("average", "economy", "business"))}),
            st.fixed_dictionaries({"haul": st.sampled_from(("short", "long")), "country": st.just("GB")}),
        ),
        merged(
            _trip("train", "people"),
            st.fixed_dictionaries({"rail": st.sampled_from(("tgv", "ter", "metro")), "country": st.just("FR")}),
        ),
        merged(_trip("coach", "people"), st.fixed_dictionaries({"country": COUNTRIES})),
        merged(
            _trip("car", "vehicles", {"fuel": st.sampled_from(("petrol", "electric")), "round_trip": st.booleans()}),
            st.fixed_dictionaries({"country": COUNTRIES}),
        ),
        merged(_trip("taxi", "vehicles"), st.fixed_dictionaries({"country": COUNTRIES})),
        merged(_trip("hotel", "nights"), st.just({"country": "JP"})),
    )


@st.composite
def trips(draw: st.DrawFn) -> Document:
    """Trips of every mode, each with a country that has figures for it."""
    return draw(_trips())


def travel_lines() -> Documents:
    """Lines of kind travel."""
    common = {"start": DAYS, "volumes": st.sampled_from(words.VOLUMES), "objective": TEXTS}
    own = st.fixed_dictionaries({"id": TEXTS, "kind": st.just("travel")}, optional=common)
    return merged(own, trips())


def influencer_lines() -> Documents:
    """Lines of kind influencer."""
    each = {"creators": st.integers(1, 50), "posts_per_creator": st.integers(1, 9)}
    volumes = st.fixed_dictionaries({"views": quantities(m.COUNT, 1e8)}) | st.fixed_dictionaries(
        {**each, "views_per_post": quantities(m.COUNT, 1e6)}
    )
    sent = st.fixed_dictionaries(
        {"mode": st.sampled_from(words.CARRIERS), "parcels": numbers(m.COUNT, 500)}
        | {"weight": quantities(m.MASS, 30), "distance": _DISTANCES}
        | {"country": st.sampled_from(("FR", "DE", "world"))}
    )
    moved = {
        "travel": st.lists(trips(), min_size=1, max_size=2),
        "shipping": st.lists(sent, min_size=1, max_size=2),
    }
    return merged(_delivered("influencer", {}, moved), volumes, creatives(cards=True), _times("view"))


_LINES = ad_lines() | organic_lines() | other_lines() | travel_lines() | influencer_lines()


_LINES.validate()  # built here and once: what is built while drawing counts as slow drawing


@st.composite
def lines(draw: st.DrawFn) -> Document:
    """Lines of every kind."""
    return draw(_LINES)


def _numbered(drawn: list[Document]) -> list[Document]:
    return [{**line, "id": f"{index} {line['id']}"} for index, line in enumerate(drawn, 1)]


def plans(of: Documents | None = None, most: int = 4) -> Documents:
    """Plans of one to `most` lines; a line drawn without its own id keeps it unique by its number."""
    some = st.lists(lines() if of is None else of, min_size=1, max_size=most).map(_numbered)
    optional: Document = {
        "brand": TEXTS,
        "currency": st.sampled_from(("EUR", "USD", "CHF")),
        "audience": st.fixed_dictionaries({"description": TEXTS}, optional={"size": st.integers(10**9, 10**10)}),
        "defaults": st.fixed_dictionaries(
            {},
            optional={"devices": mixes(words.DEVICES), "network": mixes(words.NETWORKS), "resolution": st.just("720p")},
        ),
        "range": st.booleans(),
        "draws": st.integers(100, 200),
        "seed": st.integers(0, 2**32 - 1),
    }
    return st.fixed_dictionaries({"name": TEXTS, "lines": some}, optional=optional)
