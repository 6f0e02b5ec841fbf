"""The search for few levers that are enough, over what each set of them comes to. It knows nothing of plans.

Every set of up to EXACT levers is priced; then, to the lowest of all, the one that helps most is added, and another;
then every lever that helps at all is taken, those too that the sets had no room for.
Sets under the ceiling are given out one by one, so that whoever looks closer can stop at the first that holds.
"""

from collections.abc import Callable, Iterator
from itertools import combinations
from math import comb, isfinite
from typing import Literal, NamedTuple

EXACT = 3  # levers in a set up to which every set is tried
Ids = tuple[str, ...]
Price = Callable[[Ids], float]  # infinite where there is no such set


class Candidate(NamedTuple):
    """A set that is under the ceiling, and how it was made."""

    ids: Ids
    how: Literal["sets", "steps", "all"]


def candidates(ids: Ids, every: Ids, price: Price, at_most: float, most_of_a_size: int) -> Iterator[Candidate]:
    """Sets of `ids` under the ceiling: the smaller first, the lower first among as many; at most so many of each size.
    The last is of all that there are."""
    given: set[Ids] = set()
    for size in range(EXACT + 1):
        under = [one for one in combinations(ids, size) if price(one) <= at_most]
        given.update(few := sorted(under, key=price)[:most_of_a_size])
        yield from (Candidate(one, "sets") for one in few)
    for larger in _steps(ids, price):
        if price(larger) <= at_most:
            given.add(larger)
            yield Candidate(larger, "steps")
    whole = _all(every, price)
    if price(whole) <= at_most and whole not in given:
        yield Candidate(whole, "all")


def _steps(ids: Ids, price: Price) -> Iterator[Ids]:
    """From the lowest set of up to EXACT, one more each time: the one that helps most, as long as any helps."""
    best = min((one for size in range(EXACT + 1) for one in combinations(ids, size)), key=price)
    while isfinite(price(best)):
        others = [_with(ids, best, one) for one in ids if one not in best]
        larger = min(others, key=price, default=best)
        if price(larger) >= price(best):
            return
        best = larger
        yield best


def _all(every: Ids, price: Price) -> Ids:
    """Every lever that helps, in the order of all, each on what those before it leave."""
    taken: Ids = ()
    for one in every:
        taken = (*taken, one) if price((*taken, one)) < price(taken) else taken
    return taken


def _with(ids: Ids, best: Ids, one: str) -> Ids:
    """A set and one more, in the order of all."""
    return tuple(id for id in ids if id in best or id == one)


def affordable(levers: int, most_sets: int) -> int:
    """How many of so many levers a search can take that tries at most so many sets; one at least."""
    return max((count for count in range(levers + 1) if count <= 1 or sets_of(count) <= most_sets), default=0)


def sets_of(levers: int) -> int:
    """The most sets that a search of so many levers tries."""
    beyond = max(levers - EXACT, 0)
    return sum(comb(levers, size) for size in range(1, EXACT + 1)) + beyond * (beyond + 1) // 2
