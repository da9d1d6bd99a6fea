"""The first three steps of a curator, ticked by the data themselves."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from mentorship_portal.home.desk import Desk
from orgs.enums import Role
from orgs.filters import without_fresh_headcount
from orgs.models import Organization


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its words, where it is done, whether the data show it done."""

    title: str
    note: str
    url: str
    done: bool


def first_steps(desk: Desk) -> list[Step]:
    """Three steps for a curator until all of them are done; for other roles none. Three queries."""
    place = desk.request.membership.organization
    if desk.role != Role.CURATOR or place is None:
        return []
    own = Organization.objects.visible_to(desk.scope).filter(pk=place.pk)
    known = bool(place.curator_name) and not without_fresh_headcount(own).exists()
    steps = [
        Step(
            _("Check what is known of the school"),
            _("Curator and numbers of pupils of this school year"),
            desk.url("organization", place.pk),
            known,
        ),
        Step(
            _("Upload the lists"),
            _("Your own workbook of mentors and mentees will do"),
            desk.url("import-new", kind="mentees"),
            desk.mentees.exists(),
        ),
        Step(
            _("Make pairs"),
            _("Each mentee gets a mentor"),
            desk.url("mentees", only="no_pair"),
            desk.pairs.exists(),
        ),
    ]
    return [] if all(step.done for step in steps) else steps
