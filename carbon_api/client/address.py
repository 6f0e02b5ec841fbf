"""Where a service is and the key that opens it: what can be used, and what would give the key away."""

import re
from urllib.parse import urlsplit

import requests

from carbon_api.listening import is_loopback


def check_address(address: str, key: str | None, *, allow_plain_http: bool) -> bool:
    """Whether the address is one of http, not https.

    ValueError if it is neither, or holds more than an address, or would carry the key in the open to another machine.
    """
    is_plain = _is_plain(address)
    if key is not None and is_plain and not allow_plain_http and not _is_local(address):
        raise ValueError("Over http:// to another machine anyone on the way reads the key; use https://.")
    return is_plain


def _is_plain(address: str) -> bool:
    """Whether an address is one of http, not https. ValueError if it is neither, or holds more than an address."""
    form = "The address of a service is http:// or https://, a host and what leads there: https://carbon.example/api."
    try:
        parts = urlsplit(address)
        requests.Request("GET", address).prepare()
    except ValueError:
        raise ValueError(form) from None  # what is wrong may be a password that it holds
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(form)
    if parts.username is not None or parts.query or parts.fragment:
        raise ValueError("The address of a service has no user, query or fragment; a key is given as `key`.")
    return parts.scheme == "http"


def _is_local(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    return host == "localhost" or is_loopback(host)


def check_key(key: str) -> None:
    """ValueError, which does not show it, if a key is none that a header can hold."""
    if not re.fullmatch(r"[!-~]+", key, re.ASCII):
        raise ValueError("A key is visible characters of ASCII without spaces, such as carbon_…; this one is not.")
