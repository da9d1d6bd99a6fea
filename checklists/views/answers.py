"""The school's part: an item saved by itself, the whole sheet saved or sent, proposals confirmed, files."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from checklists import services
from checklists.card import Card, Line, read_card
from checklists.enums import AuditStatus
from checklists.models import EvidenceFile, SelfAudit
from checklists.presenters import numbers_text
from checklists.rights import answers_for
from checklists.views.card import AuditView
from orgs.addresses import redirect_to
from orgs.enums import Role
from orgs.files import send_private_file
from orgs.pages import RoleView, get_visible


class AnswerView(AuditView):
    """A write of the school."""

    http_method_names = ("post",)
    write_roles = frozenset({Role.CURATOR})

    def own_audit(self, pk: int) -> SelfAudit:
        """The self-audit, when the school's part is the user's."""
        audit = self.audit(pk)
        if not answers_for(self.request.scope, audit):
            raise PermissionDenied(_("Answers are given by the curator of the school."))
        return audit

    def save(self, audit: SelfAudit, line: Line) -> None:
        """Writes the valid form of a line: the answer if it is new, and the file if there is one."""
        form, actor = line.form, self.request.user
        if form.says_something_new:
            services.answer_item(actor=actor, audit=audit, item=line.item, **form.said)
        if file := form.cleaned_data.get("file"):
            services.add_file(actor=actor, audit=audit, item=line.item, file=file, name=file.shown_name)


class AuditAnswers(AnswerView):
    """Saves the school's answers; with «submit» sends the self-audit to the methodologist."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        audit = self.own_audit(pk)
        with transaction.atomic():
            card = read_card(audit, request.scope, data=request.POST, files=request.FILES)
            saved = self.saved(audit, card)
        if not saved:
            return self.show(card, status=422)
        messages.success(request, _("The self-audit is sent.") if "submit" in request.POST else _("Saved."))
        return redirect_to(request, "checklist", audit.pk)

    def saved(self, audit: SelfAudit, card: Card) -> bool:
        """Whether everything was written; otherwise nothing was, and the page says why."""
        lines = [line for line in card.lines if line.form is not None]
        # Every form is asked, so that all that is wrong is shown at once.
        valid = [line.form.is_valid() for line in lines]
        if not all(valid):
            return False
        try:
            with transaction.atomic():
                for line in lines:
                    self.save(audit, line)
                if "submit" in self.request.POST:
                    services.submit_audit(actor=self.request.user, audit=audit)
        except ValidationError as refusal:
            messages.error(self.request, " ".join(refusal.messages))
            return False
        return True


class ItemAnswered(AnswerView):
    """/checklists/<pk>/items/<item>/: one answer, saved as soon as it is given."""

    def post(self, request: HttpRequest, pk: int, item: int) -> HttpResponse:
        audit = self.own_audit(pk)
        with transaction.atomic():
            card = read_card(audit, request.scope, data=request.POST, files=request.FILES, only=item)
            line = card.line(item)
            if line is None:
                raise Http404
            refusal = self.refused(audit, line)
        if not request.headers.get("HX-Request"):
            if refusal:
                messages.error(request, refusal)
            return redirect_to(request, "checklist", audit.pk)
        if refusal:
            line.problem = refusal
            return self.show_saved(card, line, status=422)
        card = read_card(self.audit(pk), request.scope)
        line = card.line(item)
        line.saved = True
        return self.show_saved(card, line)

    def refused(self, audit: SelfAudit, line: Line) -> str:
        """Why the answer was not written; empty when it was."""
        if line.form is None:
            if audit.status == AuditStatus.RETURNED:
                return _("Item %(number)d was not returned, so it cannot be changed.") % {
                    "number": line.number
                }
            return _("The self-audit is “%(status)s”: the school cannot change it now.") % {
                "status": audit.get_status_display()
            }
        if not line.form.is_valid():
            return " ".join(error for errors in line.form.errors.values() for error in errors)
        try:
            with transaction.atomic():
                self.save(audit, line)
        except ValidationError as refusal:
            return " ".join(refusal.messages)
        return ""


class ProposalsConfirmed(AnswerView):
    """Answers every open item as the portal's data propose."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        audit = self.own_audit(pk)
        try:
            numbers = services.confirm_proposals(actor=request.user, audit=audit)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return redirect_to(request, "checklist", audit.pk)
        text = ngettext(
            "Confirmed by the data of the portal: item %(numbers)s.",
            "Confirmed by the data of the portal: items %(numbers)s.",
            len(numbers),
        )
        if numbers:
            messages.success(request, text % {"numbers": numbers_text(numbers)})
        else:
            messages.info(request, _("There is nothing left to confirm."))
        return redirect_to(request, "checklist", audit.pk)


class EvidenceDownload(RoleView):
    """/checklists/files/<pk>/: a file of evidence as an attachment."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        evidence = get_visible(EvidenceFile.objects, request.scope, pk=pk)
        return send_private_file(request, evidence, evidence.file, evidence.name)


class EvidenceRemoved(AnswerView):
    """Takes a file of evidence away."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        rows = EvidenceFile.objects.select_related("answer__audit__organization", "answer__item")
        evidence = get_visible(rows, request.scope, pk=pk)
        audit, item = evidence.answer.audit, evidence.answer.item_id
        if not answers_for(request.scope, audit):
            raise PermissionDenied(_("Answers are given by the curator of the school."))
        problem = ""
        try:
            services.remove_file(actor=request.user, evidence=evidence)
        except ValidationError as refusal:
            problem = " ".join(refusal.messages)
        if request.headers.get("HX-Request"):
            card = read_card(self.audit(audit.pk), request.scope)
            line = card.line(item)
            line.saved, line.problem = not problem, problem
            return self.show_saved(card, line, status=422 if problem else 200)
        if problem:
            messages.error(request, problem)
        else:
            messages.success(request, _("The file is removed."))
        return redirect_to(request, "checklist", audit.pk)
