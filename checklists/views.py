"""Self-audits: the list by school and year, and the card that is filled in and reviewed."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from checklists import queries, services
from checklists.enums import AuditStatus, Verdict
from checklists.forms import AnswerForm, VerdictForm
from checklists.models import ChecklistTemplate, SelfAudit
from checklists.presenters import audit_badge
from common.dates import today
from common.history import history_of
from orgs.addresses import redirect_to
from orgs.enums import Role
from orgs.models import Organization
from orgs.pages import RoleView, get_visible

PAGE_ROWS = 50


@dataclass(slots=True)
class Line:
    """An item on the card: what was said of it, and the form if the user may say something."""

    number: int
    item: object
    given: object
    form: Form | None = None
    errors: list = field(default_factory=list)


class AuditRegister(RoleView):
    """/checklists/: self-audits of a year with their state, and who has not begun."""

    write_roles = frozenset({Role.CURATOR})

    def get(self, request: HttpRequest) -> HttpResponse:
        scope = request.scope
        years = queries.years(scope) or [today().year]
        asked = request.GET.get("year", "")
        year = next((known for known in years if str(known) == asked), years[0])
        audits = queries.audits(scope).filter(year=year)
        status = request.GET.get("status", "")
        if status in AuditStatus.values:
            audits = audits.filter(status=status)
        page = Paginator(audits.order_by("organization__short_name", "pk"), PAGE_ROWS).get_page(
            request.GET.get("page")
        )
        for audit in page:
            audit.badge = audit_badge(audit)
        late = list(queries.organizations_without_audit(scope, year)[:PAGE_ROWS])
        context = {
            "page": page,
            "rows": page.object_list,
            "year": year,
            "years": years,
            "status": status,
            "statuses": AuditStatus.choices,
            "late": late,
            "items_total": 12,
            "can_start": [place for place in late if scope.holds_for(place, Role.CURATOR)],
            "this_year": today().year,
        }
        return render(request, "checklists/audit_list.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Begins the self-audit of this year for one of the user's schools."""
        pk = request.POST.get("organization", "")
        organization = get_visible(Organization.objects, request.scope, pk=int(pk) if pk.isdecimal() else 0)
        if not request.scope.holds_for(organization, Role.CURATOR):
            raise PermissionDenied(_("A self-audit is begun by the curator of the school."))
        template = ChecklistTemplate.objects.filter(active=True).order_by("-pk").first()
        if template is None:
            messages.error(request, _("There is no checklist yet. Write to the administrator of the portal."))
            return redirect_to(request, "checklists")
        year = today().year
        try:
            with transaction.atomic():
                audit = services.start_audit(
                    actor=request.user, organization=organization, template=template, year=year
                )
        except (IntegrityError, ValidationError):
            audit = SelfAudit.objects.visible_to(request.scope).get(
                organization=organization, template=template, year=year
            )
        return redirect_to(request, "checklist", audit.pk)


class AuditView(RoleView):
    """A page of one self-audit."""

    def audit(self, pk: int) -> SelfAudit:
        return get_visible(
            SelfAudit.objects.select_related("organization", "template"), self.request.scope, pk=pk
        )

    def may_answer(self, audit: SelfAudit) -> bool:
        """Whether the school's part is open to the user."""
        return audit.status in queries.OPEN_TO_SCHOOL and self.request.scope.holds_for(
            audit.organization, Role.CURATOR
        )

    def may_review(self, audit: SelfAudit) -> bool:
        """Whether the self-audit waits for the user's verdict."""
        return audit.status == AuditStatus.SUBMITTED and self.request.scope.holds_for(
            audit.organization, Role.METHODOLOGIST
        )

    def lines(self, audit: SelfAudit, data=None) -> list[Line]:
        """Items of the card, each with the form that the user may fill in."""
        answering, reviewing = self.may_answer(audit), self.may_review(audit)
        lines = []
        for place in queries.item_lines(audit, self.request.scope):
            line = Line(place.item.number, place.item, place.given)
            closed = (
                audit.status == AuditStatus.RETURNED
                and place.given
                and place.given.verdict != Verdict.RETURNED
            )
            if answering and not closed:
                line.form = AnswerForm(
                    data, prefix=f"item{line.number}", initial=_said(place.given, "answer")
                )
            elif reviewing and place.given:
                line.form = VerdictForm(
                    data, prefix=f"item{line.number}", initial=_said(place.given, "verdict")
                )
            lines.append(line)
        return lines

    def page(self, audit: SelfAudit, lines: list[Line], status: int = 200) -> HttpResponse:
        context = {
            "audit": audit,
            "badge": audit_badge(audit),
            "lines": lines,
            "answering": self.may_answer(audit),
            "reviewing": self.may_review(audit),
            "has_errors": any(line.form is not None and line.form.errors for line in lines),
            "history": history_of(audit, hidden=("submitted_at", "reviewed_at")),
        }
        return render(self.request, "checklists/audit_detail.html", context, status=status)


class AuditCard(AuditView):
    """/checklists/<pk>/"""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        audit = self.audit(pk)
        return self.page(audit, self.lines(audit))


class AuditAnswers(AuditView):
    """Saves the school's answers; with «submit» sends the self-audit to the methodologist."""

    http_method_names = ("post",)
    write_roles = frozenset({Role.CURATOR})

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        audit = self.audit(pk)
        if not request.scope.holds_for(audit.organization, Role.CURATOR):
            raise PermissionDenied(_("Answers are given by the curator of the school."))
        lines = self.lines(audit, request.POST)
        if not all(line.form.is_valid() for line in lines if line.form is not None):
            return self.page(audit, lines, status=422)
        try:
            with transaction.atomic():
                self.save(audit, lines)
                if "submit" in request.POST:
                    services.submit_audit(actor=request.user, audit=audit)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return self.page(audit, lines, status=422)
        messages.success(request, _("The self-audit is sent.") if "submit" in request.POST else _("Saved."))
        return redirect_to(request, "checklist", audit.pk)

    def save(self, audit: SelfAudit, lines: list[Line]) -> None:
        for line in lines:
            if (
                isinstance(line.form, AnswerForm)
                and line.form.has_changed()
                and line.form.cleaned_data["answer"]
            ):
                services.answer_item(
                    actor=self.request.user, audit=audit, item=line.item, **line.form.cleaned_data
                )


class AuditReview(AuditView):
    """Saves verdicts; «return» and «accept» end the review."""

    http_method_names = ("post",)
    write_roles = frozenset({Role.METHODOLOGIST})

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        audit = self.audit(pk)
        if not request.scope.holds_for(audit.organization, Role.METHODOLOGIST):
            raise PermissionDenied(_("Self-audits are reviewed by the methodologist."))
        lines = self.lines(audit, request.POST)
        if not all(line.form.is_valid() for line in lines if line.form is not None):
            return self.page(audit, lines, status=422)
        try:
            with transaction.atomic():
                self.save(lines)
                if "accept" in request.POST:
                    services.accept_audit(actor=request.user, audit=audit)
                elif "return" in request.POST:
                    services.return_audit(actor=request.user, audit=audit)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return self.page(audit, lines, status=422)
        messages.success(request, _("Saved."))
        return redirect_to(request, "checklist", audit.pk)

    def save(self, lines: list[Line]) -> None:
        for line in lines:
            if isinstance(line.form, VerdictForm) and line.form.has_changed():
                services.review_item(actor=self.request.user, given=line.given, **line.form.cleaned_data)


def _said(given, word: str) -> dict:
    if given is None:
        return {}
    if word == "answer":
        return {"answer": given.answer, "evidence": given.evidence, "comment": given.comment}
    return {"verdict": given.verdict, "remark": given.remark}
