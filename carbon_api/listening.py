"""The address that the service listens on: written as servers and browsers take it, and free to be taken."""

import ipaddress
import socket

from carbon_api.errors import UsageError

EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  what is said of it here is how it is reached


def bindable(host: str, port: int) -> str:
    """The address as gunicorn and a URL take it: an IPv6 one stands in square brackets."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def reachable(host: str, port: int) -> str:
    """The URL at which this machine reaches a service that listens there."""
    return f"http://{bindable(EVERYWHERE.get(host, host), port)}"


def is_own_machine(host: str) -> bool:
    """Whether only this machine can reach what listens on this host, under whatever name."""
    try:
        found = {info[4][0] for info in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)}
    except OSError as error:
        raise UsageError(f"{host} is no address of this machine ({error.strerror}); choose another.") from error
    return all(is_loopback(str(address)) for address in found)


def is_loopback(address: str) -> bool:
    """Whether an IP address is of this machine alone; a name is none."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return (mapped or found).is_loopback


def refuse_busy(host: str, port: int) -> None:
    """UsageError if this address cannot be listened on; workers that share a port would not notice another server."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        reason = f"{bindable(host, port)} cannot be listened on ({error.strerror}); choose another."
        raise UsageError(reason) from error
