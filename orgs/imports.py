"""How importers of all apps find organizations: by ИНН, and only inside the scope of the run."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from common.cells import clean_text_with_warnings, parse_inn
from common.importing import Entry, Heading, ImportContext
from common.sheets.problems import Level
from orgs.models import Organization


def inn_heading() -> Heading:
    """The column that names the organization of a row."""
    return Heading(
        "ИНН",
        "ИНН организации",
        "ИНН ОО",
        "ИНН школы",
        "ИНН образовательной организации",
        parse=parse_inn,
        required=True,
        needed=True,
        width=14,
    )


def text(length: int, *, multiline: bool = False):
    """A parser of text that is at most ``length`` characters long."""
    return partial(clean_text_with_warnings, max_length=length, multiline=multiline)


def reachable(context: ImportContext) -> QuerySet:
    """Organizations whose rows a run may touch: the scope, narrowed to the place it is asked for."""
    rows = Organization.objects.visible_to(context.scope)
    if context.organization is not None:
        rows = rows.filter(pk=context.organization.pk)
    if context.municipality is not None:
        rows = rows.filter(municipality=context.municipality)
    return rows


class OrganizationFinder:
    """Gives rows their organization; one query per batch of rows."""

    def __init__(self, context: ImportContext):
        self._rows = reachable(context)
        self._ids: dict[str, int | None] = {}

    def locate(self, entries: Iterable[Entry]) -> None:
        """Puts ``organization_id`` on the rows.

        An organization outside the scope is reported in the words for one that does not exist.
        """
        entries = list(entries)
        new = {entry["inn"] for entry in entries} - self._ids.keys()
        if new:
            found = dict(self._rows.filter(inn__in=new).values_list("inn", "pk"))
            self._ids.update({inn: found.get(inn) for inn in new})
        for entry in entries:
            pk = self._ids[entry["inn"]]
            entry.values["organization_id"] = pk
            if pk is None:
                report_unknown(entry)


def report_unknown(entry: Entry) -> None:
    """Says that the row's organization is not there, whether it exists elsewhere or not."""
    entry.report(
        Level.ERROR,
        "organization_unknown",
        _("The ИНН %(inn)s was not found among your organizations.") % {"inn": entry["inn"]},
        _("Check the ИНН; a new organization must be loaded with the list of organizations first."),
        field="inn",
    )
