"""«Что сделать сейчас»: rules that look at the data and name a task with the exact list to work on.

A rule counts with the same condition that the linked register filters by, so number and list agree.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from checklists.enums import AuditStatus
from checklists.models import SelfAudit
from checklists.queries import OPEN_TO_SCHOOL, organizations_without_audit
from common.dates import today
from exchange.enums import ImportStep, RunState
from exchange.models import ImportRun
from mentors import queries as mentoring
from mentors.enums import Side
from mentors.models import Pair, Participation
from monitoring.enums import RoundStatus
from monitoring.models import Round
from orgs.enums import OrganizationStatus, Role
from orgs.filters import without_fresh_headcount
from orgs.models import Organization
from orgs.scope import Scope

SOON_DAYS = 7


@dataclass(frozen=True, slots=True)
class Task:
    """A task: what, where it is done, until when."""

    title: str
    note: str
    url: str
    icon: str
    due: datetime.date | None = None

    @property
    def days_left(self) -> int | None:
        return (self.due - today()).days if self.due else None

    @property
    def is_overdue(self) -> bool:
        return self.days_left is not None and self.days_left < 0

    @property
    def is_soon(self) -> bool:
        return self.days_left is not None and 0 <= self.days_left <= SOON_DAYS


def tasks_for(scope: Scope, role: str | None) -> list[Task]:
    """The tasks of a role: overdue first, then by their day, those without a day last."""
    due = data_due(scope) if role in RULES else None
    found = [task for rule in RULES.get(role, ()) if (task := rule(scope, due)) is not None]
    return sorted(found, key=lambda task: task.due or datetime.date.max)


def data_due(scope: Scope) -> datetime.date | None:
    """Until when the data of the open monitoring have to be complete, if one is open."""
    rounds = Round.objects.visible_to(scope).filter(status=RoundStatus.OPEN, due_on__isnull=False)
    return rounds.order_by("due_on").values_list("due_on", flat=True).first()


def empty_registers(scope: Scope, due) -> Task | None:
    if Participation.objects.visible_to(scope).exists():
        return None
    return Task(
        _("Upload the bases of mentors and mentees"),
        _("Your own workbook will do: columns are recognised by their headings"),
        reverse("import-new") + "?kind=mentees",
        "upload",
        due,
    )


def waiting_imports(scope: Scope, due) -> Task | None:
    waiting = list(
        ImportRun.objects.visible_to(scope)
        .filter(owner=scope.user_id, step=ImportStep.CONFIRM, state=RunState.READY)
        .values_list("pk", "file_name")[:2]
    )
    if not waiting:
        return None
    pk, name = waiting[0]
    if len(waiting) > 1:
        return Task(_("Confirm the uploads that you began"), name, reverse("imports"), "file-spreadsheet")
    return Task(_("Confirm the upload"), name, reverse("import", args=[pk]), "file-spreadsheet")


def mentees_without_mentor(scope: Scope, due) -> Task | None:
    count = mentoring.without_pair(_people(scope, Side.MENTEE), Side.MENTEE).count()
    text = ngettext(
        "Find a mentor: %(n)d mentee without a pair", "Find mentors: %(n)d mentees without a pair", count
    )
    return _counted(
        count, text, _("Without a pair they are in no indicator"), "mentees", "no_pair", "users", due
    )


def mentees_without_birth_year(scope: Scope, due) -> Task | None:
    count = mentoring.pupils_without_birth_year(_people(scope, Side.MENTEE), Side.MENTEE).count()
    text = ngettext("Add the year of birth of %(n)d mentee", "Add the year of birth of %(n)d mentees", count)
    note = _("Pupils are counted by age, without the year they are left out")
    return _counted(count, text, note, "mentees", "no_birth_year", "pencil", due)


def mentors_without_birth_year(scope: Scope, due) -> Task | None:
    count = mentoring.pupils_without_birth_year(_people(scope, Side.MENTOR), Side.MENTOR).count()
    text = ngettext(
        "Add the year of birth of %(n)d pupil who mentors",
        "Add the year of birth of %(n)d pupils who mentor",
        count,
    )
    note = _("Pupils are counted by age, without the year they are left out")
    return _counted(count, text, note, "mentors", "no_birth_year", "pencil", due)


def pairs_without_start(scope: Scope, due) -> Task | None:
    count = mentoring.without_start(mentoring.active(Pair.objects.visible_to(scope))).count()
    text = ngettext("Date %(n)d pair without a start", "Date %(n)d pairs without a start", count)
    note = _("Without a start date a pair is counted in no year")
    return _counted(count, text, note, "pairs", "no_start", "calendar", due)


def pairs_without_program(scope: Scope, due) -> Task | None:
    count = mentoring.without_program(Pair.objects.visible_to(scope)).count()
    text = ngettext("Write a programme for %(n)d pair", "Write programmes for %(n)d pairs", count)
    note = _("A programme says what the pair wants to reach and by when")
    return _counted(count, text, note, "pairs", "no_program", "file-text", None)


def pairs_without_meetings(scope: Scope, due) -> Task | None:
    count = mentoring.without_meetings(Pair.objects.visible_to(scope)).count()
    text = ngettext(
        "Record meetings: %(n)d pair has not met for over 30 days",
        "Record meetings: %(n)d pairs have not met for over 30 days",
        count,
    )
    return _counted(count, text, "", "pairs", "no_meetings", "calendar-event", None)


def schools_without_numbers(scope: Scope, due) -> Task | None:
    note = _("Without them the shares of this school year cannot be counted")
    count = without_fresh_headcount(Organization.objects.visible_to(scope)).count()
    text = ngettext(
        "Enter the numbers of pupils: %(n)d organization without them",
        "Enter the numbers of pupils: %(n)d organizations without them",
        count,
    )
    return _counted(count, text, note, "organizations", "no_headcount", "school", due)


def schools_without_curator(scope: Scope, due) -> Task | None:
    count = (
        Organization.objects.visible_to(scope)
        .filter(status=OrganizationStatus.ACTIVE, curator_name="")
        .count()
    )
    text = ngettext(
        "Appoint a curator: %(n)d organization without one",
        "Appoint curators: %(n)d organizations without one",
        count,
    )
    return _counted(count, text, "", "organizations", "no_curator", "user", None)


def own_audit(scope: Scope, due) -> Task | None:
    audits = SelfAudit.objects.visible_to(scope).filter(status__in=OPEN_TO_SCHOOL)
    audit = audits.order_by("due_on", "-year").first()
    if audit is not None and audit.status == AuditStatus.RETURNED:
        title, note = (
            _("Answer the methodologist: the self-audit was returned"),
            _("Only the returned items are open"),
        )
    elif audit is not None:
        title, note = _("Fill in the self-audit and send it"), _("Twelve items, about six minutes")
    elif organizations_without_audit(scope, today().year).exists() and not _has_audit(scope):
        return Task(
            _("Begin the self-audit of this year"),
            _("Twelve items, about six minutes"),
            reverse("checklists"),
            "checklist",
        )
    else:
        return None
    return Task(title, note, reverse("checklist", args=[audit.pk]), "checklist", audit.due_on)


def audits_to_review(scope: Scope, due) -> Task | None:
    audits = SelfAudit.objects.visible_to(scope).filter(status=AuditStatus.SUBMITTED)
    newest = audits.order_by("-year").values_list("year", flat=True).first()
    if newest is None:
        return None
    count = audits.filter(year=newest).count()
    text = ngettext(
        "Review self-audits: %(n)d school has sent one",
        "Review self-audits: %(n)d schools have sent theirs",
        count,
    )
    url = f"{reverse('checklists')}?year={newest}&status={AuditStatus.SUBMITTED}"
    return Task(text % {"n": count}, _("Accept them or return items with a remark"), url, "clipboard-check")


Rule = Callable[[Scope, datetime.date | None], Task | None]
RULES: dict[str, tuple[Rule, ...]] = {
    Role.CURATOR: (
        empty_registers,
        waiting_imports,
        own_audit,
        mentees_without_mentor,
        mentees_without_birth_year,
        mentors_without_birth_year,
        pairs_without_start,
        pairs_without_meetings,
        pairs_without_program,
        schools_without_numbers,
    ),
    Role.HEAD: (own_audit, pairs_without_start, schools_without_numbers),
    Role.METHODOLOGIST: (
        waiting_imports,
        audits_to_review,
        schools_without_numbers,
        schools_without_curator,
        pairs_without_start,
        mentees_without_mentor,
    ),
    Role.ANALYST: (waiting_imports, schools_without_numbers, pairs_without_start),
    Role.ADMINISTRATOR: (waiting_imports, schools_without_curator, schools_without_numbers),
}


def _people(scope: Scope, side: str):
    return Participation.objects.visible_to(scope).filter(role=side)


def _has_audit(scope: Scope) -> bool:
    return SelfAudit.objects.visible_to(scope).filter(year=today().year).exists()


def _counted(count: int, text: str, note: str, route: str, only: str, icon: str, due) -> Task | None:
    if not count:
        return None
    return Task(text % {"n": count}, note, f"{reverse(route)}?only={only}", icon, due)
