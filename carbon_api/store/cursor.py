"""Opaque cursors: where the next page starts, as text that a caller only hands back."""

from base64 import b64decode, urlsafe_b64encode

from carbon_api.errors import Finding, QueryInvalid


def encode(*position: str) -> str:
    """The cursor of a position: printable ASCII texts."""
    return urlsafe_b64encode("\n".join(position).encode("ascii")).decode("ascii").rstrip("=")


def decode(cursor: str, parts: int) -> list[str]:
    """The position behind a cursor, `parts` texts long; QueryInvalid if no list can have given it."""
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        position = b64decode(padded, altchars=b"-_", validate=True).decode("ascii").split("\n")
    except ValueError as fault:
        raise bad_cursor() from fault
    if len(position) != parts or not all(part.isprintable() for part in position):
        raise bad_cursor()
    return position


def bad_cursor() -> QueryInvalid:
    """The error for a cursor that no page of this list gave."""
    detail = "This cursor was not given by this list; take `next_cursor` from a page, or leave it out for the first."
    return QueryInvalid(detail, [Finding("/cursor", "bad-cursor", detail)])
