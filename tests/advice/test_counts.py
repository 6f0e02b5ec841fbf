"""What a line counts and costs."""

from typing import Any

import pytest
from advised import situation

from carbon_api.advice.counts import contacts_of, impressions_of, price_of, views_of
from carbon_api.advice.reach import reach_of

AD = {"id": "a", "kind": "ad", "platform": "tiktok", "country": "FR", "format": "image", "impressions": 4000}
POST = {"id": "b", "kind": "post", "platform": "tiktok", "country": "FR", "format": "image", "views": 300}


@pytest.mark.parametrize(
    ("said", "price"), [({"spend": 7}, 7), ({"cpm": 5}, 20), ({"spend": 20, "cpm": 5}, 20), ({"cpm": 0}, 0), ({}, None)]
)
def test_a_line_costs_its_spend_or_its_impressions_at_its_cpm(said: dict[str, Any], price: float | None) -> None:
    """4,000 impressions at 5 a thousand cost 20."""
    start = situation({"name": "x", "range": False, "lines": [{**AD, **said}]})
    assert price_of(start.plan.lines[0]) == price
    assert reach_of(start.outcome)["spend"] == price


def test_contacts_and_impressions_are_of_ads_and_views_are_not() -> None:
    ad, post = situation({"name": "x", "lines": [{**AD, "on_target_share": 0.25}, POST]}).plan.lines
    assert (impressions_of(ad), contacts_of(ad), views_of(ad)) == (4000, 1000, None)
    assert (impressions_of(post), contacts_of(post), views_of(post)) == (None, None, 300)
