"""When the storm is over: what was promised and is not so."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from statistics import quantiles

from scripts.soak.client import Client

SETTLED_WITHIN = 120.0  # seconds: a name whose request died is held for a minute
MOST_SHOWN = 20


def settle(clients: Sequence[Client]) -> None:
    """Post again whatever had no answer, until all of it has one."""
    deadline = time.monotonic() + SETTLED_WITHIN
    while (waiting := [client for client in clients if client.ledger.pending]) and time.monotonic() < deadline:
        for client in waiting:
            client.settle_one()
        time.sleep(0.2)
    for client in waiting:
        client.ledger.fault(f"{len(client.ledger.pending)} requests have no answer after {SETTLED_WITHIN:.0f} s")


def check_all(clients: Sequence[Client]) -> int:
    """Read every estimate that must be there, and count them."""
    promised = {id: client for client in clients for id, _ in client.ledger.promises()}
    with ThreadPoolExecutor(len(clients)) as pool:
        list(pool.map(lambda id: promised[id].check(id), promised))
    return len(promised)


def check_lists(clients: Sequence[Client]) -> None:
    """The list of each tenant has all that must be there, nothing that is gone, nothing twice, and no other's."""
    for client in clients:
        ledger, listed = client.ledger, _listed(client)
        found = set(listed)
        if len(found) != len(listed):
            ledger.fault("the list has an estimate twice")
        if lost := set(ledger.kept) - found:
            ledger.fault(f"the list lacks {len(lost)} that were acknowledged, {sorted(lost)[:3]}")
        if back := found & set(ledger.gone):
            ledger.fault(f"the list has {len(back)} that were deleted, {sorted(back)[:3]}")
        if more := found - set(ledger.kept) - ledger.unsure:
            ledger.fault(f"the list has {len(more)} that nobody was told of, {sorted(more)[:3]}")


def _listed(client: Client) -> list[str]:
    ids: list[str] = []
    cursor = ""
    while True:
        answer = client.session.get(f"{client.address}/v1/estimates?limit=200{cursor}", timeout=30)
        if answer.status_code != HTTPStatus.OK:
            client.ledger.fault(f"the list was answered {answer.status_code}")
            return ids
        page = answer.json()
        ids += [item["id"] for item in page["items"]]
        if page["next_cursor"] is None:
            return ids
        cursor = f"&cursor={page['next_cursor']}"


def show(title: str, counts: dict[str, int]) -> None:
    """Print counts, most first."""
    print(f"{title}:")
    for name, count in sorted(counts.items(), key=lambda pair: -pair[1]):
        print(f"  {count:>8,}  {name}")


def percentiles(times: Sequence[float]) -> str:
    """The median and the 99th percentile of times in s, in words."""
    if len(times) < 100:  # noqa: PLR2004  fewer have no hundredth part
        return f"too few answers ({len(times)}) to say"
    cuts = quantiles(times, n=100)
    return f"p50 {1000 * cuts[49]:.1f} ms, p99 {1000 * cuts[98]:.1f} ms"
