"""A method's revision must rise when its formulas, its stages or the factors it binds change.

A stored estimate names its revision: the same plan under the same release and revision gives the same answer for ever.
"""

import hashlib
import json

import pytest

from carbon_api.methods.catalog import METHODS, SHARED
from carbon_api.methods.method import Method

# Raise the revision on the card, then write the new fingerprint here and the change of results in CHANGELOG.md.
FINGERPRINTS = {
    ("scope3-2026.07", 1): "70abdfb506ced84e",
    ("sri-2.1", 1): "aa37efbb0f9b2b6d",
    ("swd-4", 1): "b4ac42c75bae5b7a",
    ("swd-3", 1): "77a4cb0511f00dca",
    ("one-byte", 1): "f66cdb77547df8d0",
    ("storage", 1): "09b5824ea27941ae",
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
    return hashlib.sha256(json.dumps(made_of, sort_keys=True).encode()).hexdigest()[:16]


@pytest.mark.parametrize("method", [*METHODS.values(), *SHARED.values()], ids=lambda method: method.id)
def test_a_changed_method_has_a_new_revision(method: Method) -> None:
    assert FINGERPRINTS[method.id, method.card.revision] == fingerprint(method)


def test_the_fingerprint_sees_a_changed_formula() -> None:
    method = METHODS["scope3-2026.07"]
    other = Method(method.card, method.graph.bind(device_use="edge_use"))
    assert fingerprint(other) != fingerprint(method)
