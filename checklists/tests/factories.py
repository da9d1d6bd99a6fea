"""Factories of the checklists app."""

import factory
from django.core.files.base import ContentFile

from checklists.enums import Achievement
from checklists.models import ChecklistItem, ChecklistTemplate, EvidenceFile, ItemAnswer, SelfAudit
from orgs.tests.factories import OrganizationFactory


class ChecklistTemplateFactory(factory.django.DjangoModelFactory):
    code = "klin"
    title = "Чек-лист самоаудита"

    class Meta:
        model = ChecklistTemplate
        django_get_or_create = ("code",)


class ChecklistItemFactory(factory.django.DjangoModelFactory):
    template = factory.SubFactory(ChecklistTemplateFactory)
    number = 1
    title = factory.LazyAttribute(lambda item: f"Пункт {item.number}")

    class Meta:
        model = ChecklistItem
        django_get_or_create = ("template", "number")


class SelfAuditFactory(factory.django.DjangoModelFactory):
    organization = factory.SubFactory(OrganizationFactory)
    template = factory.SubFactory(ChecklistTemplateFactory)
    year = 2026

    class Meta:
        model = SelfAudit


class ItemAnswerFactory(factory.django.DjangoModelFactory):
    audit = factory.SubFactory(SelfAuditFactory)
    item = factory.SubFactory(ChecklistItemFactory, template=factory.SelfAttribute("..audit.template"))
    answer = Achievement.ACHIEVED

    class Meta:
        model = ItemAnswer


class EvidenceFileFactory(factory.django.DjangoModelFactory):
    answer = factory.SubFactory(ItemAnswerFactory)
    name = "Положение.pdf"
    file = factory.LazyFunction(lambda: ContentFile(b"%PDF-1.4", name="evidence.pdf"))
    size = 8

    class Meta:
        model = EvidenceFile
