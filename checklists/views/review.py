"""The methodologist's part: a verdict saved by itself, all of them saved, and the end of the review."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from checklists import services
from checklists.card import Card, Line, read_card
from checklists.enums import Verdict
from checklists.forms import ReturnForm
from checklists.models import SelfAudit
from checklists.rights import reviews
from checklists.views.card import AuditView
from orgs.addresses import redirect_to
from orgs.enums import Role


class ReviewView(AuditView):
    """A write of the methodologist."""

    http_method_names = ("post",)
    write_roles = frozenset({Role.METHODOLOGIST})

    def reviewed_audit(self, pk: int) -> SelfAudit:
        """The self-audit, when its review is the user's."""
        audit = self.audit(pk)
        if not reviews(self.request.scope, audit):
            raise PermissionDenied(_("Self-audits are reviewed by the methodologist."))
        return audit

    def save(self, line: Line) -> None:
        """Writes the valid verdict of a line if it is new."""
        if line.form.says_something_new:
            services.review_item(actor=self.request.user, given=line.given, **line.form.said)


class AuditReview(ReviewView):
    """Saves verdicts; «agree», «return» and «accept» say what follows."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        audit = self.reviewed_audit(pk)
        dates = ReturnForm(request.POST)
        with transaction.atomic():
            card = read_card(audit, request.scope, data=request.POST)
            done = self.done(audit, card, dates)
        if not done:
            return self.show(card, status=422, return_form=dates)
        messages.success(request, done)
        if "accept" in request.POST or "return" in request.POST:
            return redirect_to(request, "checklists", year=audit.year, status="submitted")
        return redirect_to(request, "checklist", audit.pk)

    def done(self, audit: SelfAudit, card: Card, dates: ReturnForm) -> str:
        """What was done, in a sentence; empty when it was refused, then nothing was written."""
        lines = [line for line in card.lines if line.form is not None]
        # Every form is asked, so that all that is wrong is shown at once.
        valid = [line.form.is_valid() for line in lines]
        if not all(valid) or not dates.is_valid():
            return ""
        try:
            with transaction.atomic():
                for line in lines:
                    self.save(line)
                return self.follow(audit, dates.cleaned_data["due_on"])
        except ValidationError as refusal:
            messages.error(self.request, " ".join(refusal.messages))
            return ""

    def follow(self, audit: SelfAudit, due_on) -> str:
        """The step after saving that the pressed button names."""
        actor = self.request.user
        place = audit.organization.short_name
        if "accept" in self.request.POST:
            services.accept_audit(actor=actor, audit=audit)
            return _("Accepted: %(school)s.") % {"school": place}
        if "return" in self.request.POST:
            audit = services.return_audit(actor=actor, audit=audit, due_on=due_on)
            returned = audit.answers.filter(verdict=Verdict.RETURNED).count()
            return ngettext(
                "Returned to %(school)s: %(n)d item.", "Returned to %(school)s: %(n)d items.", returned
            ) % {"n": returned, "school": place}
        if "agree" in self.request.POST:
            agreed = services.agree_with_rest(actor=actor, audit=audit)
            return ngettext("Agreed with %(n)d item.", "Agreed with %(n)d items.", agreed) % {"n": agreed}
        return _("Saved.")


class ItemReviewed(ReviewView):
    """/checklists/<pk>/items/<item>/verdict/: one verdict, saved as soon as it is whole."""

    def post(self, request: HttpRequest, pk: int, item: int) -> HttpResponse:
        audit = self.reviewed_audit(pk)
        with transaction.atomic():
            card = read_card(audit, request.scope, data=request.POST, only=item)
            line = card.line(item)
            if line is None:
                raise Http404
            unfinished = self.is_unfinished(line)
            problem = "" if unfinished else self.refused(audit, line)
        if not request.headers.get("HX-Request"):
            if problem:
                messages.error(request, problem)
            return redirect_to(request, "checklist", audit.pk)
        if problem:
            line.problem = problem
            return self.show_saved(card, line, status=422)
        card = read_card(self.audit(pk), request.scope)
        line = card.line(item)
        line.saved = not unfinished
        return self.show_saved(card, line)

    @staticmethod
    def is_unfinished(line: Line) -> bool:
        """«Return» is pressed and the remark not yet typed: nothing to save, and nothing to complain of."""
        form = line.form
        return (
            line.reviewing
            and not form.is_valid()
            and set(form.errors) == {"remark"}
            and form.cleaned_data.get("verdict") == Verdict.RETURNED
            and not form.data.get(form.add_prefix("remark"), "").strip()
        )

    def refused(self, audit: SelfAudit, line: Line) -> str:
        """Why the verdict was not written; empty when it was."""
        if line.form is None:
            return _("The self-audit is “%(status)s”: there is nothing to review.") % {
                "status": audit.get_status_display()
            }
        if not line.form.is_valid():
            return " ".join(error for errors in line.form.errors.values() for error in errors)
        try:
            with transaction.atomic():
                self.save(line)
        except ValidationError as refusal:
            return " ".join(refusal.messages)
        return ""
