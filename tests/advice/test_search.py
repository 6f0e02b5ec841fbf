"""The search for few levers, over prices made up: held against every set there is, enumerated here anew."""

from collections.abc import Callable, Iterator
from math import inf

from hypothesis import given
from hypothesis import strategies as st

from carbon_api.advice.search import EXACT, Candidate, Ids, affordable, candidates, sets_of

IDS = ("a", "b", "c", "d", "e", "f")
Price = Callable[[Ids], float]


def every_set(ids: Ids) -> Iterator[Ids]:
    """Every set of some levers, by the bits of a number."""
    for bits in range(2 ** len(ids)):
        yield tuple(id for place, id in enumerate(ids) if bits >> place & 1)


@st.composite
def prices(draw: st.DrawFn, most: int = len(IDS)) -> tuple[Ids, dict[Ids, float]]:
    """Any price of every set of some levers, some of which have none; the plan as it is always has one."""
    ids = IDS[: draw(st.integers(0, most))]
    worth = st.floats(0, 10) | st.integers(0, 10).map(float) | st.just(inf)
    table = {one: draw(worth) for one in every_set(ids)}
    return ids, table | {(): draw(st.floats(0, 10))}


def found(ids: Ids, table: dict[Ids, float], at_most: float, most: int = 1000) -> list[Candidate]:
    return list(candidates(ids, ids, table.__getitem__, at_most, most))


@given(made=prices(), at_most=st.floats(0, 10))
def test_the_first_is_the_smallest_set_there_is_and_the_lowest_of_them(
    made: tuple[Ids, dict[Ids, float]], at_most: float
) -> None:
    ids, table = made
    under = [one for one in every_set(ids) if table[one] <= at_most and len(one) <= EXACT]
    given_out = [one.ids for one in found(ids, table, at_most) if one.how == "sets"]
    assert sorted(given_out) == sorted(under)
    keys = [(len(one), table[one]) for one in given_out]
    assert keys == sorted(keys)


@given(made=prices(), at_most=st.floats(0, 10), most=st.integers(1, 3))
def test_at_most_so_many_of_a_size_are_given_out_the_lowest(
    made: tuple[Ids, dict[Ids, float]], at_most: float, most: int
) -> None:
    ids, table = made
    given_out = [one.ids for one in found(ids, table, at_most, most) if one.how != "all"]
    for size in range(len(ids) + 1):
        some = [table[one] for one in given_out if len(one) == size]
        under = sorted(price for one, price in table.items() if len(one) == size and price <= at_most)
        assert len(some) <= most
        if size <= EXACT:
            assert some == under[:most]


@given(made=prices(), at_most=st.floats(0, 10))
def test_larger_sets_are_found_step_by_step_from_the_lowest(made: tuple[Ids, dict[Ids, float]], at_most: float) -> None:
    """Each is of the best one more, lower than the last, and every such step has been weighed."""
    ids, table = made
    larger = [one.ids for one in found(ids, table, at_most) if one.how == "steps"]
    best = min((one for one in every_set(ids) if len(one) <= EXACT), key=table.__getitem__)
    for one in larger:
        assert table[one] < table[best]
        assert set(best) < set(one)
    assert [len(one) for one in larger] == sorted({len(one) for one in larger})


@given(made=prices(), at_most=st.floats(0, 10), considered=st.integers(0, 6))
def test_the_last_is_every_lever_that_helps_on_what_those_before_it_leave(
    made: tuple[Ids, dict[Ids, float]], at_most: float, considered: int
) -> None:
    """Of all of them, those too that the sets had no room for."""
    ids, table = made
    taken: list[str] = []
    for one in ids:
        if table[(*taken, one)] < table[tuple(taken)]:
            taken.append(one)
    given_out = list(candidates(ids[:considered], ids, table.__getitem__, at_most, 1000))
    assert [one.ids for one in given_out].count(tuple(taken)) == (table[tuple(taken)] <= at_most)
    assert {one.ids for one in given_out if one.how == "all"} <= {tuple(taken)}


@given(weights=st.lists(st.floats(0.1, 10), min_size=1, max_size=6), at_most=st.floats(0, 60))
def test_where_savings_add_up_a_set_is_found_if_there_is_one(weights: list[float], at_most: float) -> None:
    """Then adding the best one by one reaches the lowest of all."""
    ids = IDS[: len(weights)]
    worth = dict(zip(ids, weights, strict=True))
    table = {one: 60 - sum(worth[id] for id in one) for one in every_set(ids)}
    assert bool(found(ids, table, at_most)) == any(price <= at_most for price in table.values())


def test_it_starts_from_a_set_that_there_is() -> None:
    """No three go together, and no more do: the lowest pair is where it starts, and it stops there."""
    table = {one: inf if len(one) >= EXACT else 10.0 - len(one) for one in every_set(IDS)}
    assert [one.ids for one in found(IDS, table, 8.0)] == sorted(one for one in every_set(IDS) if len(one) == 2)
    assert found(IDS, table, 7.0) == []


def test_a_step_may_lead_from_a_pair_past_the_threes() -> None:
    """A lever that goes with nothing is passed over, and the others are added one by one."""
    table = {one: inf if "a" in one and len(one) > 1 else 10.0 - len(one) for one in every_set(IDS)}
    assert found(IDS, table, 5.0) == [Candidate(("b", "c", "d", "e", "f"), "steps")]


def test_nothing_is_priced_beyond_what_is_looked_at() -> None:
    """Whoever takes the first set of one lever has no pair priced."""
    priced = []

    def price(ids: Ids) -> float:
        priced.append(ids)
        return 10.0 - len(ids)

    assert next(candidates(IDS, IDS, price, 9.0, 1)).ids == ("a",)
    assert max(map(len, priced)) == 1


@given(made=prices())
def test_a_search_tries_no_more_sets_than_it_says(made: tuple[Ids, dict[Ids, float]]) -> None:
    ids, table = made
    seen: set[Ids] = set()

    def price(one: Ids) -> float:
        seen.add(one)
        return table[one]

    list(candidates(ids, ids, price, 0, 1))
    assert len(seen - {()}) <= sets_of(len(ids)) + len(ids)


def test_as_many_levers_are_taken_as_the_sets_allow() -> None:
    assert [sets_of(levers) for levers in range(6)] == [0, 1, 3, 7, 15, 28]
    assert [affordable(5, most) for most in (0, 1, 2, 3, 14, 15, 28, 1000)] == [1, 1, 1, 2, 3, 4, 5, 5]
    assert affordable(0, 1000) == 0
