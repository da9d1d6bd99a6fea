"""Self-audits begin: by the school itself, or opened by the methodologist for all schools at once."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from checklists.models import ChecklistTemplate, SelfAudit
from checklists.services.state import OPEN_TO_SCHOOL
from common.recorded import insert_all, save_as, update_all
from orgs.models import Organization


@dataclass(frozen=True, slots=True)
class Opened:
    """How many self-audits are new, and how many open ones got the new day."""

    new: int
    redated: int


def start_audit(
    *,
    actor,
    organization: Organization,
    template: ChecklistTemplate,
    year: int,
    due_on: datetime.date | None = None,
) -> SelfAudit:
    """A self-audit of the organization for the year that waits for its first answer."""
    return save_as(actor, SelfAudit(organization=organization, template=template, year=year, due_on=due_on))


@transaction.atomic
def open_audits(
    *,
    actor,
    organizations: Iterable[Organization],
    template: ChecklistTemplate,
    year: int,
    due_on: datetime.date,
) -> Opened:
    """Opens the self-audit of the year for all the organizations; those not sent yet get the same day.

    Pressed twice it opens nothing twice. Self-audits that were sent or accepted stay as they are.
    """
    places = list(organizations)
    existing = list(
        SelfAudit.objects.select_for_update(of=("self",)).filter(
            organization__in=places, template=template, year=year
        )
    )
    known = {audit.organization_id for audit in existing}
    new = [
        SelfAudit(organization=place, template=template, year=year, due_on=due_on)
        for place in places
        if place.pk not in known
    ]
    insert_all(actor, new)
    redated = [audit for audit in existing if audit.status in OPEN_TO_SCHOOL and audit.due_on != due_on]
    for audit in redated:
        audit.due_on = due_on
    update_all(actor, redated, ["due_on"])
    return Opened(len(new), len(redated))
