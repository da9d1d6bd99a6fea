"""Editable dictionaries of mentoring; their rows are data loaded by ``load_reference``."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.models import Dictionary
from mentors.enums import Population


def long_dashed(title: str) -> str:
    """«учитель — ученик»: the documents write a short dash, the screens a long one."""
    return title.replace(" – ", " — ")


def offered(dictionary: type[Dictionary], known: int | None) -> models.QuerySet:
    """Values in use, and the ``known`` one that stands in a record already."""
    return dictionary.objects.filter(Q(active=True) | Q(pk=known))


class MentoringForm(Dictionary):
    """Form of mentoring: who mentors whom (МР-42/02, section 3; order 1438, row 2.2)."""

    mentor_population = models.CharField(_("the mentor is"), max_length=10, choices=Population.choices)
    mentee_population = models.CharField(_("the mentee is"), max_length=10, choices=Population.choices)

    class Meta(Dictionary.Meta):
        verbose_name = _("form of mentoring")
        verbose_name_plural = _("forms of mentoring")

    def __str__(self):
        return long_dashed(self.title)


class RoleVariant(Dictionary):
    """Variant of roles inside a form, such as «лидер – пассивный»."""

    form = models.ForeignKey(
        MentoringForm, verbose_name=_("form"), on_delete=models.CASCADE, related_name="role_variants"
    )

    class Meta(Dictionary.Meta):
        verbose_name = _("variant of roles")
        verbose_name_plural = _("variants of roles")

    def __str__(self):
        return long_dashed(self.title)


class MentoringKind(Dictionary):
    """Kind of mentoring: traditional, situational, reverse, virtual … (Klin checklist, item 3)."""

    class Meta(Dictionary.Meta):
        verbose_name = _("kind of mentoring")
        verbose_name_plural = _("kinds of mentoring")


class MenteeCategory(Dictionary):
    """Category of teachers who are mentored (Klin checklist, item 2)."""

    class Meta(Dictionary.Meta):
        verbose_name = _("category of mentees")
        verbose_name_plural = _("categories of mentees")


class Stage(Dictionary):
    """One of the seven stages of the programme (Р-145, МР-42/02) with its result."""

    result = models.CharField(_("result"), max_length=300, blank=True)

    class Meta(Dictionary.Meta):
        verbose_name = _("stage")
        verbose_name_plural = _("stages")


class EndReason(Dictionary):
    """Why a pair ended."""

    class Meta(Dictionary.Meta):
        verbose_name = _("reason of the end")
        verbose_name_plural = _("reasons of the end")
