"""Every factor of the book is bound by some method: a number that no formula can ever take is not published here."""

import re
from itertools import product

import pytest

from carbon_api.factor_book.book import book
from carbon_api.inventory.activity import KINDS
from carbon_api.inventory.defaults import Context
from carbon_api.methods import marginal
from carbon_api.methods.catalog import METHODS, SHARED
from carbon_api.methods.method import Card
from carbon_api.plan.vocabulary import (
    ASPECT_RATIOS,
    BUYING,
    CABINS,
    CARRIERS,
    DEVICES,
    FIGURES,
    FLIGHT_LENGTHS,
    FUELS,
    HAULS,
    MEDIA,
    PLATFORMS,
    RAILS,
    RESOLUTIONS,
)

CARDS = [method.card for method in (*METHODS.values(), *SHARED.values())]
# What each place of a pattern may hold.
WORDS = {
    "device": DEVICES,
    "kind": tuple(KINDS.values()),
    "platform": tuple(PLATFORMS),
    "feed": tuple(PLATFORMS),
    "live": tuple(PLATFORMS),
    "slot": ("ad_image", "ad_video", *KINDS.values()),
    "organic": ("post", "video"),
    "aspect": tuple(ASPECT_RATIOS),
    "creative": ("display", "video"),
    "surface": ("app", "browser"),
    "buying": BUYING,
    "resolution": RESOLUTIONS,
    "medium": MEDIA,
    "haul": HAULS,
    "seat": CABINS,
    "cabin": CABINS,
    "length": tuple(FLIGHT_LENGTHS),
    "contrails": ("contrails", "no_contrails"),
    "rail": RAILS,
    "ride": ("coach", "taxi"),
    "fuel": FUELS,
    "carrier": CARRIERS,
    "figure": tuple(FIGURES),
}
# Held for other reasons.
UNBOUND = {
    "grid.ademe": "France's electricity as ADEME gives it, to compare with and to give as grid_intensity: a method has "
    "one grid source for all countries, and ADEME covers metropolitan France alone",
}


def patterns(card: Card) -> set[str]:
    """Every factor pattern of a card."""
    mixes = {f"{stem}.{{device}}" for stem in card.mix}
    grid = {card.grid} - {""}
    defaults = {pattern for several in card.defaults.values() for pattern in several}
    return defaults | mixes | grid | {*card.screen.values()} | {*card.regions.values()}


def reached(card: Card) -> set[str]:
    """Every id that the patterns of a card can name."""
    return {id for pattern in patterns(card) for id in named(pattern, card)}


def devices(card: Card) -> set[str]:
    """What a card, or another reading of it, calls the devices of a plan."""
    names = [card.devices, *(reading.devices for reading in card.readings)]
    return {name.get(device, device) for name in names for device in DEVICES}


def named(pattern: str, card: Card) -> list[str]:
    places = re.findall(r"\{(\w+)\}", pattern)
    words = WORDS | {"device": tuple(sorted(devices(card)))}
    choices = product(*(words[place] for place in places))
    return [pattern.format(**dict(zip(places, words, strict=True))) for words in choices]


def test_every_factor_can_be_reached_but_those_held_for_a_reason() -> None:
    bound = set().union(*(reached(card) for card in CARDS), *marginal.DEFAULTS.values())
    assert {id for id in book().release().ids if id not in bound} == set(UNBOUND)


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)
def test_every_pattern_names_a_factor_by_words_that_a_line_has(card: Card) -> None:
    ids = set(book().release().ids)
    assert {pattern for pattern in patterns(card) if ids.isdisjoint(named(pattern, card))} == set()
    assert {place for pattern in patterns(card) for place in re.findall(r"\{(\w+)\}", pattern)} <= {
        *Context._fields,
        "device",
    }


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)
def test_every_factor_that_a_value_may_stand_for_is_of_one_dimension(card: Card) -> None:
    rows = book().release().rows
    for name, several in card.defaults.items():
        ids = {id for pattern in several for id in named(pattern, card)}
        assert len({row.coherent_unit for row in rows if row.id in ids}) == 1, name


@pytest.mark.parametrize("card", [card for card in CARDS if "bitrate" in card.defaults], ids=lambda card: card.id)
def test_a_live_takes_the_rates_of_lives_before_any_other(card: Card) -> None:
    first, *others = card.defaults["bitrate"]
    lives = {id for id in book().release().ids if id.startswith("live.")}
    assert lives <= set(named(first, card))
    assert not lives & {id for pattern in others for id in named(pattern, card)}
