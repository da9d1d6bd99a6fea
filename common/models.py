"""Abstract building blocks shared by the models of every app; the app itself has no tables."""

from __future__ import annotations

from django.db import models
from django.db.models.base import ModelState
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class ReadStraight(models.Model):
    """A model whose rows come out of the database without passing ``__init__``.

    Lists read hundreds of rows, and checking arguments that the database itself has named takes Django most
    of the time of reading them. No signal of a new instance is sent; deferred columns are read when asked
    for, as ever.
    """

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db, field_names, values):
        row = cls.__new__(cls)
        row.__dict__.update(zip(field_names, values, strict=True))
        row._state = ModelState()
        row._state.adding = False
        row._state.db = db
        return row


class Dictionary(ReadStraight):
    """A row of an editable dictionary: a stable code, a Russian title, synonyms seen in files.

    Rows are renamed or retired (``active``), never deleted: other records point at them.
    """

    code = models.SlugField(_("code"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=250)
    synonyms = models.JSONField(_("synonyms"), default=list, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    active = models.BooleanField(_("in use"), default=True)
    source = models.CharField(_("source document"), max_length=250, blank=True)

    history = HistoricalRecords(inherit=True)

    class Meta:
        abstract = True
        ordering = ["position", "code"]

    def __str__(self):
        return self.title


class Period(ReadStraight):
    """A dated period of something; an open end means that it goes on. The end day still belongs to it."""

    started_on = models.DateField(_("from"), null=True, blank=True)
    ended_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        abstract = True


def dates_in_order(name: str, start: str = "started_on", end: str = "ended_on") -> models.CheckConstraint:
    """A database constraint: the end of a period is not before its start."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{end}__isnull": True})
        | models.Q(**{f"{start}__isnull": True})
        | models.Q(**{f"{end}__gte": models.F(start)}),
        name=name,
        violation_error_message=_("The end date is before the start date. Correct one of the two dates."),
    )
