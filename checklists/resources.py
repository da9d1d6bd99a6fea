"""The workbook of self-audits: a row is the answer of one school to one item for one year."""

from __future__ import annotations

import re
from functools import partial

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from checklists.enums import Achievement, AuditStatus, Verdict
from checklists.models import ChecklistItem, ChecklistTemplate, ItemAnswer, SelfAudit
from common.bulk import CHANGED, CREATED, insert_rows, reserve_ids, update_rows
from common.cells import clean_text, clean_text_with_warnings, parse_int
from common.importing import Entry, Heading, KeyedResource, Plan, Thing, TitleLookup, import_kinds
from common.sheets.problems import CellProblem, Level, shown
from orgs.imports import OrganizationFinder, inn_heading, reachable, text

TEMPLATE = "klin_2023"
LONGEST_COMMENT = 10_000
_ITEM = re.compile(r"(?:пункт|п)?\.?\s*(\d{1,2})\.?", re.IGNORECASE)
_CLOSED = (AuditStatus.SUBMITTED, AuditStatus.ACCEPTED)


class AnswerName:
    """An answer by the words that workbooks use for it."""

    def __init__(self, code: str, title: str, *synonyms: str):
        self.code, self.title, self.synonyms = code, title, synonyms


ANSWERS = (
    AnswerName(
        Achievement.ACHIEVED, "достигнуто", "достигнут", "достигнута", "да", "выполнено", "+", "полностью"
    ),
    AnswerName(
        Achievement.PARTLY,
        "частично",
        "частично достигнуто",
        "достигнуто частично",
        "частично выполнено",
        "выполнено частично",
        "не полностью",
    ),
    AnswerName(
        Achievement.NOT_ACHIEVED, "нет", "не достигнуто", "не достигнут", "не достигнута", "не выполнено"
    ),
)
TITLES = {answer.code: answer.title for answer in ANSWERS}
_names = TitleLookup(ANSWERS, codes=("code",))


def parse_answer(value: object) -> str:
    """The code of the answer. Raises CellProblem answer_unknown."""
    if isinstance(value, bool):
        return Achievement.ACHIEVED if value else Achievement.NOT_ACHIEVED
    typed = clean_text(value, 250)
    if not typed:
        return ""
    found = _names.find(typed)
    if found is None:
        raise CellProblem(
            "answer_unknown",
            _("“%(value)s” is no answer to an item.") % {"value": shown(value)},
            _("Type «достигнуто», «частично» or «нет»."),
        )
    return found.code


def parse_item(value: object) -> int | None:
    """The number of the item, also out of «п. 3» or «Пункт 3»."""
    if isinstance(value, str) and (match := _ITEM.fullmatch(clean_text(value))):
        return int(match[1])
    return parse_int(value)


@import_kinds.register("checklists")
class ChecklistResource(KeyedResource):
    """Answers to the items of the Klin checklist by organization, year and item.

    A self-audit is begun when new. One that the school has submitted, or that has been accepted, is not
    changed by a file; of a returned one only the returned items are (see ``checklists.services``).
    """

    kind = "checklists"
    things = (
        Thing(
            "checklists",
            gettext_lazy("Answers of self-audits"),
            lambda n: ngettext("%(n)d answer of a self-audit", "%(n)d answers of self-audits", n) % {"n": n},
            "checklists",
        ),
    )
    title = gettext_lazy("Self-audit")
    sheet_title = "Самоаудит"
    order = 70
    model = ItemAnswer
    key = ("audit__organization_id", "audit__year", "item_id")
    data = ("answer", "evidence", "comment")
    key_field = "item"

    inn = inn_heading()
    year = Heading(
        "Год",
        "Отчётный год",
        parse=partial(parse_int, minimum=2000, maximum=2100),
        required=True,
        needed=True,
        width=8,
    )
    item = Heading(
        "Пункт",
        "Номер пункта",
        "№ пункта",
        "Пункт чек-листа",
        parse=parse_item,
        required=True,
        needed=True,
        kind="integer",
        width=8,
    )
    answer = Heading(
        "Ответ",
        "Отметка о достижении",
        "Отметка",
        "Достигнуто",
        "Результат",
        parse=parse_answer,
        required=True,
        choices=tuple(TITLES.values()),
    )
    evidence = Heading(
        "Подтверждение", "Подтверждающий документ", "Чем подтверждается", "Ссылка", parse=text(500), width=40
    )
    comment = Heading(
        "Комментарий",
        "Комментарии",
        "Примечание",
        parse=partial(clean_text_with_warnings, max_length=LONGEST_COMMENT, multiline=True),
        width=40,
    )

    def __init__(self, context):
        super().__init__(context)
        self._organizations = OrganizationFinder(context)
        self._template = ChecklistTemplate.objects.filter(code=TEMPLATE).first()
        items = ChecklistItem.objects.filter(template=self._template)
        self._items = dict(items.values_list("number", "pk")) if self._template else {}
        self._audits: dict[tuple[int, int], tuple[int, str]] = {}
        self._verdicts: dict[int, str] = {}

    def locate(self, entries):
        self._organizations.locate(entries)
        for entry in entries:
            item = self._items.get(entry["item"])
            if item is None:
                self._report_item(entry)
            entry.values["item_id"] = item
            entry.values["audit__organization_id"] = entry["organization_id"]
            entry.values["audit__year"] = entry["year"]

    def stored(self, entries):
        organizations = {entry["organization_id"] for entry in entries}
        years = {entry["year"] for entry in entries}
        audits = SelfAudit.objects.visible_to(self.context.scope).filter(
            template=self._template, organization__in=organizations, year__in=years
        )
        # Locked, so that nobody submits a self-audit while the file changes it.
        rows = audits.select_for_update().values_list("organization_id", "year", "pk", "status")
        self._audits = {(organization, year): (pk, status) for organization, year, pk, status in rows}
        answers = ItemAnswer.objects.visible_to(self.context.scope).filter(
            audit__in=[pk for pk, _status in self._audits.values()]
        )
        self._verdicts = dict(answers.values_list("pk", "verdict"))
        return answers

    def check(self, plan: Plan):
        if not self._changes(plan):
            return
        _pk, status = self._audits.get(self._place(plan), (None, AuditStatus.NOT_STARTED))
        if status in _CLOSED:
            self._report_closed(plan.entry, status)
        elif (
            status == AuditStatus.RETURNED and not plan.is_new and self._verdicts[plan.pk] != Verdict.RETURNED
        ):
            plan.entry.report(
                Level.ERROR,
                "item_not_returned",
                _("Item %(number)d was not returned, so it cannot be changed.")
                % {"number": plan.entry["item"]},
                _("Delete the row or write what is stored."),
                field="answer",
            )

    def export_rows(self):
        rows = (
            ItemAnswer.objects.visible_to(self.context.scope)
            .filter(audit__organization__in=reachable(self.context), item__template=self._template)
            .exclude(answer="", evidence="", comment="")
            .order_by(
                "audit__organization__short_name", "audit__organization__inn", "audit__year", "item__number"
            )
        )
        related = {
            "inn": F("audit__organization__inn"),
            "year": F("audit__year"),
            "number": F("item__number"),
        }
        for row in rows.values(*self.data, **related).iterator():
            yield row | {"item": row["number"], "answer": TITLES.get(row["answer"], "")}

    def _write(self, plans):
        plans = [plan for plan in plans if self._changes(plan)]
        self._begin_audits({self._place(plan) for plan in plans})
        super()._write(plans)

    def _insert(self, plans):
        audits = [self._audits[self._place(plan)][0] for plan in plans]
        insert_rows(
            ItemAnswer,
            ("id", "audit_id", "item_id", *self.data),
            [
                (plan.pk, audit, plan.entry["item_id"], *plan.after.values())
                for plan, audit in zip(plans, audits, strict=True)
            ],
        )

    def _begin_audits(self, places: set[tuple[int, int]]) -> None:
        """Makes the self-audits that are missing and notes that the others are being filled in."""
        new = sorted(places - self._audits.keys())
        ids = reserve_ids(SelfAudit, len(new))
        insert_rows(
            SelfAudit,
            ("id", "template_id", "organization_id", "year", "status"),
            [
                (pk, self._template.pk, *place, AuditStatus.FILLING.value)
                for pk, place in zip(ids, new, strict=True)
            ],
        )
        self.write_history(ids, CREATED, SelfAudit)
        self._audits.update({place: (pk, AuditStatus.FILLING) for pk, place in zip(ids, new, strict=True)})
        begun = [place for place in places if self._audits[place][1] == AuditStatus.NOT_STARTED]
        keys = [self._audits[place][0] for place in begun]
        update_rows(SelfAudit, ("status",), [(pk, AuditStatus.FILLING.value) for pk in keys])
        self.write_history(keys, CHANGED, SelfAudit)

    def _place(self, plan: Plan) -> tuple[int, int]:
        return plan.entry["organization_id"], plan.entry["year"]

    @staticmethod
    def _changes(plan: Plan) -> bool:
        """Whether the row says anything that is not stored; a blank line of a form says nothing."""
        if plan.is_new:
            return any(plan.after.values())
        return plan.before != plan.after

    def _report_item(self, entry: Entry) -> None:
        if not self._items:
            message = _("The checklist of the Klin order has not been loaded into the portal.")
            fix = _("Ask the administrator to load the reference data (load_reference).")
        else:
            message = _("The checklist has no item %(number)d.") % {"number": entry["item"]}
            fix = _("Type a number from %(first)d to %(last)d.") % {
                "first": min(self._items),
                "last": max(self._items),
            }
        entry.report(Level.ERROR, "item_unknown", message, fix, field="item")

    @staticmethod
    def _report_closed(entry: Entry, status: str) -> None:
        if status == AuditStatus.ACCEPTED:
            message = _("The self-audit for %(year)d has been accepted; a file does not change it.")
        else:
            message = _("The self-audit for %(year)d is under review; a file does not change it.")
        entry.report(
            Level.ERROR,
            "audit_closed",
            message % {"year": entry["year"]},
            _("Ask the methodologist to return the self-audit, or delete the row."),
            field="year",
        )
