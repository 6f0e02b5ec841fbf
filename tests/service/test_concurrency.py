"""Eight clients at once, each with plans of its own, never see one another's data."""

import threading
from pathlib import Path
from typing import Any

import requests

from tests.real_server import serving

CLIENTS = 8
REQUESTS = 12
PATIENCE = 30.0


def plan(client: int, number: int) -> dict[str, Any]:
    """A plan whose every part names its client; clients write their quantities in different units."""
    weight = {"value": 100 * (client + 1), "unit": "kB"} if client % 2 else f"{(client + 1) / 10} MB"
    line = {
        "id": f"line-{client}-{number}",
        "kind": "ad",
        "platform": "tiktok",
        "country": ("FR", "BE", "DE", "ES", "IT", "GB", "PL", "SE")[client],
        "impressions": 1_000_000 * (client + 1),
        "weight": weight,
        "format": "video",
        "time_on_screen": client + 1,
        "devices": {"phone": 1},
    }
    return {"name": f"plan {client}", "brand": f"brand {client}", "seed": client, "draws": 500, "lines": [line]}


def post(address: str, client: int, seen: list[dict[str, Any]]) -> None:
    for number in range(REQUESTS):
        answer = requests.post(f"{address}/v1/estimates", json=plan(client, number), timeout=PATIENCE)
        seen.append({"status": answer.status_code, "sent": plan(client, number), "body": answer.json()})


def test_clients_never_see_one_another_s_data(tmp_path: Path, stored: dict[str, str]) -> None:
    seen: list[list[dict[str, Any]]] = [[] for _ in range(CLIENTS)]
    with serving(tmp_path, **stored) as address:
        threads = [threading.Thread(target=post, args=(address, client, seen[client])) for client in range(CLIENTS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        alone = [
            requests.post(f"{address}/v1/estimates", json=plan(client, 0), timeout=PATIENCE)
            for client in range(CLIENTS)
        ]
        for client in range(CLIENTS):
            listed = requests.get(
                f"{address}/v1/estimates", {"brand": f"brand {client}", "limit": 100}, timeout=PATIENCE
            )
            assert {item["name"] for item in listed.json()["items"]} == {f"plan {client}"}
    for client, answers in enumerate(seen):
        assert len(answers) == REQUESTS
        expected = alone[client].json()
        for answer in answers:
            body = answer["body"]
            assert answer["status"] == requests.codes.created
            assert body["plan"] == answer["sent"]
            assert [line["id"] for line in body["lines"]] == [answer["sent"]["lines"][0]["id"]]
            assert body["total"] == expected["total"]
            assert body["drivers"] == expected["drivers"]
