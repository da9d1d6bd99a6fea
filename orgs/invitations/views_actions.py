"""What is done with one invitation."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from orgs.addresses import address, redirect_to
from orgs.form_pages import FormPage
from orgs.invitations import services
from orgs.invitations.letter import link_of
from orgs.invitations.models import Invitation
from orgs.pages import NO_YEARS, RoleView, get_visible
from orgs.users.forms import InvitationForm
from orgs.users.places import as_argument
from orgs.users.rules import ADMINISTRATORS


class InvitationNew(FormPage):
    """/invitations/new/: any role at one place."""

    period_kind = NO_YEARS
    read_roles = write_roles = ADMINISTRATORS
    form_class = InvitationForm
    adds_more = True
    submit_label = _("Send the invitation")
    submit_more_label = _("Send and invite the next one")

    def title(self) -> str:
        return gettext("Invite a user")

    def crumbs(self):
        return [
            (address(self.request, "users"), gettext("Users")),
            (address(self.request, "invitations"), gettext("Invitations")),
        ]

    def form_arguments(self) -> dict:
        arguments = super().form_arguments()
        if place := self.request.GET.get("place"):
            arguments["initial"] = {"place": place}
        return arguments

    def save(self, form) -> Invitation:
        values = form.cleaned_data
        return services.invite(
            actor=self.request.user,
            email=values["email"],
            full_name=values["full_name"],
            role=values["role"],
            order=values["appointment_order"],
            request=self.request,
            **as_argument(values["place"]),
        )

    def saved_text(self, saved) -> str:
        return gettext("The invitation is on its way to %(email)s.") % {"email": saved.email}

    def next_url(self, saved) -> str:
        return address(self.request, "invitations")

    def cancel_url(self) -> str:
        return address(self.request, "invitations")


class InvitationAction(RoleView):
    """A button beside an invitation."""

    http_method_names = ("post",)
    read_roles = write_roles = ADMINISTRATORS

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        rows = Invitation.objects.select_related("organization", "district", "municipality")
        invitation = get_visible(rows, request.scope, pk=pk)
        try:
            return self.act(invitation)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return redirect_to(request, "invitations")

    def act(self, invitation: Invitation) -> HttpResponse:
        """Does it and answers."""
        raise NotImplementedError


class InvitationResend(InvitationAction):
    """/invitations/<pk>/resend/"""

    def act(self, invitation):
        services.send_again(actor=self.request.user, invitation=invitation, request=self.request)
        messages.success(
            self.request,
            gettext("A new letter is on its way to %(email)s; the old link no longer works.")
            % {"email": invitation.email},
        )
        return redirect_to(self.request, "invitations")


class InvitationWithdraw(InvitationAction):
    """/invitations/<pk>/withdraw/"""

    def act(self, invitation):
        services.withdraw(actor=self.request.user, invitation=invitation)
        messages.success(self.request, gettext("The invitation is withdrawn: its link no longer works."))
        return redirect_to(self.request, "invitations")


class InvitationLink(InvitationAction):
    """/invitations/<pk>/link/: the link to be handed over in person, where letters do not arrive."""

    def act(self, invitation):
        link = link_of(invitation, self.request) if invitation.works else None
        if link is None:
            raise ValidationError(gettext("This link no longer works. Send the invitation again."))
        services.note_link_shown(actor=self.request.user, invitation=invitation)
        context = {"invitation": invitation, "link": link}
        return render(self.request, "orgs/invitations/link.html", context)
