"""What each indicator counts, in words for headings, formulas and sentences of the documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mentors.enums import Population
from monitoring.definitions import Definition
from monitoring.reports.wording import of_counted

BASES = {
    "pupils_10_18": "обучающихся 10–18 лет",
    "pupils_15_18": "обучающихся 15–18 лет",
    "pupils_total": "обучающихся",
    "teachers": "педагогов",
    "young_specialists": "молодых специалистов",
}
MENTEES = {
    "": "наставляемых",
    Population.PUPIL: "наставляемых из числа обучающихся",
    Population.TEACHER: "наставляемых из числа педагогов",
    Population.STUDENT: "наставляемых из числа студентов",
    Population.EMPLOYER: "наставляемых от работодателей",
}
MENTORS = {
    "": "наставников",
    Population.PUPIL: "наставников из числа обучающихся",
    Population.TEACHER: "наставников из числа педагогов",
    Population.STUDENT: "наставников из числа студентов",
    Population.EMPLOYER: "наставников от работодателей",
}
PEOPLE = ("человека", "человек")
ORGANIZATIONS = ("организации", "организаций")


@dataclass(frozen=True, slots=True)
class Labels:
    """Words of one indicator; phrases stand in the genitive plural («наставляемых»).

    ``counted`` and ``base`` make the formula, their short forms head the columns; ``unit`` holds the
    genitive singular and plural of what is missing to a target.
    """

    short: str
    counted: str
    base: str
    counted_head: str
    base_head: str
    unit: tuple[str, str] = PEOPLE

    @property
    def formula(self) -> str:
        """The formula in words; a bare number for indicators without a base."""
        if not self.base:
            return f"число {self.counted}"
        return f"число {self.counted} / число {self.base} ×\u00a0100\u00a0%"

    def missing(self, number: int) -> str:
        """«22 человек», after «не хватает»."""
        return of_counted(number, *self.unit)


def labels_of(definition: Definition) -> Labels:
    """Words for an indicator with the parameters in use; general words for one without words of its own."""
    if build := _BUILDERS.get(definition.code):
        return build(definition.parameters)
    return Labels(definition.title, "учтённых", "входящих в базу", "Числитель", "Знаменатель", ("", ""))


def _pupils(side: str, role: str, *, of_all: bool = False):
    def build(parameters: Mapping) -> Labels:
        ages = f"{parameters['age_from']}–{parameters['age_to']} лет"
        base = BASES[parameters["denominator"]]
        return Labels(
            short=f"Обучающиеся {ages} – {role}" + (" (от всех обучающихся)" if of_all else ""),
            counted=f"обучающихся {ages}, вошедших в программы наставничества в роли {side}",
            base=f"всех {base}" if base == "обучающихся" else base,
            counted_head=_head("наставляемых" if side == "наставляемого" else "наставников"),
            base_head=_head(base),
        )

    return build


def _teachers(parameters: Mapping) -> Labels:
    base = BASES[parameters["denominator"]]
    return Labels(
        "Педагоги – наставляемые",
        "педагогов, вошедших в программы наставничества в роли наставляемого",
        base,
        "Наставляемых",
        _head(base),
    )


def _satisfaction(short: str, who: str, one: str):
    return lambda parameters: Labels(
        short,
        f"{who}, удовлетворённых участием в программах",
        f"{who}, ответивших на вопросы итоговой анкеты",
        "Удовлетворены",
        "Ответили",
        (f"удовлетворённого {one}", f"удовлетворённых {who}"),
    )


def _organizations(short: str, counted: str):
    return lambda parameters: Labels(
        short, f"организаций, {counted}", "организаций", "Организаций", "Всего организаций", ORGANIZATIONS
    )


def _mentees(short: str, counted: str, head: str):
    def build(parameters: Mapping) -> Labels:
        who = MENTEES[parameters["population"]]
        return Labels(short, f"{who}, {counted}", who, head, _head(who))

    return build


def _young(parameters: Mapping) -> Labels:
    return Labels(
        "Молодые специалисты с наставником",
        "молодых специалистов, вошедших в программы наставничества в роли наставляемого",
        BASES["young_specialists"],
        "Имеют наставника",
        "Молодых специалистов",
    )


def _trained(parameters: Mapping) -> Labels:
    who = MENTORS[parameters["population"]]
    return Labels(
        "Наставники, прошедшие курсы",
        f"{who}, прошедших курсы повышения квалификации по наставничеству",
        who,
        "Прошли курсы",
        _head(who),
    )


def _contests(parameters: Mapping) -> Labels:
    who = MENTEES[parameters["population"]]
    return Labels(
        "Наставляемые – участники конкурсов",
        f"{who}, участвовавших в конкурсах профессионального мастерства",
        "",
        "Участников",
        "",
    )


def _programs(parameters: Mapping) -> Labels:
    return Labels(
        "Реализованные программы и маршруты",
        "персонализированных программ и индивидуальных образовательных маршрутов, завершённых в году",
        "",
        "Программ",
        "",
        ("программы", "программ"),
    )


def _checklist(parameters: Mapping) -> Labels:
    return Labels(
        "Достигнутые пункты самоаудита",
        "достигнутых пунктов самоаудита",
        "пунктов, на которые даны ответы",
        "Достигнуто пунктов",
        "Ответов на пункты",
        ("пункта", "пунктов"),
    )


def _head(phrase: str) -> str:
    return phrase[:1].upper() + phrase[1:]


_BUILDERS = {
    "pupil_mentees": _pupils("наставляемого", "наставляемые"),
    "pupil_mentees_of_all": _pupils("наставляемого", "наставляемые", of_all=True),
    "pupil_mentors": _pupils("наставника", "наставники"),
    "pupil_mentors_of_all": _pupils("наставника", "наставники", of_all=True),
    "teacher_mentees": _teachers,
    "mentee_satisfaction": _satisfaction("Удовлетворённость наставляемых", "наставляемых", "наставляемого"),
    "mentor_satisfaction": _satisfaction("Удовлетворённость наставников", "наставников", "наставника"),
    "organizations_with_registers": _organizations(
        "Организации с базами наставников и наставляемых",
        "имеющих базы наставников и наставляемых, в которых есть действующие пары или группы",
    ),
    "organizations_with_documents": _organizations(
        "Организации с полным пакетом документов", "имеющих полный пакет документов о наставничестве"
    ),
    "organizations_with_page": _organizations(
        "Организации со страницей о наставничестве", "имеющих страницу о наставничестве на сайте"
    ),
    "organizations_paying_mentors": _organizations(
        "Организации с оплатой наставникам", "имеющих документ об оплате или поощрении наставников"
    ),
    "organizations_with_reverse_mentoring": _organizations(
        "Организации с реверсивным наставничеством", "в которых есть реверсивное наставничество"
    ),
    "mentees_with_positive_dynamics": _mentees(
        "Наставляемые с положительной динамикой",
        "у которых диагностика показала сокращение профессиональных дефицитов",
        "С положительной динамикой",
    ),
    "mentees_with_route": _mentees(
        "Наставляемые с индивидуальным маршрутом",
        "для которых разработаны индивидуальные образовательные маршруты по итогам диагностики",
        "С маршрутом",
    ),
    "mentees_with_program": _mentees(
        "Наставляемые с персонализированной программой",
        "для которых разработаны персонализированные программы",
        "С программой",
    ),
    "young_teachers_supported": _young,
    "mentees_in_contests": _contests,
    "programs_completed": _programs,
    "mentors_trained": _trained,
    "checklist_achieved": _checklist,
}
