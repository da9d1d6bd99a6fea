"""Inviting the curators of many schools: addresses, preview, letters."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orgs.addresses import redirect_to
from orgs.enums import Role
from orgs.invitations import pasted, services
from orgs.invitations.forms import CuratorRows, CuratorsForm
from orgs.pages import NO_YEARS, RoleView
from orgs.users.rules import ADMINISTRATORS

SHOWN_LINES = 3


class InviteCurators(RoleView):
    """/invitations/curators/: «step» says what the form asks for: look, look at the table, send."""

    period_kind = NO_YEARS
    read_roles = write_roles = ADMINISTRATORS

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._start(CuratorsForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        step = request.POST.get("step")
        if step == "send":
            return self._send(CuratorRows(request.POST, form_kwargs={"scope": request.scope}))
        if step == "organizations":
            return self._preview(pasted.from_organizations(request.scope))
        form = CuratorsForm(request.POST)
        if not form.is_valid():
            return self._start(form, status=422)
        found = pasted.from_text(form.cleaned_data["text"], request.scope)
        if len(found.proposals) > pasted.MOST_ROWS:
            form.add_error("text", too_many(len(found.proposals)))
            return self._start(form, status=422)
        if aside := found.left_aside:
            messages.warning(
                request,
                ngettext(
                    "%(n)s line has neither an address nor an organization and is left aside: %(lines)s",
                    "%(n)s lines have neither an address nor an organization and are left aside: %(lines)s",
                    len(aside),
                )
                % {"n": len(aside), "lines": shortened(aside)},
            )
        return self._preview(found.proposals)

    def _start(self, form: CuratorsForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "ready": len(pasted.from_organizations(self.request.scope))}
        return render(self.request, "orgs/invitations/curators.html", context, status=status)

    def _preview(self, proposals: list[pasted.Proposal]) -> HttpResponse:
        if not proposals:
            messages.info(
                self.request, _("Every organization with a curator's address has a curator already.")
            )
            return redirect_to(self.request, "invitations-curators")
        if len(proposals) > pasted.MOST_ROWS:
            messages.info(
                self.request,
                _("These are the first %(most)s of %(n)s: send them, the others come next.")
                % {"most": pasted.MOST_ROWS, "n": len(proposals)},
            )
        rows = CuratorRows(
            initial=[proposal.as_initial() for proposal in proposals[: pasted.MOST_ROWS]],
            form_kwargs={"scope": self.request.scope},
        )
        return self._rows(rows)

    def _rows(self, rows, status: int = 200) -> HttpResponse:
        taken = [form for form in rows if _is_taken(form)]
        context = {
            "rows": rows,
            "taken": len(taken),
            "organizations": pasted.organizations(self.request.scope).values_list("short_name", flat=True),
            "errors": [form for form in rows if form.errors] if rows.is_bound else [],
        }
        return render(self.request, "orgs/invitations/curators_preview.html", context, status=status)

    def _send(self, rows) -> HttpResponse:
        if not rows.is_valid():
            return self._rows(rows, status=422)
        chosen = [form for form in rows if form.cleaned_data.get("take")]
        if not chosen:
            messages.error(self.request, _("Mark at least one row to be invited."))
            return self._rows(rows, status=422)
        try:
            sent = services.invite_all(
                actor=self.request.user, rows=[_as_row(form) for form in chosen], request=self.request
            )
        except services.RowRefused as refused:
            chosen[refused.place].add_error(None, refused.reason)
            return self._rows(rows, status=422)
        messages.success(
            self.request,
            ngettext("%(n)s invitation is on its way.", "%(n)s invitations are on their way.", len(sent))
            % {"n": len(sent)},
        )
        return redirect_to(self.request, "invitations")


def too_many(count: int) -> str:
    """Why a list is not taken whole."""
    return _(
        "There are %(n)s addresses, and at most %(most)s are invited at once. Paste the list in parts."
    ) % {"n": count, "most": pasted.MOST_ROWS}


def shortened(lines: list[str]) -> str:
    """The first lines in quotation marks."""
    shown = ", ".join(f"«{line[:60]}»" for line in lines[:SHOWN_LINES])
    return f"{shown}…" if len(lines) > SHOWN_LINES else shown


def _is_taken(form) -> bool:
    if form.is_bound:
        return bool(form.data.get(form.add_prefix("take")))
    return bool(form.initial.get("take"))


def _as_row(form) -> dict:
    values = form.cleaned_data
    return {
        "email": values["email"],
        "full_name": values["full_name"],
        "role": Role.CURATOR,
        "order": values["appointment_order"],
        "organization": values["place"],
    }
