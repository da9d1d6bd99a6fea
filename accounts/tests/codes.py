"""Codes of the second factor for tests."""

from __future__ import annotations

import time

from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import second_factor
from accounts.models import User


def code_of(key: str, *, steps: int = 0) -> str:
    """What the app shows for the key now, or some half minutes later."""
    clock = TOTP(bytes.fromhex(key))
    clock.time = time.time() + 30 * steps
    return f"{clock.token():06d}"


def with_second_factor(user: User) -> tuple[str, list[str]]:
    """Sets up the second factor some time ago; the key and the backup codes."""
    key = second_factor.new_key()
    codes = second_factor.turn_on(actor=user, key=key, code=code_of(key, steps=-1))
    return key, codes


def forget_pauses(user: User) -> None:
    """As if the pause after wrong codes were over."""
    TOTPDevice.objects.filter(user=user).update(throttling_failure_timestamp=None)
