"""Whether a person is also known where the user may not look; the answer is yes or no, never where."""

from __future__ import annotations

from mentors.models import Participation, Person
from orgs.scope import Scope


def is_known_elsewhere(person: Person, scope: Scope) -> bool:
    """Whether the person takes or took part in an organization that the scope does not see."""
    seen = Participation.objects.visible_to(scope).values("pk")
    return Participation.objects.filter(person=person).exclude(pk__in=seen).exists()
