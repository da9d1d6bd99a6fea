"""Address recommendations: what an organization should do, derived from its figures by rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from monitoring.compute import Place
from monitoring.reports.lines import Line, Row
from monitoring.reports.material import Material
from monitoring.reports.wording import grouped, joined, of_counted, span

# The literal wording of the order repeats the first indicator with a wider base: one advice is enough.
REPEATS = {"pupil_mentees_of_all": "pupil_mentees", "pupil_mentors_of_all": "pupil_mentors"}
# Answered by their own rules below.
OWN_RULES = {
    "organizations_with_registers",
    "organizations_with_documents",
    "organizations_with_page",
    "checklist_achieved",
    "mentees_with_program",
}


@dataclass(frozen=True, slots=True)
class Advice:
    """Recommendations to one organization; empty when its figures call for none."""

    place: Place
    items: list[str]


def advice_of(material: Material) -> list[Advice]:
    """Recommendations to every working organization, in the order of names."""
    return [
        Advice(place, [item for rule in _RULES for item in rule(material, place)])
        for place in material.working
    ]


def _registers(material: Material, place: Place) -> Iterator[str]:
    if place.id not in material.evidence.pairs:
        yield (
            "сформировать базы наставников и наставляемых, закрепить пары (группы) приказом "
            "и внести их в портал"
        )
        return
    row = _row(material, "organizations_with_registers", place)
    if row and row.numerator == 0:
        yield (
            "возобновить работу по программам наставничества: на отчётную дату нет ни одной действующей "
            "пары (группы)"
        )


def _headcount(material: Material, place: Place) -> Iterator[str]:
    if place.id not in material.evidence.headcounts:
        yield (
            f"внести в портал численность обучающихся и педагогов на дату {span(material.period, 'of')}: "
            "без неё показатели организации не рассчитываются, а её участники не учитываются"
        )
        return
    missing = sorted(
        {
            line.labels.base_head.lower()
            for line in material.lines
            if line.definition.denominator is not None
            and line.definition.denominator.source.entered
            and place in line.without_data
        }
    )
    if missing:
        yield f"дополнить сведения о численности: не указано число {joined(missing)}"


def _errors(material: Material, place: Place) -> Iterator[str]:
    for line in material.lines:
        row = line.of(place.id)
        if row and row.in_error:
            yield (
                f"уточнить данные: {line.labels.counted_head.lower()} – {grouped(row.numerator)}, "
                f"{line.labels.base_head.lower()} – {grouped(row.denominator)}, учтено больше, чем в базе "
                "показателя"
            )


def _shares(material: Material, place: Place) -> Iterator[str]:
    advised = set()
    # Without any pair the only sensible advice is to form them.
    if place.id not in material.evidence.pairs:
        return
    for line in material.lines:
        code = line.definition.code
        row = line.of(place.id)
        if row is None or code in OWN_RULES or not row.missed or REPEATS.get(code) in advised:
            continue
        advised.add(code)
        yield _raise_share(line, row)


def _raise_share(line: Line, row: Row) -> str:
    wording = _ACTIONS.get(line.definition.code)
    state = f"сейчас {row.value} при цели {line.target}"
    if row.counts:
        state = f"сейчас {row.counts}, {row.value} при цели {line.target}"
    if wording is None:
        return f"повысить показатель «{line.labels.short}»: {state}"
    return f"{wording(line, row.missing)} ({state})"


def _programs(material: Material, place: Place) -> Iterator[str]:
    line = material.line("mentees_with_program")
    row = line.of(place.id) if line else None
    if not row or not row.denominator or row.numerator is None or row.reached:
        return
    number = row.missing if line.definition.target is not None else row.denominator - row.numerator
    if number > 0:
        goal = f", цель {line.target}" if line.definition.target is not None else ""
        yield (
            "разработать и утвердить персонализированные программы наставничества не менее чем для "
            f"{of_counted(number, 'наставляемого', 'наставляемых')} (сейчас {row.counts}, {row.value}{goal})"
        )


def _answers(material: Material, place: Place) -> Iterator[str]:
    if place.id not in material.evidence.pairs:
        return
    lacking = []
    for code, who in (("mentee_satisfaction", "наставляемых"), ("mentor_satisfaction", "наставников")):
        row = _row(material, code, place)
        if row and (row.no_data or (row.few and (row.figure.denominator or 0) < 5)):
            lacking.append(who)
    if lacking:
        yield f"провести итоговый опрос {joined(lacking)}: ответов нет или недостаточно для оценки"


def _documents(material: Material, place: Place) -> Iterator[str]:
    missing = material.evidence.missing_documents.get(place.id)
    if missing and len(missing) == material.evidence.package_size:
        yield "подготовить пакет документов о наставничестве и внести его в портал: нет ни одного документа"
    elif missing:
        titles = "; ".join(f"«{title}»" for title in missing)
        yield f"подготовить и внести в портал недостающие документы о наставничестве: {titles}"


def _page(material: Material, place: Place) -> Iterator[str]:
    row = _row(material, "organizations_with_page", place)
    if row and row.numerator == 0:
        yield (
            "создать на сайте раздел «Наставничество», разместить в нём документы и указать адрес страницы "
            "в карточке организации"
        )


def _audit(material: Material, place: Place) -> Iterator[str]:
    if place.id not in material.evidence.audits:
        yield "провести самоаудит Положения о системе наставничества по чек-листу"
        return
    items = material.evidence.open_items.get(place.id)
    if items:
        numbers = joined([str(number) for number, _title in items])
        point = "пункту" if len(items) == 1 else "пунктам"
        yield f"доработать Положение о системе наставничества по {point} {numbers} чек-листа самоаудита"


def _row(material: Material, code: str, place: Place) -> Row | None:
    line = material.line(code)
    return line.of(place.id) if line else None


def _involve(one: str, many: str, role: str) -> Callable[[Line, int], str]:
    def text(line: Line, number: int) -> str:
        parameters = line.definition.parameters
        ages = f" {parameters['age_from']}–{parameters['age_to']} лет" if "age_from" in parameters else ""
        return f"вовлечь в роли {role} дополнительно не менее {of_counted(number, one, many)}{ages}"

    return text


def _satisfy(who: str) -> Callable[[Line, int], str]:
    return lambda line, number: (
        f"выяснить причины неудовлетворённости {who} и скорректировать программы наставничества"
    )


_ACTIONS: dict[str, Callable[[Line, int], str]] = {
    "pupil_mentees": _involve("обучающегося", "обучающихся", "наставляемых"),
    "pupil_mentees_of_all": _involve("обучающегося", "обучающихся", "наставляемых"),
    "pupil_mentors": _involve("обучающегося", "обучающихся", "наставников"),
    "pupil_mentors_of_all": _involve("обучающегося", "обучающихся", "наставников"),
    "teacher_mentees": _involve("педагога", "педагогов", "наставляемых"),
    "young_teachers_supported": lambda line, number: (
        "закрепить наставников дополнительно не менее чем за "
        f"{of_counted(number, 'молодым специалистом', 'молодыми специалистами')}"
    ),
    "mentee_satisfaction": _satisfy("наставляемых"),
    "mentor_satisfaction": _satisfy("наставников"),
    "mentees_with_route": lambda line, number: (
        "разработать по итогам диагностики индивидуальные образовательные маршруты не менее чем для "
        f"{of_counted(number, 'наставляемого', 'наставляемых')}"
    ),
    "mentees_with_positive_dynamics": lambda line, number: (
        "провести диагностику профессиональных дефицитов по завершении программ и помочь наставляемым, "
        "у которых дефициты не сократились"
    ),
    "mentors_trained": lambda line, number: (
        "направить на курсы повышения квалификации по наставничеству не менее "
        f"{of_counted(number, 'наставника', 'наставников')}"
    ),
    "organizations_paying_mentors": lambda line, number: (
        "принять локальный акт о материальном поощрении наставников"
    ),
    "organizations_with_reverse_mentoring": lambda line, number: (
        "организовать реверсивное наставничество хотя бы в одной паре"
    ),
    "mentees_in_contests": lambda line, number: (
        "привлечь к участию в конкурсах профессионального мастерства дополнительно не менее "
        f"{of_counted(number, 'наставляемого', 'наставляемых')}"
    ),
    "programs_completed": lambda line, number: (
        f"завершить дополнительно не менее {of_counted(number, 'программы', 'программ')} наставничества"
    ),
}
_RULES = (
    _registers,
    _headcount,
    _errors,
    _shares,
    _programs,
    _answers,
    _documents,
    _page,
    _audit,
)
