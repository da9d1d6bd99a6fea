"""Factories of the monitoring app."""

import datetime

import factory

from monitoring.models import (
    Figure,
    Indicator,
    IndicatorSetting,
    Roadmap,
    RoadmapActivity,
    RoadmapSection,
    Round,
    RoundConfirmation,
    Snapshot,
    Target,
)
from orgs.tests.factories import MunicipalityFactory, OrganizationFactory


class IndicatorFactory(factory.django.DjangoModelFactory):
    code = "pupil_mentees"
    title = "Доля детей 10–18 лет в роли наставляемого"

    class Meta:
        model = Indicator
        django_get_or_create = ("code",)


class IndicatorSettingFactory(factory.django.DjangoModelFactory):
    municipality = factory.SubFactory(MunicipalityFactory)
    indicator = factory.SubFactory(IndicatorFactory)

    class Meta:
        model = IndicatorSetting


class TargetFactory(factory.django.DjangoModelFactory):
    municipality = factory.SubFactory(MunicipalityFactory)
    indicator = factory.SubFactory(IndicatorFactory)
    year = 2026
    value = 20

    class Meta:
        model = Target


class RoadmapFactory(factory.django.DjangoModelFactory):
    municipality = factory.SubFactory(MunicipalityFactory)
    code = factory.Sequence(lambda n: f"roadmap-{n}")
    title = factory.Sequence(lambda n: f"Дорожная карта {n}")
    first_year = 2025
    last_year = 2027

    class Meta:
        model = Roadmap


class RoadmapSectionFactory(factory.django.DjangoModelFactory):
    roadmap = factory.SubFactory(RoadmapFactory)
    number = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"Раздел {n}")

    class Meta:
        model = RoadmapSection


class RoadmapActivityFactory(factory.django.DjangoModelFactory):
    section = factory.SubFactory(RoadmapSectionFactory)
    number = factory.Sequence(lambda n: f"1.{n}")
    position = factory.Sequence(lambda n: n)
    title = factory.Sequence(lambda n: f"Мероприятие {n}")

    class Meta:
        model = RoadmapActivity


class RoundFactory(factory.django.DjangoModelFactory):
    municipality = factory.SubFactory(MunicipalityFactory)
    year = 2026
    as_of = datetime.date(2026, 12, 31)

    class Meta:
        model = Round


class RoundConfirmationFactory(factory.django.DjangoModelFactory):
    round = factory.SubFactory(RoundFactory)
    organization = factory.SubFactory(OrganizationFactory)

    class Meta:
        model = RoundConfirmation


class SnapshotFactory(factory.django.DjangoModelFactory):
    round = factory.SubFactory(RoundFactory)
    document = factory.LazyFunction(dict)
    sha256 = "0" * 64

    class Meta:
        model = Snapshot


class FigureFactory(factory.django.DjangoModelFactory):
    snapshot = factory.SubFactory(SnapshotFactory)
    code = "pupil_mentees"
    version = 1
    numerator = 10
    denominator = 100
    state = "ok"

    class Meta:
        model = Figure
