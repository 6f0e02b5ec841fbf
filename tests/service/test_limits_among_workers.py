"""Limits over real workers: in all never more than was set, and every answer is either whole or a 429."""

import json
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import requests

from tests.first_plan import EXAMPLE
from tests.real_server import serving

NO_END = "999 days"
PATIENCE = 30.0
CLIENTS = 8


class Told(NamedTuple):
    """What an answer said of limits, and whether it was whole."""

    status: int
    limit: str
    whole: bool


def asked(address: str) -> Told:
    """A question by a connection of its own, which any worker may take."""
    answer = requests.get(f"{address}/v1/methods", timeout=PATIENCE)
    whole = bool(answer.json()["items"]) if answer.ok else answer.json()["type"] == "/problems/too-many-requests"
    return Told(answer.status_code, answer.headers["RateLimit-Limit"], whole)


def ask_often(address: str, times: int) -> list[Told]:
    """Many clients at once."""
    with ThreadPoolExecutor(CLIENTS) as clients:
        return list(clients.map(asked, [address] * times))


def test_two_workers_grant_the_limit_between_them(tmp_path: Path) -> None:
    with (tmp_path / "log").open("w+") as log:
        with serving(tmp_path, log, CARBON_RATE_LIMIT=f"31/{NO_END}", CARBON_COMPUTE_LIMIT="none") as address:
            told = ask_often(address, 150)
        log.seek(0)
        said = log.read()
    statuses = Counter(one.status for one in told)
    assert set(statuses) == {200, 429}
    assert 15 <= statuses[200] <= 30
    assert all(one.whole for one in told)
    assert {one.limit for one in told} == {"15"}  # an equal share for each, and the odd one is nobody's
    assert said.count("counted in each of 2 worker(s) by itself: requests 15 in 86313600 s, lines x draws none") == 1


def test_three_workers_have_a_third_each(tmp_path: Path) -> None:
    with serving(tmp_path, CARBON_WORKERS="3", CARBON_RATE_LIMIT=f"9/{NO_END}") as address:
        told = ask_often(address, 60)
    assert {one.limit for one in told} == {"3"}
    assert Counter(one.status for one in told)[200] <= 9


def test_whichever_worker_comes_next_the_seconds_told_are_enough(tmp_path: Path) -> None:
    with serving(tmp_path, CARBON_RATE_LIMIT="2/4 seconds") as address:
        for _ in range(2):
            answer = requests.get(f"{address}/v1/methods", timeout=PATIENCE)
            while answer.ok:
                answer = requests.get(f"{address}/v1/methods", timeout=PATIENCE)
            assert answer.status_code == 429
            time.sleep(int(answer.headers["Retry-After"]))
            assert requests.get(f"{address}/v1/methods", timeout=PATIENCE).status_code == 200


def test_what_may_be_computed_is_shared_as_well(tmp_path: Path) -> None:
    """Each line of the example costs 2,000, so there is a request for each worker and no more."""
    cost = 2_000 * len(EXAMPLE["lines"])
    with serving(tmp_path, CARBON_COMPUTE_LIMIT=f"{2 * cost}/{NO_END}") as address:
        sent = [f"{address}/v1/estimates"] * 30
        with ThreadPoolExecutor(CLIENTS) as clients:
            answers = list(clients.map(lambda place: requests.post(place, json=EXAMPLE, timeout=PATIENCE), sent))
        kept = requests.get(f"{address}/v1/estimates", timeout=PATIENCE).json()["items"]
    statuses = Counter(answer.status_code for answer in answers)
    assert set(statuses) == {201, 429}
    assert 1 <= statuses[201] <= 2
    assert len(kept) == statuses[201]
    assert {json.loads(answer.content)["status"] for answer in answers if answer.status_code == 429} == {429}
