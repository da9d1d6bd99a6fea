"""The journal of changes and the journal of access, with their exports."""

from __future__ import annotations

import datetime
from io import StringIO
from itertools import islice

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import AccessAction
from accounts.services import record_access
from common.csvfiles import write_csv
from common.workbooks import Column
from mentorship_portal.administration.access import access_records
from mentorship_portal.administration.changes import changes
from mentorship_portal.administration.journal_forms import AccessFilter, ChangesFilter
from orgs.enums import Role
from orgs.pages import RoleView

ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
PAGE_ROWS = 50
EXPORTED = 10_000


class Journal(RoleView):
    """/journal/: who changed what; ``before`` is the moment that an older page begins at."""

    read_roles = ADMINISTRATORS

    def get(self, request: HttpRequest) -> HttpResponse:
        form = ChangesFilter(request.GET)
        page = changes(request.scope, before=_moment(request.GET.get("before", "")), **form.chosen())
        context = {"form": form, "entries": page.entries, "next_before": page.next_before}
        return render(request, "administration/journal_changes.html", context)


class AccessJournal(RoleView):
    """/journal/access/: who signed in, looked, revealed names, took files."""

    read_roles = ADMINISTRATORS

    def get(self, request: HttpRequest) -> HttpResponse:
        form = AccessFilter(request.GET)
        rows = access_records(request.scope, **form.chosen())
        page = Paginator(rows, PAGE_ROWS).get_page(request.GET.get("page"))
        return render(request, "administration/journal_access.html", {"form": form, "page": page})


class AccessJournalExport(RoleView):
    """/journal/access.csv: the lines that the page shows, the newest 10,000; the export is a line itself."""

    read_roles = ADMINISTRATORS

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = access_records(request.scope, **AccessFilter(request.GET).chosen())
        columns = [
            Column(_("When"), key="at"),
            Column(_("Who"), key="who"),
            Column(_("Action"), key="action"),
            Column(_("Object"), key="object"),
            Column(_("Address of the computer"), key="ip"),
        ]
        stream = StringIO(newline="")
        lines = (
            {
                "at": timezone.localtime(row.at).strftime("%d.%m.%Y %H:%M:%S"),
                "who": row.user_label,
                "action": row.get_action_display(),
                "object": f"{row.object_type} {row.object_id}".strip(),
                "ip": row.ip_address or "",
            }
            for row in islice(rows.iterator(), EXPORTED)
        )
        count = write_csv(stream, columns, lines)
        record_access(
            request.user,
            AccessAction.EXPORT,
            object_type="accounts.accessrecord",
            ip_address=request.META.get("REMOTE_ADDR"),
            rows=count,
        )
        response = HttpResponse(stream.getvalue(), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="access-journal.csv"'
        response["X-Content-Type-Options"] = "nosniff"
        return response


def _moment(text: str) -> datetime.datetime | None:
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if timezone.is_aware(moment) else None
