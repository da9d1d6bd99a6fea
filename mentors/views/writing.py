"""What all pages have in common by which a curator writes about one participant."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext as _

from mentors.enums import Side
from mentors.models import Participation
from mentors.rights import WRITERS, get_writable
from orgs.addresses import address
from orgs.form_pages import FormPage


class PersonPage(FormPage):
    """A form about one participation; ``load`` takes it out of the scope, for its school's curator only."""

    read_roles = WRITERS
    write_roles = WRITERS
    side: ClassVar[str] = ""
    # Whether the page helps to settle a withdrawn consent.
    takes_hidden: ClassVar[bool] = False

    def load(self, pk: int) -> None:
        rows = Participation.objects.filter(role=self.side) if self.side else Participation.objects.all()
        rows = rows.select_related("person", "organization", "category", "form")
        self.participation = get_writable(rows, self.request.scope, hidden=self.takes_hidden, pk=pk)

    def crumbs(self):
        return crumbs_of(self.request, self.participation)

    def card_url(self) -> str:
        """The address of the participant's card."""
        return card_address(self.request, self.participation)

    def next_url(self, saved) -> str:
        return self.card_url()

    def cancel_url(self) -> str:
        return self.card_url()


def card_address(request, participation: Participation, **query) -> str:
    """The address of the card with the page's place and year."""
    return address(request, route_of(participation), participation.pk, **query)


def route_of(participation: Participation) -> str:
    """The name of the route of the card: ``mentor`` or ``mentee``."""
    return str(Side(participation.role).value)


def crumbs_of(request, participation: Participation) -> list[tuple[str, str]]:
    """The register and the card."""
    register = _("Mentors") if participation.role == Side.MENTOR else _("Mentees")
    return [
        (address(request, f"{route_of(participation)}s"), register),
        (card_address(request, participation), participation.person.full_name),
    ]
