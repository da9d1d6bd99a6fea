"""Texts that only this server can read: what goes out of it, or lies at rest, and must not be read there."""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


def seal(text: str, *, purpose: str) -> str:
    """The text encrypted and signed with a key of the purpose, fit for a hidden field or a column."""
    return _box(purpose).encrypt(text.encode()).decode()


def unseal(sealed: str, *, purpose: str, max_age: int | None = None) -> str | None:
    """The text; None when it was changed, sealed for another purpose or older than ``max_age`` seconds."""
    try:
        return _box(purpose).decrypt(sealed.encode(), ttl=max_age).decode()
    except (InvalidToken, UnicodeError):
        return None


def _box(purpose: str) -> Fernet:
    # SECRET_KEY is long and random, so that one hash parts the purposes well enough.
    digest = hashlib.sha256(f"portal.seal.{purpose}:{settings.SECRET_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
