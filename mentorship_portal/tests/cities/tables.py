"""A city as the tables of the exchange workbooks: headings and rows, in a given spelling."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from mentorship_portal.tests.cities.model import Bond, City, Human, School
from mentorship_portal.tests.cities.spelling import Plain

MENTEE, MENTOR = "ФИО наставляемого", "ФИО наставника"
MENTEE_BIRTH, MENTOR_BIRTH = "Год рождения наставляемого", "Год рождения наставника"
MENTEES_IN_CELL = "ФИО наставляемого (наставляемых)"
START, END, FORM = "Дата вхождения в программу", "Дата завершения программы", "Форма наставничества"
MENTOR_PLACE, MENTEE_PLACE = "Место работы/учёбы наставника", "Место работы/учёбы наставляемого"
PARTS = ("Фамилия", "Имя", "Отчество")
MENTEES_HEADINGS = (
    "№",
    MENTEE,
    "Контактные данные для связи (данные представителя)",
    MENTEE_BIRTH,
    "Основной запрос наставляемого",
    START,
    MENTOR,
    FORM,
    MENTOR_PLACE,
    END,
    "Результаты программы",
    "Ссылка на кейс/отзыв наставляемого, размещённые на сайте организации",
    "Отметка о прохождении программы",
)
MENTORS_HEADINGS = (
    "№",
    MENTOR,
    "Контактные данные для связи",
    MENTOR_PLACE,
    "Основные компетенции наставника",
    "Важные для программы достижения наставника",
    "Интересы наставника",
    "Желаемый возраст наставляемых",
    "Ресурс времени на программу наставничества",
    START,
    MENTEES_IN_CELL,
    FORM,
    MENTEE_PLACE,
    END,
    "Результаты программы",
    "Ссылка на кейс/отзыв наставника, размещённые на сайте организации",
    MENTOR_BIRTH,
)


@dataclass
class Table:
    """A workbook to be: ``inn`` of its school, if it has one; ``merges`` are (heading, row, row)."""

    kind: str
    sheet: str
    headings: list[str]
    rows: list[dict] = field(default_factory=list)
    inn: str = ""
    merges: list[tuple[str, int, int]] = field(default_factory=list)


def municipal_tables(city: City, spell: Plain) -> list[Table]:
    """Organizations, numbers of pupils, targets and answers; without rows there is no workbook."""
    makers = (_organizations, _headcounts, _targets, _answers)
    return [table for maker in makers if (table := maker(city, spell)).rows]


def base_tables(school: School, spell: Plain, *, in_parts: bool = False, merged: bool = False) -> list[Table]:
    """The bases that the school mails."""
    tables = []
    if "mentees" in school.sends:
        tables.append(_mentees(school, spell, in_parts=in_parts, merged=merged))
    if "mentors" in school.sends:
        tables.append(_mentors(school, spell, in_parts=in_parts))
    return tables


def _organizations(city: City, spell: Plain) -> Table:
    headings = [
        "ИНН",
        "Краткое наименование",
        "Полное наименование",
        "Тип",
        "Муниципалитет",
        "Район",
        "Руководитель",
    ]
    table = Table("organizations", "Организации", headings)
    for number, school in enumerate(city.schools):
        cells = (
            spell.inn(school.inn),
            school.name,
            f"Муниципальное бюджетное общеобразовательное учреждение {school.name}",
            spell.word("школа"),
            f"Соседний {city.name}" if school.abroad else city.name,
            f"Район {number % 3 + 1}",
            "Иванова Анна Петровна",
        )
        table.rows.append(dict(zip(headings, cells, strict=True)))
    return table


def _headcounts(city: City, spell: Plain) -> Table:
    headings = [
        "ИНН",
        "На дату",
        "Обучающихся всего",
        "Обучающихся 10–18 лет",
        "Обучающихся 15–18 лет",
        "Педагогов",
        "Молодых специалистов",
        "Источник",
    ]
    table = Table("headcounts", "Контингент", headings)
    for school in city.schools:
        for headcount in school.headcounts:
            numbers = (headcount.total, headcount.aged, headcount.older, headcount.teachers)
            cells = (
                spell.inn(school.inn),
                spell.day(headcount.on),
                *map(spell.number, numbers),
                None,
                "ОО-1",
            )
            table.rows.append(dict(zip(headings, cells, strict=True)))
    spell.random.shuffle(table.rows)
    return table


def _targets(city: City, spell: Plain) -> Table:
    headings = ["Муниципалитет", "Показатель", "Год", "Цель, %", "Документ"]
    table = Table("targets", "Цели", headings)
    for code, target in city.targets.items():
        shown = spell.random.choice((float(target), target, target.replace(".", ","), f"{target}%"))
        value = shown if type(spell) is not Plain else float(target)
        cells = (city.name, code, spell.number(city.year), value, "Приказ № 1438 от 29.12.2020")
        table.rows.append(dict(zip(headings, cells, strict=True)))
        table.rows.append({**table.rows[-1], "Год": city.year + 1, "Цель, %": 99})
    return table


def _answers(city: City, spell: Plain) -> Table:
    headings = [
        "ИНН",
        "Роль",
        FORM,
        "Дата",
        "Совместная работа (1–10)",
        "Результат (1–10)",
        "Понравилось участвовать (да/нет)",
        "Комментарий",
    ]
    table = Table("survey_answers", "Ответы", headings)
    for school in city.schools:
        for reply in school.replies:
            cells = (
                spell.inn(school.inn),
                spell.word(reply.role),
                spell.form(reply.form),
                spell.day(reply.on),
                spell.number(reply.joint),
                spell.number(reply.result),
                spell.word("да" if reply.liked else "нет"),
                None,
            )
            table.rows.append(dict(zip(headings, cells, strict=True)))
    return table


def _mentees(school: School, spell: Plain, *, in_parts: bool, merged: bool) -> Table:
    table = Table("mentees", "Наставляемые", list(MENTEES_HEADINGS), inn=school.inn)
    bonds = list(school.bonds)
    if merged:
        # A merged cell needs the rows of one mentor, or of one mentee, next to each other.
        bonds.sort(key=lambda bond: school.people("mentor").index(bond.mentor))
    for bond in bonds:
        table.rows.append(_mentee_row(bond.mentee, spell, bond, school))
    if merged:
        table.merges = _runs(MENTOR, [bond.mentor for bond in bonds])
        for _heading, first, last in table.merges:
            for row in table.rows[first + 1 : last + 1]:
                row[MENTOR] = None
    for side, human, since in school.alone:
        if side == "mentee":
            table.rows.append(_mentee_row(human, spell, None, school, since))
    if not merged:
        spell.random.shuffle(table.rows)
    _number(table)
    return _with_parts(table, MENTEE) if in_parts else table


def _mentee_row(human: Human, spell: Plain, bond: Bond | None, school: School, since: date | None = None):
    row = dict.fromkeys(MENTEES_HEADINGS)
    row |= {
        MENTEE: spell.name(human.name),
        MENTEE_BIRTH: spell.birth(human.born),
        "Основной запрос наставляемого": "адаптация" if human.role == "teacher" else "помощь в учёбе",
    }
    if bond is None:
        return row | {MENTOR: spell.nobody(), START: spell.day(since)}
    return row | {
        START: spell.day(bond.start),
        MENTOR: spell.name(bond.mentor.name),
        FORM: spell.form(bond.form),
        MENTOR_PLACE: school.name,
        END: spell.day(bond.end, may_be_words=True),
    }


def _mentors(school: School, spell: Plain, *, in_parts: bool) -> Table:
    table = Table("mentors", "Наставники", list(MENTORS_HEADINGS), inn=school.inn)
    groups: dict[tuple, list[Human]] = {}
    for bond in school.bonds:
        # Some mentors get a row for each mentee, the others one row for a group of equal dates and form.
        apart = id(bond) if spell.random.random() < 0.2 else 0
        groups.setdefault((bond.mentor, bond.form, bond.start, bond.end, apart), []).append(bond.mentee)
    for (mentor, form, start, end, _apart), mentees in groups.items():
        row = _mentor_row(mentor, spell, school)
        row |= {
            START: spell.day(start),
            MENTEES_IN_CELL: spell.names([mentee.name for mentee in mentees]),
            FORM: spell.form(form),
            MENTEE_PLACE: school.name,
            END: spell.day(end, may_be_words=True),
        }
        table.rows.append(row)
    for side, human, since in school.alone:
        if side == "mentor":
            lonely = {START: spell.day(since), MENTEES_IN_CELL: spell.nobody()}
            table.rows.append(_mentor_row(human, spell, school) | lonely)
    spell.random.shuffle(table.rows)
    _number(table)
    return _with_parts(table, MENTOR) if in_parts else table


def _mentor_row(mentor: Human, spell: Plain, school: School) -> dict:
    return dict.fromkeys(MENTORS_HEADINGS) | {
        MENTOR: spell.name(mentor.name),
        MENTOR_PLACE: school.name,
        "Основные компетенции наставника": "математика",
        "Желаемый возраст наставляемых": "10–18",
        "Ресурс времени на программу наставничества": "2 ч/нед",
        MENTOR_BIRTH: spell.birth(mentor.born),
    }


def _number(table: Table) -> None:
    for number, row in enumerate(table.rows, 1):
        row["№"] = number


def _runs(heading: str, values: list) -> list[tuple[str, int, int]]:
    """Stretches of at least two equal values, as (heading, first row, last row)."""
    runs, first = [], 0
    for index in range(1, len(values) + 1):
        if index == len(values) or values[index] is not values[first]:
            if index - first > 1:
                runs.append((heading, first, index - 1))
            first = index
    return runs


def _with_parts(table: Table, heading: str) -> Table:
    """The table with the name in three columns, as schools' own lists have it."""
    place = table.headings.index(heading)
    table.headings[place : place + 1] = PARTS
    for row in table.rows:
        words = row.pop(heading).replace("\xa0", " ").replace(" - ", "-").split()
        row |= dict(zip(PARTS, [*words, None, None][:3], strict=True))
    return table
