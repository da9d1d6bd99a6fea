"""How much of a person a page may show.

Inside the school names stand in full. Above it they are shortened («Белов А. С.») until revealed, and
contacts and birth dates are never shown. Of those whose consent was withdrawn lists show no name at all.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from orgs.enums import OVERSIGHT_ROLES, PARTICIPANT_ROLES, Role
from orgs.scope import Scope

PRIVATE_PERSON_FIELDS = ("last_name", "first_name", "patronymic", "birth_date", "birth_year", "contact")

# What stands in the place of a name when the consent was withdrawn.
WITHHELD = _("Consent withdrawn")


class NamePolicy:
    """What the scope's user may see of people; ``revealed`` after «Показать ФИО» on this page."""

    def __init__(self, scope: Scope, *, revealed: bool = False, settles: bool = False):
        # On the card that settles a withdrawn consent its name stands; in every list it does not.
        self._settles = settles
        self._everything = scope.sees_everything
        self._user_id = scope.user_id
        self._staff_at = _schools(scope, {Role.CURATOR, Role.HEAD})
        # A mentor knows the mentee, but a methodologist who also mentors has no need of full names.
        oversees = bool(scope.roles & OVERSIGHT_ROLES)
        self._named_at = self._staff_at | (set() if oversees else _schools(scope, PARTICIPANT_ROLES))
        self.revealed = revealed

    @property
    def shortens(self) -> bool:
        """Whether some names may be shortened, so that a page offers to reveal them."""
        return not (self._everything or self.revealed or self._named_at)

    def name(self, participation) -> str:
        """The participant's name in the length that the user may see."""
        if self._is_withheld(participation):
            return str(WITHHELD)
        person = participation.person
        if self.shows_full(participation):
            return person.full_name
        return person.short_name

    def short_name(self, participation) -> str:
        """The short name for narrow columns; the same for everybody."""
        return str(WITHHELD) if self._is_withheld(participation) else participation.person.short_name

    def shows_full(self, participation) -> bool:
        """Whether the name may stand in full."""
        return (
            self._everything
            or self.revealed
            or participation.organization_id in self._named_at
            or self._is_self(participation)
        )

    def shows_private(self, participation) -> bool:
        """Whether contacts and the date of birth may be shown: to the school, while the person is there."""
        at_school = participation.organization_id in self._staff_at and participation.ended_on is None
        return self._everything or at_school or self._is_self(participation)

    def _is_withheld(self, participation) -> bool:
        return participation.is_hidden and not self._settles

    def _is_self(self, participation) -> bool:
        return self._user_id is not None and participation.person.user_id == self._user_id


def _schools(scope: Scope, roles) -> set[int]:
    return {
        membership.organization_id
        for membership in scope.memberships
        if membership.role in roles and membership.organization_id
    }
