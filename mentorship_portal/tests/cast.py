"""The named cast of the tests: places and the users who hold roles in them.

One municipality with two schools in one district and a third in another district; a second municipality
with one school.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from accounts.models import User
from accounts.tests.factories import UserFactory
from orgs.enums import Role
from orgs.models import District, Municipality, Organization
from orgs.tests.factories import (
    DistrictFactory,
    MembershipFactory,
    MunicipalityFactory,
    OrganizationFactory,
)

ROLES_AT = {
    "curator": (Role.CURATOR, "school"),
    "colleague_curator": (Role.CURATOR, "sibling_school"),
    "foreign_curator": (Role.CURATOR, "foreign_school"),
    "head": (Role.HEAD, "school"),
    "methodologist": (Role.METHODOLOGIST, "municipality"),
    "district_methodologist": (Role.METHODOLOGIST, "district"),
    "foreign_methodologist": (Role.METHODOLOGIST, "foreign_municipality"),
    "analyst": (Role.ANALYST, "municipality"),
    "administrator": (Role.ADMINISTRATOR, "municipality"),
    "mentor": (Role.MENTOR, "school"),
    "mentee": (Role.MENTEE, "school"),
    "stranger": None,
}


@dataclass
class Cast:
    """Places and users by name."""

    municipality: Municipality
    district: District
    other_district: District
    school: Organization
    sibling_school: Organization
    district_school: Organization
    foreign_municipality: Municipality
    foreign_district: District
    foreign_school: Organization
    curator: User
    colleague_curator: User
    foreign_curator: User
    head: User
    methodologist: User
    district_methodologist: User
    foreign_methodologist: User
    analyst: User
    administrator: User
    mentor: User
    mentee: User
    stranger: User


def make_places() -> dict:
    """The places of the cast."""
    municipality = MunicipalityFactory(name="Приозёрск")
    district = DistrictFactory(municipality=municipality, name="Северный район")
    other_district = DistrictFactory(municipality=municipality, name="Южный район")
    foreign_municipality = MunicipalityFactory(name="Заречье")
    foreign_district = DistrictFactory(municipality=foreign_municipality, name="Заречный район")
    home = {"municipality": municipality, "district": district}
    return {
        "municipality": municipality,
        "district": district,
        "other_district": other_district,
        "school": OrganizationFactory(short_name="СОШ № 17", **home),
        "sibling_school": OrganizationFactory(short_name="СОШ № 18", **home),
        "district_school": OrganizationFactory(
            short_name="СОШ № 30", municipality=municipality, district=other_district
        ),
        "foreign_municipality": foreign_municipality,
        "foreign_district": foreign_district,
        "foreign_school": OrganizationFactory(
            short_name="Лицей № 3", municipality=foreign_municipality, district=foreign_district
        ),
    }


def make_user(name: str, places: dict) -> User:
    """One user of the cast with the role of the name."""
    user = UserFactory(email=f"{name.replace('_', '-')}@example.org", full_name=f"Участник {name}")
    if ROLES_AT[name]:
        role, place_name = ROLES_AT[name]
        place = places[place_name]
        MembershipFactory(user=user, role=role, **{type(place)._meta.model_name: place})
    return user


def make_cast() -> Cast:
    """The whole cast, saved."""
    places = make_places()
    return Cast(**places, **{name: make_user(name, places) for name in ROLES_AT})


USER_NAMES = tuple(ROLES_AT)
PLACE_NAMES = tuple(field.name for field in fields(Cast) if field.name not in ROLES_AT)
