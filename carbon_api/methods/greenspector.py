"""Greenspector's study of social applications, edition of 2021: grams a minute of scrolling the news feed.

Publisher Greenspector ("social-media-2021", its English blog). Ten applications on one phone (Galaxy S7, Android 8),
the mean of three runs of one minute each; energy and data measured on the phone, networks and data centres by The Shift
Project's 1byte, half on wifi and half on mobile, with a share of the phone's manufacture. The page was read as
archived; the study's own report was not, and the page states no grid, uncertainty or licence.

Whole minutes: data centre, network and device are one figure and cannot be told apart, so there is one stage, `whole`.
The model by the byte is inside it: it is never added to a network, and it is not comparable with the methods that price
one, so no ratio to them is given. It measures the application and not what is shown in it: one value for still and
moving content, whatever its weight, the network, the country and its grid, the share of the screen it takes. All that
counts is the time on screen. There is no split by device: a minute on a tablet, a computer or a television takes the
phone's value, the only one there is.

Inside: ads, posts, stories, videos and lives on these ten applications (stories, videos and lives are an extension of
ours: the study scrolled feeds); another platform is refused, with their names.
Outside: landing pages and ads off their platform (audience networks), which are not seen in the application; ad
selection; storage of creatives. TikTok's value halved between two editions of the same study, so every value is given
a factor of two either way: a judgement of ours. Time in view is borrowed from Scope3 where a plan says none.
"""

from typing import Any

from carbon_api.methods import flows
from carbon_api.methods.creative import CREATIVE
from carbon_api.methods.method import Card, Stage

CARD = Card(
    id="greenspector-2021",
    revision=1,
    title="Greenspector, social applications by the minute",
    publisher="Greenspector",
    version="2021",
    opening=__doc__,
    included=("minutes in the application: data centre, network and phone, unsplit",),
    excluded=(
        "ad selection",
        "storage of creatives",
        "weight, network, device, country and share of the screen, which change nothing",
        "pages outside the application, landing_page lines with them, and clicks that lead there",
    ),
    stages=(Stage("whole", "unsplit", "application"),),
    energy=(),
    defaults={
        "time_per_view": CREATIVE["time_per_view"],
        "footprint_per_time": ("greenspector.{platform}.footprint_per_time",),
    },
    grid="",
    storage_grid="grid.ember",
    accounting="accounting_of_the_study",
    variants={"screen_time": flows.VARIANTS["screen_time"]},
    out_of_boundary={"selection": "the study measured the use of an application, not the auction of an ad"},
    outside={
        "kind": {"landing_page": "the study measured ten applications; a page is seen outside them"},
        "placement": {"audience_network": "the study measured ten applications; this ad is shown outside them"},
    },
    life_cycle=False,
    made_for=("ad", "post", "influencer"),
    extension="the study scrolled news feeds: stories, videos and lives take the minutes of their application, an "
    "extension of ours",
)


def application(screen_time: Any, footprint_per_time: Any) -> Any:
    return screen_time * footprint_per_time
