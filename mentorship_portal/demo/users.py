"""Users of every role with their dated roles; the demo sign-ins share one published password."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from accounts.models import User
from mentors.enums import Side
from mentors.services import change_person
from mentorship_portal.demo.cast import Cast
from mentorship_portal.demo.enrol import REASON
from mentorship_portal.demo.world import SHOWCASE, School
from orgs.enums import Role
from orgs.models import District, Municipality
from orgs.services import appoint

PASSWORD = "priozersk-demo"
SIGN_INS = (
    "curator@example.org",
    "head@example.org",
    "methodologist@example.org",
    "district@example.org",
    "analyst@example.org",
    "administrator@example.org",
    "mentor@example.org",
    "mentee@example.org",
)
APPOINTED_ON = datetime.date(2024, 8, 29)


@dataclass
class Office:
    """The people who work above the schools."""

    administrator: User
    methodologist: User


def open_office(municipality: Municipality, districts: dict[str, District]) -> Office:
    """The users of the municipality: administrator, methodologists, analyst."""
    password = make_password(PASSWORD)
    administrator = _user("administrator@example.org", "Власова Екатерина Константиновна", password)
    methodologist = _user("methodologist@example.org", "Ларина Татьяна Павловна", password)
    analyst = _user("analyst@example.org", "Громов Виктор Андреевич", password)
    district = _user("district@example.org", "Ефимова Надежда Юрьевна", password)
    first = next(iter(districts.values()))
    for user, role, place in (
        (administrator, Role.ADMINISTRATOR, {"municipality": municipality}),
        (methodologist, Role.METHODOLOGIST, {"municipality": municipality}),
        (analyst, Role.ANALYST, {"municipality": municipality}),
        (district, Role.METHODOLOGIST, {"district": first}),
    ):
        appoint(
            actor=administrator,
            user=user,
            role=role,
            started_on=APPOINTED_ON,
            order="Приказ департамента образования от 29.08.2024 № 96",
            **place,
        )
    return Office(administrator, methodologist)


def appoint_curators(schools: list[School], office: Office) -> None:
    """Curators by orders of their schools; a few schools have none, the methodologist helps them."""
    password = make_password(PASSWORD)
    for school in schools:
        school.actor = office.methodologist
        if not school.curator:
            continue
        is_showcase = school.short_name == SHOWCASE
        email = "curator@example.org" if is_showcase else f"curator-{school.number:02d}@example.org"
        user = _user(email, school.curator, password if is_showcase else None)
        appoint(
            actor=office.administrator,
            user=user,
            role=Role.CURATOR,
            organization=school.organization,
            started_on=APPOINTED_ON,
            order=f"Приказ от 29.08.2024 № {40 + school.number}-од",
        )
        school.actor = user


def invite_school(school: School, cast: Cast, office: Office) -> None:
    """The head, a mentor and a mentee of the showcase school; the last two are linked with their cards."""
    password = make_password(PASSWORD)
    head = _user("head@example.org", school.head, password)
    order = "Приказ департамента образования от 25.08.2021 № 71"
    _appoint(office, head, Role.HEAD, school, order)
    for email, side, last_name, first_name, role in (
        ("mentor@example.org", Side.MENTOR, "Орлова", "Елена", Role.MENTOR),
        ("mentee@example.org", Side.MENTEE, "Белов", "Артём", Role.MENTEE),
    ):
        person = cast.named(last_name, first_name, side).person
        user = _user(email, person.full_name, password)
        _appoint(office, user, role, school, f"Приказ от 14.10.2026 № 118-од, {school.short_name}")
        change_person(actor=school.actor, person=person, user=user, reason=REASON)


def _appoint(office: Office, user: User, role: Role, school: School, order: str) -> None:
    appoint(
        actor=office.administrator,
        user=user,
        role=role,
        organization=school.organization,
        started_on=APPOINTED_ON,
        order=order,
    )


def _user(email: str, full_name: str, password: str | None) -> User:
    """A user; without a password the account waits for an invitation."""
    user = User(email=email, full_name=full_name)
    if password is None:
        user.set_unusable_password()
    else:
        user.password = password
    user.save()
    return user
