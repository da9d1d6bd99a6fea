"""Each form is saved once: a double click or a repeated request leads where the first one led."""

from __future__ import annotations

import datetime
import re
import secrets

from django.http import HttpRequest
from django.utils import timezone

from orgs.form_models import SentForm

FIELD = "once"
# Long enough for a page that was left open over a night.
REMEMBERED = datetime.timedelta(days=2)
_KEY = re.compile(r"[0-9a-f]{32}")


def new_key(request: HttpRequest) -> str:
    """The key for the page's form: that of the refused form, or a new one."""
    sent = request.POST.get(FIELD, "")
    return sent if _KEY.fullmatch(sent) else secrets.token_hex(16)


def claim(request: HttpRequest) -> tuple[SentForm | None, bool]:
    """The row of the form that is being saved, and whether it was saved before; (None, False) without a key.

    Call inside a transaction: the same form in another request waits until this one has ended.
    """
    key = request.POST.get(FIELD, "")
    if not _KEY.fullmatch(key):
        return None, False
    row, is_new = SentForm.objects.get_or_create(user=request.user, key=key)
    return row, not is_new


def remember(row: SentForm | None, location: str) -> None:
    """Notes where the saved form has led; drops rows that nobody will ask about any more."""
    if row is None:
        return
    row.location = location
    row.save(update_fields=["location"])
    SentForm.objects.filter(at__lt=timezone.now() - REMEMBERED).delete()


def release(row: SentForm | None) -> None:
    """Lets a refused form be sent again."""
    if row is not None:
        row.delete()
