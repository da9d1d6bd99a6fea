"""The workbook of targets: what a municipality's roadmap sets for a year."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from difflib import get_close_matches
from functools import partial

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from common.cells import CellProblem, clean_text_with_warnings, parse_decimal, parse_int
from common.importing import Entry, Heading, KeyedResource, Thing, TitleLookup, import_kinds
from common.rounding import decimal_text
from common.sheets.problems import Level, shown
from monitoring.enums import Unit
from monitoring.models import Indicator, Target
from orgs.enums import STAFF_ROLES
from orgs.models import Municipality

LARGEST_TARGET = Decimal("9999999.99")
_HUNDREDTH = Decimal("0.01")


def parse_target(value: object) -> tuple[Decimal | None, list[CellProblem]]:
    """The target, at most two decimals, and a warning when it had more. Raises CellProblem."""
    number = parse_decimal(value)
    if number is None:
        return None, []
    if not 0 <= number <= LARGEST_TARGET:
        raise CellProblem(
            "number_out_of_range",
            _("“%(value)s” cannot be a target.") % {"value": shown(value)},
            _("Type a number that is not below zero."),
        )
    rounded = number.quantize(_HUNDREDTH, ROUND_HALF_UP)
    # Excel stores 33.3 as 33.299999999999997; that is no digit that somebody has typed.
    if abs(rounded - number) < Decimal("1e-9"):
        return rounded, []
    warning = CellProblem(
        "number_rounded",
        _("The target was rounded to two decimals: %(value)s.") % {"value": decimal_text(str(rounded))},
        _("Check the number."),
        Level.WARNING,
    )
    return rounded, [warning]


@import_kinds.register("targets")
class TargetResource(KeyedResource):
    """Targets by municipality, indicator and year."""

    kind = "targets"
    things = (
        Thing(
            "targets",
            gettext_lazy("Targets"),
            lambda n: ngettext("%(n)d target", "%(n)d targets", n) % {"n": n},
            "indicators",
        ),
    )
    title = gettext_lazy("Targets of indicators")
    municipal_only = True
    sheet_title = "Цели"
    order = 30
    model = Target
    key = ("municipality_id", "indicator_id", "year")
    data = ("value", "document")
    key_field = "indicator"

    municipality = Heading(
        "Муниципалитет",
        "Муниципальное образование",
        "Город",
        "Городской округ",
        parse=partial(clean_text_with_warnings, max_length=150),
        required=True,
        needed=True,
    )
    indicator = Heading(
        "Показатель",
        "Код показателя",
        "Код",
        "Индикатор",
        parse=partial(clean_text_with_warnings, max_length=250),
        required=True,
        needed=True,
        width=28,
    )
    year = Heading(
        "Год",
        "Отчётный год",
        "Календарный год",
        parse=partial(parse_int, minimum=2000, maximum=2100),
        required=True,
        needed=True,
        width=8,
    )
    value = Heading(
        "Цель, %",
        "Цель",
        "Цель %",
        "Целевое значение",
        "Целевое значение, %",
        "Плановое значение",
        "План, %",
        "План",
        "Значение",
        parse=parse_target,
        required=True,
        needed=True,
        kind="number",
    )
    document = Heading(
        "Документ",
        "Основание",
        "Реквизиты документа",
        "Источник",
        parse=partial(clean_text_with_warnings, max_length=250),
    )

    def __init__(self, context):
        super().__init__(context)
        self._places = TitleLookup(self._overseen(), titles=("name",), synonyms="", codes=())
        self._indicators = TitleLookup(Indicator.objects.all())

    def locate(self, entries):
        for entry in entries:
            place = self._places.find(entry["municipality"])
            if place is None:
                self._report_place(entry)
            indicator = self._indicators.find(entry["indicator"])
            if indicator is None:
                self._report_indicator(entry)
            if place is None or indicator is None:
                continue
            entry.values["municipality_id"] = place.pk
            entry.values["indicator_id"] = indicator.pk
            if indicator.unit == Unit.PERCENT:
                self._check_percent(entry)

    def stored(self, entries):
        return Target.objects.visible_to(self.context.scope).filter(
            municipality__in={entry["municipality_id"] for entry in entries},
            year__in={entry["year"] for entry in entries},
        )

    def export_rows(self):
        rows = Target.objects.filter(municipality__in=self._overseen()).order_by(
            "municipality__name", "year", "indicator__position", "indicator__code"
        )
        values = rows.values(
            "year", "value", "document", place=F("municipality__name"), code=F("indicator__code")
        )
        for row in values.iterator():
            yield row | {"municipality": row["place"], "indicator": row["code"]}

    def _overseen(self):
        """Municipalities whose targets the run may set: a school does not set its municipality's."""
        scope, asked = self.context.scope, self.context.municipality
        rows = Municipality.objects.visible_to(scope).filter(
            pk__in=scope.overseen_municipality_ids(STAFF_ROLES)
        )
        return rows.filter(pk=asked.pk) if asked else rows

    def _check_percent(self, entry: Entry) -> None:
        value = entry["value"]
        if value > 100:
            entry.report(
                Level.ERROR,
                "percent_above_100",
                _("A target in percent cannot be above one hundred."),
                _("Type a percent from 0 to 100."),
                field="value",
            )
        elif 0 < value < 1:
            entry.report(
                Level.WARNING,
                "percent_below_1",
                _("The target is less than one percent: %(value)s %%.")
                % {"value": decimal_text(f"{value.normalize():f}")},
                _("If a share was meant, type it as a percent, for example 54 instead of 0,54."),
                field="value",
            )

    def _report_place(self, entry: Entry) -> None:
        entry.report(
            Level.ERROR,
            "municipality_unknown",
            _("The municipality “%(value)s” was not found among your municipalities.")
            % {"value": entry["municipality"]},
            _("Check the name of the municipality."),
            field="municipality",
        )

    def _report_indicator(self, entry: Entry) -> None:
        codes = [indicator.code for indicator in self._indicators.rows()]
        near = get_close_matches(entry["indicator"].lower(), codes, n=3, cutoff=0.5) or codes
        entry.report(
            Level.ERROR,
            "indicator_unknown",
            _("There is no indicator with the code “%(value)s”.") % {"value": entry["indicator"]},
            _("Choose one of: %(codes)s.") % {"codes": ", ".join(near)},
            field="indicator",
        )
