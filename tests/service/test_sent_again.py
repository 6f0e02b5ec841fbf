"""Many send the same request at once to real workers, as an impatient client does: one is kept."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import requests

from tests.real_server import serving

CLIENTS, ROUNDS = 8, 5
AD = {"id": "a", "kind": "ad", "platform": "tiktok", "country": "FR", "impressions": 9, "format": "image"}
PLAN = {"name": "x", "lines": [AD]}


def test_of_many_copies_of_a_request_one_is_kept(tmp_path: Path, stored: dict[str, str]) -> None:
    with serving(tmp_path, **stored) as address, ThreadPoolExecutor(CLIENTS) as clients:
        for round_ in range(ROUNDS):
            name = {"Idempotency-Key": f"round-{round_}"}

            def post(_: int, name: dict[str, str] = name) -> requests.Response:
                return requests.post(f"{address}/v1/estimates", json=PLAN, headers=name, timeout=20)

            answers = list(clients.map(post, range(CLIENTS)))
            made = {answer.content for answer in answers if answer.status_code == 201}
            assert {answer.status_code for answer in answers} <= {201, 409}
            assert len(made) == 1
            fresh = [answer.headers["Idempotency-Replayed"] for answer in answers if answer.status_code == 201]
            assert fresh.count("false") == 1
        kept = requests.get(f"{address}/v1/estimates", timeout=20).json()["items"]
        assert len(kept) == ROUNDS
