"""Resets the second step of a user, for the operator: where no other administrator can."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError

from accounts import second_factor
from accounts.models import User


class Command(BaseCommand):
    """``manage.py reset_second_factor EMAIL``: the user sets it up anew at the next sign-in."""

    help = "Resets the second step of the sign-in of a user and ends the user's sessions."

    def add_arguments(self, parser):
        parser.add_argument("email")

    def handle(self, *, email, **options):
        user = User.objects.filter(email=email.lower()).first()
        if user is None:
            raise CommandError(f"There is no user {email!r}.")
        second_factor.turn_off(actor=None, user=user)
        self.stdout.write(f"{user.email}: the second step is reset.")
