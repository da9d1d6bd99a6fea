"""Sentences about one indicator: its value, the target, the change, what is wrong with the data."""

from __future__ import annotations

from fractions import Fraction

from common.text import natural_key
from monitoring.enums import TargetStatus, Unit
from monitoring.reports import wording
from monitoring.reports.lines import Line, Row
from monitoring.reports.material import Material
from monitoring.reports.wording import (
    counted,
    grouped,
    listed,
    percent,
    points,
)

STATUS_WORDS = {
    TargetStatus.REACHED: "достигнут",
    TargetStatus.CLOSE: "близко к цели",
    TargetStatus.BEHIND: "отстаёт",
    TargetStatus.FAR_BEHIND: "сильно отстаёт",
    TargetStatus.NO_TARGET: "цель не установлена",
    TargetStatus.NO_DATA: "нет данных",
    "few_data": wording.FEW,
}


def status_word(row: Row) -> str:
    """The state of a figure in a word or two."""
    return STATUS_WORDS[row.status]


def value_sentence(line: Line) -> str:
    """«Значение показателя – 18,4 % (252 из 1 370) при цели 20 %: цель не достигнута, не хватает …»"""
    row = line.total
    if row.few:
        return "Ответов меньше пяти, поэтому значение показателя не раскрывается."
    if row.amount is None:
        reason = (
            "в базе показателя никого нет, делить не на что"
            if row.value == wording.DASH
            else "данные не представлены"
        )
        return f"Значение показателя не определено: {reason}."
    if line.is_condition:
        return f"{wording.sentence(line.shown)}"
    counts = f" ({row.counts})" if row.counts else ""
    start = f"Значение показателя – {row.value}{counts}"
    if line.definition.target is None:
        return f"{start}; цель на год не установлена."
    if row.reached:
        return f"{start} при цели {line.target}: цель достигнута."
    lacking = f", {line.lacking}" if line.lacking else ""
    return f"{start} при цели {line.target}: цель не достигнута{lacking}."


def change_sentence(line: Line, material: Material) -> str:
    """How the value moved since last year, or honestly why that cannot be said."""
    row = line.total
    if row.few or row.amount is None or line.is_condition:
        return ""
    if not line.comparable:
        return "С прошлым годом значение не сравнивается: изменилась методика расчёта показателя."
    with_year = wording.span(material.period, "with", back=1)
    if row.previous_few:
        return f"С {with_year} значение не сравнивается: тогда было {wording.FEW}."
    if row.previous_amount is None:
        return f"Данных за {material.span_before} для сравнения нет."
    before = wording.amount(row.previous_amount, line.definition.unit)
    if row.change == 0:
        return f"По сравнению с {with_year} значение не изменилось ({before})."
    direction = "выросло" if row.change > 0 else "снизилось"
    if line.definition.unit == Unit.COUNT:
        size = grouped(abs(int(row.change)))
    else:
        size = points(row.change)
        if size == points(row.change * 0):
            return f"По сравнению с {with_year} значение практически не изменилось ({before})."
    return f"По сравнению с {with_year} значение {direction} на {size} (было {before})."


def survey_sentence(line: Line) -> str:
    """Who answered out of the participants; empty for indicators that are no surveys."""
    row = line.total
    figure = row.figure
    if row.few or not line.of_answers or not figure.participants or not figure.denominator:
        return ""
    if figure.denominator > figure.participants:
        numbers = f"{grouped(figure.denominator)} и {grouped(figure.participants)}"
        return (
            f"Ответов больше, чем участников ({numbers}): нужно уточнить сведения об участниках или убрать "
            "повторные анкеты."
        )
    return (
        f"На вопросы ответили {grouped(figure.denominator)} из {grouped(figure.participants)} участников"
        f" ({figure.response_rate.replace('.', ',')}{wording.NBSP}%); от всех участников удовлетворены"
        f" {figure.value_of_participants.replace('.', ',')}{wording.NBSP}%."
    )


def spread_sentence(line: Line) -> str:
    """The highest and the lowest organization, and how many miss the target."""
    ranked = sorted(line.with_value, key=lambda row: (row.amount, row.name))
    if len(ranked) < 2:
        return ""
    lowest, highest = ranked[0], ranked[-1]
    if lowest.amount == highest.amount:
        return f"Во всех организациях, по которым есть данные, значение одинаково – {lowest.value}."
    text = (
        f"Наибольшее значение – {highest.value} ({_places(ranked, highest)}), "
        f"наименьшее – {lowest.value} ({_places(ranked, lowest)})."
    )
    missed = len(line.below_target)
    if line.definition.target is None:
        return text
    if not missed:
        return f"{text} Цели достигли все организации, по которым есть данные."
    verb = wording.word_for(missed, "имеет", "имеют", "имеют")
    return (
        f"{text} Значение ниже цели {verb} {counted(missed, 'организация', 'организации', 'организаций')}"
        f" из {grouped(len(ranked))}."
    )


def shortfall_sentence(line: Line) -> str:
    """Which organizations hold the indicator back most."""
    behind = [row for row in line.below_target if row.missing]
    if len(behind) < 2:
        return ""
    first, everything = behind[:5], sum(row.missing for row in behind)
    share = percent(Fraction(sum(row.missing for row in first) * 100, everything))
    names = listed(f"{row.name} ({grouped(row.missing)})" for row in first)
    if len(behind) <= 5:
        return f"До цели по организациям не хватает: {names}."
    return (
        f"Наибольшее отставание: {names} – на них приходится {share} суммы недостающих по организациям"
        f" ({grouped(everything)})."
    )


def data_sentences(line: Line) -> list[str]:
    """What must be known of the data: who gave none, errors, hidden groups, people counted once."""
    found = []
    if line.without_data and (line.rows or line.total.amount is None):
        names = listed(wording.name(place.name) for place in _sorted(line.without_data))
        number = len(line.without_data)
        found.append(f"Нет данных по {wording.of_counted(number, 'организации', 'организациям')}: {names}.")
    for row in line.errors:
        found.append(error_sentence(line, row))
    if line.hidden:
        number = len(line.hidden)
        found.append(
            f"По {wording.of_counted(number, 'организации', 'организациям')} значения не раскрываются "
            f"({wording.FEW}): {listed(row.name for row in line.hidden)}. В итог их ответы включены."
        )
    if line.of_people and line.surplus("numerator") > 0:
        total = line.total.numerator + line.surplus("numerator")
        found.append(
            f"Сумма по организациям – {grouped(total)}; итог считает каждого человека один раз, "
            "даже если он участвует в программах нескольких организаций."
        )
    return found


def error_sentence(line: Line, row: Row) -> str:
    """What is wrong with a figure above its base, and what to do."""
    return (
        f"Ошибка в данных. {row.name}: {line.labels.counted_head.lower()} – {grouped(row.numerator)}, "
        f"{line.labels.base_head.lower()} – {grouped(row.denominator)}; учтено больше, чем в базе "
        "показателя. Нужно уточнить численность или сведения об участниках."
    )


def _places(ranked: list[Row], example: Row) -> str:
    same = [row.name for row in ranked if row.amount == example.amount]
    if len(same) <= 3:
        return listed(same)
    return counted(len(same), "организация", "организации", "организаций")


def _sorted(places) -> list:
    return sorted(places, key=lambda place: natural_key(place.name))
