"""Names of indicators on pages: Russian ones are rows of the dictionary, English ones stand here."""

from __future__ import annotations

from django.utils.translation import get_language

ENGLISH = {
    "pupil_mentees": "Children aged 10–18 as mentees",
    "pupil_mentees_of_all": "Children aged 10–18 as mentees, of all pupils",
    "pupil_mentors": "Children aged 15–18 as mentors",
    "pupil_mentors_of_all": "Children aged 15–18 as mentors, of all pupils",
    "teacher_mentees": "Teachers as mentees",
    "mentee_satisfaction": "Satisfaction of mentees",
    "mentor_satisfaction": "Satisfaction of mentors",
    "organizations_with_registers": "Organizations with registers of mentors",
    "organizations_with_documents": "Organizations with all documents",
    "organizations_with_page": "Organizations with a page on their site",
    "mentees_with_positive_dynamics": "Positive dynamics of diagnostics",
    "mentees_with_route": "Mentees with an individual route",
    "mentees_with_program": "Mentees with a programme",
    "young_teachers_supported": "Young specialists with support",
    "mentees_in_contests": "Mentees in contests",
    "programs_completed": "Completed programmes and routes",
    "mentors_trained": "Mentors who took a course",
    "organizations_paying_mentors": "Organizations that pay mentors",
    "organizations_with_reverse_mentoring": "Organizations with reverse mentoring",
    "checklist_achieved": "Items of the self-audit",
}


def page_name(code: str, russian: str) -> str:
    """The short name in the reader's language; without an English one the Russian."""
    language = get_language() or "ru"
    return russian if language.startswith("ru") else ENGLISH.get(code, russian)
