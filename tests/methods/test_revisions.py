"""A method's revision must rise when its formulas, its stages or the factors it binds change.

A stored estimate names its revision: the same plan under the same release and revision gives the same answer for ever.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from carbon_api.methods.catalog import METHODS, SHARED
from carbon_api.methods.method import Method

# Raise the revision on the card, then write the new fingerprint here and the change of results in CHANGELOG.md.
FINGERPRINTS = {
    ("scope3-2026.07", 1): "82a5b05ba548dead",
    ("sri-2.1", 1): "99b3e01e4383c24a",
    ("ademe-2025", 1): "6dd142b3ce870641",
    ("swd-4", 1): "12a4cc262a056b76",
    ("swd-3", 1): "4a6cc1ac9ccc7fdb",
    ("one-byte", 1): "7dfc7df6b789fa30",
    ("greenspector-2021", 1): "ef7c222c291b2adf",
    ("storage", 1): "64324a58fde524d1",
    ("ai", 1): "446e56daf6c35842",
    ("travel", 1): "b8ce43dba7c6316c",
    ("shipping", 1): "1defbd867a953b39",
}


def fingerprint(method: Method) -> str:
    """A hash of all that makes a method's results, but the numbers."""
    graph, card = method.graph, method.card
    made_of = {
        "formulas": {name: [graph.needs[name], graph.formula(name)] for name in sorted(graph.functions)},
        "stages": [[stage.stage, stage.phase, stage.target, stage.rows] for stage in card.stages],
        "energy": [[term.target, term.rows] for term in card.energy],
        "defaults": {name: card.defaults[name] for name in sorted(card.defaults)},
        "grid": card.grid,
        "mix": card.mix,
        "screen": dict(card.screen),
        **({"asked": card.asked} if card.asked else {}),
    }
    later = {"regions": card.regions, "devices": card.devices, "outside": card.outside}
    made_of |= {name: _plain(part) for name, part in later.items() if part}
    return hashlib.sha256(json.dumps(made_of, sort_keys=True).encode()).hexdigest()[:16]


def _plain(part: Any) -> Any:
    return {name: _plain(inner) for name, inner in part.items()} if isinstance(part, Mapping) else part


@pytest.mark.parametrize("method", [*METHODS.values(), *SHARED.values()], ids=lambda method: method.id)
def test_a_changed_method_has_a_new_revision(method: Method) -> None:
    assert FINGERPRINTS[method.id, method.card.revision] == fingerprint(method)


def test_the_fingerprint_sees_a_changed_formula() -> None:
    method = METHODS["scope3-2026.07"]
    other = Method(method.card, method.graph.bind(device_use="edge_use"))
    assert fingerprint(other) != fingerprint(method)


@pytest.mark.parametrize("part", ["regions", "devices", "outside"])
def test_the_fingerprint_sees_what_few_cards_have(part: str) -> None:
    method = METHODS["scope3-2026.07"]
    card = replace(method.card, **{part: {"EU": {"region.eu": "why"} if part == "outside" else "region.eu"}})
    assert fingerprint(Method(card, method.graph)) != fingerprint(method)
