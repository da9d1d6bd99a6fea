"""Sentences that a run leaves for its owner."""

from __future__ import annotations

from contextlib import AbstractContextManager

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchange.models import Run


def in_language_of(user) -> AbstractContextManager:
    """A block in the user's language; the portal's own when there is no user any more."""
    return translation.override(user.language if user else settings.LANGUAGE_CODE)


def support_code(run: Run) -> str:
    """The short code by which support finds the run in the log."""
    return run.pk.hex[:8].upper()


def fault(run: Run) -> str:
    """The portal itself is at fault."""
    return _(
        "It did not work because of a fault in the portal; nothing was changed. Try again. If it happens "
        "again, write to support and give the code %(code)s."
    ) % {"code": support_code(run)}


def worker_lost(run: Run) -> str:
    """The process died each time it worked on the run."""
    return ngettext(
        "The work broke off %(count)d time and was stopped; nothing was changed. Try again later. If it "
        "happens again, write to support and give the code %(code)s.",
        "The work broke off %(count)d times and was stopped; nothing was changed. Try again later. If it "
        "happens again, write to support and give the code %(code)s.",
        run.attempts,
    ) % {"count": run.attempts, "code": support_code(run)}


def too_long(run: Run) -> str:
    """The time limit of a job was reached."""
    return _(
        "It took too long and was stopped; nothing was changed. Choose a smaller part (one organization, "
        "fewer rows) or write to support and give the code %(code)s."
    ) % {"code": support_code(run)}


def rights_gone() -> str:
    """The owner may no longer do what he asked for."""
    return _(
        "You no longer have the rights for this. If that is a mistake, ask the administrator of the portal "
        "to check your roles."
    )


def stored_copy_changed() -> str:
    """The file in the storage is not the one that was checked."""
    return _("The stored copy of the file is not the one that was checked. Upload the file again.")


def draft_expired() -> str:
    """An upload was left unconfirmed until its workbook was removed."""
    return _("The upload was not finished in time, and the file was removed. Upload it again.")


def figures_changed() -> str:
    """Between check and confirmation the data have become others."""
    return _(
        "While you were deciding, the data in the portal changed, so the result would differ from what you "
        "saw. Nothing was written. Look at the new result and confirm it again."
    )
