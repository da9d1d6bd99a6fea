"""Tasks about uploads."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from exchange.enums import ImportStep, RunState
from exchange.models import ImportRun
from mentors.models import Participation
from mentorship_portal.home.desk import Desk
from mentorship_portal.home.tasks import Counted, Task

LATELY = datetime.timedelta(days=7)


def empty_registers(desk: Desk) -> Task | None:
    if Participation.objects.listed_for(desk.scope).exists():
        return None
    return Task(
        _("Upload the bases of mentors and mentees"),
        _("Your own workbook will do: columns are recognised by their headings"),
        desk.url("import-new", kind="mentees"),
        "upload",
        desk.due,
        Decimal(3),
    )


def waiting_imports(desk: Desk) -> Task | None:
    waiting = list(
        ImportRun.objects.visible_to(desk.scope)
        .filter(owner=desk.scope.user_id, step=ImportStep.CONFIRM, state=RunState.READY)
        .values_list("pk", "file_name")[:2]
    )
    if not waiting:
        return None
    pk, name = waiting[0]
    if len(waiting) > 1:
        return Task(
            _("Confirm the uploads that you began"),
            name,
            desk.url("imports"),
            "file-spreadsheet",
            minutes=Decimal(6),
        )
    return Task(_("Confirm the upload"), name, desk.url("import", pk), "file-spreadsheet", minutes=Decimal(3))


def done_imports(desk: Desk) -> Counted:
    """Own uploads of the last week, among what is done."""
    done = ImportRun.objects.visible_to(desk.scope).filter(
        owner=desk.scope.user_id, step=ImportStep.DONE, finished_at__gte=timezone.now() - LATELY
    )
    return Counted(
        rows=done,
        say=ngettext_lazy("%(n)s upload in the last week", "%(n)s uploads in the last week", "n"),
        url=desk.url("imports"),
        icon="circle-check",
        settled=True,
    )
