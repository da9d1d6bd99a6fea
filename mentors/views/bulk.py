"""Pages of actions on many records, and of taking them back."""

from __future__ import annotations

import datetime

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from mentors.bulk.keeping import keep_change, take_back
from mentors.bulk_models import BulkChange
from mentors.registers import REGISTERS, MenteeRegister, MentorRegister, PairRegister
from mentors.rights import WRITERS, writable
from orgs.addresses import redirect_to
from orgs.pages import RoleView, get_visible
from orgs.registers.bulk import BulkAction, BulkPage

SHOWN_DAYS = 30


class SchoolBulkPage(BulkPage):
    """Bulk actions of a curator: rows of one school at a time."""

    write_roles = WRITERS

    def writable(self, register):
        return writable(register.source(), register.scope)

    def keep(self, register, action: BulkAction, rows, work) -> str:
        places = {row.organization_id for row in rows}
        if len(places) > 1:
            raise ValidationError(_("The chosen rows belong to several schools. Choose rows of one school."))
        change = keep_change(
            actor=self.request.user,
            organization=rows[0].organization,
            register=register.code,
            action=action.code,
            work=work,
        )
        return str(change.pk)


class MentorBulkPage(SchoolBulkPage):
    """/mentors/bulk/"""

    register_class = MentorRegister


class MenteeBulkPage(SchoolBulkPage):
    """/mentees/bulk/"""

    register_class = MenteeRegister


class PairBulkPage(SchoolBulkPage):
    """/pairs/bulk/"""

    register_class = PairRegister


class BulkChanges(RoleView):
    """/changes/: bulk actions of the last thirty days; for a day each can be taken back."""

    read_roles = WRITERS

    def get(self, request: HttpRequest) -> HttpResponse:
        since = timezone.now() - datetime.timedelta(days=SHOWN_DAYS)
        changes = (
            writable(BulkChange.objects.filter(made_at__gte=since), request.scope)
            .select_related("actor", "undone_by", "organization")
            .defer("changes")[:200]
        )
        return render(request, "mentors/bulk_changes.html", {"changes": changes, "days": SHOWN_DAYS})


class BulkUndo(RoleView):
    """/changes/<pk>/undo/: takes a bulk change back, or says which record stands in the way."""

    write_roles = WRITERS

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        change = get_visible(BulkChange.objects.select_related("organization"), request.scope, pk=pk)
        try:
            take_back(actor=request.user, change=change)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return redirect_to(request, "bulk-changes")
        messages.success(request, _("Taken back: %(text)s.") % {"text": change.text})
        # A register that this version no longer has leads to the list of changes.
        return redirect_to(request, change.register if change.register in REGISTERS else "bulk-changes")
