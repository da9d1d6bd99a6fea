"""The workbook of documents: requisites and links of what a school has issued."""

from __future__ import annotations

import re
from functools import partial

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from common.cells import clean_text, parse_date, parse_url
from common.importing import Heading, KeyedResource, Thing, TitleLookup, import_kinds
from common.sheets.problems import Level
from orgs.imports import OrganizationFinder, inn_heading, reachable, text
from orgs.models import Document, DocumentType

_NUMBER_SIGN = re.compile(r"^(?:№|N|Nr|No)\.?\s*(?=[\w/-])")


def parse_number(value: object) -> str:
    """The number of a document without the sign «№» in front; a dash or «б/н» is no number."""
    number = _NUMBER_SIGN.sub("", clean_text(value, 60))
    return "" if number.lower() in ("-", "–", "—", "б/н", "бн", "без номера", "нет") else number


@import_kinds.register("documents")
class DocumentResource(KeyedResource):
    """Documents by organization, type, number and date."""

    kind = "documents"
    things = (
        Thing(
            "documents",
            gettext_lazy("Documents"),
            lambda n: ngettext("%(n)d document", "%(n)d documents", n) % {"n": n},
            "organizations",
        ),
    )
    title = gettext_lazy("Documents of organizations")
    sheet_title = "Документы"
    order = 60
    model = Document
    key = ("organization_id", "type_id", "number", "issued_on")
    data = ("url",)
    key_field = "type"

    inn = inn_heading()
    type = Heading(
        "Вид документа",
        "Тип документа",
        "Документ",
        "Наименование документа",
        "Название документа",
        parse=text(250),
        required=True,
        needed=True,
        width=40,
    )
    number = Heading("Номер", "Номер документа", "№ документа", "Рег. номер", parse=parse_number)
    issued_on = Heading("Дата", "Дата документа", "От", "Дата издания", parse=parse_date, kind="date")
    url = Heading(
        "Ссылка",
        "Ссылка на документ",
        "Адрес документа",
        "Гиперссылка",
        parse=partial(parse_url, max_length=500),
        kind="link",
        width=40,
    )

    def __init__(self, context):
        super().__init__(context)
        self._organizations = OrganizationFinder(context)
        self._types = TitleLookup(DocumentType.objects.all())

    def locate(self, entries):
        self._organizations.locate(entries)
        for entry in entries:
            found = self._types.find(entry["type"])
            if found is None:
                self._report_type(entry)
                continue
            entry.values["type_id"] = found.pk
            # A table without these columns gives no value; the key needs one.
            entry.values.setdefault("number", "")
            entry.values.setdefault("issued_on", None)

    def stored(self, entries):
        return Document.objects.visible_to(self.context.scope).filter(
            organization__in={entry["organization_id"] for entry in entries}
        )

    def stored_key(self, key):
        organization, kind, number, issued_on = key
        return organization, kind, parse_number(number), issued_on

    def export_rows(self):
        rows = Document.objects.visible_to(self.context.scope).filter(
            organization__in=reachable(self.context)
        )
        ordered = rows.order_by(
            "organization__short_name", "organization__inn", "type__position", "issued_on", "pk"
        )
        values = ordered.values(
            "number", "issued_on", "url", inn=F("organization__inn"), kind=F("type__title")
        )
        for row in values.iterator():
            yield row | {"type": row["kind"]}

    def _report_type(self, entry) -> None:
        near = self._types.close(entry["type"]) or self._types.all_titles()
        entry.report(
            Level.ERROR,
            "document_type_unknown",
            _("There is no document type “%(value)s”.") % {"value": entry["type"]},
            _("Choose one of: %(titles)s.") % {"titles": "; ".join(near)},
            field="type",
        )
