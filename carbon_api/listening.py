"""The address that the service listens on: written as servers and browsers take it, and free to be taken."""

import socket

from carbon_api.errors import UsageError

EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  what is said of it here is how it is reached


def bindable(host: str, port: int) -> str:
    """The address as gunicorn and a URL take it: an IPv6 one stands in square brackets."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def reachable(host: str, port: int) -> str:
    """The URL at which this machine reaches a service that listens there."""
    return f"http://{bindable(EVERYWHERE.get(host, host), port)}"


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
