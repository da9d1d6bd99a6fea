"""Reads of a round: which one a school is asked for, and how far the confirmations are."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from common.dates import today
from monitoring import quality, showing
from monitoring.enums import RoundStatus
from monitoring.models import Round, RoundConfirmation, RoundReminder
from monitoring.period import ReportingPeriod
from monitoring.showing import Shown
from monitoring.warnings import Finding, Ground, findings
from orgs.enums import OrganizationStatus, Role
from orgs.models import Membership, Municipality, Organization
from orgs.scope import Scope

ORDER = WAITING, LATE, IN_TIME = "waiting", "late", "in_time"


def open_rounds(scope: Scope, municipality: Municipality | None = None) -> QuerySet:
    """Rounds that are not closed, the soonest due first."""
    rounds = Round.objects.visible_to(scope).filter(status=RoundStatus.OPEN)
    if municipality is not None:
        rounds = rounds.filter(municipality=municipality)
    return rounds.order_by(F("due_on").asc(nulls_last=True), "as_of", "pk")


def asked_rounds(scope: Scope, municipality: Municipality | None = None) -> QuerySet:
    """The open rounds in which schools confirm their data today, the soonest due first."""
    has_begun = Q(opens_on__isnull=True) | Q(opens_on__lte=today())
    return open_rounds(scope, municipality).filter(has_begun)


def asked_of(scope: Scope, organization: Organization) -> Round | None:
    """The round that the organization is to confirm next; the last one where it has confirmed all.

    None where no round is open, and for an organization that works no more.
    """
    if organization.status != OrganizationStatus.ACTIVE:
        return None
    rounds = list(asked_rounds(scope, organization.municipality))
    given = RoundConfirmation.objects.filter(organization=organization, round__in=rounds)
    confirmed = set(given.values_list("round", flat=True)) if rounds else set()
    return next((found for found in rounds if found.pk not in confirmed), rounds[-1] if rounds else None)


def waited_for(scope: Scope) -> Round | None:
    """The round with the soonest term that some organization has not confirmed; else the last one asked."""
    rounds = asked_rounds(scope)
    schools = Organization.objects.visible_to(scope).filter(status=OrganizationStatus.ACTIVE)
    given = RoundConfirmation.objects.filter(round=OuterRef(OuterRef("pk")), organization=OuterRef("pk"))
    waiting = schools.filter(~Exists(given), municipality=OuterRef("municipality"))
    return rounds.filter(Exists(waiting)).first() or rounds.last()


def asked_schools(scope: Scope, found: Round) -> QuerySet:
    """Working organizations of the round's municipality that the scope sees."""
    return Organization.objects.visible_to(scope).filter(
        municipality=found.municipality_id, status=OrganizationStatus.ACTIVE
    )


def unconfirmed(scope: Scope, found: Round) -> QuerySet:
    """Those of the asked organizations that have not confirmed their data for the round."""
    given = RoundConfirmation.objects.filter(round=found, organization=OuterRef("pk"))
    return asked_schools(scope, found).filter(~Exists(given))


def confirmation_of(scope: Scope, found: Round, organization: Organization) -> RoundConfirmation | None:
    """What the organization has confirmed for the round."""
    rows = RoundConfirmation.objects.visible_to(scope).filter(round=found, organization=organization)
    return rows.select_related("confirmed_by").first()


@dataclass(frozen=True)
class OwnData:
    """What a school is to confirm: its figures as of the reporting date, and what is in question."""

    shown: Shown
    findings: list[Finding]
    completeness: Fraction | None

    @property
    def questioned(self) -> int:
        """How many records the findings name."""
        return sum(finding.count for finding in self.findings)


def own_data(scope: Scope, found: Round, organization: Organization) -> OwnData:
    """The data of one organization as they stand now, for the round."""
    places = Organization.objects.filter(pk=organization.pk)
    period = ReportingPeriod.of(found.year, found.as_of)
    shown = showing.live(found.municipality, period, scope, organizations=places)
    full = quality.completeness(places, period).get(organization.pk)
    return OwnData(shown, findings(Ground(shown, places)), full)


@dataclass(frozen=True, slots=True)
class Standing:
    """An organization in a round.

    ``reminded_at``: when the last letter went out; ``completeness``: the share of filled fields.
    """

    organization: Organization
    confirmation: RoundConfirmation | None
    reminded_at: datetime.datetime | None
    completeness: Fraction | None

    @property
    def state(self) -> str:
        """``WAITING``, ``LATE`` or ``IN_TIME``."""
        if self.confirmation is None:
            return WAITING
        return IN_TIME if self.confirmation.is_in_time else LATE

    @property
    def completeness_text(self) -> str:
        return quality.whole_percent(self.completeness)


def standings(scope: Scope, found: Round) -> list[Standing]:
    """Every asked organization: those that wait first, then the late ones, by name; four queries."""
    schools = asked_schools(scope, found)
    rows = RoundConfirmation.objects.visible_to(scope).filter(round=found)
    rows = rows.select_related("round", "confirmed_by")
    confirmed = {row.organization_id: row for row in rows}
    reminders = RoundReminder.objects.visible_to(scope).filter(round=found).order_by("sent_at")
    reminded = dict(reminders.values_list("organization", "sent_at"))
    full = quality.completeness(schools, ReportingPeriod.of(found.year, found.as_of))
    listed = [
        Standing(school, confirmed.get(school.pk), reminded.get(school.pk), full.get(school.pk))
        for school in schools.order_by("short_name", "pk")
    ]
    return sorted(listed, key=lambda row: ORDER.index(row.state))


def curators_of(schools: QuerySet) -> list[Membership]:
    """Who keeps the data of the organizations and can sign in, by organization and name."""
    rows = Membership.objects.filter(
        role=Role.CURATOR, organization__in=schools.values("pk"), user__is_active=True
    )
    rows = rows.on_date(today()).select_related("user", "organization")
    return list(rows.order_by("organization__short_name", "user__full_name", "pk"))
