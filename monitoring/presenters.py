"""Figures in the words of the pages: «252 из 1 370», «не хватает 22 чел.», a badge, a bar."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.charts.on_page import bullet_bar
from common.charts.status import STATUSES
from common.rounding import decimal_text, grouped, number_text, points_text
from common.text import natural_key
from monitoring.compute import Figures, Place
from monitoring.definitions import Definition
from monitoring.document import error_text
from monitoring.enums import Direction, FigureState, TargetStatus, Unit
from monitoring.figures import Figure, missing_of, status_of
from monitoring.sources import ANSWERS, AUDIT_ITEMS, ORGANIZATIONS, PAIRS
from monitoring.suppression import counts_answers, suppressed

# Tone and shape of the badge beside each word (templates/components/status_badge.html).
BADGES = {
    TargetStatus.REACHED: ("", "ok"),
    TargetStatus.CLOSE: ("warn", "near"),
    TargetStatus.BEHIND: ("warn", "warn"),
    TargetStatus.FAR_BEHIND: ("bad", "bad"),
    TargetStatus.NO_DATA: ("off", "none"),
    TargetStatus.NO_TARGET: ("off", "wait"),
    "few_data": ("", "few"),
}


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure as a row of a page; ``place`` is None for the total.

    ``few``: too few answers to be shown at all; ``thin``: shown, but out of incomplete data; ``before``: the
    figure a year earlier, where it may stand beside this one.
    """

    definition: Definition
    figure: Figure
    place: Place | None = None
    few: bool = False
    thin: bool = False
    before: Figure | None = None

    @property
    def status(self) -> str:
        """The code of the status; ``few_data`` where the data do not carry a judgement."""
        if self.few or (self.thin and self.figure.amount is not None):
            return "few_data"
        return status_of(self.figure.amount, self.definition.target, self.definition.direction)

    @property
    def status_word(self) -> str:
        return str(STATUSES[self.status].word)

    @property
    def tone(self) -> str:
        return BADGES[self.status][0]

    @property
    def shape(self) -> str:
        return BADGES[self.status][1]

    @property
    def settled(self) -> bool:
        """Whether the badge stands without a tint: there is nothing to do."""
        return self.status in (TargetStatus.REACHED, TargetStatus.NO_TARGET, TargetStatus.NO_DATA)

    @property
    def value(self) -> str:
        """The value with its unit, «–» for an empty base, or words for what is missing."""
        if self.few:
            return _("fewer than 5 answers")
        if self.figure.amount is None:
            return "–" if self.figure.state == FigureState.EMPTY_BASE else _("no data")
        return amount_text(self.figure.amount, self.definition.unit)

    @property
    def has_value(self) -> bool:
        return not self.few and self.figure.amount is not None

    @property
    def counts(self) -> str:
        """«252 out of 1 370»; empty without a base or where the figure is hidden."""
        if self.few or self.figure.denominator is None or self.figure.numerator is None:
            return ""
        return _("%(numerator)s out of %(denominator)s") % {
            "numerator": grouped(self.figure.numerator),
            "denominator": grouped(self.figure.denominator),
        }

    @property
    def target(self) -> str:
        target = self.definition.target
        return "" if target is None else amount_text(target, self.definition.unit, exact=True)

    @property
    def missing(self) -> int:
        """How many are still missing to the target; 0 when none or not known."""
        if self.few:
            return 0
        return missing_of(self.figure, self.definition.target, self.definition.direction) or 0

    @property
    def missing_text(self) -> str:
        return missing_text(self.definition, self.missing) if self.missing else ""

    @property
    def to_target(self) -> str:
        """What stands between the value and the target: what is missing, or by how much it is above."""
        if not self.has_value or self.definition.target is None:
            return ""
        if self.missing:
            return self.missing_text
        if self.definition.direction != Direction.UP:
            return ""
        over = self.figure.amount - Fraction(self.definition.target)
        if over <= 0:
            return _("exactly at the target")
        if self.definition.unit == Unit.COUNT:
            return _("%(n)s above the target") % {"n": number_text(over, 0)}
        return _("%(n)s p. p. above the target") % {"n": number_text(over)}

    @property
    def few_text(self) -> str:
        """«Little data: 12 answers», where the badge alone would not say how little."""
        if self.status != "few_data" or self.few or not counts_answers(self.definition):
            return ""
        answers = self.figure.denominator
        return ngettext("%(n)s answer", "%(n)s answers", answers) % {"n": grouped(answers)}

    @property
    def change(self) -> str:
        """The change to the year before: «+10,8» points, or a number; empty where it is not known."""
        if not self.has_value or self.before is None or self.before.amount is None:
            return ""
        if self.definition.unit == Unit.PERCENT:
            return points_text(self.figure.amount / 100, self.before.amount / 100)
        change = number_text(self.figure.amount - self.before.amount, 0)
        return change if change.startswith(("−", "0")) else f"+{change}"

    @property
    def error(self) -> str:
        """What is wrong where more was counted than the base holds."""
        if self.place is None or self.few or not self.figure.exceeds_base:
            return ""
        return error_text(self.place, self.figure)

    @property
    def survey_note(self) -> str:
        """Participants, response rate and the share of participants beside a figure of a survey."""
        figure = self.figure
        if self.few or not figure.participants or not figure.denominator:
            return ""
        return _(
            "participants: %(participants)s, answered: %(rate)s %%, satisfied: %(share)s %% "
            "of all participants"
        ) % {
            "participants": grouped(figure.participants),
            "rate": decimal_text(figure.response_rate),
            "share": decimal_text(figure.value_of_participants),
        }

    @property
    def bar(self) -> SafeString:
        """A bullet bar of a share; nothing for counts."""
        return self._bar("w")

    @property
    def card_bar(self) -> SafeString:
        """The same bar for the card of a narrow screen, which stands on the page beside the table."""
        return self._bar("n")

    def _bar(self, kind: str) -> SafeString:
        if self.definition.unit != Unit.PERCENT:
            return mark_safe("")
        value = self.figure.amount if self.has_value else None
        uid = f"{self.definition.code}-{kind}"
        return bullet_bar(value, self.definition.target, hatched=self.status == "few_data", uid=uid)


def amount_text(amount, unit: str, *, exact: bool = False) -> str:
    """«18,4 %» or «12»; ``exact`` leaves out a zero after the comma, as targets are written."""
    if unit == Unit.COUNT:
        return number_text(amount, 0)
    whole = exact and amount == int(amount)
    return f"{number_text(Decimal(amount) if exact else amount, 0 if whole else 1)}\u00a0%"


def missing_text(definition: Definition, missing: int) -> str:
    """«short of 22 people», or organizations, or items, by what the indicator counts."""
    source = definition.numerator.source
    if source is PAIRS:
        text = ngettext("short of %(n)s person", "short of %(n)s people", missing)
    elif source is ORGANIZATIONS:
        text = ngettext("short of %(n)s organization", "short of %(n)s organizations", missing)
    elif source is ANSWERS:
        text = ngettext("short of %(n)s satisfied person", "short of %(n)s satisfied people", missing)
    elif source is AUDIT_ITEMS:
        text = ngettext("short of %(n)s item", "short of %(n)s items", missing)
    else:
        text = ngettext("short of %(n)s", "short of %(n)s", missing)
    return text % {"n": grouped(missing)}


def organization_rows(definition: Definition, figures: Figures) -> list[FigureRow]:
    """Organizations with a base, those that lack most to the target first, then by the lesser value."""
    own = figures.by_organization[definition.code]
    hidden = suppressed(definition, own, figures.districts)
    rows = [
        FigureRow(definition, figure, place, few=place.id in hidden)
        for place, figure in figures.with_base(definition.code)
    ]
    return sorted(rows, key=by_missing)


def by_missing(row: FigureRow) -> tuple:
    """For sorting: those short of most first, then by the lesser value, equal ones by name; no value last."""
    name, inn = (natural_key(row.place.name), row.place.inn) if row.place else ((), "")
    return (-row.missing, not row.has_value, row.figure.amount or 0, name, inn)
