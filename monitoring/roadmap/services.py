"""Writes of the roadmap: taken from a template, edited, marked; every change is in the history."""

from __future__ import annotations

import re
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from common.dates import today
from common.recorded import delete_as, insert_all, save_as, update_all
from monitoring.enums import ActivityStatus
from monitoring.models import (
    ActivityOccurrence,
    Indicator,
    Roadmap,
    RoadmapActivity,
    RoadmapSection,
    Target,
)
from monitoring.roadmap_models import Marked
from orgs.models import Municipality
from orgs.scope import Scope

# Numbers are moved out of the way of the unique constraint while rows change places.
ASIDE = "~"
YEAR = re.compile(r"\b20\d\d\b")


@transaction.atomic
def adopt_template(
    *, actor, municipality: Municipality, template: Roadmap, first_year: int, with_targets: bool = False
) -> Roadmap:
    """The municipality's own roadmap with every row of the template, its terms moved to ``first_year``.

    With ``with_targets`` the template's targets of the same years come along where there are none. Raises
    ``ValidationError`` when the municipality already has a roadmap: then that one is edited.
    """
    Municipality.objects.select_for_update().get(pk=municipality.pk)
    if municipality.roadmaps.exists():
        raise ValidationError(_("The municipality already has a roadmap. Edit it."))
    later = first_year - template.first_year
    roadmap = save_as(
        actor,
        Roadmap(
            municipality=municipality,
            code=f"{slugify(template.code)[:40]}-{municipality.pk}",
            title=_moved_text(template.title, later),
            goal=template.goal,
            tasks=template.tasks,
            first_year=first_year,
            last_year=template.last_year + later,
            source=_("After the model of: %(source)s") % {"source": template.source},
        ),
    )
    sections, activities = [], []
    for section in template.sections.prefetch_related("activities").order_by("number"):
        own = RoadmapSection(roadmap=roadmap, number=section.number, title=section.title)
        sections.append(own)
        activities += [_copied(row, own, later) for row in section.activities.all()]
    insert_all(actor, sections)
    insert_all(actor, activities)
    if with_targets:
        _copy_targets(actor, roadmap, template, later)
    return roadmap


def _copied(row: RoadmapActivity, section: RoadmapSection, later: int) -> RoadmapActivity:
    return RoadmapActivity(
        section=section,
        number=row.number,
        position=row.position,
        title=row.title,
        executors=row.executors,
        participants=row.participants,
        expected_result=row.expected_result,
        term_text=_moved_text(row.term_text, later),
        starts_on=row.starts_on and row.starts_on.replace(year=row.starts_on.year + later),
        ends_on=row.ends_on and row.ends_on.replace(year=row.ends_on.year + later),
        yearly=row.yearly,
    )


def _copy_targets(actor, roadmap: Roadmap, template: Roadmap, later: int) -> None:
    """Targets of the template for years and indicators that have none."""
    taken = set(
        Target.objects.filter(municipality=roadmap.municipality).values_list("indicator__code", "year")
    )
    indicators = Indicator.objects.in_bulk(field_name="code")
    insert_all(
        actor,
        [
            Target(
                municipality=roadmap.municipality,
                indicator=indicators[row["indicator"]],
                year=int(year) + later,
                value=Decimal(value),
                document=roadmap.source[:250],
            )
            for row in template.target_rows
            for year, value in row["values"].items()
            if row["indicator"] in indicators and (row["indicator"], int(year) + later) not in taken
        ],
    )


def _moved_text(text: str, later: int) -> str:
    """The text with its years moved: «2021-2024» becomes «2026-2029»."""
    return YEAR.sub(lambda found: str(int(found[0]) + later), text) if later else text


def save_roadmap(*, actor, roadmap: Roadmap, **values) -> Roadmap:
    """The head of the roadmap: title, years, document."""
    return save_as(actor, _with(roadmap, values))


@transaction.atomic
def add_section(*, actor, roadmap: Roadmap, title: str) -> RoadmapSection:
    """A new section at the end."""
    last = roadmap.sections.aggregate(last=Max("number"))["last"] or 0
    return save_as(actor, RoadmapSection(roadmap=roadmap, number=last + 1, title=title))


def rename_section(*, actor, section: RoadmapSection, title: str) -> RoadmapSection:
    """The section under another title."""
    return save_as(actor, _with(section, {"title": title}))


@transaction.atomic
def add_activity(*, actor, section: RoadmapSection, **values) -> RoadmapActivity:
    """A new activity at the end of the section, numbered on."""
    last = section.activities.aggregate(last=Max("position"))["last"] or 0
    return save_as(
        actor,
        RoadmapActivity(section=section, position=last + 1, number=_next_number(section), **values),
    )


def save_activity(*, actor, activity: RoadmapActivity, **values) -> RoadmapActivity:
    """The activity with other words or another term."""
    return save_as(actor, _with(activity, values))


@transaction.atomic
def move_activity(*, actor, activity: RoadmapActivity, up: bool) -> bool:
    """One place up or down in its section, the numbers follow; False at the edge."""
    rows = list(activity.section.activities.select_for_update().order_by("position", "pk"))
    place = next(index for index, row in enumerate(rows) if row.pk == activity.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rows):
        return False
    rows[place], rows[other] = rows[other], rows[place]
    _renumber(actor, activity.section, rows)
    return True


@transaction.atomic
def remove_activity(*, actor, activity: RoadmapActivity, reason: str) -> None:
    """Takes the activity out of the plan; the history keeps it with the reason. Later ones are renumbered."""
    section = activity.section
    files = [mark for mark in (activity, *activity.occurrences.all()) if mark.evidence_file]
    names = [(mark.evidence_file.storage, mark.evidence_file.name) for mark in files]
    delete_as(actor, activity, reason=reason)
    rows = list(section.activities.select_for_update().order_by("position", "pk"))
    _renumber(actor, section, rows)
    transaction.on_commit(lambda: [storage.delete(name) for storage, name in names])


@transaction.atomic
def mark(
    *,
    actor,
    target: Marked,
    status: str,
    evidence: str = "",
    file=None,
    file_name: str = "",
    without_evidence: bool = False,
    note: str = "",
) -> Marked:
    """Says how far an activity, or one year of it, is.

    «Done» needs evidence (a link, a file, an order) or the express word that there is none; «dropped» needs
    its reason in ``note``. Raises ``ValidationError`` with the fields.
    """
    has_file = bool(file or target.evidence_file)
    if status == ActivityStatus.DONE and not (evidence.strip() or has_file or without_evidence):
        raise ValidationError(
            {
                "evidence": _(
                    "Give what confirms it: a link, a file or an order; or mark that there is nothing."
                )
            }
        )
    if status == ActivityStatus.DROPPED and not note.strip():
        raise ValidationError({"note": _("Say why the activity is dropped.")})
    target.status, target.evidence, target.note = ActivityStatus(status), evidence, note
    target.without_evidence = without_evidence and not (evidence.strip() or has_file)
    if file:
        target.evidence_file, target.evidence_name = file, file_name[-255:]
    return save_as(actor, target)


def occurrence_of(activity: RoadmapActivity, year: int) -> ActivityOccurrence:
    """The year of a yearly activity, saved or new; raises ``ValidationError`` for a year outside its term."""
    if not activity.yearly or year not in activity.years:
        raise ValidationError(_("The year %(year)d is outside the term of the activity.") % {"year": year})
    return activity.occurrences.filter(year=year).first() or ActivityOccurrence(activity=activity, year=year)


def template_roadmap() -> Roadmap | None:
    """The template that a municipality may begin with: that of the Novokuznetsk order 1438."""
    return Roadmap.objects.filter(municipality__isnull=True).order_by("pk").first()


def roadmaps_of(scope: Scope, municipality: Municipality) -> list[Roadmap]:
    """The municipality's roadmaps that the scope sees, the newest first."""
    found = Roadmap.objects.visible_to(scope).filter(municipality=municipality)
    return list(found.order_by("-first_year", "pk"))


def roadmap_in_force(roadmaps: list[Roadmap]) -> Roadmap | None:
    """Of a municipality's roadmaps the one of this year, else the newest."""
    year = today().year
    current = [roadmap for roadmap in roadmaps if roadmap.first_year <= year <= roadmap.last_year]
    return next(iter(current or roadmaps), None)


def _next_number(section: RoadmapSection) -> str:
    taken = set(section.activities.values_list("number", flat=True))
    number = len(taken) + 1
    while f"{section.number}.{number}" in taken:
        number += 1
    return f"{section.number}.{number}"


def _renumber(actor, section: RoadmapSection, rows: list[RoadmapActivity]) -> None:
    changed = []
    for place, row in enumerate(rows, start=1):
        number = f"{section.number}.{place}"
        if (row.position, row.number) != (place, number):
            changed.append((row, place, number))
    moved = [row for row, _place, _number in changed]
    for row in moved:
        row.number = f"{ASIDE}{row.pk}"[:10]
    RoadmapActivity.objects.bulk_update(moved, ["number"])
    for row, place, number in changed:
        row.position, row.number = place, number
    update_all(actor, moved, ["position", "number"])


def _with(row, values: dict):
    for name, value in values.items():
        setattr(row, name, value)
    return row
