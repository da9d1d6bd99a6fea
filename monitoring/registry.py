"""The indicators that the portal can compute: what is divided by what, and how the rule reads.

The rows of :class:`monitoring.models.Indicator` hold titles, sources and choices; this module holds the
kinds of rules. Arithmetic is in :mod:`monitoring.compute` only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.db.models import Exists, Q

from common.registry import Registry
from mentors.enums import Population, ProgramStatus, Side
from monitoring import conditions, rules, terms
from monitoring.parameters import Choice, Codes, Number, Parameter, WholeNumber
from monitoring.terms import Term
from orgs.models import DocumentType

Parameters = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class IndicatorRule:
    """A kind of rule: terms and the printed text as functions of the parameters.

    ``denominator`` is None for counts. ``extras`` are further terms that stand beside the figure.
    ``people`` names the side of the pairs whose people stand behind the figure, if any.
    """

    code: str
    numerator: Callable[[Parameters], Term]
    denominator: Callable[[Parameters], Term] | None
    text: Callable[[Parameters], str]
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    extras: Mapping[str, Callable[[Parameters], Term]] = field(default_factory=dict)


INDICATORS: Registry[str, IndicatorRule] = Registry("indicator")


def _declare(rule: IndicatorRule) -> None:
    INDICATORS.add(rule.code, rule)


HEADCOUNT_COLUMNS = ("pupils_10_18", "pupils_15_18", "pupils_total", "teachers", "young_specialists")
AGE = {"lowest": 0, "highest": 100}
POPULATION = Choice("", choices=("", *Population.values))
DEVELOPED = (ProgramStatus.APPROVED, ProgramStatus.RUNNING, ProgramStatus.COMPLETED)
PROGRAM_STATUSES = Codes(tuple(map(str, DEVELOPED)), choices=tuple(ProgramStatus.values))


def _aged_pupils(code: str, side: str, age_from: int, age_to: int, base: str) -> IndicatorRule:
    return IndicatorRule(
        code,
        lambda p: terms.people(side, population=Population.PUPIL, ages=(p["age_from"], p["age_to"])),
        lambda p: terms.headcount(p["denominator"]),
        lambda p: rules.aged_pupils(side, p),
        parameters={
            "age_from": WholeNumber(age_from, **AGE),
            "age_to": WholeNumber(age_to, **AGE),
            "denominator": Choice(base, choices=HEADCOUNT_COLUMNS),
        },
    )


_declare(_aged_pupils("pupil_mentees", Side.MENTEE, 10, 18, "pupils_10_18"))
_declare(_aged_pupils("pupil_mentees_of_all", Side.MENTEE, 10, 18, "pupils_total"))
_declare(_aged_pupils("pupil_mentors", Side.MENTOR, 15, 18, "pupils_15_18"))
_declare(_aged_pupils("pupil_mentors_of_all", Side.MENTOR, 15, 18, "pupils_total"))
_declare(
    IndicatorRule(
        "teacher_mentees",
        lambda p: terms.people(Side.MENTEE, population=Population.TEACHER),
        lambda p: terms.headcount(p["denominator"]),
        rules.teacher_mentees,
        parameters={"denominator": Choice("teachers", choices=HEADCOUNT_COLUMNS)},
    )
)


def _satisfaction(code: str, side: str) -> IndicatorRule:
    return IndicatorRule(
        code,
        lambda p: terms.answers(side, p["satisfied_min_mean"]),
        lambda p: terms.answers(side),
        lambda p: rules.satisfaction(side, p),
        parameters={"satisfied_min_mean": Number(7, lowest=1, highest=10)},
        extras={"participants": lambda p: terms.people(side)},
    )


_declare(_satisfaction("mentee_satisfaction", Side.MENTEE))
_declare(_satisfaction("mentor_satisfaction", Side.MENTOR))


def _all_organizations(parameters: Parameters) -> Term:
    return terms.organizations()


_declare(
    IndicatorRule(
        "organizations_with_registers",
        lambda p: terms.organizations("registers", conditions.has_working_pair),
        _all_organizations,
        rules.organizations_with_registers,
    )
)
_declare(
    IndicatorRule(
        "organizations_with_documents",
        lambda p: terms.organizations("documents", lambda c: conditions.has_all_documents(c.period)),
        lambda p: terms.organizations("package", lambda c: Q(Exists(conditions.required_types()))),
        rules.organizations_with_documents,
    )
)
_declare(
    IndicatorRule(
        "organizations_with_page",
        lambda p: terms.organizations("page", lambda c: ~Q(mentoring_page="")),
        _all_organizations,
        rules.organizations_with_page,
    )
)
_declare(
    IndicatorRule(
        "organizations_with_reverse_mentoring",
        lambda p: terms.organizations(
            f"kind {p['kind']}", lambda c: conditions.has_pair_of_kind(c, p["kind"])
        ),
        _all_organizations,
        rules.organizations_with_kind,
        parameters={"kind": Parameter("reverse")},
    )
)
_declare(
    IndicatorRule(
        "organizations_paying_mentors",
        lambda p: terms.organizations(
            f"document {p['document_type']}",
            lambda c: conditions.has_document(c.period, p["document_type"]),
        ),
        lambda p: terms.organizations(
            f"type {p['document_type']}",
            lambda c: Q(Exists(DocumentType.objects.filter(code=p["document_type"]))),
        ),
        rules.organizations_with_document,
        parameters={"document_type": Parameter("payment_regulation")},
    )
)


def _mentees(parameters: Parameters, key: str = "", also: terms.Condition | None = None) -> Term:
    return terms.people(Side.MENTEE, population=parameters["population"], also=also, also_key=key)


def _share_of_mentees(
    code: str,
    key: Callable[[Parameters], str],
    also: Callable[[Parameters], terms.Condition],
    text: Callable[[Parameters], str],
    **parameters: Parameter,
) -> IndicatorRule:
    return IndicatorRule(
        code,
        lambda p: _mentees(p, key(p), also(p)),
        _mentees,
        text,
        parameters={"population": POPULATION, **parameters},
    )


_declare(
    _share_of_mentees(
        "mentees_with_program",
        lambda p: f"program {p['program_statuses']}",
        lambda p: lambda c: conditions.with_program(c, p["program_statuses"]),
        rules.mentees_with_program,
        program_statuses=PROGRAM_STATUSES,
    )
)
_declare(
    _share_of_mentees(
        "mentees_with_route",
        lambda p: f"route {p['program_statuses']}",
        lambda p: lambda c: conditions.with_program(c, p["program_statuses"], route=True),
        rules.mentees_with_route,
        program_statuses=PROGRAM_STATUSES,
    )
)
_declare(
    _share_of_mentees(
        "mentees_with_positive_dynamics",
        lambda p: "dynamics",
        lambda p: lambda c: conditions.with_positive_dynamics(c.period),
        rules.mentees_with_positive_dynamics,
    )
)
_declare(
    IndicatorRule(
        "young_teachers_supported",
        lambda p: terms.people(
            Side.MENTEE,
            population=Population.TEACHER,
            also=lambda c: conditions.young_teacher(c.period, p),
            also_key=f"young {p['max_experience_years']} {p['max_age']} {p['categories']}",
        ),
        lambda p: terms.headcount("young_specialists"),
        rules.young_teachers_supported,
        parameters={
            "max_experience_years": WholeNumber(3, lowest=0, highest=60),
            "max_age": WholeNumber(None, **AGE, optional=True),
            "categories": Codes(("young",)),
        },
    )
)
_declare(
    IndicatorRule(
        "mentees_in_contests",
        lambda p: _mentees(p, "contest", lambda c: conditions.in_contest(c.period)),
        None,
        rules.mentees_in_contests,
        parameters={"population": POPULATION},
    )
)
_declare(IndicatorRule("programs_completed", lambda p: terms.programs(), None, rules.programs_completed))
_declare(
    IndicatorRule(
        "mentors_trained",
        lambda p: terms.people(
            Side.MENTOR,
            population=p["population"],
            also=lambda c: conditions.trained(c.period),
            also_key="trained",
        ),
        lambda p: terms.people(Side.MENTOR, population=p["population"]),
        rules.mentors_trained,
        parameters={"population": POPULATION},
    )
)
_declare(
    IndicatorRule(
        "checklist_achieved",
        lambda p: terms.checklist_items(achieved=True),
        lambda p: terms.checklist_items(),
        rules.checklist_achieved,
    )
)
