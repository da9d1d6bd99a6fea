"""The card of a self-audit, and what every page of one self-audit shares."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from checklists import queries
from checklists.card import Card, Line, read_card
from checklists.enums import AuditStatus
from checklists.forms import ReturnForm
from checklists.models import SelfAudit
from checklists.presenters import result_text, status_badge
from common.history import history_of
from orgs.addresses import address
from orgs.pages import NO_YEARS, RoleView, get_visible


class AuditView(RoleView):
    """A page of one self-audit."""

    period_kind = NO_YEARS

    def audit(self, pk: int) -> SelfAudit:
        """The self-audit out of the scope."""
        rows = SelfAudit.objects.select_related("organization", "template", "submitted_by", "reviewer")
        return get_visible(rows, self.request.scope, pk=pk)

    def show(self, card: Card, status: int = 200, return_form: ReturnForm | None = None) -> HttpResponse:
        """The whole page of the card."""
        audit = card.audit
        compare = "compare" in self.request.GET
        earlier = queries.previous_audit(audit, self.request.scope)
        context = {
            "audit": audit,
            "card": card,
            "badge": status_badge(audit.status),
            "result": result_text(audit, len(card.returned)),
            "crumbs": [(address(self.request, "checklists", year=audit.year), _("Checklists"))],
            "has_errors": any(line.form is not None and line.form.errors for line in card.lines),
            "compare": compare,
            "earlier": earlier,
            "return_form": return_form or ReturnForm(initial={"due_on": audit.due_on}),
            "phrases": phrases(),
            "can_see_history": audit.status != AuditStatus.NOT_STARTED,
            "history": history_of(audit, hidden=("submitted_at", "reviewed_at")),
        }
        return render(self.request, "checklists/audit_detail.html", context, status=status)

    def show_saved(self, card: Card, line: Line, status: int = 200) -> HttpResponse:
        """What htmx puts under one item, with the foot of the page as it stands now."""
        form = ReturnForm(initial={"due_on": card.audit.due_on})
        context = {"audit": card.audit, "card": card, "line": line, "return_form": form}
        return render(self.request, "checklists/partials/item_saved.html", context, status=status)


class AuditCard(AuditView):
    """/checklists/<pk>/"""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.show(read_card(self.audit(pk), request.scope, compare="compare" in request.GET))


def phrases() -> list[tuple[str, str]]:
    """Ready remarks: the short name of each, and the sentence that it writes."""
    return [
        (_("no evidence"), _("There is no evidence. Attach the document or give a link.")),
        (_("another date"), _("The document is of another period. Attach the one in force.")),
        (
            _("data differ"),
            _("The answer differs from the data of the portal. Correct the answer or complete the data."),
        ),
    ]
