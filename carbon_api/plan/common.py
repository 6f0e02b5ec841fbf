"""The fields that several kinds of line share, and the rules between them."""

from functools import cached_property
from typing import Any, ClassVar, Literal

from carbon_api.plan import measures as m
from carbon_api.plan import vocabulary as words
from carbon_api.plan.fields import Choice, Day, Text, Whole
from carbon_api.plan.given import Given, Status, times
from carbon_api.plan.mixes import Country, Mix
from carbon_api.plan.model import Line, OnTarget, Quantity, TimeOnScreen
from carbon_api.plan.parts import Part, missing
from carbon_api.plan.quantities import LabelledField, QuantityField

Per = Literal["impression", "play", "view"]

_PLATFORMS = {
    spelt: name for name, shown in words.PLATFORMS.items() for spelt in (shown, *words.PLATFORM_ALIASES.get(name, ()))
}
_RATIOS = {ratio: name for name, ratio in words.ASPECT_RATIOS.items()}
_OF_VIDEO = ("bitrate", "resolution", "creative_length", "quartiles")


def kind_field(kind: str) -> Choice:
    """Return the field that says which kind of line this is."""
    return Choice((kind,), "kind", "What kind of line it is", required=True)


def platform_field(about: str, *, required: bool = False) -> Choice:
    """Return the field of a platform, by its name, as it is shown or as agencies write it."""
    return Choice(words.PLATFORMS, "platform", about, also=_PLATFORMS, required=required)


def aspect_ratio_field() -> Choice:
    """Return the field of the creative's shape, by name or as width:height."""
    return Choice(words.ASPECT_RATIOS, "aspect ratio", "Shape of the creative", also=_RATIOS)


def format_field() -> Choice:
    """Return the field of the creative's format."""
    return Choice(words.FORMATS, "format", "Needed unless weight, bitrate, resolution or creative_length says it")


def cards_field() -> Whole:
    """Return the field of the cards of a carousel."""
    return Whole(1, 50, "Cards of a carousel; a carousel needs it")


def bitrate_field() -> QuantityField:
    """Return the field of a video's bitrate."""
    return QuantityField(m.BITRATE, "Bitrate of the video [Mbit/s]; never with resolution or weight")


def resolution_field() -> Choice:
    """Return the field of a video's resolution."""
    return Choice(words.RESOLUTIONS, "resolution", "Resolution of the video; never with bitrate or weight")


def time_field(component: str, *per: str) -> LabelledField:
    """Return the field of an average time on screen over one of `per`, the first by default."""
    about = f"Average time on screen [s] for each {' or '.join(per)}; a bare quantity is for each {per[0]}"
    return LabelledField(component, m.SECONDS, "per", Choice(per, "denominator"), about)


class LineSchema(Part):
    """What every line may say, and the model that it `makes` of that."""

    makes: ClassVar[type[Line]] = Line

    id = Text(120, "The caller's name for the line, echoed back; unique in the plan", required=True)
    country = Country(
        "Where the audience is (for storage: the data; for ai: the computing), here or in defaults; never assumed",
        required=True,
    )
    grid_intensity = QuantityField(m.GRID, "Carbon intensity of electricity, instead of the factor book's [g/kWh]")
    start = Day("First day")
    end = Day("Last day")
    spend = QuantityField(m.MONEY, "Net spend, in the plan's currency")
    volumes = Choice(words.VOLUMES, "volumes", "Are the volumes planned (by default) or delivered?")
    content_id = Text(120, "A name shared by the lines that show the same content")
    objective = Text(200, f"What the line is for; your words, or {', '.join(words.OBJECTIVES)}", free=True)

    def build(self, given: Given) -> Line | None:
        """Return the line, or None when `given` holds faults."""
        raise NotImplementedError  # each kind of line builds its own; this schema is only what they share

    @cached_property
    def as_read(self) -> frozenset[str]:
        """The names of what the model takes under the same name, most of it as it is read."""
        return frozenset(self.readers).intersection(self.makes.__struct_fields__)

    def check(self, given: Given) -> None:
        """Refuse what is missing, and an end before its start."""
        if not given.keys() >= self.needed:
            for finding in missing(self.title, self.required, given):
                given.refuse("", finding.code, finding.detail, finding.valid_values)
        if given.has("start", "end") and given["end"] < given["start"]:
            given.refuse("end", "contradiction", f"end {given['end']} is before start {given['start']}")

    def arguments(self, given: Given) -> dict[str, Any]:
        """Return the model's arguments for the fields of this schema that it takes as they are."""
        as_read = self.as_read
        return {name: value for name, value in given.items() if name in as_read}


class DeliveredSchema(LineSchema):
    """What every line that reaches screens may say."""

    platform = platform_field("Where it is shown", required=True)
    devices = Mix("Devices", Choice(words.DEVICES, "device"), "Shares of the views by device")
    network = Mix("Network", Choice(words.NETWORKS, "network"), "Shares of the data by network")
    on_target_share = LabelledField(
        "OnTargetShare",
        m.SHARE,
        "source",
        Choice(words.ON_TARGET_SOURCES, "source"),
        "Share of impressions that reach the intended audience, and how it is known: a bare share is an assumption",
    )
    viewable_share = QuantityField(m.SHARE, "Share of impressions that could be seen")
    targeting = Text(500, "How the audience is targeted, in the caller's words", free=True)

    def check(self, given: Given) -> None:
        """Refuse the same size said twice."""
        super().check(given)
        given.at_most_one("weight", "bitrate", "resolution")

    def arguments(self, given: Given) -> dict[str, Any]:
        """Return the model's arguments, the shares of mobile and of the audience among them."""
        known = super().arguments(given)
        if "network" in given:
            known["mobile_share"] = given["network"].get("mobile", 0.0)
        if "on_target_share" in given:
            share, source = given["on_target_share"]
            known["on_target"] = OnTarget(share, source or "assumption")
        return known


class ViewedSchema(DeliveredSchema):
    """What content that is viewed may say: how long, and how heavy one view is."""

    per: ClassVar[Per] = "view"

    time_on_screen = time_field("TimePerView", "view")
    weight = QuantityField(m.WEIGHT, "What is sent for one view [MB]; never with bitrate or resolution")

    def arguments(self, given: Given) -> dict[str, Any]:
        """Return the model's arguments, times among them."""
        known = super().arguments(given)
        if "time_on_screen" in given:
            time, per = given["time_on_screen"]
            known["time_on_screen"] = TimeOnScreen(time, per or self.per)
        return known


class CreativeSchema(ViewedSchema):
    """What a creative may say: a total time, a length that is not the time it is seen, a bitrate."""

    bitrate = bitrate_field()
    resolution = resolution_field()
    time_on_screen_total = QuantityField(m.HOURS, "Time on screen of all views together [h]; it wins over an average")
    creative_length = QuantityField(m.LENGTH, "Length of the video [s]; never the time it is seen")


def format_of(given: Given) -> str | None:
    """Return the format, said or implied, after refusing what does not go with it."""
    of_video = [name for name in _OF_VIDEO if name in given]
    said: str | None = given.get("format")
    if said == "image":
        for name in of_video:
            given.refuse(name, "contradiction", f"an image has no {name}; write format: video, or leave {name} out")
    elif said is None and not of_video and "weight" not in given:
        detail = "format is missing: write it, or weight, bitrate, resolution or creative_length"
        given.refuse("", "missing-field", detail, words.FORMATS)
    return said or ("video" if of_video else None)


def cards_of(given: Given, shape: str | None) -> int:
    """Return the cards of a carousel, else 1, after refusing cards without carousel and carousel without cards."""
    cards: int | None = given.get("cards")
    if shape == "carousel" and cards is None:
        given.refuse("", "missing-field", "cards is missing: how many cards has the carousel?", ("cards",))
    elif shape != "carousel" and cards is not None:
        given.refuse("cards", "contradiction", "only a carousel has cards; write format: carousel, or leave cards out")
    return cards or 1


def views_of(given: Given) -> tuple[Quantity | None, Status]:
    """Return the views of organic content and their status, after refusing both ways or neither of giving them."""
    if "views" in given:
        if "views_per_post" in given:
            given.refuse(
                "views_per_post", "contradiction", "views is the total already; leave it or views_per_post out"
            )
        return given["views"], "given"
    if given.has("posts", "views_per_post"):
        return given.derived("views", times(given["posts"], given["views_per_post"])), "derived"
    detail = "views is missing: write the total views, or posts and views_per_post"
    given.refuse("", "missing-field", detail, ("views", "posts", "views_per_post"))
    return None, "given"
