"""A new mentor or mentee."""

from __future__ import annotations

from typing import ClassVar

from django.contrib import messages
from django.http import Http404
from django.utils.html import format_html
from django.utils.translation import gettext as _

from common.dates import today
from mentors import services
from mentors.ages import doubt_about_age
from mentors.enums import Side
from mentors.forms.adding import MenteeForm, MentorForm, ParticipantForm
from mentors.models import Participation
from mentors.rights import WRITERS
from mentors.views.writing import card_address
from orgs.addresses import address
from orgs.enums import Role
from orgs.form_pages import FormPage
from orgs.models import Organization

# What the next person of a list usually shares with this one; nothing of it is about the person.
KEPT = ("population", "form", "started_on")


class AddPage(FormPage):
    """/mentors/add/ and /mentees/add/: the form opens again with the class, the form and the date kept."""

    read_roles = WRITERS
    write_roles = WRITERS
    adds_more = True
    side: ClassVar[str] = ""

    def load(self) -> None:
        rows = Organization.objects.visible_to(self.request.scope).filter(
            pk__in=self.request.scope.organization_ids(WRITERS)
        )
        if self.request.membership.role == Role.CURATOR:
            rows = rows.filter(pk=self.request.membership.organization_id)
        if self.request.method == "POST":
            # Of two curators who add the same person at once the second one is asked.
            rows = rows.select_for_update(of=("self",))
        self.organization = rows.order_by("pk").first()
        if self.organization is None:
            raise Http404

    @property
    def form_class(self) -> type[ParticipantForm]:
        return MentorForm if self.side == Side.MENTOR else MenteeForm

    def form_arguments(self) -> dict:
        asked = self.request.GET
        initial = {name: asked[name] for name in (*KEPT, "place") if asked.get(name)}
        return {"organization": self.organization, "initial": {"started_on": today(), **initial}}

    def title(self) -> str:
        return _("New mentor") if self.side == Side.MENTOR else _("New mentee")

    def context(self, form) -> dict:
        return {"form_note": _("Only the surname and the first name are needed, the rest can wait.")}

    def crumbs(self):
        return [
            (self.cancel_url(), _("Mentors") if self.side == Side.MENTOR else _("Mentees")),
        ]

    def save(self, form: ParticipantForm) -> Participation:
        participation = services.add_participant(
            actor=self.request.user,
            organization=self.organization,
            role=self.side,
            name=form.name,
            birth=form.cleaned_data["birth"],
            contact=form.cleaned_data["contact"],
            person=form.person,
            **form.details(),
        )
        self.kept = {name: form[name].data or None for name in KEPT}
        self.kept["place"] = participation.class_name or None
        doubt = doubt_about_age(
            form.cleaned_data["birth"],
            participation.started_on,
            side=self.side,
            population=participation.population,
        )
        if doubt:
            messages.warning(self.request, doubt)
        return participation

    def saved_text(self, saved: Participation) -> str:
        link = format_html('<a href="{}">{}</a>', card_address(self.request, saved), saved.person.full_name)
        text = _("Mentor added: {name}") if self.side == Side.MENTOR else _("Mentee added: {name}")
        return format_html(text, name=link)

    def more_url(self, saved) -> str:
        return address(self.request, f"{self.side}-add", **self.kept)

    def next_url(self, saved) -> str:
        return card_address(self.request, saved)

    def cancel_url(self) -> str:
        return address(self.request, f"{self.side}s")
