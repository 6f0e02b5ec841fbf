"""A limit grants what it says, to each caller apart, and remembers no more than it must."""

import threading
import time
from ipaddress import ip_address
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from carbon_api.web.limits import MOST_ADDRESSES, Memory, Turn, window_at

NO_END = 10**9  # seconds: a window that no test outlives
ASKED = st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 12)), max_size=60)


@given(st.integers(1, 30), ASKED)
def test_each_caller_is_granted_what_fits_and_nothing_else(most: int, asked: list[tuple[str, int]]) -> None:
    limit, taken = Memory(most, NO_END), dict.fromkeys("abc", 0)
    for caller, cost in asked:
        turn = limit.take(caller, cost)
        assert turn.granted == (taken[caller] + cost <= most)
        taken[caller] += cost if turn.granted else 0
        assert (turn.limit, turn.left) == (most, most - taken[caller])


@given(st.floats(0, 4e9), st.integers(1, 86_400_000))
def test_a_window_ends_after_the_moment_and_within_its_period(now: float, period: int) -> None:
    window, seconds = window_at(now, period)
    assert 0 < seconds <= period
    assert window * period <= now < (window + 1) * period


def test_waiting_for_the_seconds_left_is_enough() -> None:
    limit = Memory(2, 1)
    for _ in range(3):
        turn = limit.take("a")
        while turn.granted:
            turn = limit.take("a")
        time.sleep(turn.seconds)
        assert limit.take("a").granted


def test_threads_together_are_granted_the_limit_exactly() -> None:
    limit, turns = Memory(1_000, NO_END), list[Turn]()

    def ask() -> None:
        turns.extend([limit.take("a") for _ in range(700)])

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(turn.granted for turn in turns) == 1_000


def test_callers_without_end_are_remembered_up_to_a_number_and_then_as_one() -> None:
    limit = Memory(3, NO_END, callers=MOST_ADDRESSES)
    addresses = (str(ip_address(number)) for number in count())
    assert all(limit.take(next(addresses)).granted for _ in range(MOST_ADDRESSES))
    assert [limit.take(next(addresses)).granted for _ in range(5)] == [True, True, True, False, False]
    assert limit.take("0.0.0.7").left == 1  # who was there before keeps a count of its own
    assert len(limit._taken) <= MOST_ADDRESSES + 1


def test_a_window_that_is_over_is_forgotten() -> None:
    limit = Memory(1, 1)
    seconds = max(limit.take(str(number)).seconds for number in range(1_000))
    time.sleep(seconds)
    limit.take("a")
    assert len(limit._taken) == 1
