"""Codes that are typed, keys that nobody can guess, and names that stand for a session without telling its id."""

from __future__ import annotations

import hmac
import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without I and O, which are taken for 1 and 0."""
CODE_LETTERS = 6
VIEWING = "~"
"""How a viewing name begins, and no id does."""


def new_code() -> str:
    """Six letters: one of 191 million codes, so that guessing has to be limited."""
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LETTERS))


def plain_code(text: str) -> str:
    """A code as it is kept, from one as people type it: small letters, with spaces or dashes."""
    return text.replace(" ", "").replace("-", "").upper()


def new_key() -> str:
    """A key of 128 random bits."""
    return secrets.token_urlsafe(16)


def repeated_key(secret: str, request: str) -> str:
    """The key of 128 bits that a request and its repeats are given: it follows from what only they have in common."""
    drawn = hmac.new(secret.encode(), request.encode(), sha256).digest()[:16]
    return urlsafe_b64encode(drawn).decode().rstrip("=")


def hashed(key: str) -> str:
    """A key as it is kept: by this it can be recognised, but not found."""
    return sha256(key.encode()).hexdigest()


def same(one: str, other: str) -> bool:
    """Whether two hashes are the same, in a time that tells nothing of where they differ."""
    return hmac.compare_digest(one, other)


def viewing_name(secret: str, session: str) -> str:
    """The name by which a room's followers see a session; it cannot be known without the room's secret."""
    return VIEWING + hmac.new(secret.encode(), session.encode(), sha256).hexdigest()[:32]
