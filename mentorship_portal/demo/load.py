"""The demo from an empty database to the end, in one transaction: it is there whole or not at all."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from django.db import transaction
from django.utils.translation import gettext as _

from checklists.models import ChecklistTemplate
from mentors.models import (
    EndReason,
    MenteeCategory,
    MentoringForm,
    MentoringKind,
    Pair,
    Participation,
    RoleVariant,
    Stage,
)
from mentors.services import transfer_person
from mentorship_portal.demo import answers, audits, papers, plans, users
from mentorship_portal.demo.calendar import CURRENT, some_day
from mentorship_portal.demo.cast import Cast, draw_cast
from mentorship_portal.demo.enrol import enrol
from mentorship_portal.demo.members import Member, MemberMaker
from mentorship_portal.demo.names import NameMaker
from mentorship_portal.demo.pairing import Dictionaries, Unit, pair_up
from mentorship_portal.demo.records import keep_records
from mentorship_portal.demo.work import plan_and_meet
from mentorship_portal.demo.world import MUNICIPALITY, REGION, SHOWCASE, School, draw_schools
from orgs.models import District, DocumentType, Municipality, OrganizationType
from orgs.services import register_municipality, register_organization

SEED = 20261123
TRANSFERS = 12
STREETS = ("Школьная", "Озёрная", "Садовая", "Лесная", "Набережная", "Мира", "Гагарина", "Советская")


class DemoRefused(Exception):
    """The database holds real data; the message says whose."""


@dataclass
class Loaded:
    """What stands in the database after the load."""

    is_new: bool
    organizations: int = 0
    mentors: int = 0
    mentees: int = 0
    pairs: int = 0


def load_demo(
    *, seed: int = SEED, force: bool = False, progress: Callable[[str], None] | None = None
) -> Loaded:
    """Loads «Приозёрск» once; a second call changes nothing and only counts.

    The reference data must have been loaded. Raises :class:`DemoRefused` on a database with a municipality
    that is not a demo, unless ``force``.
    """
    say = progress or (lambda text: None)
    with transaction.atomic():
        real = Municipality.objects.filter(is_demo=False).order_by("name").first()
        if real is not None and not force:
            raise DemoRefused(
                _(
                    "The database holds real data (“%(municipality)s”), so the demo is not loaded. "
                    "To load it all the same, add --force."
                )
                % {"municipality": real.name}
            )
        existing = Municipality.objects.filter(name=MUNICIPALITY).first()
        if existing is not None:
            if not existing.is_demo:
                raise DemoRefused(
                    _("“%(municipality)s” already exists and is not the demo.")
                    % {"municipality": MUNICIPALITY}
                )
            return _counted(existing, is_new=False)
        municipality = _build(seed, say)
        return _counted(municipality, is_new=True)


def _build(seed: int, say) -> Municipality:
    rng = Random(seed)
    schools = draw_schools()
    municipality, districts = _found(schools)
    office = users.open_office(municipality, districts)
    _register(schools, municipality, districts, office)
    users.appoint_curators(schools, office)
    papers.count_heads(schools, rng, office.methodologist)
    kit = _Kit()
    casts: dict[str, Cast] = {}
    names = NameMaker(rng)
    for school in schools:
        say(school.short_name)
        # A generator of its own keeps a school as it is when another one changes.
        casts[school.short_name] = _fill(school, Random(f"{seed} {school.inn}"), names, kit, office)
    showcase = next(school for school in schools if school.short_name == SHOWCASE)
    users.invite_school(showcase, casts[SHOWCASE], office)
    _transfer_some(schools, casts, rng, kit)
    plans.set_targets(municipality, office.methodologist)
    plans.draw_roadmap(municipality, office.methodologist)
    say(_("monitoring rounds"))
    plans.run_rounds(municipality, schools, office.methodologist)
    return municipality


class _Kit:
    """Reference data that every school needs."""

    def __init__(self):
        variants: dict[str, list[RoleVariant]] = {}
        for variant in RoleVariant.objects.select_related("form"):
            variants.setdefault(variant.form.code, []).append(variant)
        self.dictionaries = Dictionaries(
            MentoringForm.objects.in_bulk(field_name="code"),
            MentoringKind.objects.in_bulk(field_name="code"),
            variants,
            Stage.objects.in_bulk(field_name="code"),
            EndReason.objects.in_bulk(field_name="code"),
        )
        self.categories = MenteeCategory.objects.in_bulk(field_name="code")
        self.documents = DocumentType.objects.in_bulk(field_name="code")
        self.template = ChecklistTemplate.objects.get(code=audits.TEMPLATE)
        self.versions = answers.current_versions()


def _fill(school: School, rng: Random, names: NameMaker, kit: _Kit, office: users.Office) -> Cast:
    names.rng = rng
    cast = draw_cast(school, rng, MemberMaker(school, rng, names))
    enrol(school, rng, cast, kit.categories)
    units: list[Unit] = pair_up(school, rng, cast, kit.dictionaries)
    plan_and_meet(school, rng, units)
    keep_records(school, rng, names, cast)
    answers.ask(school, rng, units, kit.dictionaries.forms, kit.versions)
    papers.file_documents(school, rng, kit.documents)
    audits.audit(school, rng, kit.template, office.methodologist)
    return cast


def _found(schools: list[School]) -> tuple[Municipality, dict[str, District]]:
    municipality = register_municipality(
        actor=None,
        name=MUNICIPALITY,
        region=REGION,
        districts=sorted({school.district for school in schools}),
        department="Департамент образования администрации города Приозёрска",
        methodical_service="МБУ «Методический центр города Приозёрска»",
        is_demo=True,
    )
    return municipality, {district.name: district for district in municipality.districts.all()}


def _register(schools, municipality: Municipality, districts, office: users.Office) -> None:
    types = OrganizationType.objects.in_bulk(field_name="code")
    for school in schools:
        site = f"https://school{school.number:02d}.priozersk.example"
        school.organization = register_organization(
            actor=office.administrator,
            inn=school.inn,
            short_name=school.short_name,
            full_name=school.full_name,
            type=types[school.type],
            municipality=municipality,
            district=districts[school.district],
            address=_address(school.number),
            website=site,
            mentoring_page=f"{site}/nastavnichestvo"
            if school.has_registers and school.number % 9 != 5
            else "",
            head_name=school.head,
        )


def _address(number: int) -> str:
    return f"г. Приозёрск, ул. {STREETS[number % len(STREETS)]}, д. {number * 3 % 47 + 1}"


def _transfer_some(schools: list[School], casts: dict[str, Cast], rng: Random, kit: _Kit) -> None:
    """Pupils who have changed schools this autumn: both periods stay, the old pairs close."""
    donors = [school for school in schools if school.counts.get("pupil_mentees", 0) > 150]
    # As many schools lose a pupil as there are transfers, so that nobody moves twice.
    for from_school in rng.sample(donors, TRANSFERS):
        to_school = rng.choice([school for school in donors if school is not from_school])
        member = rng.choice([member for member in casts[from_school.short_name].mentees if _may_move(member)])
        transfer_person(
            actor=to_school.actor,
            person=member.person,
            from_organization=from_school.organization,
            to_organization=to_school.organization,
            on=_moving_day(rng),
            end_reason=kit.dictionaries.reasons["mentee_left"],
            class_name=member.participation.class_name,
        )


def _moving_day(rng: Random):
    return some_day(rng, datetime.date(2026, 11, 11), datetime.date(2026, 11, 20))


def _may_move(member: Member) -> bool:
    return (
        member.years in ((1, 2), (0, 1, 2))
        and member.years[-1] == CURRENT
        and member.wanted_mentor is None
        and 5 <= member.class_number <= 8
    )


def _counted(municipality: Municipality, *, is_new: bool) -> Loaded:
    people = Participation.objects.filter(organization__municipality=municipality)
    return Loaded(
        is_new=is_new,
        organizations=municipality.organizations.count(),
        mentors=people.filter(role="mentor").values("person").distinct().count(),
        mentees=people.filter(role="mentee").values("person").distinct().count(),
        pairs=Pair.objects.filter(organization__municipality=municipality).count(),
    )
