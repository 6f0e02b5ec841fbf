"""How sure a derived quantity is, against a joint draw of what it comes from, in plain Python."""

import math
import random
from statistics import NormalDist, quantiles
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from refusing import line, only, plan

from carbon_api.estimate.run import estimate_plan
from carbon_api.factor_book.book import book
from carbon_api.plan.given import over, times
from carbon_api.plan.load import parse_plan
from carbon_api.plan.model import Quantity

Z_95 = NormalDist().inv_cdf(0.975)
DOUBTS = st.floats(0, 1)
NAMES = st.sampled_from(("media", "team"))
OPERATIONS = ((times, lambda one, other: one * other), (over, lambda one, other: one / other))


def drawn(quantity: Quantity, normals: dict[str, float], field: str) -> float:
    """A quantity where the normal numbers of the groups stand; one without a name has the group of its field."""
    normal = normals[quantity.uncertainty_group or field]
    return float(quantity.value * (1 + quantity.plus_minus) ** (normal / Z_95))


@pytest.mark.parametrize(("derive", "plain"), OPERATIONS, ids=["times", "over"])
@given(one=DOUBTS, other=DOUBTS, name=NAMES, normal=st.floats(-4, 4))
def test_one_group_is_drawn_as_one(derive: Any, plain: Any, one: float, other: float, name: str, normal: float) -> None:
    terms = Quantity(3000.0, one, name), Quantity(4.0, other, name)
    expected = plain(*(drawn(term, {name: normal}, "") for term in terms))
    found = derive(*terms)
    assert drawn(found, {name: normal, "derived": 0}, "derived") == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(("derive", "plain"), OPERATIONS, ids=["times", "over"])
@given(doubt=DOUBTS, name=NAMES, first=st.booleans(), normal=st.floats(-4, 4))
def test_what_is_exact_leaves_the_others_doubt_as_it_is(
    derive: Any, plain: Any, doubt: float, name: str, first: bool, normal: float
) -> None:
    terms = Quantity(3000.0, doubt * first, name), Quantity(4.0, doubt * (not first), name)
    expected = plain(*(drawn(term, {name: normal}, "") for term in terms))
    assert drawn(derive(*terms), {name: normal, "derived": 0}, "derived") == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(("derive", "plain"), OPERATIONS, ids=["times", "over"])
@pytest.mark.parametrize("names", [("media", "team"), ("media", None), (None, "media"), (None, None)])
def test_groups_that_differ_are_drawn_apart(derive: Any, plain: Any, names: tuple[str | None, str | None]) -> None:
    terms = Quantity(3000.0, 0.3, names[0]), Quantity(4.0, 0.5, names[1])
    chance = random.Random(7)
    sample = []
    for _ in range(20_000):
        normals = {name: chance.gauss(0, 1) for name in ("media", "team", "one", "other")}
        sample.append(
            plain(*(drawn(term, normals, field) for term, field in zip(terms, ("one", "other"), strict=True)))
        )
    found, ends = derive(*terms), quantiles(sample, n=40)
    assert found.uncertainty_group is None
    assert math.log(ends[-1] / found.value) == pytest.approx(math.log1p(found.plus_minus), rel=0.05)
    assert math.log(found.value / ends[0]) == pytest.approx(math.log1p(found.plus_minus), rel=0.05)


def unsure(value: float, doubt: float, group: str = "media") -> dict[str, Any]:
    return {"value": value, "plus_minus": doubt, "uncertainty_group": group}


def test_an_ad_derives_its_doubt_from_its_terms() -> None:
    together = only(line("ad", "impressions", reach=unsure(1000, 0.1), frequency=unsure(3, 0.2))).impressions
    assert together == Quantity(3000.0, pytest.approx(1.1 * 1.2 - 1), "media")
    fallen = only(line("ad", "impressions", spend=12, cpm=unsure(4, 0.25))).impressions
    assert fallen == Quantity(3000.0, pytest.approx(1 / 1.25 - 1), "media")


def total(*lines: dict[str, Any]) -> Any:
    return estimate_plan(parse_plan(plan(*lines, draws=2000)), book())["total"]


def test_an_exchange_rate_over_itself_changes_nothing() -> None:
    """Spend and cpm in another currency: its rate is unsure, and cancels out of the impressions."""
    bought = line("ad", "impressions", spend=unsure(12, 0.2), cpm=unsure(4, 0.2))
    assert total(bought) == total(line("ad", impressions=3000))


def test_a_price_that_rises_buys_less_where_its_group_rises() -> None:
    """Two ads of the same doubt, one bought at a price: drawn against each other, they even out."""
    given, bought = line("ad", id="a", impressions=unsure(3000, 0.5)), line("ad", "impressions", id="b", spend=12)
    against = total(given, bought | {"cpm": unsure(4, 0.5)})
    apart = total(given, bought | {"cpm": unsure(4, 0.5, "another team")})
    assert against["high"] / against["low"] < apart["high"] / apart["low"]
