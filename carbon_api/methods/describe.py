"""A method as text and numbers: enough to redo its arithmetic by hand."""

import re
from collections.abc import Container
from typing import Any

from carbon_api.factor_book.book import Release
from carbon_api.factor_book.entry import Row
from carbon_api.methods.catalog import STORAGE
from carbon_api.methods.graph import Graph
from carbon_api.methods.method import Card, Method

GIVEN = "given by the plan, or derived from it"
STORAGE_VARIANTS = STORAGE.card.variants.items()


def describe(method: Method, release: Release) -> dict[str, Any]:
    """The record card, the formulas in the order of their names' use, and every factor row they may take."""
    return card_of(method) | {
        "variants": {name: list(formulas) for name, formulas in [*method.card.variants.items(), *STORAGE_VARIANTS]},
        "formulas": [*_formulas(method), *_formulas(STORAGE)],
        "values": [*_values(method, release), *_values(STORAGE, release)],
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
        "grid": card.grid,
    }


def _formulas(method: Method) -> list[dict[str, Any]]:
    """Every formula; `stage` and `phase` where its result is a term of the footprint, in kgCO2e."""
    stages = {stage.target: stage for stage in method.card.stages}
    return [
        {
            "name": name,
            "formula": method.graph.formula(name),
            "stage": stages[name].stage if name in stages else None,
            "phase": stages[name].phase if name in stages else None,
        }
        for name in method.graph.functions
    ]


def _values(method: Method, release: Release) -> list[dict[str, Any]]:
    """Every value a formula asks for that is no formula's name: its factor patterns, and the rows they name."""
    return [
        {
            "name": name,
            "patterns": list(_patterns(method.card, name)),
            "otherwise": GIVEN,
            "factors": [_factor(row) for row in _rows(release, _patterns(method.card, name))],
        }
        for name in asked(method.graph, method.card.variants)
    ]


def asked(graph: Graph, variants: Container[str]) -> list[str]:
    """The names that formulas ask for and no formula yields."""
    names = dict.fromkeys(need for needs in graph.needs.values() for need in needs)
    return [name for name in names if name not in graph.functions and name not in variants]


def _patterns(card: Card, name: str) -> tuple[str, ...]:
    if name.startswith("grid_"):
        return (card.grid,) if card.grid else ()
    return card.defaults.get(name, ())


def _rows(release: Release, patterns: tuple[str, ...]) -> list[Row]:
    """The rows that patterns name; a grid, of hundreds of countries, is left to /v1/factors."""
    wanted = [re.compile(re.sub(r"\\{\w+\\}", "[^.]+", re.escape(pattern))) for pattern in patterns]
    ids = [id for id in release.ids if any(pattern.fullmatch(id) for pattern in wanted)]
    return [row for id in ids if not id.startswith("grid.") for row in release.rows if row.id == id]


def _factor(row: Row) -> dict[str, Any]:
    return {
        "id": row.id,
        "country": row.country,
        "value": row.printed,
        "unit": row.unit,
        "coherent_value": row.value,
        "coherent_unit": row.coherent_unit,
        "source": row.source,
        "locator": row.locator,
    }
