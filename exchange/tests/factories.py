"""Factories of the exchange app."""

import hashlib

import factory
from django.core.files.base import ContentFile

from accounts.tests.factories import UserFactory
from exchange.enums import ImportStep, RunState
from exchange.models import ImportRun, ReportRun
from orgs.tests.factories import OrganizationFactory


class ImportRunFactory(factory.django.DjangoModelFactory):
    """A checked workbook of a school that waits for confirmation."""

    kind = "mentees"
    state = RunState.READY
    step = ImportStep.CONFIRM
    owner = factory.SubFactory(UserFactory)
    organization = factory.SubFactory(OrganizationFactory)
    municipality = factory.SelfAttribute("organization.municipality")
    file_name = "База наставляемых.xlsx"
    file = factory.LazyFunction(lambda: ContentFile("книга".encode(), name="file.xlsx"))
    sha256 = factory.LazyAttribute(lambda run: hashlib.sha256("книга".encode()).hexdigest())

    class Meta:
        model = ImportRun


class ReportRunFactory(factory.django.DjangoModelFactory):
    """A finished report of a school."""

    kind = "summary"
    format = "xlsx"
    state = RunState.READY
    owner = factory.SubFactory(UserFactory)
    organization = factory.SubFactory(OrganizationFactory)
    municipality = factory.SelfAttribute("organization.municipality")
    year = 2026
    file_name = "Свод.xlsx"
    file = factory.LazyFunction(lambda: ContentFile("свод".encode(), name="report.xlsx"))
    size = 8

    class Meta:
        model = ReportRun
