"""The journal of changes and the journal of access, with their exports."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
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
from common.history import Change
from common.workbooks import Column
from mentorship_portal.administration.access import access_records
from mentorship_portal.administration.changes import changes
from mentorship_portal.administration.journal_forms import AccessFilter, ChangesFilter
from orgs.enums import Role
from orgs.pages import NO_YEARS, RoleView

ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
PAGE_ROWS = 50
EXPORTED, EXPORTED_CHANGES = 10_000, 2_000


class Journal(RoleView):
    """/journal/: who changed what; ``before`` is the moment that an older page begins at."""

    period_kind = NO_YEARS
    read_roles = ADMINISTRATORS

    def get(self, request: HttpRequest) -> HttpResponse:
        form = ChangesFilter(request.GET)
        page = changes(request.scope, before=_moment(request.GET.get("before", "")), **form.chosen())
        context = {"form": form, "entries": page.entries, "next_before": page.next_before}
        return render(request, "administration/journal_changes.html", context)


class AccessJournal(RoleView):
    """/journal/access/: who signed in, looked, revealed names, took files."""

    period_kind = NO_YEARS
    read_roles = ADMINISTRATORS

    def get(self, request: HttpRequest) -> HttpResponse:
        form = AccessFilter(request.GET)
        rows = access_records(request.scope, **form.chosen())
        page = Paginator(rows, PAGE_ROWS).get_page(request.GET.get("page"))
        return render(request, "administration/journal_access.html", {"form": form, "page": page})


class JournalExport(RoleView):
    """A file of a journal: the lines that the page shows, as CSV; taking it is a line itself."""

    read_roles = ADMINISTRATORS
    object_type = ""
    file_name = ""

    def columns(self) -> list[Column]:
        """The columns of the file."""
        raise NotImplementedError

    def lines(self, request: HttpRequest) -> Iterable[dict]:
        """The lines that the address asks for, the newest first."""
        raise NotImplementedError

    def get(self, request: HttpRequest) -> HttpResponse:
        stream = StringIO(newline="")
        count = write_csv(stream, self.columns(), self.lines(request))
        record_access(
            request.user,
            AccessAction.EXPORT,
            object_type=self.object_type,
            ip_address=request.META.get("REMOTE_ADDR"),
            rows=count,
        )
        response = HttpResponse(stream.getvalue(), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{self.file_name}"'
        response["X-Content-Type-Options"] = "nosniff"
        return response


class ChangesExport(JournalExport):
    """/journal/changes.csv: the newest 2,000 changes; of records about people no values, as on the page."""

    object_type = "simple_history.changes"
    file_name = "journal-of-changes.csv"

    def columns(self):
        return [
            Column(_("When"), key="at"),
            Column(_("Who"), key="who"),
            Column(_("Record"), key="record"),
            Column(_("Kind"), key="kind"),
            Column(_("What has changed"), key="changes"),
            Column(_("Organization"), key="place"),
            Column(_("Reason"), key="reason"),
        ]

    def lines(self, request):
        page = changes(request.scope, size=EXPORTED_CHANGES, **ChangesFilter(request.GET).chosen())
        return (
            {
                "at": _second(entry.at),
                "who": entry.who,
                "record": f"{entry.what}: {entry.name}" if entry.name else entry.what,
                "kind": entry.kind,
                "changes": "; ".join(_in_words(change, entry.hides_values) for change in entry.changes),
                "place": entry.place,
                "reason": entry.reason,
            }
            for entry in page.entries
        )


class AccessJournalExport(JournalExport):
    """/journal/access.csv: the newest 10,000 lines."""

    object_type = "accounts.accessrecord"
    file_name = "access-journal.csv"

    def columns(self):
        return [
            Column(_("When"), key="at"),
            Column(_("Who"), key="who"),
            Column(_("Action"), key="action"),
            Column(_("Object"), key="object"),
            Column(_("Address of the computer"), key="ip"),
        ]

    def lines(self, request):
        rows = access_records(request.scope, **AccessFilter(request.GET).chosen())
        return (
            {
                "at": _second(row.at),
                "who": row.user_label,
                "action": row.get_action_display(),
                "object": row.object_title,
                "ip": row.ip_address or "",
            }
            for row in islice(rows.iterator(), EXPORTED)
        )


def _in_words(change: Change, hides_values: bool) -> str:
    """«адрес: ул. Лесная, 5 → ул. Новая, 1»."""
    if hides_values:
        return str(change.label)
    return f"{change.label}: {change.was or '—'} → {change.became or '—'}"


def _second(moment: datetime.datetime) -> str:
    return timezone.localtime(moment).strftime("%d.%m.%Y %H:%M:%S")


def _moment(text: str) -> datetime.datetime | None:
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if timezone.is_aware(moment) else None
