"""ADEME's streaming against what its package prints and, on random campaigns, what it computes.

The vectors are grams of an hour of streaming, printed by `publicodes-acv-numerique` 2.1.0 run by publicodes 1.10.1: by
part to four decimals (ademe_vectors.csv), in all at full precision. The oracle is the package itself, run by Node.
"""

import csv
import json
import random
import subprocess
import sys
from math import fsum
from pathlib import Path
from typing import Any

import pytest

from carbon_api.errors import PlanInvalid
from carbon_api.estimate.breakdown import break_down
from carbon_api.estimate.pricing import needs_of, price
from carbon_api.estimate.run import estimate_plan
from carbon_api.factor_book.book import book
from carbon_api.inventory.build import build
from carbon_api.inventory.described import describe
from carbon_api.methods.catalog import METHODS
from carbon_api.plan.load import parse_plan

ORACLES = Path(__file__).parents[1] / "oracles"
VECTORS = list(csv.DictReader((Path(__file__).parent / "ademe_vectors.csv").read_text("utf-8").splitlines()))
ADEME = METHODS["ademe-2025"]
(DESKTOP,) = ADEME.card.readings
# The package's words, as a plan says them.
DEVICES = {"smartphone": "phone", "tablette": "tablet", "TV": "tv"}
DEVICES |= {"ordinateur portable": "computer", "ordinateur et écran": "computer"}
HALF_A_DIGIT = 0.500001e-4  # of the four decimals that are printed
QUALITIES = {"SD": "480p", "HD": "1080p", "ultra HD": "2160p"}
NETWORKS = {"fixe": "fixed", "mobile": "mobile"}
PARTS = {
    ("data_centre", "use"): "data_centre_use",
    ("data_centre", "embodied"): "data_centre_embodied",
    ("network", "unsplit"): "network",
    ("device", "use"): "device_use",
    ("device", "embodied"): "device_embodied",
}
# methodology 13.3: fixed FR and mobile FR, for SD, HD and 4K.
PRINTED = {
    "smartphone": (
        *(36.07640710507784, 46.86643967187091, 57.62832795000159, 103.87132466482902),
        *(95.1099294194342, 203.01025508736487),
    ),
    "tablette": (
        *(38.62624523293172, 49.41627779972479, 60.178166077855465, 106.4211627926829),
        *(97.65976754728807, 205.56009321521876),
    ),
    "ordinateur portable": (
        *(41.97765915987236, 52.76769172666543, 63.5295800047961, 109.77257671962354),
        *(101.0111814742287, 208.9115071421594),
    ),
    "ordinateur et écran": (
        *(51.65291189959839, 62.44294446639145, 73.20483274452214, 119.44782945934958),
        *(110.68643421395473, 218.58675988188543),
    ),
    "TV": (
        *(49.000466694118934, 59.790499260912, 70.55238753904268, 116.79538425387011),
        *(108.03398900847529, 215.93431467640596),
    ),
}
FRENCH = [
    (device, quality, network, printed)
    for device, values in PRINTED.items()
    for (quality, network), printed in zip(
        [(quality, network) for quality in QUALITIES for network in ("fixe FR", "mobile FR")], values, strict=True
    )
]


def grams(device: str, quality: str, network: str, minutes: float = 60) -> dict[tuple[str, str], float]:
    """Grams by stage and phase, of a plan's video; a desktop is the method's other reading of a computer."""
    kind, country = network.split()
    line = {
        "id": "a",
        "kind": "video",
        "platform": "youtube",
        "country": country,
        "minutes_watched": minutes,
        "resolution": QUALITIES[quality],
        "devices": {DEVICES[device]: 1},
        "network": {NETWORKS[kind]: 1},
    }
    plan = parse_plan({"name": "hour", "lines": [line]})
    needs = needs_of(ADEME, DESKTOP if device == "ordinateur et écran" else None)
    inventory = build(describe(plan), book().release(None), needs)
    assert not inventory.faults
    stages = break_down(price(inventory, ADEME), 1).stages
    return {key: 1000 * value for key, value in stages.items()}


@pytest.mark.parametrize(("device", "quality", "network", "printed"), FRENCH)
def test_the_printed_totals_of_an_hour_in_france(device: str, quality: str, network: str, printed: float) -> None:
    assert fsum(grams(device, quality, network).values()) == pytest.approx(printed, rel=1e-9)


@pytest.mark.parametrize("row", VECTORS, ids=lambda row: f"{row['device']} {row['quality']} {row['network']}")
def test_the_printed_parts_of_an_hour(row: dict[str, str]) -> None:
    found = grams(row["device"], row["quality"], row["network"])
    parts = {
        "total": fsum(found.values()),
        "device_embodied": found["device", "embodied"],
        "device_use": found["device", "use"],
        "network_footprint": found["network", "unsplit"],
        "data_centre": found["data_centre", "use"] + found["data_centre", "embodied"],
    }
    assert parts == {name: pytest.approx(float(row[name]), abs=HALF_A_DIGIT) for name in parts}


def test_there_is_a_vector_for_each_quality_device_network_and_region() -> None:
    found = {(row["quality"], row["device"], row["network"]) for row in VECTORS}
    networks = [f"{kind} {region}" for kind in NETWORKS for region in ("FR", "EU")]
    assert found == {(q, d, n) for q in QUALITIES for d in DEVICES for n in networks}
    assert len(found) == len(VECTORS) == 60


def test_the_package_s_own_average_of_streaming() -> None:
    """70 % TV, 15 % laptop, 10 % tablet, 5 % phone, in HD on a fixed network, all of them its defaults."""
    line = {"id": "a", "kind": "video", "platform": "youtube", "country": "FR", "minutes_watched": 60}
    line |= {"devices": {"tv": 0.7, "computer": 0.15, "tablet": 0.1, "phone": 0.05}}
    answer = estimated(line)
    assert 1000 * answer["total"]["central"] == pytest.approx(67.81534128333492, rel=1e-9)
    used = {one["field"]: one["factor"] for one in answer["coverage"]["defaults"]}
    assert used == {"bitrate": "ademe.1080p.bitrate", "network": "ademe.mobile_share"}


def estimated(line: dict[str, Any], **settings: Any) -> dict[str, Any]:
    plan = {"name": "streaming", "method": "ademe-2025", "range": False, "lines": [line]} | settings
    return estimate_plan(parse_plan(plan), book())


def unit_values(device: str) -> dict[str, float]:
    """What one hour and one gigabyte come to in France on a fixed network, value by value."""
    release, graph = book().release(None), ADEME.graph.bind(screen_time="watched_time", data="watched_data")
    targets = [stage.target for stage in ADEME.card.stages]
    given = {"line_watched": 1.0, "country_share": 1.0, "device_share": 1.0, "bitrate": 1.0, "mobile_share": 0.0}
    for name in graph.leaves(targets):
        patterns = (ADEME.card.grid,) if name == "grid_audience" else ADEME.card.defaults.get(name, ())
        ids = [pattern.format(device=device) for pattern in patterns if "{resolution}" not in pattern]
        rows = [found.row for id in ids if (found := release.find(id, "FR") or release.find(id))]
        given |= {name: rows[0].value} if name not in given else {}
    run: dict[str, float] = graph.run(targets, given)
    return {name: 1000 * value for name, value in run.items()}  # grams


def test_the_package_s_other_uses_are_made_of_the_same_values() -> None:
    """Its file, call, search and e-mail are no lines of a plan; what they share with streaming is held to them too."""
    shares = {"desktop": 0.24, "laptop": 0.24, "tablet": 0.08, "phone": 0.45}
    each = {device: unit_values(device) for device in shares}
    hour = {device: one["device_use"] + one["device_embodied"] for device, one in each.items()}
    surfing = fsum(share * hour[device] for device, share in shares.items())
    one = each["laptop"]
    network, server, grid = one["network_footprint"], one["server_use"], one["grid_servers"]
    rack = one["equipment_footprint"] + one["support_footprint"]
    assert network + server + one["server_embodied"] / 1.9 == pytest.approx(9.494945740335902, rel=1e-9)
    visio = 2 * hour["laptop"] + 2 * 0.7 * network + 0.7 * server + one["server_embodied"]
    assert visio == pytest.approx(83.64794472500802, rel=1e-9)
    found = (16 + 144.5) / 1024  # MB
    handled = found / 10052100000  # of the MB that a server handles in its life
    search = surfing * (50 / 60 + 1) / 60 + found / 1024 * network + handled * rack
    search += 400 * 24 * 365 / 1000 * 5 * handled * 1000 * grid
    assert search == pytest.approx(1.082982770894023, rel=1e-9)
    kept, sent = 3 / (3.5524 * 1024 * 1024 * 0.5), 117.7  # three copies of 1 MB on a drive half full; mails a day
    mail = surfing * (3 + 10 / 60) / 60 + (2 * network + (1 + 3 + 3) * 2.59) / 1024
    mail += 2 * (rack / (367 / 0.22 * sent * 365 * 5) + 144000 * kept * 10 / 5)
    mail += 2 * (0.22 * 24 / sent + kept * 6 * 24 * 365 * 10) * 1.16 / 1000 * grid
    assert mail == pytest.approx(2.9220355680266303, rel=1e-9)


@pytest.fixture(scope="module")
def node() -> str:
    """Node, with the oracles' packages beside it."""
    found = Path(sys.executable).with_name("node")
    assert found.exists(), "node is missing from the virtual environment: `make test` installs it"
    assert (ORACLES / "node_modules" / "publicodes").is_dir(), "publicodes is missing: `make test` installs it"
    return str(found)


def asked(chance: random.Random) -> dict[str, Any]:
    """An answer to each question of the package."""
    network = f"{chance.choice(list(NETWORKS))} {chance.choice(['FR', 'EU'])}"
    device, quality = chance.choice(list(DEVICES)), chance.choice(list(QUALITIES))
    return {"device": device, "quality": quality, "network": network, "minutes": round(10 ** chance.uniform(-2, 6), 4)}


def test_300_random_campaigns_agree_with_the_package_part_by_part(node: str) -> None:
    chance = random.Random(13)
    campaigns = [asked(chance) for _ in range(300)]
    script = [node, str(ORACLES / "ademe.mjs")]
    ran = subprocess.run(script, input=json.dumps(campaigns), capture_output=True, text=True, check=True, timeout=300)
    for campaign, theirs in zip(campaigns, json.loads(ran.stdout), strict=True):
        expected = {key: theirs[part] for key, part in PARTS.items()}
        assert grams(**campaign) == pytest.approx(expected, rel=1e-9), campaign


LINE = {"id": "a", "kind": "ad", "platform": "tiktok", "format": "video", "impressions": 1000, "weight": 1.5}
LINE |= {"time_on_screen": 6, "devices": {"phone": 1}, "network": {"mobile": 0.5, "fixed": 0.5}}


def test_a_member_of_the_union_takes_its_average_and_france_its_own() -> None:
    totals = {country: estimated(LINE | {"country": country})["total"] for country in ("FR", "EU", "BE", "RO", "HR")}
    assert totals["BE"] == totals["RO"] == totals["HR"] == totals["EU"]
    assert totals["FR"]["central"] < totals["EU"]["central"]


@pytest.mark.parametrize("said", [{}, {"grid_intensity": 50}])
@pytest.mark.parametrize("country", ["JP", "GB", "CH", "world", "US"])
def test_another_country_is_refused_with_those_that_it_prices(country: str, said: dict[str, Any]) -> None:
    with pytest.raises(PlanInvalid) as refused:
        estimated(LINE | said | {"country": {country: 0.5, "FR": 0.5}})
    (finding,) = refused.value.findings
    assert (finding.pointer, finding.code) == ("/lines/0/country", "country-not-priced")
    assert f"for {country};" in finding.detail
    assert set(finding.valid_values) == {"EU", *book().release(None).countries("region.eu")}
    assert len(finding.valid_values) == 28
    assert "grid_intensity" not in finding.detail  # giving it would not do


def test_a_given_grid_moves_the_terminal_s_use_and_nothing_else() -> None:
    """The package's data centres stay French, and its networks have no electricity to be told."""
    own, other = (
        {(one["stage"], one["phase"]): one["central"] for one in estimated(line)["lines"][0]["stages"]}
        for line in (LINE | {"country": "BE"}, LINE | {"country": "BE", "grid_intensity": 519})
    )
    assert other.pop(("device", "use")) == pytest.approx(10 * own.pop(("device", "use")), rel=1e-12)
    assert other == own


def test_a_computer_is_a_laptop_and_the_desktop_is_shown_beside() -> None:
    answer = estimated(LINE | {"country": "FR", "devices": {"computer": 1}})
    ((reading, total),) = [(one["code"], one["total"]["central"]) for one in answer["readings"]]
    assert reading == "desktop"
    hour = {
        name: unit_values(name)["device_use"] + unit_values(name)["device_embodied"] for name in ("laptop", "desktop")
    }
    assert 1000 * (total - answer["total"]["central"]) == pytest.approx(
        1000 * 6 / 3600 * (hour["desktop"] - hour["laptop"]), rel=1e-9
    )
    assert estimated(LINE | {"country": "FR"})["readings"] == []


def test_the_auction_of_an_ad_is_left_out_and_said() -> None:
    (line,) = estimated(LINE | {"country": "FR"})["lines"]
    assert [one["stage"] for one in line["out_of_boundary"]] == ["selection"]
    assert "selection" not in {one["stage"] for one in line["stages"]}


@pytest.mark.parametrize(
    ("said", "factor"),
    [
        ({}, "ademe.1080p.bitrate"),
        ({"resolution": "480p"}, "ademe.480p.bitrate"),
        ({"resolution": "720p"}, "resolution.720p.bitrate"),
        ({"resolution": "1080p"}, "ademe.1080p.bitrate"),
        ({"resolution": "1440p"}, "resolution.1440p.bitrate"),
        ({"resolution": "2160p"}, "ademe.2160p.bitrate"),
        ({"bitrate": 2}, None),
    ],
)
def test_the_data_rate_of_a_video(said: dict[str, Any], factor: str | None) -> None:
    line = {"id": "a", "kind": "video", "platform": "youtube", "country": "FR", "minutes_watched": 60}
    line |= {"devices": {"phone": 1}, "network": {"fixed": 1}}
    row = book().release(None).find(factor) if factor else None
    rate = row.row.value if row else 2 * 0.45
    network = {one["stage"]: one["total"]["central"] for one in estimated(line | said)["by_stage"]}["network"]
    assert 1000 * network == pytest.approx(9.26934695867389 * rate, rel=1e-9)
