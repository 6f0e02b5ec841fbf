"""The range against a Monte Carlo written anew, and against closed forms.

Two samples of n and m draws put the quantile p at probabilities that differ by about sqrt(p (1 - p) (1/n + 1/m)). Four
of these on each side is the band in which ours must fall: read off the other sample, it asks nothing of the shape.
"""

import math
from collections.abc import Callable
from statistics import NormalDist
from typing import Any

import pytest
from drawn_plans import Document, estimate, plan
from plain_monte_carlo import RELEASE, Take, row, simulated

OURS, THEIRS = 20_000, 40_000
AD: Document = {"kind": "ad", "country": "FR", "impressions": 1000, "devices": {"phone": 1}}
PAGE: Document = {"kind": "landing_page", "country": "FR", "platform": "pinterest", "visits": 1000, "weight": 1e-9}
PAGE |= {"time_on_screen": 30, "grid_intensity": 0}
VIDEO: Document = {"kind": "video", "country": "FR", "platform": "youtube", "minutes_watched": 60_000}
VIDEO |= {"resolution": "720p", "grid_intensity": 0, "devices": {"phone": 1}, "network": {"fixed": 1}}
ENDS = (("low", 0.025), ("high", 0.975))


def band(probability: float, draws: int, others: float) -> tuple[float, float]:
    off = 4 * math.sqrt(probability * (1 - probability) * (1 / draws + 1 / others))
    return probability - off, probability + off


def hold(figure: Any, sample: list[float]) -> None:
    """Both ends of our range within the band of the other sample's quantiles."""
    for end, probability in ENDS:
        least, most = (sample[int(edge * len(sample))] for edge in band(probability, OURS, len(sample)))
        assert least <= figure[end] <= most, end


def image(take: Take) -> float:
    """kgCO2e of 1,000 still ads on phones in France, of which only the number is known (Scope3)."""
    pixels, coverage = take("creative.vertical.pixels"), take("scope3.phone.coverage")
    gigabytes = 1000 * pixels * take("scope3.image.bytes_per_pixel") / take("scope3.image.compression_ratio")
    hours = 1000 * take("scope3.time_in_view")
    grid, mobile = take("grid.ember"), take("scope3.mobile_share")
    kwh_per_gb = mobile * take("scope3.network.mobile.energy_per_data")
    kwh_per_gb += (1 - mobile) * take("scope3.network.fixed.energy_per_data")
    kg_per_gb = mobile * take("scope3.network.mobile.embodied_per_data")
    kg_per_gb += (1 - mobile) * take("scope3.network.fixed.embodied_per_data")
    network = gigabytes * (kwh_per_gb * grid + kg_per_gb)
    edge = gigabytes * (take("scope3.edge.energy_per_data") * grid + take("scope3.edge.embodied_per_data"))
    device = hours * coverage * (take("scope3.phone.power") * grid + take("scope3.phone.embodied_per_time"))
    selection = 1000 * (take("scope3.selection.ad_server") + take("scope3.selection.platform_embodied"))
    kg_stored = sum(
        take(f"scope3.storage.{medium}.footprint") * take(f"scope3.storage.{medium}.share")
        for medium in ("cloud", "hdd", "lto", "ssd")
    )
    copies = take("scope3.storage.raw_factor") + take("scope3.storage.iterations")
    storage = gigabytes * copies / take("scope3.storage.impressions_per_creative") * kg_stored
    return network + edge + device + selection + storage


def video(take: Take) -> float:
    """kgCO2e of 1,000 video ads bought in open auctions, seen on phones in an application in France (SRI)."""
    grid, abroad, servers = take("grid.dcf"), take("sri.grid.foreign_servers"), take("sri.grid.network_servers")
    local, foreign, pue = take("sri.server.local_share"), take("sri.server.foreign_share"), take("sri.pue")
    server_kg_per_hour = take("sri.server.embodied_per_year") / take("sri.server.hours_per_year")
    paths = 1000 * take("sri.paths.programmatic.video") * take("sri.publisher_activation") * take("sri.ssp_activation")
    auction_hours = paths * take("sri.auction.server_requests_per_path") * take("sri.auction.time_per_request")
    auction_hours *= 1 + take("sri.auction.other_use")
    auction_gb = paths * take("sri.auction.network_requests_per_path") * take("sri.auction.request_weight")
    auction_gb *= 1 + take("sri.auction.margin")
    fixed_kwh, fixed_kg = take("sri.network.fixed.energy_per_data"), take("sri.network.fixed.embodied_per_data")
    selection = auction_hours * take("sri.auction.vm_power") * pue * (local * grid + foreign * abroad)
    selection += auction_hours * server_kg_per_hour / take("sri.auction.vms_per_server")
    selection += auction_gb * (fixed_kwh * servers + fixed_kg)
    hours = 1000 * take("sri.display_exposure")
    gigabytes = hours * take("scope3.phone.bitrate")
    at_home = local * take("sri.server.local_energy_per_data") * grid
    server = gigabytes * pue * (at_home + foreign * take("sri.server.foreign_energy_per_data") * abroad)
    server += gigabytes / take("sri.server.bandwidth") * server_kg_per_hour
    mobile = take("sri.mobile_share")
    kwh = mobile * take("sri.network.mobile.energy_per_data") + (1 - mobile) * fixed_kwh
    kg = mobile * take("sri.network.mobile.embodied_per_data") + (1 - mobile) * fixed_kg
    network_grid = take("sri.network.local_share") * grid + take("sri.network.foreign_share") * servers
    network = gigabytes * (kwh * network_grid + kg)
    life = take("sri.phone.lifetime") * take("sri.days_per_year") * take("sri.phone.daily_use")
    device = hours * (take("sri.phone.app.power") * grid + take("sri.phone.embodied") / life)
    return selection + server + network + device


def page(take: Take) -> float:
    """kgCO2e of 1,000 visits of 30 s to a page without electricity or networks' use, on the platform's default devices:
    shares drawn apart and brought back to a whole (Scope3)."""
    shares = {device: take(f"platform.pinterest.device.{device}") for device in ("phone", "computer")}
    hours = 1000 * 30 / 3600
    return sum(
        hours * share / sum(shares.values()) * take(f"scope3.{device}.embodied_per_time")
        for device, share in shares.items()
    )


def watched(take: Take) -> float:
    """kgCO2e of 1,000 hours of video watched at 720p on phones, on fixed networks and without electricity (Scope3)."""
    per_gigabyte = take("scope3.network.fixed.embodied_per_data") + take("scope3.edge.embodied_per_data")
    return 1000 * (take("resolution.720p.bitrate") * per_gigabyte + take("scope3.phone.embodied_per_time"))


@pytest.mark.parametrize(
    ("line", "method", "footprint"),
    [
        (VIDEO, "scope3-2026.07", watched),
        (AD | {"platform": "pinterest", "format": "image"}, "scope3-2026.07", image),
        (AD | {"platform": "tiktok", "format": "video", "buying": "programmatic"}, "sri-2.1", video),
        (PAGE, "scope3-2026.07", page),
    ],
)
def test_a_plain_monte_carlo_agrees(line: Document, method: str, footprint: Callable[[Take], float]) -> None:
    total = estimate(plan([line], method=method, draws=OURS))["total"]
    hold(total, simulated(footprint, THEIRS, seed=20))
    centre = footprint(lambda id: row(id, "FR" if RELEASE.find(id, "FR") else "world").value)
    assert total["central"] == pytest.approx(centre, rel=1e-9)


def carried(*, weight: Any = 1.5, views: Any = 1000, time: Any = 0, **settings: Any) -> Document:
    """Without electricity and without a screen, what a story leaves on a fixed network is its manufacture alone."""
    line = {"kind": "story", "platform": "x", "country": "FR", "grid_intensity": 0, "views": views, "weight": weight}
    line |= {"time_on_screen": time, "devices": {"phone": 1}, "network": {"fixed": 1}}
    return plan([line], draws=OURS, **settings)


def network(document: Document) -> Any:
    return {stage["stage"]: stage["total"] for stage in estimate(document)["by_stage"]}["network"]


NETWORK = row("scope3.network.fixed.embodied_per_data")
SPREAD = math.log(NETWORK.high / NETWORK.value)  # of the row, at 95 %; it is the same on both sides


def hold_lognormal(figure: Any, centre: float, spread: float) -> None:
    """Both ends where the closed form has them: a lognormal of that median, times or over exp(spread) at 95 %."""
    sigma = spread / NormalDist().inv_cdf(0.975)
    for end, probability in ENDS:
        edges = (NormalDist().inv_cdf(edge) for edge in band(probability, OURS, math.inf))
        least, most = (centre * math.exp(sigma * edge) for edge in edges)
        assert least <= figure[end] <= most, end


def test_one_lognormal_has_the_range_of_its_row() -> None:
    figure = network(carried())
    assert figure["central"] == pytest.approx(1.5 * NETWORK.value, rel=1e-12)
    assert figure["low"] == pytest.approx(1.5 * NETWORK.low, rel=2e-3)
    assert figure["high"] == pytest.approx(1.5 * NETWORK.high, rel=2e-3)


def test_a_product_of_lognormals_has_its_closed_form() -> None:
    weight, views = {"value": 1.5, "plus_minus": 0.3}, {"value": 1000, "plus_minus": "50 %"}
    spread = math.hypot(SPREAD, math.log(1.3), math.log(1.5))
    hold_lognormal(network(carried(weight=weight, views=views)), 1.5 * NETWORK.value, spread)


def test_values_of_one_group_are_drawn_as_one() -> None:
    weight = {"value": 1.5, "plus_minus": 0.3, "uncertainty_group": "guess"}
    views = {"value": 1000, "plus_minus": 0.5, "uncertainty_group": "guess"}
    spread = math.hypot(SPREAD, math.log(1.3) + math.log(1.5))
    hold_lognormal(network(carried(weight=weight, views=views)), 1.5 * NETWORK.value, spread)


def test_one_field_is_drawn_once_over_the_plan_and_other_groups_apart() -> None:
    """Two lines with equal doubts: drawn as one they add up, drawn apart they even out."""
    unsure = {"value": 1000, "plus_minus": 0.5}
    (line,) = carried(views=unsure)["lines"]
    other = line | {"id": "other", "views": unsure | {"uncertainty_group": "another team"}}
    together = network(plan([line, line | {"id": "other"}], draws=OURS))
    apart = network(plan([line, other], draws=OURS))
    hold_lognormal(together, 2 * 1.5 * NETWORK.value, math.hypot(SPREAD, math.log(1.5)))
    assert apart["high"] / apart["low"] < 0.9 * together["high"] / together["low"]


def test_nothing_give_or_take_some_is_nothing() -> None:
    nothing = {"value": 0, "plus_minus": 0.3}
    for document in (carried(views=nothing), carried(views=1000, weight=1e-9, time=nothing)):
        total = estimate(document)["total"]
        assert total["low"] <= total["central"] <= total["high"] < 1e-6


def test_another_seed_is_another_sample_of_the_same_range() -> None:
    one, other = network(carried(seed=1)), network(carried(seed=2))
    assert one != other
    assert one["central"] == other["central"]
    assert one["low"] == pytest.approx(other["low"], rel=5e-3)


def shares(document: Document) -> dict[str, float]:
    return {driver["group"]: driver["share_of_variance"] for driver in estimate(document)["drivers"]}


def test_a_group_that_is_alone_uncertain_drives_the_whole_range() -> None:
    """The weight is next to nothing, so the networks it crosses have no part in it whatever the number of draws."""
    line = {"kind": "story", "platform": "x", "country": "FR", "grid_intensity": 0, "views": 1000, "weight": 1e-9}
    line |= {"time_on_screen": 30, "devices": {"phone": 1}, "network": {"fixed": 1}}
    for draws in (100, 200, 2000, OURS):
        found = shares(plan([line], draws=draws))
        assert found == {"device study gmsf": pytest.approx(1, abs=0.05)}, draws


def test_drivers_are_ranked_and_their_shares_are_those_of_independent_terms() -> None:
    """Terms that add up share the variance as their own variances do; a third, small, comes last."""
    unsure = {"value": 3000, "plus_minus": 0.2, "uncertainty_group": "first"}
    (line,) = carried(views=unsure)["lines"]
    other = line | {"id": "other", "views": {"value": 1500, "plus_minus": 0.2, "uncertainty_group": "second"}}
    found = shares(plan([line, other], draws=OURS))
    assert list(found).index("given: first") < list(found).index("given: second")
    assert found["given: first"] / found["given: second"] == pytest.approx(4, rel=0.15)


def test_nothing_uncertain_has_no_driver_and_a_range_of_no_width() -> None:
    line = carried(views=0)["lines"]
    answer = estimate(plan(line))
    assert answer["drivers"] == []
    assert answer["total"] == {"unit": "kgCO2e", "central": 0.0, "low": 0.0, "high": 0.0, "level": 0.95}
