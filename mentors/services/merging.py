"""Two records of one human being made one: nothing that was recorded is lost, the history stays."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from common.recorded import delete_as, save_as, update_all
from mentors.models import Diagnostic, DifferentPeople, Pair, Participation, Person
from mentors.services.people import FITTING
from mentors.services.withdrawal import settle_withdrawals


def twins(kept: Person, merged: Person) -> list[tuple[Participation, Participation]]:
    """Open participations of both people in the same role at the same organization: they become one."""
    own = {
        (row.organization_id, row.role): row
        for row in Participation.objects.open().filter(person=kept).select_related("form", "category")
    }
    others = Participation.objects.open().filter(person=merged).select_related("form", "category")
    return [
        (own[row.organization_id, row.role], row)
        for row in others.order_by("pk")
        if (row.organization_id, row.role) in own
    ]


@transaction.atomic
def merge_people(
    *, actor, kept: Person, merged: Person, person_values: dict, participation_values: dict[int, dict]
) -> Person:
    """Makes ``merged`` the same person as ``kept`` and removes the second record.

    ``person_values`` are the chosen values of the person, ``participation_values`` those of each kept
    participation that has a twin, by its key. Participations without a twin move with their pairs and
    records. Raises ``ValidationError`` when the two are a pair, or have an account each.
    """
    _refuse_what_contradicts(kept, merged)
    reason = _("Joined with the record “%(name)s”") % {"name": merged.full_name}
    for own, other in twins(kept, merged):
        _join_participations(actor, own, other, participation_values.get(own.pk, {}), reason)
    user_id = merged.user_id
    if user_id is not None:
        merged.user = None
        save_as(actor, merged, reason=reason)
        person_values = {**person_values, "user_id": user_id}
    _repoint_all(actor, merged, kept, reason)
    for name, value in person_values.items():
        setattr(kept, name, value)
    save_as(actor, kept, reason=reason)
    delete_as(actor, merged, reason=_("Joined with the record “%(name)s”") % {"name": kept.full_name})
    settle_withdrawals(actor=actor, people=[kept], reason=reason)
    return kept


def tell_apart(*, actor, one: Person, other: Person) -> DifferentPeople:
    """Remembers that the two are different people, so that nobody is asked about them again."""
    first, second = sorted((one, other), key=lambda person: person.pk)
    row, _is_new = DifferentPeople._default_manager.get_or_create(
        first=first, second=second, defaults={"noted_by": actor}
    )
    return row


def _refuse_what_contradicts(kept: Person, merged: Person) -> None:
    if kept.pk == merged.pk:
        raise ValidationError(_("This is one record already."))
    both = (kept.pk, merged.pk)
    if Pair.objects.filter(mentor__person__in=both, mentee__person__in=both).exists():
        raise ValidationError(_("The two are mentor and mentee of one pair, so they are different people."))
    if kept.user_id is not None and merged.user_id is not None:
        raise ValidationError(
            _("Both have an account of their own. Ask the administrator to close one of the accounts first.")
        )


def _join_participations(actor, own: Participation, other: Participation, values: dict, reason: str) -> None:
    for name, value in values.items():
        setattr(own, name, value)
    own.base_place = own.base_place or other.base_place
    save_as(actor, own, reason=reason)
    _join_diagnostics(actor, own, other, reason)
    for side in ("mentor", "mentee"):
        for pair in Pair.objects.filter(**{side: other}).select_related("mentor", "mentee", "form"):
            _give_pair(actor, pair, side, own, reason)
    _repoint_all(actor, other, own, reason)
    delete_as(actor, other, reason=reason)


def _give_pair(actor, pair: Pair, side: str, own: Participation, reason: str) -> None:
    partner = {"mentor": "mentee", "mentee": "mentor"}[side]
    same = (
        Pair.objects.open()
        .filter(**{side: own, partner: getattr(pair, partner)})
        .select_related("mentor", "mentee", "form")
        .first()
    )
    if pair.ended_on is None and same is not None:
        _repoint_all(actor, pair, same, reason)
        _fill_pair(same, pair)
        save_as(actor, same, reason=reason)
        delete_as(actor, pair, reason=reason)
        return
    setattr(pair, side, own)
    pair.derive_populations()
    if (pair.mentor_population, pair.mentee_population) not in FITTING:
        raise ValidationError(
            _("The pair “%(pair)s” does not allow the chosen “who it is”. Choose the other value.")
            % {"pair": pair}
        )
    save_as(actor, pair, reason=reason)


def _fill_pair(kept: Pair, other: Pair) -> None:
    """Blanks of the kept pair from the other one; of two starts the earlier one."""
    starts = [day for day in (kept.started_on, other.started_on) if day]
    kept.started_on = min(starts, default=None)
    for column in Pair._meta.concrete_fields:
        if column.primary_key or column.attname in ("started_on", "ended_on"):
            continue
        if getattr(kept, column.attname) in (None, ""):
            setattr(kept, column.attname, getattr(other, column.attname))


def _join_diagnostics(actor, own: Participation, other: Participation, reason: str) -> None:
    """A diagnostic of the same phase and day cannot stand twice: what the second one says goes into notes."""
    known = {(item.phase, item.held_on): item for item in own.diagnostics.all()}
    for item in other.diagnostics.all():
        same: Diagnostic | None = known.get((item.phase, item.held_on))
        if same is None:
            continue
        if (same.deficits, same.method, same.notes) != (item.deficits, item.method, item.notes):
            told = _("By the joined record: %(deficits)d deficits") % {"deficits": item.deficits}
            parts = (same.notes, told, item.method, item.notes)
            same.notes = "\n".join(part for part in parts if part)
            save_as(actor, same, reason=reason)
        delete_as(actor, item, reason=reason)


def _repoint_all(actor, old: models.Model, new: models.Model, reason: str) -> None:
    """Makes every row that points at ``old`` point at ``new``, whichever app it is of."""
    for relation in old._meta.related_objects:
        if relation.related_model is DifferentPeople:
            continue
        name = relation.field.name
        rows = list(relation.related_model._base_manager.filter(**{name: old}))
        for row in rows:
            setattr(row, name, new)
        if not rows:
            continue
        if hasattr(relation.related_model, "history"):
            update_all(actor, rows, [name], reason=reason)
        else:
            relation.related_model._base_manager.bulk_update(rows, [name])
