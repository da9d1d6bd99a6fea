"""Factories of the orgs app."""

import datetime

import factory
from django.utils import timezone

from accounts.tests.factories import UserFactory
from orgs.enums import Role
from orgs.invitations.tokens import hash_of, new_nonce, token_of
from orgs.models import (
    District,
    Document,
    DocumentType,
    Headcount,
    Invitation,
    Membership,
    Municipality,
    Organization,
    OrganizationType,
    Region,
)

_WEIGHTS = (2, 4, 10, 3, 5, 9, 4, 6, 8)


def make_inn(number: int) -> str:
    """A 10-digit INN with a right check digit, different for every number."""
    digits = f"54{number:07d}"
    return digits + str(sum(w * int(d) for w, d in zip(_WEIGHTS, digits, strict=True)) % 11 % 10)


class RegionFactory(factory.django.DjangoModelFactory):
    name = factory.Sequence(lambda n: f"Область {n}")

    class Meta:
        model = Region


class MunicipalityFactory(factory.django.DjangoModelFactory):
    name = factory.Sequence(lambda n: f"Город {n}")

    class Meta:
        model = Municipality


class DistrictFactory(factory.django.DjangoModelFactory):
    municipality = factory.SubFactory(MunicipalityFactory)
    name = factory.Sequence(lambda n: f"Район {n}")

    class Meta:
        model = District


class OrganizationTypeFactory(factory.django.DjangoModelFactory):
    code = "school"
    title = "школа"

    class Meta:
        model = OrganizationType
        django_get_or_create = ("code",)


class OrganizationFactory(factory.django.DjangoModelFactory):
    """A working school."""

    inn = factory.Sequence(lambda n: make_inn(n + 1))
    short_name = factory.Sequence(lambda n: f"СОШ № {n}")
    type = factory.SubFactory(OrganizationTypeFactory)
    municipality = factory.SubFactory(MunicipalityFactory)

    class Meta:
        model = Organization


class HeadcountFactory(factory.django.DjangoModelFactory):
    organization = factory.SubFactory(OrganizationFactory)
    on_date = datetime.date(2025, 9, 5)
    pupils_total = 800
    pupils_10_18 = 500
    pupils_15_18 = 150
    teachers = 50
    young_specialists = 6

    class Meta:
        model = Headcount


class MembershipFactory(factory.django.DjangoModelFactory):
    """A role since 2020; by default the curator's role at a school."""

    user = factory.SubFactory(UserFactory)
    role = Role.CURATOR
    started_on = datetime.date(2020, 9, 1)

    class Meta:
        model = Membership


class DocumentTypeFactory(factory.django.DjangoModelFactory):
    code = "introduction_order"
    title = "Приказ о внедрении целевой модели наставничества"
    required = True

    class Meta:
        model = DocumentType
        django_get_or_create = ("code",)


class DocumentFactory(factory.django.DjangoModelFactory):
    organization = factory.SubFactory(OrganizationFactory)
    type = factory.SubFactory(DocumentTypeFactory)
    number = factory.Sequence(lambda n: f"{n}-о")
    issued_on = datetime.date(2025, 9, 1)

    class Meta:
        model = Document


class InvitationFactory(factory.django.DjangoModelFactory):
    """An invitation to be curator of a school, sent a moment ago; its link is ``token_of(nonce)``."""

    email = factory.Sequence(lambda n: f"invited{n}@example.org")
    role = Role.CURATOR
    organization = factory.SubFactory(OrganizationFactory)
    appointment_order = "Приказ от 29.08.2026 № 57"
    nonce = factory.LazyFunction(new_nonce)
    token_hash = factory.LazyAttribute(lambda made: hash_of(token_of(made.nonce)))
    sent_at = factory.LazyFunction(timezone.now)
    expires_at = factory.LazyAttribute(lambda made: made.sent_at + datetime.timedelta(days=7))

    class Meta:
        model = Invitation
