"""The models by the byte against what co2.js 0.19.0 prints and, on random campaigns, what it computes.

The vectors are methodology values executed with the package; the oracle is the package itself, run by Node.
"""

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from carbon_api.estimate.run import estimate_plan
from carbon_api.factor_book.book import book
from carbon_api.plan.load import parse_plan

ORACLES = Path(__file__).parents[1] / "oracles"
MB = 1e6
# grams of a number of bytes: version 4, version 3, 1byte
PRINTED = [
    (1e3, 0.0001482, 0.0003830814, 0.000290813),
    (5e4, 0.00741, 0.01915407, 0.01454065),
    (3.5e5, 0.05187, 0.13407849, 0.10178455),
    (5e5, 0.0741, 0.1915407, 0.1454065),
    (1e6, 0.1482, 0.3830814, 0.290813),
    (2.5e6, 0.3705, 0.9577035, 0.7270325),
    (5e6, 0.741, 1.915407, 1.4540650),
    (1e7, 1.482, 3.830814, 2.90813),
    (1e8, 14.82, 38.30814, 29.0813),
    (1e9, 148.2, 383.0814, 290.813),
]
METHODS = ("swd-4", "swd-3", "one-byte")
# The segments that co2.js names, as our stages and phases.
SEGMENTS = {
    "swd-4": {
        ("data_centre", "use"): "dataCenterOperationalCO2e",
        ("data_centre", "embodied"): "dataCenterEmbodiedCO2e",
        ("network", "use"): "networkOperationalCO2e",
        ("network", "embodied"): "networkEmbodiedCO2e",
        ("device", "use"): "consumerDeviceOperationalCO2e",
        ("device", "embodied"): "consumerDeviceEmbodiedCO2e",
    },
    "swd-3": {
        ("data_centre", "use"): "dataCenterCO2",
        ("network", "use"): "networkCO2",
        ("device", "use"): "consumerDeviceCO2",
        ("device", "embodied"): "productionCO2",
    },
}


def grams(method: str, byte_count: float, **said: Any) -> dict[tuple[str, str], float]:
    """Grams by stage and phase of one story of that many bytes, seen once."""
    line = {"id": "a", "kind": "story", "platform": "x", "country": "FR", "views": 1, "weight": byte_count / MB}
    plan = {"name": "bytes", "method": method, "range": False, "lines": [line | said]}
    (answer,) = estimate_plan(parse_plan(plan), book())["lines"]
    return {(one["stage"], one["phase"]): 1000 * one["central"] for one in answer["stages"]}


@pytest.mark.parametrize(("byte_count", "swd4", "swd3", "one_byte"), PRINTED)
def test_the_printed_totals(byte_count: float, swd4: float, swd3: float, one_byte: float) -> None:
    for method, printed in zip(METHODS, (swd4, swd3, one_byte), strict=True):
        assert sum(grams(method, byte_count).values()) == pytest.approx(printed, rel=2e-9), method


def test_the_printed_segments() -> None:
    """Of one megabyte: version 4 at six digits and more, version 3 likewise."""
    assert grams("swd-4", MB) == pytest.approx({
        ("data_centre", "use"): 0.02717,
        ("data_centre", "embodied"): 0.005928,
        ("network", "use"): 0.029146,
        ("network", "embodied"): 0.006422,
        ("device", "use"): 0.03952,
        ("device", "embodied"): 0.040014,
    })  # fmt: skip
    assert grams("swd-3", MB) == pytest.approx({
        ("data_centre", "use"): 0.05746221,
        ("network", "use"): 0.053631396,
        ("device", "use"): 0.199202328,
        ("device", "embodied"): 0.072785466,
    })  # fmt: skip


@pytest.fixture(scope="module")
def node() -> str:
    """Node, with the oracles' packages beside it."""
    found = Path(sys.executable).with_name("node")
    assert found.exists(), "node is missing from the virtual environment: `make test` installs it"
    assert (ORACLES / "node_modules" / "@tgwf").is_dir(), "co2.js is missing: `make test` installs it"
    return str(found)


def asked(chance: random.Random) -> dict[str, Any]:
    """A method and a number of bytes, sometimes with a grid of the audience's own."""
    method = chance.choice(METHODS)
    own = chance.uniform(5, 1200) if method in SEGMENTS and chance.random() < 0.7 else None
    grid = {"grid": {"network": own, "device": own}} if own else {}
    return {"method": method, "bytes": round(10 ** chance.uniform(2, 9)), **grid}


def test_500_random_campaigns_agree_with_the_package(node: str) -> None:
    chance = random.Random(3)
    campaigns = [asked(chance) for _ in range(500)]
    script = [node, str(ORACLES / "co2.mjs")]
    ran = subprocess.run(script, input=json.dumps(campaigns), capture_output=True, text=True, check=True, timeout=60)
    for campaign, theirs in zip(campaigns, json.loads(ran.stdout), strict=True):
        said = {"grid_intensity": campaign["grid"]["device"]} if "grid" in campaign else {}
        ours = grams(campaign["method"], campaign["bytes"], **said)
        if isinstance(theirs, float | int):
            assert sum(ours.values()) == pytest.approx(theirs, rel=1e-9), campaign
        else:
            segments = SEGMENTS[campaign["method"]]
            assert ours == pytest.approx({key: theirs[segment] for key, segment in segments.items()}, rel=1e-9), (
                campaign
            )


def test_what_the_models_leave_out_is_said_and_never_zero() -> None:
    line = {
        "id": "a",
        "kind": "ad",
        "platform": "x",
        "country": "FR",
        "impressions": 1000,
        "weight": 1,
        "format": "video",
    }
    plan = {"name": "left out", "method": "one-byte", "range": False, "lines": [line]}
    (answer,) = estimate_plan(parse_plan(plan), book())["lines"]
    assert {one["stage"] for one in answer["out_of_boundary"]} == {"selection", "device"}
    assert {one["stage"] for one in answer["stages"]} == {"data_centre", "network"}


@pytest.mark.parametrize("method", METHODS)
def test_data_kept_is_priced_on_its_own_region_s_grid(method: str) -> None:
    """The models' world intensity is theirs; storage takes the grid that it takes beside Scope3."""
    kept = {"id": "a", "kind": "storage", "country": "FR", "volume": 1, "kept_for": 12}
    totals = {
        name: estimate_plan(parse_plan({"name": "kept", "method": name, "range": False, "lines": [kept]}), book())[
            "total"
        ]
        for name in (method, "scope3-2026.07")
    }
    assert totals[method] == totals["scope3-2026.07"]
