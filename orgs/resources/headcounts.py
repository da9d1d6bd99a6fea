"""The workbook of headcounts: how many pupils and teachers an organization has on a date."""

from __future__ import annotations

from functools import partial

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from common.cells import parse_date, parse_int
from common.dates import today
from common.importing import Heading, KeyedResource, Plan, Thing, import_kinds
from common.sheets.problems import Level
from orgs.enums import Role
from orgs.imports import OrganizationFinder, inn_heading, reachable, text
from orgs.models import Headcount

LARGEST_COUNT = 1_000_000
_count = partial(parse_int, minimum=0, maximum=LARGEST_COUNT)
NUMBERS = ("pupils_total", "pupils_10_18", "pupils_15_18", "teachers", "young_specialists")
# Each is a part of the other: (part, whole).
NESTED = (
    ("pupils_10_18", "pupils_total"),
    ("pupils_15_18", "pupils_10_18"),
    ("pupils_15_18", "pupils_total"),
)


@import_kinds.register("headcounts")
class HeadcountResource(KeyedResource):
    """Numbers by ИНН and date; they are the bases of the indicators."""

    kind = "headcounts"
    things = (
        Thing(
            "headcounts",
            gettext_lazy("Headcounts"),
            lambda n: ngettext("%(n)d record of a headcount", "%(n)d records of headcounts", n) % {"n": n},
            "organizations",
        ),
    )
    title = gettext_lazy("Headcounts of pupils and teachers")
    sheet_title = "Контингент"
    order = 20
    # Who may enter the numbers on the card of an organization may bring them all in a workbook.
    importer_roles = frozenset({Role.ADMINISTRATOR})
    any_of = tuple((name,) for name in NUMBERS)
    model = Headcount
    key = ("organization_id", "on_date")
    data = (*NUMBERS, "source")
    key_field = "on_date"

    inn = inn_heading()
    on_date = Heading(
        "На дату",
        "Дата",
        "По состоянию на",
        "По состоянию на дату",
        "Дата сведений",
        "Отчётная дата",
        parse=parse_date,
        required=True,
        needed=True,
        kind="date",
    )
    pupils_total = Heading(
        "Обучающихся всего",
        "Обучающихся",
        "Всего обучающихся",
        "Обучающиеся всего",
        "Количество обучающихся",
        "Численность обучающихся",
        "Контингент",
        "Учащихся всего",
        "Всего учащихся",
        "Количество учащихся",
        "Детей всего",
        parse=_count,
        kind="integer",
    )
    pupils_10_18 = Heading(
        "Обучающихся 10–18 лет",
        "Обучающихся от 10 до 18 лет",
        "Обучающихся в возрасте 10–18 лет",
        "Обучающихся в возрасте от 10 до 18 лет",
        "Обучающиеся 10–18 лет",
        "Детей 10–18 лет",
        "Детей от 10 до 18 лет",
        "Дети 10–18 лет",
        "Дети 10–18",
        "Учащихся 10–18 лет",
        "10–18 лет",
        parse=_count,
        kind="integer",
    )
    pupils_15_18 = Heading(
        "Обучающихся 15–18 лет",
        "Обучающихся от 15 до 18 лет",
        "Обучающихся в возрасте 15–18 лет",
        "Обучающихся в возрасте от 15 до 18 лет",
        "Обучающиеся 15–18 лет",
        "Детей 15–18 лет",
        "Детей от 15 до 18 лет",
        "Дети 15–18 лет",
        "Дети 15–18",
        "Учащихся 15–18 лет",
        "15–18 лет",
        parse=_count,
        kind="integer",
    )
    teachers = Heading(
        "Педагогов",
        "Педагоги",
        "Педагогов всего",
        "Педагогических работников",
        "Количество педагогов",
        "Количество педагогических работников",
        "Численность педагогических работников",
        "Учителей",
        parse=_count,
        kind="integer",
    )
    young_specialists = Heading(
        "Молодых специалистов",
        "Молодые специалисты",
        "Молодых педагогов",
        "Молодые педагоги",
        "Количество молодых специалистов",
        "из них молодых специалистов",
        parse=_count,
        kind="integer",
    )
    source = Heading("Источник", "Источник данных", "Основание", "Документ", parse=text(250))

    def __init__(self, context):
        super().__init__(context)
        self._organizations = OrganizationFinder(context)

    def check_entry(self, entry):
        if all(entry[name] is None for name in NUMBERS) and not entry.refused:
            entry.report(
                Level.ERROR,
                "numbers_missing",
                _("There is no number in the row."),
                _("Fill in at least one number or delete the row."),
            )
        if entry["on_date"] and entry["on_date"] > today():
            entry.report(
                Level.WARNING,
                "date_future",
                _("The date lies in the future: the numbers will be used only from that day on."),
                _("Check the date."),
                field="on_date",
            )

    def locate(self, entries):
        self._organizations.locate(entries)

    def stored(self, entries):
        return Headcount.objects.visible_to(self.context.scope).filter(
            organization__in={entry["organization_id"] for entry in entries},
            on_date__in={entry["on_date"] for entry in entries},
        )

    def check(self, plan: Plan):
        for part, whole in NESTED:
            if self._exceeds(plan, part, whole):
                self._report_excess(plan, part, whole, Level.ERROR)
                return
        if self._exceeds(plan, "young_specialists", "teachers"):
            self._report_excess(plan, "young_specialists", "teachers", Level.WARNING)

    @staticmethod
    def _exceeds(plan: Plan, part: str, whole: str) -> bool:
        smaller, larger = plan.after[part], plan.after[whole]
        return smaller is not None and larger is not None and smaller > larger

    def _report_excess(self, plan: Plan, part: str, whole: str, level: str) -> None:
        headings = self.headings()
        plan.entry.report(
            level,
            "numbers_do_not_nest",
            _("“%(part)s” is %(smaller)d, which is more than “%(whole)s”: %(larger)d.")
            % {
                "part": headings[part].column_name,
                "smaller": plan.after[part],
                "whole": headings[whole].column_name,
                "larger": plan.after[whole],
            },
            _("Check both numbers: one is a part of the other."),
            # The cell to blame is one that the row fills; the other number may have been stored before.
            field=part if plan.entry[part] is not None else whole,
        )

    def export_rows(self):
        rows = Headcount.objects.visible_to(self.context.scope).filter(
            organization__in=reachable(self.context)
        )
        ordered = rows.order_by("organization__short_name", "organization__inn", "on_date")
        return ordered.values(*NUMBERS, "on_date", "source", inn=F("organization__inn")).iterator()
