"""The text of a key: made once, shown once, and kept as a digest that cannot be turned back.

`carbon_<id>_<secret>`: the id finds the key, the secret proves it. The secret is 256 random bits, which nobody can try
out, so a keyed hash of one round is enough and costs a request microseconds; each key has a salt of its own.
"""

import re
from hashlib import blake2b
from hmac import compare_digest
from secrets import token_bytes, token_hex, token_urlsafe
from typing import NamedTuple

_FORM = re.compile(r"carbon_([0-9a-f]{16})_([A-Za-z0-9_-]{43})", re.ASCII)
_DIGEST_BYTES, _SALT_BYTES = 32, 16


class Token(NamedTuple):
    """The two parts of a key's text."""

    id: str
    secret: str

    @property
    def text(self) -> str:
        """The key as its owner keeps it."""
        return f"carbon_{self.id}_{self.secret}"


class Sealed(NamedTuple):
    """What is kept of a secret."""

    salt: bytes
    digest: bytes


NOBODY = Sealed(bytes(_SALT_BYTES), bytes(_DIGEST_BYTES))  # compared with where no key has the id, to take as long


def new_token() -> Token:
    """A key that nobody can guess."""
    return Token(token_hex(8), token_urlsafe(32))


def read_token(text: str) -> Token | None:
    """The parts of a key's text; None for what is no key of ours."""
    found = _FORM.fullmatch(text)
    return Token(found[1], found[2]) if found else None


def sealed(secret: str) -> Sealed:
    """What to keep of a secret."""
    salt = token_bytes(_SALT_BYTES)
    return Sealed(salt, _digest(secret, salt))


def proves(secret: str, kept: Sealed) -> bool:
    """Whether this is the secret, found out in the same time whatever it is."""
    return compare_digest(_digest(secret, kept.salt), kept.digest)


def _digest(secret: str, salt: bytes) -> bytes:
    return blake2b(secret.encode("ascii"), key=salt, digest_size=_DIGEST_BYTES).digest()
