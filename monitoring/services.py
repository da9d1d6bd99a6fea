"""Writes of the monitoring app: closing a round freezes its figures, a correction is a new revision."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from monitoring import document
from monitoring.compute import Figures
from monitoring.enums import RoundStatus
from monitoring.models import Figure, Round, Snapshot
from monitoring.period import ReportingPeriod
from monitoring.queries import overview
from monitoring.rounds.rights import may_keep
from orgs.models import Municipality
from orgs.scope import Scope


class RoundProblem(Exception):
    """The round cannot be closed; the text says why and what to do."""


class RevisionProblem(RoundProblem):
    """The round is closed already, and no reason for a new revision is given."""


def close_round(
    actor,
    *,
    municipality: Municipality,
    year: int,
    as_of: datetime.date | None = None,
    reason: str = "",
    basis: str = "",
    scope: Scope | None = None,
) -> Snapshot:
    """Freezes the figures of a municipality for a year and closes its round; returns the snapshot.

    A round that is closed already gets a new revision, which needs a ``reason``; earlier revisions stay as
    they are. ``scope`` is that of a request: only who holds the whole municipality may close its round;
    without it the operator acts. Raises :class:`RoundProblem`, and
    :class:`monitoring.period.PeriodProblem` for an impossible year or date.
    """
    if scope is not None and not may_keep(scope, municipality):
        raise RoundProblem(_("Only a methodologist or analyst of the whole municipality closes a round."))
    period = ReportingPeriod.of(year, as_of)
    reason = reason.strip()
    with transaction.atomic():
        # The municipality's row is the lock: two closings at once become two revisions, never one lost.
        Municipality.objects.select_for_update().get(pk=municipality.pk)
        found, _created = Round.objects.get_or_create(
            municipality=municipality, year=period.year, as_of=period.as_of, defaults={"basis": basis}
        )
        revision = _next_revision(found, reason)
        live = overview(municipality, period, scope=Scope.everything())
        if not live.definitions:
            raise RoundProblem(_("No indicator is loaded: run manage.py load_reference first."))
        # A published document is in the portal's own language, whoever closes the round.
        with translation.override(settings.LANGUAGE_CODE):
            published = document.build(municipality, live.definitions, live.figures)
        snapshot = Snapshot.objects.create(
            round=found,
            revision=revision,
            reason=reason,
            created_by=actor,
            document=published,
            sha256=document.checksum(published),
        )
        versions = {definition.code: definition.version for definition in live.definitions}
        Figure.objects.bulk_create(_rows(snapshot, live.figures, versions), batch_size=1000)
        found.status = RoundStatus.CLOSED
        found.save(update_fields=["status"])
    return snapshot


def _next_revision(found: Round, reason: str) -> int:
    last = found.snapshots.order_by("-revision").values_list("revision", flat=True).first()
    if last is None:
        return 1
    if not reason:
        raise RevisionProblem(
            _("The round is closed already. A correction is a new revision: give its reason.")
        )
    return last + 1


def _rows(snapshot: Snapshot, figures: Figures, versions: dict[str, int]) -> list[Figure]:
    inns = {place.id: place.inn for place in figures.places}
    rows = [*figures.totals.values()]
    for own in figures.by_organization.values():
        rows += own.values()
    return [
        Figure(
            snapshot=snapshot,
            code=row.code,
            version=versions[row.code],
            organization_id=row.organization_id,
            inn=inns.get(row.organization_id, ""),
            numerator=row.numerator,
            denominator=row.denominator,
            state=row.state,
        )
        for row in rows
    ]


def latest_snapshot(round_id: int) -> Snapshot | None:
    """The latest revision of a round's frozen figures; None while it is open."""
    return Snapshot.objects.filter(round=round_id).order_by("-revision").first()
