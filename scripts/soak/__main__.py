"""`python -m scripts.soak`: the service at four fifths of what it can take, while all around it fails.

It loses nothing that it acknowledged, serves nobody what is another's, takes no more memory, and this ends by itself:
exit 0, or 1 with what was not so.
"""

import faulthandler
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from random import Random

import click

from scripts.soak.client import Client
from scripts.soak.databases import KINDS
from scripts.soak.disk import Disk, missing
from scripts.soak.ledger import Ledger
from scripts.soak.load import Load, capacity
from scripts.soak.memory import Watch
from scripts.soak.service import Service
from scripts.soak.storm import Storm
from scripts.soak.verdict import MOST_SHOWN, check_all, check_lists, percentiles, settle, show

TENANTS = ("acme", "brasserie", "cosmetix")
THREADS = 3  # of each tenant
SHARE = 0.8  # of the capacity
UNLIMITED = {"CARBON_RATE_LIMIT": "none", "CARBON_COMPUTE_LIMIT": "none"}  # what is at hand is the limit here
MEGABYTES = 1_000
STORMY = 0.6  # of the time; the rest is quiet, for memory and latency
WARM = 20.0  # seconds after which a worker has touched what it will
GROWTH = 1.10, 8_000_000  # how much more memory is none: a tenth, and so many bytes
LATEST = 600.0  # seconds beyond the soak after which it is ended by force


@click.command()
@click.option("--minutes", default=10.0, show_default=True, help="How long the soak lasts.")
@click.option("--database", "kind", default="sqlite", show_default=True, type=click.Choice(list(KINDS)))
@click.option("--seed", default=0, show_default=True, help="Of what goes wrong, and when.")
def main(minutes: float, kind: str, seed: int) -> None:
    """Soak the service on a disk of its own."""
    faulthandler.dump_traceback_later(60 * minutes + LATEST, exit=True)
    with ExitStack() as ending:
        folder = Path(ending.enter_context(tempfile.TemporaryDirectory(prefix="soak-")))
        folder.chmod(0o711)  # a server of PostgreSQL is another user's
        why = missing()
        disk = None if why else Disk(folder, MEGABYTES)
        if disk:
            ending.callback(disk.unmount)
        else:
            print(f"No disk fails in this soak: {why}.")
        database = KINDS[kind](disk.place if disk else folder)
        ending.callback(database.stop)
        service = Service(folder, {"CARBON_DATABASE_URL": database.url, **UNLIMITED})
        service.command("db", "upgrade")
        ledgers = [Ledger(tenant, _key(service, tenant)) for tenant in TENANTS]
        service.start()
        ending.callback(service.stop)
        faults = _soak(service, ledgers, Storm(service, database, disk, Random(seed)), 60 * minutes)
    for fault in faults[:MOST_SHOWN]:
        print(f"FAULT  {fault}")
    print(f"{len(faults)} faults." if faults else "Nothing acknowledged was lost; no tenant was served another's.")
    sys.exit(1 if faults else 0)


def _key(service: Service, tenant: str) -> str:
    return service.command("keys", "create", "soak", "--workspace", tenant, "--new-workspace").splitlines()[-1]


def _clients(service: Service, ledgers: list[Ledger], chance: Random) -> list[Client]:
    return [
        Client(service.address, own, [other for other in ledgers if other is not own], Random(chance.random()))
        for own in ledgers
        for _ in range(THREADS)
    ]


def _soak(service: Service, ledgers: list[Ledger], storm: Storm, seconds: float) -> list[str]:
    clients = _clients(service, ledgers, storm.chance)
    most = capacity(clients, max(5.0, seconds / 60))
    print(f"Capacity: {most:.0f} requests/s with {len(clients)} clients; the soak is at {SHARE * most:.0f}.")
    with Load(clients, SHARE * most) as load, Watch(service.workers) as watch:
        storm.blow(STORMY * seconds)
        quiet = time.monotonic()
        time.sleep((1 - STORMY) * seconds)
        end = time.monotonic()
    settle(clients)
    checked = check_all(clients)
    check_lists([next(client for client in clients if client.ledger is ledger) for ledger in ledgers])
    faults = [fault for ledger in ledgers for fault in ledger.faults]
    show("What went wrong", storm.counts)
    show("What was answered", sum((ledger.counts for ledger in ledgers), Counter()))
    gone = sum(len(ledger.gone) for ledger in ledgers)
    print(f"{checked:,} estimates read back to the byte, {gone:,} deleted for good.")
    lasted = [took for sent, took in load.times if sent >= quiet]
    print(f"Without faults, at {len(lasted) / (end - quiet):.0f} requests/s: {percentiles(lasted)}.")
    return [*faults, *_memory(watch, quiet, end)]


def _memory(watch: Watch, quiet: float, end: float) -> list[str]:
    """What the workers held in the first and in the last quarter of the quiet time."""
    warm = min(quiet + WARM, quiet + (end - quiet) / 4)
    quarter = (end - warm) / 4
    first, last = watch.mean(warm, warm + quarter), watch.mean(end - quarter, end)
    print(f"Memory of a worker, its share of what is shared included: {first / 1e6:.1f} MB, then {last / 1e6:.1f} MB.")
    factor, more = GROWTH
    return [] if 0 < last < factor * first + more else [f"memory grew from {first:,.0f} to {last:,.0f} bytes"]


if __name__ == "__main__":
    main()
