"""SRI v2.1 against the framework's own public package: its asserted vectors, and random campaigns of every kind."""

import random
from typing import Any

import pytest
from carbon.compute_footprints import adcalls_cost, bids_cost, impressions_cost
from carbon.digital_carbon_framework import Framework
from carbon.utils import Distribution

from carbon_api.estimate.run import estimate_plan
from carbon_api.factor_book.book import book
from carbon_api.inventory.defaults import ids
from carbon_api.methods.catalog import METHODS
from carbon_api.plan.load import parse_plan

# The package calls a deprecated method of its own dependency; that is no concern of ours.
pytestmark = pytest.mark.filterwarnings("ignore:The `dict` method is deprecated")

SRI = METHODS["sri-2.1"]
DEVICES = {"desktop": "computer", "smart_phone": "phone", "tablet": "tablet", "connected_tv": "tv"}
COUNTRIES = {"WD": "world"}
STAGES = {
    ("selection", "use"): ("kgco2_allocation_server", "kgco2_allocation_network"),
    ("data_centre", "use"): ("kgco2_distrib_server",),
    ("network", "use"): ("kgco2_distrib_network",),
    ("device", "use"): ("kgco2_distrib_terminal",),
}
MIX = {"desktop": 10, "smart_phone": 20, "tablet": 5, "connected_tv": 20}


def ours(
    impressions: int,
    creative: str,
    allocation: str,
    kilobytes: float,
    mix: dict[str, float],
    seconds: float,
    **place: str,
) -> dict[str, Any]:
    """The same campaign as one line of a plan. A package device is a browser phone unless the platform has an app."""
    whole = sum(mix.values())
    line = {
        "id": "campaign",
        "kind": "ad",
        "platform": place.get("platform", "other"),
        "country": place.get("country", "FR"),
        "impressions": impressions,
        "format": "image" if creative == "display" else "video",
        "buying": allocation,
        "weight": f"{kilobytes!r} kB",
        "devices": {DEVICES[name]: weight / whole for name, weight in mix.items() if weight},
        "network": {"fixed": 0.9, "mobile": 0.1},
        "time_on_screen": seconds,
    }
    plan = parse_plan({"name": "parity", "method": "sri-2.1", "range": False, "lines": [line]})
    return estimate_plan(plan, book())


def phases(answer: dict[str, Any]) -> dict[tuple[str, str], float]:
    return {(stage["stage"], phase): value for stage in answer["by_stage"] for phase, value in stage["phases"].items()}


@pytest.mark.parametrize(
    ("creative", "allocation", "kilobytes", "seconds", "country", "use", "embodied"),
    [
        ("video", "direct", 1200.0, 5.0, "FR", 0.2562733391548535, 0.5793029714657473),  # T1
        ("display", "programmatic", 1200.0, 5.0, "FR", 7.323631186960354, 3.2045569703363834),  # T2
        ("display", "programmatic", 1200.0, 5.0, "DE", 7.83829675080798, 3.2045569703363834),  # T3
    ],
)
def test_the_vectors_that_the_package_asserts(
    creative: str, allocation: str, kilobytes: float, seconds: float, country: str, use: float, embodied: float
) -> None:
    answer = ours(10_000, creative, allocation, kilobytes, MIX, seconds, country=country)
    found = phases(answer)
    assert sum(value for (_, phase), value in found.items() if phase == "use") == pytest.approx(use, rel=1e-9)
    assert sum(value for (_, phase), value in found.items() if phase == "embodied") == pytest.approx(embodied, rel=1e-9)
    assert answer["total"]["central"] == pytest.approx(use + embodied, rel=1e-9)


def test_the_million_impressions_of_the_package_s_readme() -> None:
    answer = ours(1_000_000, "display", "programmatic", 1000.0, {"desktop": 1}, 1.0)
    assert answer["total"]["central"] == pytest.approx(1007.9566426365125, rel=1e-9)  # T4
    assert phases(answer)["device", "embodied"] == pytest.approx(13.186250, rel=1e-6)
    assert phases(answer)["data_centre", "use"] == pytest.approx(5.00163, rel=1e-5)


def selection(paths: str, creative: str = "video", **counts: float) -> float:
    """kgCO2e of a number of bids or ad calls, in France; `paths` names the formula that makes auction paths of them."""
    graph = SRI.graph.bind(paths=paths)
    targets = [stage.target for stage in SRI.card.stages if stage.stage == "selection"]
    known: dict[str, str | None] = {"buying": "programmatic", "creative": creative}
    found = {name: value(name, known) for name in graph.leaves(targets) if name not in counts}
    run = graph.run(targets, found | counts)
    return float(sum(run[target] for target in targets))


def value(name: str, known: dict[str, str | None]) -> float:
    """What the method binds a name to, in France."""
    patterns = (SRI.card.grid,) if name == "grid_audience" else SRI.card.defaults[name]
    release = book().release(None)
    found = [release.find(id, "FR") or release.find(id) for id in ids(patterns, known)]
    return next(one.row.value for one in found if one)


def test_bids_and_ad_calls_are_formulas_of_the_method() -> None:
    assert selection("bid_paths", bids=10_000) == pytest.approx(0.11109010712522793, rel=1e-9)  # T5
    assert selection("ad_call_paths", ad_calls=10_000) == pytest.approx(0.27772526781306983, rel=1e-9)  # T6


@pytest.mark.parametrize("creative", ["video", "display"])
def test_the_package_agrees_on_bids_and_ad_calls(creative: Any) -> None:
    bids, calls = bids_cost(Framework.load(), 777), adcalls_cost(Framework.load(), 777, creative)
    assert selection("bid_paths", creative, bids=777) == pytest.approx(bids.overall.total, rel=1e-9)
    assert selection("ad_call_paths", creative, ad_calls=777) == pytest.approx(calls.overall.total, rel=1e-9)


def campaign(seed: int) -> dict[str, Any]:
    """A random campaign; the seed walks through every country, and the rest is drawn."""
    draw = random.Random(seed)
    codes = sorted(Framework.load().emission_factors_dict_iso2)
    return {
        "country": codes[seed % len(codes)],
        "impressions": draw.randint(1, 10_000_000),
        "creative": draw.choice(["display", "video"]),
        "allocation": draw.choice(["direct", "programmatic"]),
        "kilobytes": draw.uniform(1, 20_000),
        "mix": {name: draw.uniform(0.01, 1) for name in draw.sample(sorted(DEVICES), draw.randint(1, 4))},
        "seconds": draw.uniform(0.1, 120),
        "usage": draw.choice(["app", "browser"]),
    }


def theirs(case: dict[str, Any]) -> Any:
    framework = Framework.load()
    framework.distribution_terminal_use.smartphone_usage = case["usage"]
    framework.change_target_country(case["country"])
    mix = Distribution(weights=case["mix"])
    size, seconds = case["kilobytes"], case["seconds"]
    return impressions_cost(framework, case["impressions"], case["creative"], case["allocation"], size, mix, seconds)


@pytest.mark.parametrize("seed", range(500))
def test_a_random_campaign_agrees_stage_by_stage(seed: int) -> None:
    case = campaign(seed)
    answer = ours(
        case["impressions"],
        case["creative"],
        case["allocation"],
        case["kilobytes"],
        case["mix"],
        case["seconds"],
        country=COUNTRIES.get(case["country"], case["country"]),
        platform="instagram" if case["usage"] == "app" else "other",
    )
    cost, found = theirs(case), phases(answer)
    for (stage, _), parts in STAGES.items():
        use = sum(getattr(cost, part).use for part in parts)
        made = sum(getattr(cost, part).manufacturing for part in parts)
        assert found[stage, "use"] == pytest.approx(use, rel=1e-9)
        assert found[stage, "embodied"] == pytest.approx(made, rel=1e-9)
    assert answer["total"]["central"] == pytest.approx(cost.overall.total, rel=1e-9)


def test_the_other_reading_of_the_same_social_ad_stands_beside() -> None:
    answer = ours(1000, "video", "direct", 1500.0, {"smart_phone": 1}, 15.0, platform="instagram")
    assert answer["total"]["central"] == pytest.approx(0.1787524, rel=1e-6)
    assert {reading["code"]: reading["total"]["central"] for reading in answer["readings"]} == {
        "programmatic": pytest.approx(0.4537004, rel=1e-6)
    }
