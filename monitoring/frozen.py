"""Rows that are written once: published figures never change, a correction is a new revision."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext as _

from orgs.querysets import ScopedQuerySet


class FrozenProblem(Exception):
    """Somebody tried to change or delete a published row."""

    def __init__(self):
        super().__init__(_("Published figures are never changed: close the round again with a reason."))


class FrozenQuerySet(ScopedQuerySet):
    """A queryset that adds rows and reads them, and refuses everything else."""

    def update(self, **values):
        raise FrozenProblem

    def bulk_update(self, objs, fields, batch_size=None):
        raise FrozenProblem

    def update_or_create(self, defaults=None, create_defaults=None, **kwargs):
        raise FrozenProblem

    def delete(self):
        raise FrozenProblem

    delete.alters_data = True
    delete.queryset_only = True

    def bulk_create(self, objs, *args, update_conflicts=False, **kwargs):
        if update_conflicts:
            raise FrozenProblem
        return super().bulk_create(objs, *args, **kwargs)


class FrozenModel(models.Model):
    """Base of rows that are written once."""

    objects = FrozenQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise FrozenProblem
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args, **kwargs):
        raise FrozenProblem
