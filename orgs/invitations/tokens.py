"""Links of invitations: 256 random-looking bits that only the portal can make again from its secret key."""

from __future__ import annotations

import base64
import hashlib
import secrets

from django.utils.crypto import salted_hmac


def new_nonce() -> str:
    """128 random bits that a link is made from."""
    return secrets.token_hex(16)


def token_of(nonce: str) -> str:
    """The secret part of the link."""
    digest = salted_hmac("orgs.invitation", nonce, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def hash_of(token: str) -> str:
    """What the database keeps of it."""
    return hashlib.sha256(token.encode()).hexdigest()
