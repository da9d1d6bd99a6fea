"""The second factor: codes of an app (TOTP, RFC 6238) and ten backup codes that open once each.

Codes are kept by django-otp, which refuses a code that was used and lets a growing pause follow each wrong
one. Backup codes lie in its table as keyed hashes.
"""

from __future__ import annotations

import base64
import datetime
import re
import secrets
from dataclasses import dataclass

import segno
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.safestring import SafeString, mark_safe
from django_otp import verify_token
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

from accounts.models import AccessAction, User
from accounts.services import record_access

BACKUP_CODES = 10
# Without letters and digits that look alike.
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
APP_CODE = re.compile(r"[0-9]{6}")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a code was right; for a refused one, until when further codes are not looked at."""

    passed: bool
    wait_until: datetime.datetime | None = None
    backup_left: int | None = None


def is_on(user: User) -> bool:
    """Whether the user has set up the second factor."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).exists()


def backup_codes_left(user: User) -> int:
    """How many backup codes were not used yet."""
    return StaticToken.objects.filter(device__user=user, device__confirmed=True).count()


def new_key() -> str:
    """A random key of 160 bits in hexadecimal, not stored yet."""
    return random_hex(20)


def key_in_groups(key: str) -> str:
    """The key as apps take it from the keyboard: Base32 in groups of four."""
    text = base64.b32encode(bytes.fromhex(key)).decode()
    return " ".join(text[place : place + 4] for place in range(0, len(text), 4))


def picture(user: User, key: str, *, label: str) -> SafeString:
    """The QR code of the key as inline SVG; it holds numbers only, apart from ``label``, which is escaped."""
    address = TOTPDevice(user=user, key=key).config_url
    code = segno.make(address, error="l")
    return mark_safe(  # segno writes the picture and escapes the title
        code.svg_inline(
            scale=4, border=2, light="#fff", title=label, svgclass="n-qr", lineclass=None, omitsize=True
        )
    )


@transaction.atomic
def turn_on(*, actor: User, key: str, code: str, ip_address=None) -> list[str] | None:
    """Stores the key and returns the backup codes; None when the code does not fit. It is used up then."""
    User.objects.select_for_update().get(pk=actor.pk)  # two tabs set up one app
    if is_on(actor):
        return None
    device = TOTPDevice(user=actor, name="app", key=key, confirmed=True)
    if not APP_CODE.fullmatch(_plain(code)) or not device.verify_token(_plain(code)):
        # verify_token has stored the device to remember the failure.
        TOTPDevice.objects.filter(pk=device.pk).delete()
        return None
    record_access(
        actor,
        AccessAction.RIGHTS,
        object_type="accounts.user",
        object_id=actor.pk,
        ip_address=ip_address,
        what="second_factor_on",
    )
    return _issue(actor)


@transaction.atomic
def renew_backup_codes(*, actor: User, ip_address=None) -> list[str]:
    """Ten new backup codes; the old ones open nothing any more."""
    record_access(
        actor,
        AccessAction.RIGHTS,
        object_type="accounts.user",
        object_id=actor.pk,
        ip_address=ip_address,
        what="second_factor_codes",
    )
    return _issue(actor)


@transaction.atomic
def turn_off(*, actor: User | None, user: User, ip_address=None) -> None:
    """Forgets app and backup codes. Done by somebody else it also ends the user's sessions."""
    is_own = actor is not None and actor.pk == user.pk
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
    if not is_own:
        user.end_sessions()
    record_access(
        actor,
        AccessAction.RIGHTS,
        object_type="accounts.user",
        object_id=user.pk,
        ip_address=ip_address,
        what="second_factor_off" if is_own else "second_factor_reset",
    )


def check(user: User, code: str) -> Verdict:
    """Looks at a code of the app or a backup code, told apart by their shape. A right one is used up."""
    plain = _plain(code)
    if APP_CODE.fullmatch(plain):
        device = TOTPDevice.objects.filter(user=user, confirmed=True).first()
    else:
        device = StaticDevice.objects.filter(user=user, confirmed=True).first()
        plain = _hash(user, plain)
    if device is None:
        return Verdict(False)
    if verify_token(user, device.persistent_id, plain) is not None:
        left = backup_codes_left(user) if isinstance(device, StaticDevice) else None
        return Verdict(True, backup_left=left)
    device.refresh_from_db()
    allowed, why = device.verify_is_allowed()
    return Verdict(False, wait_until=None if allowed else why["locked_until"])


def _issue(user: User) -> list[str]:
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="backup", confirmed=True)
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(10)) for _ in range(BACKUP_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=_hash(user, code)) for code in codes)
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def _plain(code: str) -> str:
    return re.sub(r"[\s\-–—]+", "", code).lower()


def _hash(user: User, code: str) -> str:
    """64 bits of a keyed hash: as much as the column of django-otp holds."""
    return salted_hmac("accounts.backup-code", f"{user.pk}:{code}", algorithm="sha256").hexdigest()[:16]
