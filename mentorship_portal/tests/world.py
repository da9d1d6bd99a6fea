"""Two cities in which every text is a canary: whoever reads a canary of another place has found a leak.

A set of records stands at each school; at the school of the mentor and the mentee a second set (``Ш1Б``)
belongs to other people of the same school.
"""

from __future__ import annotations

import datetime
import itertools
from dataclasses import dataclass, field

from django.core.files.base import ContentFile
from django.db import models

from accounts.models import User
from accounts.tests.factories import UserFactory
from checklists.enums import Achievement, AuditStatus, Verdict
from checklists.tests.factories import (
    ChecklistItemFactory,
    EvidenceFileFactory,
    ItemAnswerFactory,
    SelfAuditFactory,
)
from common.workbooks import Column, WorkbookWriter
from exchange.tests.factories import ImportRunFactory, ReportRunFactory
from mentors.tests.factories import (
    BulkChangeFactory,
    ConsentFactory,
    ContestEntryFactory,
    DiagnosticFactory,
    GroupFactory,
    MeetingFactory,
    MenteeFactory,
    MentorFactory,
    PairFactory,
    PersonFactory,
    PlanStepFactory,
    ProgramFactory,
    TrainingFactory,
)
from mentorship_portal.tests.cast import Cast, make_cast
from monitoring.tests.factories import (
    IndicatorFactory,
    RoadmapActivityFactory,
    RoadmapFactory,
    RoadmapSectionFactory,
    RoundFactory,
    TargetFactory,
)
from orgs.models import Organization
from orgs.tests.factories import DocumentFactory, HeadcountFactory, InvitationFactory, MembershipFactory
from surveys.tests.factories import AnswerFactory

# Code of the canaries of each set, by the name of its place in the cast.
CODES = {"school": "Ш1", "sibling_school": "Ш2", "district_school": "Ш3", "foreign_school": "Ш4"}
# Codes of what belongs to a whole municipality: everybody who works in it may read that.
CITY_CODES = ("Г1", "Г4")
BIRTH_DATE = datetime.date(2011, 3, 14)
PRIVATE_MARKS = ("контакт-секрет", "14.03.2011", "2011-03-14")
FULL_NAME_MARK = "имясекрет"
_numbers = itertools.count(42)
_PLAIN = {"inn", "sha256", "code", "format", "kind", "name_key", "contact", "first_name", "file_name"}
# Secrets that belong together.
_PLAIN |= {"nonce", "token_hash"}


def canary(code: str) -> str:
    """A text that belongs to one place."""
    return f"КАНАРЕЙКА-{code}-{next(_numbers):04d}"


@dataclass
class Records:
    """One of everything at one school."""

    code: str
    place: Organization
    owner: User
    rows: dict[str, models.Model] = field(default_factory=dict)


@dataclass
class World:
    """The cast, the records of each place by its name, and those of other people at the first school."""

    cast: Cast
    records: dict[str, Records]
    neighbours: Records


def make_world() -> World:
    """The whole world, saved."""
    cast = make_cast()
    owners = {
        "school": cast.curator,
        "sibling_school": cast.colleague_curator,
        "foreign_school": cast.foreign_curator,
        "district_school": UserFactory(),
    }
    MembershipFactory(user=owners["district_school"], organization=cast.district_school)
    for name, owner in owners.items():
        owner.full_name = f"Куратор {canary(CODES[name])}"
        owner.save()
    people = {"school": (cast.mentor, cast.mentee)}
    records = {
        name: make_records(CODES[name], getattr(cast, name), owners[name], people.get(name, (None, None)))
        for name in CODES
    }
    neighbours = make_records("Ш1Б", cast.school, cast.head, (None, None), audited=False)
    IndicatorFactory(code="pupil_mentees")
    for number, municipality in enumerate((cast.municipality, cast.foreign_municipality)):
        city = CITY_CODES[number]
        TargetFactory(municipality=municipality, document=canary(city))
        of_city = _roadmap(city, municipality)
        of_city["round"] = RoundFactory(municipality=municipality, basis=canary(city))
        for own in records.values():
            if own.place.municipality_id == municipality.pk:
                own.rows |= of_city
    fill(cast.school, "Ш1")
    for name in ("sibling_school", "district_school", "foreign_school"):
        fill(getattr(cast, name), CODES[name])
    return World(cast, records, neighbours)


def _roadmap(code: str, municipality) -> dict[str, models.Model]:
    """The roadmap of a municipality: the rows belong to everybody who works there."""
    roadmap = make(RoadmapFactory, code, municipality=municipality)
    section = make(RoadmapSectionFactory, code, roadmap=roadmap)
    activity = make(
        RoadmapActivityFactory,
        code,
        section=section,
        evidence_file=ContentFile(_workbook(code), name="evidence.xlsx"),
    )
    return {"roadmap": roadmap, "section": section, "activity": activity}


def make_records(code: str, place: Organization, owner: User, users, *, audited: bool = True) -> Records:
    """One row of every model at the school, all its texts canaries."""
    mentor, mentee = (
        make(MentorFactory, code, organization=place, person=_person(code, users[0])),
        make(MenteeFactory, code, organization=place, person=_person(code, users[1])),
    )
    group = make(GroupFactory, code, organization=place)
    pair = make(PairFactory, code, organization=place, mentor=mentor, mentee=mentee, group=group)
    program = make(ProgramFactory, code, pair=pair)
    rows = {"mentor": mentor, "mentee": mentee, "pair": pair, "program": program, "organization": place}
    rows |= {"user": owner, "membership": owner.memberships.get(organization=place)}
    rows["invitation"] = make(InvitationFactory, code, organization=place)
    rows |= {
        "group": group,
        "step": make(PlanStepFactory, code, program=program),
        "meeting": make(MeetingFactory, code, pair=pair),
    }
    rows |= {
        "diagnostic": make(DiagnosticFactory, code, participation=mentee),
        "training": make(TrainingFactory, code, participation=mentor),
        "contest": make(ContestEntryFactory, code, participation=mentee),
        "consent": make(
            ConsentFactory,
            code,
            person=mentee.person,
            organization=place,
            file=ContentFile(f"%PDF-1.4 {canary(code)}".encode(), name="consent.pdf"),
        ),
    }
    rows["document"] = make(
        DocumentFactory, code, organization=place, file=ContentFile(_workbook(code), name="document.xlsx")
    )
    for _ in range(6):
        make(AnswerFactory, code, organization=place)
    if audited:
        rows["headcount"] = make(HeadcountFactory, code, organization=place)
        rows["checklist"] = audit = _audit(code, place)
        rows["item"] = audit.template.items.first()
        rows["evidence"] = make(
            EvidenceFileFactory,
            code,
            answer=audit.answers.first(),
            file=ContentFile(_workbook(code), name="evidence.xlsx"),
        )
    rows["bulk"] = make(BulkChangeFactory, code, organization=place, actor=owner)
    rows["import"] = _import_run(code, place, owner)
    rows["report"] = _report_run(code, place, owner)
    return Records(code, place, owner, rows)


def make(factory, code: str, **values):
    """A row with canaries in its texts; written twice, so that its history holds canaries too."""
    return fill(factory(**values), code)


def fill(row, code: str):
    """Puts a canary into every free text of the row and saves it."""
    for column in row._meta.concrete_fields:
        is_text = isinstance(column, models.CharField | models.TextField)
        if not is_text or column.choices or column.name in _PLAIN or isinstance(column, models.EmailField):
            continue
        text = canary(code)
        if isinstance(column, models.URLField) or column.name.endswith("_url"):
            text = f"https://school.example/{text}"
        if len(text) <= column.max_length if column.max_length else True:
            setattr(row, column.attname, text)
    row.save()
    return row


def _person(code: str, user):
    person = PersonFactory(
        first_name="Имясекрет", birth_date=BIRTH_DATE, contact=f"КОНТАКТ-СЕКРЕТ {canary(code)}", user=user
    )
    person.last_name, person.patronymic = canary(code), canary(code)
    person.save()
    return person


def _audit(code: str, place: Organization):
    audit = make(SelfAuditFactory, code, organization=place, status=AuditStatus.SUBMITTED)
    for number in range(1, 13):
        item = ChecklistItemFactory(template=audit.template, number=number)
        make(
            ItemAnswerFactory,
            code,
            audit=audit,
            item=item,
            answer=Achievement.PARTLY,
            verdict=Verdict.RETURNED,
        )
    return audit


def _import_run(code: str, place: Organization, owner: User):
    issue = {
        "level": "question",
        "sheet": canary(code),
        "row": 14,
        "column": "D",
        "heading": canary(code),
        "value": canary(code),
        "code": "name_several",
        "message": canary(code),
        "fix": canary(code),
        "choices": [["1", canary(code)]],
    }
    figures = {"rows": 3, "added": 1, "updated": 0, "unchanged": 0, "refused": 2, "pairs_added": 0}
    return ImportRunFactory(
        organization=place,
        owner=owner,
        file_name=f"{canary(code)}.xlsx",
        outcome={**figures, "sheet": canary(code), "columns": [], "committed": False, "issues": [issue]},
        returned_file=ContentFile(_workbook(code), name="returned.xlsx"),
    )


def _report_run(code: str, place: Organization, owner: User):
    content = _workbook(code)
    return ReportRunFactory(
        organization=place,
        owner=owner,
        file_name=f"{canary(code)}.xlsx",
        file=ContentFile(content, name="report.xlsx"),
        size=len(content),
    )


def _workbook(code: str) -> bytes:
    from io import BytesIO

    target = BytesIO()
    with WorkbookWriter(target, title=canary(code)) as book:
        book.sheet("Лист", [Column("Текст", key="text")], [{"text": canary(code)}])
    return target.getvalue()
