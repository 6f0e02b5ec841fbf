"""The turn of each request: counted for whoever asks, refused when there are too many, and said in its headers."""

from ipaddress import IPv6Address, ip_address
from math import ceil

from flask import Response, g, request

from carbon_api.web.limits import Limit, Turn
from carbon_api.web.problems import TooManyRequests
from carbon_api.web.service import service

HEADERS = ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")
NEIGHBOURS = 64  # bits of an IPv6 address, all of whose values one caller may have
WITHOUT = " without a good key"


def take_turn(caller: str) -> None:
    """Count the request at hand for its caller. Raises TooManyRequests."""
    _take(service().limits.requests, caller, "")


def take_stranger_s_turn() -> None:
    """Count the request at hand, without a good key, for the address that it comes from. Raises TooManyRequests."""
    _take(service().limits.strangers, _address(), WITHOUT)


def refused(turn: Turn, detail: str) -> TooManyRequests:
    """The error for a request that has no turn; its headers are then of the limit that it met."""
    g.turn = turn._replace(granted=False)
    return TooManyRequests(f"{detail} Send it again in {_whole(turn.seconds)} s.")


def tell_turn(response: Response) -> Response:
    """Say how many requests are left, and until when; of one that was refused, when to send it again."""
    turn: Turn | None = g.get("turn")
    if turn:
        seconds = str(_whole(turn.seconds))
        for name, value in zip(HEADERS, (str(turn.limit), str(turn.left), seconds), strict=True):
            response.headers.add(name, value)
        if not turn.granted:
            response.headers.add("Retry-After", seconds)
    return response


def _take(limit: Limit | None, caller: str, whose: str) -> None:
    if limit is None:
        return
    g.turn = turn = limit.take(caller, 1)
    if not turn.granted:
        raise refused(turn, f"No more than {turn.limit:,} requests{whose} are answered here in {limit.period} s.")


def _address() -> str:
    """Where the request at hand comes from: as the connection says, since a header could say anything."""
    try:
        found = ip_address(request.remote_addr or "")
    except ValueError:  # a socket of this machine has none
        return ""
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or int(found) >> NEIGHBOURS)
    return str(found)


def _whole(seconds: float) -> int:
    """Seconds that are enough, and never none."""
    return max(1, ceil(seconds))
