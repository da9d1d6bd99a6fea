"""Tasks about self-audits."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from checklists import queries
from checklists.enums import AuditStatus, Verdict
from checklists.models import ItemAnswer, SelfAudit
from checklists.queries import OPEN_TO_SCHOOL, organizations_without_audit
from common.dates import today
from mentorship_portal.home.desk import Desk
from mentorship_portal.home.tasks import Counted, Task

MINUTES = Decimal(6)
LATELY = datetime.timedelta(days=7)


def own_audit(desk: Desk) -> Task | None:
    """The self-audit of a school: to be begun, filled in, answered; or waiting, or accepted."""
    audits = queries.audits(desk.scope)
    year = today().year
    audit = audits.filter(status__in=OPEN_TO_SCHOOL).order_by("due_on", "-year").first()
    if audit is None:
        audit = audits.filter(year=year).first()
        if audit is None:
            return _begin(desk) if organizations_without_audit(desk.scope, year).exists() else None
    url = desk.url("checklist", audit.pk)
    if audit.status == AuditStatus.RETURNED:
        return _returned(desk, audit, url)
    if audit.status == AuditStatus.SUBMITTED:
        note = _("Sent on %(day)s") % {"day": f"{audit.submitted_at:%d.%m.%Y}"} if audit.submitted_at else ""
        return Task(
            _("Checklist of the self-audit"), note, url, "checklist", waits=_("Waits for the methodologist")
        )
    if audit.status == AuditStatus.ACCEPTED:
        return Task(
            _("The self-audit of %(year)s is accepted") % {"year": audit.year},
            "",
            url,
            "checklist",
            done=True,
        )
    items = audit.template.items.count()
    return Task(
        _("The checklist of the self-audit is not sent yet")
        if desk.is_reader
        else _("Fill in the checklist of the self-audit and send it"),
        _("Twelve items, about six minutes") if items == 12 and not desk.is_reader else "",
        url,
        "checklist",
        audit.due_on,
        MINUTES,
        progress=(audit.answered, items) if audit.answered else None,
        progress_text=_("In progress: %(done)s of %(whole)s") % {"done": audit.answered, "whole": items},
    )


def _begin(desk: Desk) -> Task:
    if desk.is_reader:
        return Task(_("The self-audit of this year is not begun"), "", desk.url("checklists"), "checklist")
    return Task(
        _("Begin the self-audit of this year"),
        _("Twelve items, about six minutes"),
        desk.url("checklists"),
        "checklist",
        minutes=MINUTES,
    )


def _returned(desk: Desk, audit: SelfAudit, url: str) -> Task:
    numbers = list(
        ItemAnswer.objects.visible_to(desk.scope)
        .filter(audit=audit, verdict=Verdict.RETURNED)
        .order_by("item__number")
        .values_list("item__number", flat=True)
    )
    count = {"n": len(numbers)}
    if desk.is_reader:
        whole = _("The methodologist has returned the self-audit")
        title = ngettext(
            "The methodologist has returned the self-audit: %(n)s remark",
            "The methodologist has returned the self-audit: %(n)s remarks",
            len(numbers),
        )
    else:
        whole = _("Answer the methodologist: the self-audit was returned")
        title = ngettext(
            "Answer the methodologist: %(n)s remark", "Answer the methodologist: %(n)s remarks", len(numbers)
        )
    listed = ", ".join(str(number) for number in numbers)
    return Task(
        title % count if numbers else whole,
        ngettext(
            "Checklist of the self-audit, item %(items)s",
            "Checklist of the self-audit, items %(items)s",
            len(numbers),
        )
        % {"items": listed}
        if numbers
        else "",
        f"{url}#item-{numbers[0]}" if numbers else url,
        "message-2",
        audit.due_on,
        Decimal(len(numbers)) or MINUTES,
    )


def audits_to_review(desk: Desk) -> Counted | None:
    """Self-audits of the newest year that wait for the methodologist."""
    audits = SelfAudit.objects.visible_to(desk.scope).filter(status=AuditStatus.SUBMITTED)
    newest = audits.order_by("-year").values_list("year", flat=True).first()
    if newest is None:
        return None
    return Counted(
        rows=audits.filter(year=newest),
        say=ngettext_lazy(
            "Review self-audits: %(n)s school has sent one",
            "Review self-audits: %(n)s schools have sent theirs",
            "n",
        ),
        url=desk.url("checklists", year=newest, status=AuditStatus.SUBMITTED),
        icon="clipboard-check",
        note=_("Accept them or return items with a remark"),
        minutes=Decimal(3),
    )


def unanswered_audits(desk: Desk) -> Counted:
    """Self-audits that schools have not sent again after remarks."""
    year = today().year
    return Counted(
        rows=SelfAudit.objects.visible_to(desk.scope).filter(status=AuditStatus.RETURNED, year=year),
        say=ngettext_lazy(
            "Remind of the remarks: %(n)s school has not answered",
            "Remind of the remarks: %(n)s schools have not answered",
            "n",
        ),
        url=desk.url("checklists", year=year, status=AuditStatus.RETURNED),
        icon="message-2",
        note=_("The checklist is with the school"),
        minutes=Decimal("0.5"),
    )


def reviewed_audits(desk: Desk) -> Counted:
    """Reviews of the last week, among what is done."""
    return Counted(
        rows=SelfAudit.objects.visible_to(desk.scope).filter(
            reviewer=desk.scope.user_id, reviewed_at__gte=timezone.now() - LATELY
        ),
        say=ngettext_lazy(
            "%(n)s self-audit reviewed in the last week", "%(n)s self-audits reviewed in the last week", "n"
        ),
        url=desk.url("checklists", year=today().year),
        icon="circle-check",
        settled=True,
    )
