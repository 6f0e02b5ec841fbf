"""A method as text and numbers: enough to redo its arithmetic by hand."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from carbon_api.factor_book.book import Release
from carbon_api.factor_book.entry import Row
from carbon_api.methods import legend
from carbon_api.methods.catalog import SHARED
from carbon_api.methods.method import Card, Method, Reading

SUMMARY = ("id", "revision", "title", "publisher", "version")
PLACE = re.compile(r"\{(\w+)\}")


def describe(method: Method, release: Release) -> dict[str, Any]:
    """The record card, the formulas, every factor row they may take, and how a line comes by its values."""
    parts = {"delivery": method, **SHARED}
    return card_of(method) | {
        "cells": legend.CELLS,
        "look_up": legend.LOOK_UP,
        "places": {place: legend.PLACES[place] for place in _places(*(part.card for part in parts.values()))},
        "rows": dict(legend.ROWS),
        "variants": {name: formulas for part in parts.values() for name, formulas in _variants(part.card)},
        "formulas": [one for activity, part in parts.items() for one in _formulas(activity, part)],
        "values": [
            one
            for activity, part in parts.items()
            for one in _values(activity, part, _grids(activity, method.card), release)
        ],
        "device_mix": legend.DEVICE_MIX,
        "screen_coverage": _screen_coverage(method.card, release),
        "regions": [
            {"region": region, "factor": members, "members": list(release.countries(members))}
            for region, members in method.card.regions.items()
        ],
        "devices": dict(method.card.devices),
        "outside": _outside(method.card),
        "readings": [
            _reading(one) for one in dict.fromkeys(one for part in parts.values() for one in part.card.readings)
        ],
    }


def card_of(method: Method) -> dict[str, Any]:
    """The record card of a method."""
    card = method.card
    return {
        "id": card.id,
        "revision": card.revision,
        "title": card.title,
        "publisher": card.publisher,
        "version": card.version,
        "opening": card.opening.strip(),
        "boundary": {"included": list(card.included), "excluded": list(card.excluded)},
        "grid": card.grid or None,
    }


def summary_of(method: Method) -> dict[str, Any]:
    """What names a method, and tells it from the others."""
    card = card_of(method)
    return {name: card[name] for name in SUMMARY}


def asked(method: Method) -> list[str]:
    """The names that formulas ask for and no formula yields."""
    graph = method.graph
    names = dict.fromkeys(need for needs in graph.needs.values() for need in needs)
    return [name for name in names if name not in graph.functions and name not in method.card.variants]


def _places(*cards: Card) -> Iterable[str]:
    """What the patterns leave open."""
    patterns = [pattern for card in cards for several in card.defaults.values() for pattern in several]
    patterns += [pattern for card in cards for pattern in (*card.mix, *card.screen.values())]
    shares = ["{device}" for card in cards if card.mix]
    return dict.fromkeys(place for pattern in [*shares, *patterns] for place in PLACE.findall(pattern))


def _variants(card: Card) -> Iterator[tuple[str, dict[str, str]]]:
    """By name, the formulas that it may stand for, and when."""
    for name, formulas in card.variants.items():
        yield name, {formula: legend.VARIANTS[formula] for formula in formulas}


def _formulas(activity: str, part: Method) -> Iterator[dict[str, Any]]:
    """Every formula; its stage and phase where its result is a term of the footprint, in kgCO2e."""
    stages = {stage.target: stage for stage in part.card.stages}
    energy = {term.target: term for term in part.card.energy}
    for name in part.graph.functions:
        stage, term = stages.get(name), stages.get(name) or energy.get(name)
        yield {
            "name": name,
            "activity": activity,
            "formula": part.graph.formula(name),
            "stage": stage.stage if stage else None,
            "phase": stage.phase if stage else None,
            "is_energy": name in energy,
            "rows": term.rows if term else None,
        }


def _grids(activity: str, card: Card) -> tuple[str, ...]:
    every = (card.grid, card.storage_grid) if activity in SHARED else (card.grid,)
    return tuple(filter(None, every))


def _values(activity: str, part: Method, grids: tuple[str, ...], release: Release) -> Iterator[dict[str, Any]]:
    """Every value a formula asks for that is no formula's name: what gives it, else the factors it may stand for."""
    patterns, told = _patterns(part.card, grids), {**legend.GIVEN, **legend.COUNTED, **legend.MADE}
    for name in asked(part):
        given = told.get(name)
        yield {"name": name, "activity": activity, "given": given, **_bound(patterns.get(name, ()), release)}


def _patterns(card: Card, grids: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """The factor patterns of every value; what is shared has no grid source of its own and takes the method's."""
    mix = tuple(f"{stem}.{{device}}" for stem in card.mix)
    return {**card.defaults, "device_share": mix, "grid_audience": grids, "grid_region": grids}


def _screen_coverage(card: Card, release: Release) -> dict[str, Any] | None:
    """How the share of the screen that a creative takes is found; None for a method that does not ask for it."""
    if not card.screen:
        return None
    sides = [{"name": name, **_bound((pattern,), release)} for name, pattern in card.screen.items()]
    return {"rule": legend.COVERAGE, "formula": legend.COVERED, "values": sides}


def _outside(card: Card) -> list[dict[str, str]]:
    """The lines whose whole delivery the method leaves out, by what they say, with the reason."""
    return [
        {"field": place, "value": word, "reason": reason}
        for place, words in card.outside.items()
        for word, reason in words.items()
    ]


def _reading(reading: Reading) -> dict[str, Any]:
    """Another reading of the same plan: what it puts in the places of patterns, and its names for devices."""
    said = {"places": dict(reading.context), "devices": dict(reading.devices)}
    return {"code": reading.code, "detail": reading.detail, **said}


def _bound(patterns: tuple[str, ...], release: Release) -> dict[str, Any]:
    return {"patterns": list(patterns), "factors": [_factor(row) for row in _rows(release, patterns)]}


def _rows(release: Release, patterns: tuple[str, ...]) -> list[Row]:
    """The rows that patterns name; a grid, of hundreds of countries, is left to /v1/factors."""
    wanted = [re.compile(re.sub(r"\\{\w+\\}", "[^.]+", re.escape(pattern))) for pattern in patterns]
    ids = [id for id in release.ids if any(pattern.fullmatch(id) for pattern in wanted)]
    return [row for id in ids if not id.startswith("grid.") for row in release.rows if row.id == id]


def _factor(row: Row) -> dict[str, Any]:
    return {
        "id": row.id,
        "country": row.country,
        "valid_from": row.valid_from,
        "value": row.printed,
        "unit": row.unit,
        "coherent_value": row.value,
        "coherent_unit": row.coherent_unit,
        "source": row.source,
        "locator": row.locator,
    }
