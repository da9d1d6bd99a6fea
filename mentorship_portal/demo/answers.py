"""Anonymous answers of the second survey: every school year has one, better from year to year."""

from __future__ import annotations

import datetime
from random import Random

from mentors.models import MentoringForm
from mentorship_portal.demo.calendar import some_day
from mentorship_portal.demo.enrol import REASON
from mentorship_portal.demo.pairing import Unit
from mentorship_portal.demo.world import School, words
from surveys import services
from surveys.enums import Measure, QuestionType, Respondent, Wave
from surveys.models import Answer, QuestionnaireVersion

# Days of the survey, and the share of those who answered and were satisfied, by role. The first year was
# asked in December already, so that the roadmap's first year has an answer.
WAVES = (
    (0, (2024, 12, 9), (2024, 12, 20), {"mentee": (0.34, 0.70), "mentor": (0.12, 0.66)}),
    (0, (2025, 5, 19), (2025, 5, 30), {"mentee": (0.52, 0.80), "mentor": (0.16, 0.76)}),
    (1, (2026, 5, 18), (2026, 5, 29), {"mentee": (0.57, 0.885), "mentor": (0.19, 0.79)}),
)
# A school without working questionnaires: its few answers are hidden on pages.
QUIET_SCHOOLS = ("СОШ № 13", "Станция юных техников", "Вечерняя школа")


def current_versions() -> dict[tuple[str, str], QuestionnaireVersion]:
    """Versions of the second survey with their questions, by form and respondent."""
    found = {}
    versions = QuestionnaireVersion.objects.filter(questionnaire__wave=Wave.SECOND).order_by("number")
    for version in versions.select_related("questionnaire__form").prefetch_related("questions"):
        found[version.questionnaire.form.code, version.questionnaire.respondent] = version
    return found


def ask(school: School, rng: Random, units: list[Unit], forms: dict[str, MentoringForm], versions) -> None:
    """Saves the answers of the school's mentors and mentees."""
    rows = []
    for year, first, last, sides in WAVES:
        for unit in (unit for unit in units if unit.year == year):
            for respondent, people in ((Respondent.MENTEE, unit.mentees), (Respondent.MENTOR, [unit.mentor])):
                share, satisfied = sides[respondent]
                if school.short_name in QUIET_SCHOOLS:
                    share = 0.04
                for _ in people:
                    if rng.random() < share:
                        day = some_day(rng, datetime.date(*first), datetime.date(*last))
                        version = versions.get((unit.form, respondent))
                        rows.append(
                            _answer(school, rng, forms[unit.form], respondent, day, version, satisfied)
                        )
    services.record_answers(answers=rows, reason=REASON)


def _answer(school, rng, form, respondent, day, version, satisfied: float) -> Answer:
    is_satisfied = rng.random() < satisfied
    if is_satisfied:
        joint_work, result = rng.choices((7, 8, 9, 10), (2, 4, 5, 5), k=2)
        enjoyed = True
    else:
        joint_work, result = rng.choices((2, 3, 4, 5, 6, 7, 8), (1, 2, 3, 5, 7, 2, 1), k=2)
        enjoyed = joint_work + result < 14 and rng.random() < 0.5
    answer = Answer(
        organization=school.organization,
        version=version,
        respondent=respondent,
        form=form,
        wave=Wave.SECOND,
        answered_on=day,
        joint_work=joint_work,
        result=result,
        enjoyed=enjoyed,
    )
    if rng.random() < 0.07:
        answer.comment = rng.choice(words()["comments"]["good" if is_satisfied else "bad"])
    if version is not None:
        answer.values = _other_values(rng, version, (joint_work + result) / 2, is_satisfied)
    return answer


def _other_values(rng: Random, version: QuestionnaireVersion, mood: float, is_satisfied: bool) -> dict:
    """Answers to the questions that no indicator uses; they follow the mood of the respondent."""
    values = {}
    for question in version.questions.all():
        if question.measure != Measure.NONE:
            continue
        if question.type == QuestionType.SCALE:
            values[str(question.position)] = min(10, max(1, round(mood + rng.choice((-2, -1, 0, 0, 1, 1)))))
        elif question.type == QuestionType.YES_NO:
            values[str(question.position)] = rng.random() < (0.8 if is_satisfied else 0.35)
        elif question.type == QuestionType.FREQUENCY:
            values[str(question.position)] = rng.choice(services.FREQUENCIES[:4])
    return values
