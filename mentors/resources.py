"""The two official bases of a school (МР-42/02, annexes) as exchange workbooks."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy

from common.cells import parse_birth, parse_class, parse_date, parse_phone_text
from common.importing import Entry, Heading, import_kinds
from common.names import PersonName, is_empty_name, split_people
from mentors.enums import Population, Side
from mentors.imports.base import BaseResource
from mentors.imports.cells import completion_mark, long_text, plain_text, raw, text
from mentors.imports.export import mentee_rows, mentor_rows


class SchoolListHeadings(BaseResource):
    """Headings that schools' own lists have and the official forms have not."""

    last_name = Heading("Фамилия", parse=raw, exported=False)
    first_name = Heading("Имя", parse=raw, exported=False)
    patronymic = Heading("Отчество", parse=raw, exported=False)
    class_name = Heading("Класс", "Класс/группа", "Класс (группа)", parse=parse_class, exported=False)
    position = Heading("Должность", parse=text(250), exported=False)
    subject = Heading("Предмет", "Преподаваемый предмет", "Учебный предмет", parse=text(250), exported=False)
    # A list may have the phone and the address apart; the official forms have one column for both.
    email = Heading(
        "Эл. почта",
        "Электронная почта",
        "Адрес электронной почты",
        "E-mail",
        "Email",
        "Почта",
        parse=text(200),
        exported=False,
    )

    def check_entry(self, entry: Entry) -> None:
        email = entry["email"]
        if email and email not in (entry["contact"] or ""):
            entry.values["contact"] = ", ".join(part for part in (entry["contact"], email) if part)
        super().check_entry(entry)


@import_kinds.register("mentees")
class MenteesResource(SchoolListHeadings):
    """«База наставляемых», МР-42/02: thirteen columns; each row is a mentee with at most one mentor."""

    kind = "mentees"
    title = gettext_lazy("Base of mentees")
    sheet_title = "Наставляемые"
    order = 40
    side = Side.MENTEE
    other_side = Side.MENTOR
    own_place = "mentees_base_place"
    other_place = "mentors_base_place"
    name_field = "full_name"
    birth_field = "birth"
    partner_field = "mentor_name"
    partner_workplace_field = "mentor_workplace"
    any_of = (("full_name",), ("last_name", "first_name"))
    essential = ("birth", "contact", "main_request", "form", "started_on")
    person_values = ("class_name", "position", "subject")
    pair_values = {
        "request": "main_request",
        "mentee_results": "results",
        "mentee_case_url": "case_url",
        "completion_mark": "completion_mark",
    }
    alone_values = {
        "main_request": "main_request",
        "results": "results",
        "case_url": "case_url",
        "completion_mark": "completion_mark",
    }

    number = Heading("№", "№ п/п", "п/п", "N", "N п/п", parse=raw, kind="integer", width=5)
    full_name = Heading(
        "ФИО наставляемого",
        "ФИО",
        "Ф.И.О.",
        "Фамилия, имя, отчество",
        "Фамилия Имя Отчество",
        "Ф.И.О. наставляемого",
        "ФИО ребёнка",
        "ФИО обучающегося",
        "ФИО ученика",
        "Наставляемый",
        alias="ФИО",
        parse=raw,
        width=34,
    )
    contact = Heading(
        "Контактные данные для связи (данные представителя)",
        "Контактные данные для связи",
        "Контактные данные",
        "Контакты",
        "Телефон",
        "Контактный телефон",
        parse=parse_phone_text,
        width=26,
    )
    birth = Heading(
        "Год рождения наставляемого",
        "Год рождения",
        "Дата рождения",
        "Дата рождения наставляемого",
        "Год (дата) рождения",
        "Д.р.",
        alias="Дата рождения",
        # Without it no child can be counted; a list with positions or subjects is one of teachers.
        required=True,
        unless=("position", "subject"),
        parse=parse_birth,
        kind="date",
        width=13,
    )
    main_request = Heading(
        "Основной запрос наставляемого",
        "Основной запрос",
        "Запрос",
        "Запрос наставляемого",
        parse=long_text(),
        width=30,
    )
    started_on = Heading(
        "Дата вхождения в программу", "Дата входа в программу", "Дата начала", parse=parse_date, kind="date"
    )
    mentor_name = Heading("ФИО наставника", "Ф.И.О. наставника", "Наставник", parse=raw, width=34)
    form = Heading("Форма наставничества", "Форма", parse=plain_text, width=24)
    mentor_workplace = Heading(
        "Место работы/учёбы наставника",
        "Место работы наставника",
        "Место работы (учёбы) наставника",
        parse=text(300),
        width=26,
    )
    ended_on = Heading(
        "Дата завершения программы", "Дата завершения", "Дата окончания", parse=parse_date, kind="date"
    )
    results = Heading("Результаты программы", "Результаты", "Результат", parse=long_text(), width=30)
    case_url = Heading(
        "Ссылка на кейс/отзыв наставляемого, размещённые на сайте организации",
        "Ссылка на кейс/отзыв наставляемого",
        "Ссылка на кейс",
        "Ссылка на отзыв",
        parse=text(500),
        width=30,
    )
    completion_mark = Heading(
        "Отметка о прохождении программы", "Отметка о прохождении", "Отметка", parse=completion_mark, width=20
    )

    def check_entry(self, entry: Entry) -> None:
        entry.values["population"] = said_population(entry)
        super().check_entry(entry)

    def partners(self, entry: Entry) -> list[PersonName]:
        value = entry.cells.get("mentor_name")
        if is_empty_name(value):
            return []
        name = self.read_name(entry, value, field="mentor_name")
        return [name] if name else []

    def export_rows(self) -> Iterator[dict]:
        """Rows of the official form: one a pair, and one a mentee without a pair."""
        return mentee_rows(self.context.scope, self.context.organization)


@import_kinds.register("mentors")
class MentorsResource(SchoolListHeadings):
    """«База наставников», МР-42/02: sixteen columns; a row may name several mentees."""

    kind = "mentors"
    title = gettext_lazy("Base of mentors")
    sheet_title = "Наставники"
    order = 50
    side = Side.MENTOR
    other_side = Side.MENTEE
    own_place = "mentors_base_place"
    other_place = "mentees_base_place"
    name_field = "full_name"
    birth_field = "birth"
    partner_field = "mentee_names"
    partner_workplace_field = "mentee_workplace"
    any_of = (("full_name",), ("last_name", "first_name"))
    essential = ("birth", "contact", "competencies", "form", "started_on")
    person_values = (
        "class_name",
        "position",
        "subject",
        "workplace",
        "competencies",
        "achievements",
        "interests",
        "desired_age",
        "time_resource",
    )
    pair_values = {"mentor_results": "results", "mentor_case_url": "case_url"}
    alone_values = {"results": "results", "case_url": "case_url"}

    number = Heading("№", "№ п/п", "п/п", "N", "N п/п", parse=raw, kind="integer", width=5)
    full_name = Heading(
        "ФИО наставника",
        "ФИО",
        "Ф.И.О.",
        "Фамилия, имя, отчество",
        "Фамилия Имя Отчество",
        "Ф.И.О. наставника",
        "Наставник",
        alias="ФИО",
        parse=raw,
        width=34,
    )
    contact = Heading(
        "Контактные данные для связи",
        "Контактные данные",
        "Контакты",
        "Телефон",
        "Контактный телефон",
        parse=parse_phone_text,
        width=26,
    )
    workplace = Heading(
        "Место работы/учёбы наставника",
        "Место работы наставника",
        "Место работы (учёбы) наставника",
        "Место работы",
        parse=text(300),
        width=26,
    )
    competencies = Heading(
        "Основные компетенции наставника", "Основные компетенции", "Компетенции", parse=long_text(), width=30
    )
    achievements = Heading(
        "Важные для программы достижения наставника",
        "Достижения наставника",
        "Достижения",
        parse=long_text(),
        width=30,
    )
    interests = Heading("Интересы наставника", "Интересы", parse=long_text(), width=24)
    desired_age = Heading("Желаемый возраст наставляемых", "Возраст наставляемых", parse=text(150), width=16)
    time_resource = Heading(
        "Ресурс времени на программу наставничества",
        "Ресурс времени",
        "Ресурс времени на наставничество",
        parse=text(150),
        width=20,
    )
    started_on = Heading(
        "Дата вхождения в программу", "Дата входа в программу", "Дата начала", parse=parse_date, kind="date"
    )
    mentee_names = Heading(
        "ФИО наставляемого (наставляемых)",
        "ФИО наставляемого",
        "ФИО наставляемых",
        "Наставляемые",
        "Наставляемый",
        parse=raw,
        width=34,
    )
    form = Heading("Форма наставничества", "Форма", parse=plain_text, width=24)
    mentee_workplace = Heading(
        "Место работы/учёбы наставляемого",
        "Место учёбы наставляемого",
        "Место работы (учёбы) наставляемого",
        parse=text(300),
        width=26,
    )
    ended_on = Heading(
        "Дата завершения программы", "Дата завершения", "Дата окончания", parse=parse_date, kind="date"
    )
    results = Heading("Результаты программы", "Результаты", "Результат", parse=long_text(), width=30)
    case_url = Heading(
        "Ссылка на кейс/отзыв наставника, размещённые на сайте организации",
        "Ссылка на кейс/отзыв наставника",
        "Ссылка на кейс",
        "Ссылка на отзыв",
        parse=text(500),
        width=30,
    )
    birth = Heading(
        "Год рождения наставника",
        "Год рождения",
        "Дата рождения",
        "Дата рождения наставника",
        "Год (дата) рождения",
        parse=parse_birth,
        kind="date",
        width=13,
    )

    def check_entry(self, entry: Entry) -> None:
        entry.values["population"] = said_population(entry)
        super().check_entry(entry)

    def partners(self, entry: Entry) -> list[PersonName]:
        names = []
        for piece in split_people(entry.cells.get("mentee_names")):
            name = self.read_name(entry, piece, field="mentee_names")
            if name is not None and name not in names:
                names.append(name)
        return names

    def export_rows(self) -> Iterator[dict]:
        """Rows of the official form: one a mentor and term with all mentees, and mentors without a pair."""
        return mentor_rows(self.context.scope, self.context.organization)


def said_population(entry: Entry) -> Population | None:
    """Who the row itself says the person is: a class makes a pupil, a position or subject a teacher."""
    if entry["class_name"]:
        return Population.PUPIL
    if entry["position"] or entry["subject"]:
        return Population.TEACHER
    return None
