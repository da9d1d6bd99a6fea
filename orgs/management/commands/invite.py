"""Invites somebody to a role, for the operator: the first administrator of a new municipality."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from orgs.enums import OVERSIGHT_ROLES
from orgs.invitations.letter import link_of
from orgs.invitations.services import invite
from orgs.models import Municipality


class Command(BaseCommand):
    """``manage.py invite EMAIL --municipality NAME``: sends a letter and prints the link."""

    help = "Invites somebody to a role over a municipality and prints the one-time link."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--municipality", required=True, help="name of the municipality")
        parser.add_argument("--role", default="administrator", choices=sorted(OVERSIGHT_ROLES))
        parser.add_argument("--order", default="", help="number and date of the order")

    def handle(self, *, email, municipality, role, order, **options):
        place = Municipality.objects.filter(name=municipality).first()
        if place is None:
            known = ", ".join(Municipality.objects.values_list("name", flat=True)) or "none"
            raise CommandError(f"There is no municipality {municipality!r}. Known: {known}")
        try:
            invitation = invite(actor=None, email=email, role=role, order=order, municipality=place)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        self.stdout.write(f"{invitation} until {invitation.expires_at:%d.%m.%Y}")
        self.stdout.write(link_of(invitation) or "")
