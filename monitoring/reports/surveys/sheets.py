"""Sheets of the survey report."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from common.workbooks import Column, WorkbookWriter
from monitoring.reports import wording
from monitoring.reports.lines import Line
from monitoring.reports.material import Material
from monitoring.reports.summary.cells import share
from monitoring.reports.surveys.tally import MEASURES, Group, Sum, Tally, group_words
from surveys.enums import Measure, QuestionType

# Codes of surveys.services.FREQUENCIES in the words of the questionnaires.
FREQUENCIES = {
    "very_often": "Очень часто",
    "often": "Часто",
    "rarely": "Редко",
    "once_or_twice": "1–2 раза",
    "never": "Никогда",
}
WHO = [
    Column("Форма наставничества", "form", width=26),
    Column("Опрос", "wave", width=16),
    Column("Кто отвечал", "respondent", width=16),
]
SMALL = (
    "Где ответов меньше пяти или их можно узнать вычитанием, стоит «недостаточно ответов». "
    "Свободные ответы и комментарии в отчёт не входят"
)


def add_questionnaires(book: WorkbookWriter, material: Material, tally: Tally, title: str) -> None:
    """One row for each form, wave and side."""
    book.sheet(
        "Анкеты",
        [
            *WHO,
            Column("Ответов", "count", "integer"),
            Column("Совместная работа, среднее (1–10)", Measure.JOINT_WORK, "number", width=20),
            Column("Результат, среднее (1–10)", Measure.RESULT, "number", width=20),
            Column("Понравилось участвовать", Measure.ENJOYED, "percent", width=20),
        ],
        [_questionnaire(group, found, tally) for group, found in tally.answers.items()],
        heading_lines=[title, *_lines(material)],
    )


def _lines(material: Material) -> list[str]:
    lines = [
        f"Ответы за {material.span}, сформировано {wording.long_date(material.made_on)}",
        SMALL,
    ]
    if material.municipality.is_demo:
        lines.append("Демонстрационные данные")
    return lines


def _questionnaire(group: Group, found: Sum, tally: Tally) -> dict[str, Any]:
    row: dict[str, Any] = group_words(group) | {"count": wording.FEW if found.few else found.count}
    for measure, question in MEASURES.items():
        answered = tally.questions[group].get(question)
        if answered is None or found.few:
            continue
        value = answered.share(True) if question.type == QuestionType.YES_NO else answered.mean
        row[measure] = wording.FEW if answered.few else value
    return row


def add_questions(book: WorkbookWriter, tally: Tally) -> None:
    """One row for each question: the mean of a scale, the share of «да», or how often."""
    rows = [
        group_words(group) | {"question": question.text} | _answers(question.type, found)
        for group, questions in tally.questions.items()
        for question, found in questions.items()
    ]
    sheet = book.sheet(
        "По вопросам",
        [
            *WHO,
            Column("Вопрос", "question", width=60),
            Column("Ответов", "count", "integer"),
            Column("Среднее, 1–10", "mean", "number", width=15),
            Column("«Да»", "yes", "percent"),
            *(Column(title, code, "percent") for code, title in FREQUENCIES.items()),
        ],
        rows,
        heading_lines=["Ответы по вопросам", "Доли – от ответивших на вопрос", SMALL],
    )
    sheet.worksheet.freeze_panes(sheet.first_row, len(WHO))


def _answers(kind: str, found: Sum) -> dict[str, Any]:
    if found.few:
        return {"count": wording.FEW}
    row: dict[str, Any] = {"count": found.count}
    if kind == QuestionType.SCALE:
        row["mean"] = found.mean
    elif kind == QuestionType.YES_NO:
        row["yes"] = found.share(True)
    else:
        row |= {code: found.share(code) for code in FREQUENCIES}
    return row


def add_organizations(book: WorkbookWriter, material: Material, told: list[Line]) -> None:
    """Who answered and is satisfied at each organization; a closed monitoring as it was published."""
    columns = [Column("ИНН", "inn"), Column("Организация", "name", width=28)]
    groups, totals = [], {"name": "Итого"}
    rows: dict[int, dict[str, Any]] = {
        place.id: {"inn": place.inn, "name": wording.name(place.name)} for place in material.places
    }
    for line in told:
        number = line.number
        own = [
            Column("Участников", f"p{number}", "integer"),
            Column("Ответили", f"d{number}", "integer"),
            Column("Доля ответивших", f"r{number}", "percent"),
            Column("Удовлетворены", f"n{number}", "integer"),
            Column("Доля удовлетворённых", f"v{number}", "percent", width=18),
        ]
        columns += own
        groups.append((line.labels.short, own[0].key, own[-1].key))
        totals |= _cells(line, line.total)
        for place in material.places:
            row = line.of(place.id)
            rows[place.id] |= _cells(line, row) if row else {}
    if not told:
        return
    lines = [f"Удовлетворённость участников за {material.span} (второй опрос)", SMALL]
    if material.snapshot:
        lines.append(f"По закрытому мониторингу (редакция {material.snapshot.revision})")
    if material.is_summed:
        lines.append(wording.SUMMED)
    sheet = book.sheet("По организациям", columns, rows.values(), heading_lines=[*lines, ""], totals=totals)
    book.bands(sheet, groups)
    sheet.worksheet.freeze_panes(sheet.first_row, 2)


def _cells(line: Line, row) -> dict[str, Any]:
    number, people = line.number, row.figure.participants
    return {
        f"p{number}": people,
        f"d{number}": row.denominator,
        f"r{number}": Fraction(row.denominator, people) if people and row.denominator is not None else None,
        f"n{number}": row.numerator,
        f"v{number}": share(row, f"n{number}", f"d{number}"),
    }
