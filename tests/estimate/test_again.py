"""An estimate made again says, to the byte, what the whole changed plan's would."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from carbon_api.errors import PlanInvalid
from carbon_api.estimate.again import outcome_again
from carbon_api.estimate.answer import Outcome, answer
from carbon_api.estimate.run import Basis, outcome_of
from carbon_api.factor_book.book import book
from carbon_api.methods.catalog import METHODS
from carbon_api.plan.load import parse_plan
from carbon_api.plan.model import Plan
from tests.plan import strategies


def priced(plan: Plan, basis: Basis) -> Outcome | str:
    """The estimate at central values, or why there is none."""
    return tried(lambda: outcome_of(replace(plan, uncertainty=replace(plan.uncertainty, range=False)), basis))


def tried(estimate: Callable[[], Outcome]) -> Outcome | str:
    """An estimate, or why there is none."""
    try:
        return estimate()
    except PlanInvalid as fault:
        return str(fault)


@given(data=st.data(), document=strategies.plans(most=4), method=st.sampled_from(sorted(METHODS)))
def test_it_is_the_estimate_of_the_whole_changed_plan(data: st.DataObject, document: Any, method: str) -> None:
    """Lines that stay, in any order and of any number, beside lines that are new."""
    basis = Basis(book().release(None), METHODS[method])
    before = priced(parse_plan(document), basis)
    assume(isinstance(before, Outcome))
    assert isinstance(before, Outcome)
    other = parse_plan(data.draw(strategies.plans(most=3)))
    places = st.lists(st.sampled_from(range(len(before.plan.lines))), unique=True)
    stays: list[int | None] = [*data.draw(places), *(None for _ in other.lines)]
    order = data.draw(st.permutations(range(len(stays))))
    fresh = [*(before.plan.lines[place] for place in stays if place is not None), *other.lines]
    plan = replace(before.plan, lines=tuple(fresh[place] for place in order))
    whole = priced(plan, basis)
    again = tried(lambda: outcome_again(before, plan, [stays[place] for place in order]))
    if isinstance(again, str) or isinstance(whole, str):
        assert again == whole
        return
    assert answer(again, {}) == answer(whole, {})
    assert again.breakdown.total == whole.breakdown.total
    assert dict(again.outside) == dict(whole.outside)
