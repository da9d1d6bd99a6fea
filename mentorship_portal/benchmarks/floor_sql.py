"""Hand-written SQL for the same figures: one grouped statement per table, nothing around it."""

from __future__ import annotations

from django.db import connection

from monitoring.period import ReportingPeriod

ORGANIZATIONS = """
SELECT o.id,
       CASE WHEN EXISTS (SELECT 1 FROM mentors_pair p WHERE p.organization_id = o.id
                         AND p.started_on <= %(as_of)s
                         AND (p.ended_on IS NULL OR p.ended_on >= %(as_of)s)) THEN 1 ELSE 0 END,
       CASE WHEN o.mentoring_page <> '' THEN 1 ELSE 0 END,
       CASE WHEN o.id IN (SELECT p.organization_id FROM mentors_pair p
                          JOIN mentors_mentoringkind k ON k.id = p.kind_id
                          WHERE k.code = 'reverse' AND p.started_on <= %(end)s
                          AND (p.ended_on IS NULL OR p.ended_on >= %(start)s)) THEN 1 ELSE 0 END
FROM orgs_organization o
WHERE (o.status = 'active' AND o.closed_on IS NULL OR o.closed_on > %(as_of)s) {place}
"""
HEADCOUNTS = """
SELECT h.organization_id, h.pupils_10_18, h.pupils_15_18, h.pupils_total, h.teachers, h.young_specialists
FROM orgs_headcount h
WHERE h.on_date >= %(start)s AND h.on_date <= %(as_of)s {place}
AND NOT EXISTS (SELECT 1 FROM orgs_headcount l WHERE l.organization_id = h.organization_id
                AND l.on_date > h.on_date AND l.on_date <= %(as_of)s)
"""
MENTEE_AGED = """(p.mentee_population = 'pupil' AND (
    ep.birth_date > %(born_19)s AND ep.birth_date <= %(born_10)s
    OR ep.birth_date IS NULL AND ep.birth_year BETWEEN %(year)s - 18 AND %(year)s - 10))"""
MENTOR_AGED = """(p.mentor_population = 'pupil' AND (
    rp.birth_date > %(born_19)s AND rp.birth_date <= %(born_15)s
    OR rp.birth_date IS NULL AND rp.birth_year BETWEEN %(year)s - 18 AND %(year)s - 15))"""
JOINED = """
FROM mentors_pair p
JOIN mentors_participation e ON e.id = p.mentee_id JOIN mentors_person ep ON ep.id = e.person_id
JOIN mentors_participation r ON r.id = p.mentor_id JOIN mentors_person rp ON rp.id = r.person_id
"""
IN_YEAR = "p.started_on <= %(end)s AND (p.ended_on IS NULL OR p.ended_on >= %(start)s)"
PAIRS = f"""
SELECT p.organization_id,
       COUNT(DISTINCT e.person_id) FILTER (WHERE {MENTEE_AGED}),
       COUNT(DISTINCT r.person_id) FILTER (WHERE {MENTOR_AGED}),
       COUNT(DISTINCT e.person_id) FILTER (WHERE p.mentee_population = 'teacher'),
       COUNT(DISTINCT e.person_id),
       COUNT(DISTINCT r.person_id),
       COUNT(DISTINCT e.person_id) FILTER (WHERE p.id IN (
           SELECT g.pair_id FROM mentors_program g
           WHERE g.pair_id IS NOT NULL AND g.status IN ('approved', 'running', 'completed')
           AND (g.started_on IS NULL OR g.started_on <= %(end)s)
           AND (g.ended_on IS NULL OR g.ended_on >= %(start)s))
         OR p.group_id IN (
           SELECT g.group_id FROM mentors_program g
           WHERE g.group_id IS NOT NULL AND g.status IN ('approved', 'running', 'completed')
           AND (g.started_on IS NULL OR g.started_on <= %(end)s)
           AND (g.ended_on IS NULL OR g.ended_on >= %(start)s))),
       COUNT(DISTINCT e.person_id) FILTER (WHERE p.mentee_population = 'teacher'
           AND (e.experience_years <= 3 OR e.experience_years IS NULL AND c.code = 'young'))
{JOINED} LEFT JOIN mentors_menteecategory c ON c.id = e.category_id
WHERE {IN_YEAR} GROUP BY p.organization_id
"""
# The six figures of a municipality's page; the second half gives the distinct people of all its schools.
PAGE_COUNTS = f"""
       COUNT(DISTINCT e.person_id) FILTER (WHERE {MENTEE_AGED} {{with_base}}),
       COUNT(DISTINCT r.person_id) FILTER (WHERE {MENTOR_AGED} {{with_base}}),
       COUNT(DISTINCT e.person_id) FILTER (WHERE p.mentee_population = 'teacher' {{with_base}}),
       COUNT(DISTINCT e.person_id), COUNT(DISTINCT r.person_id)
{JOINED} WHERE {IN_YEAR}
AND p.organization_id IN (SELECT id FROM orgs_organization WHERE municipality_id = %(municipality)s)
"""
WITH_BASE = """AND p.organization_id IN (SELECT h.organization_id FROM orgs_headcount h
    WHERE h.on_date >= %(start)s AND h.on_date <= %(as_of)s)"""
PAGE_PAIRS = (
    f"SELECT p.organization_id, {PAGE_COUNTS.format(with_base='')} GROUP BY p.organization_id "
    f"UNION ALL SELECT NULL, {PAGE_COUNTS.format(with_base=WITH_BASE)}"
)
ANSWERS = """
SELECT organization_id,
       COUNT(year) FILTER (WHERE respondent = 'mentee' AND enjoyed AND joint_work + result >= 14),
       COUNT(year) FILTER (WHERE respondent = 'mentee'),
       COUNT(year) FILTER (WHERE respondent = 'mentor' AND enjoyed AND joint_work + result >= 14),
       COUNT(year) FILTER (WHERE respondent = 'mentor')
FROM surveys_answer WHERE year = %(year)s AND wave = 2 {place} GROUP BY organization_id
"""


DEFINITIONS = """
SELECT i.code, i.title, i.unit, i.direction, i.version, i.source, i.parameters, s.parameters,
       t.value, t.document
FROM monitoring_indicator i
LEFT JOIN monitoring_indicatorsetting s ON s.indicator_id = i.id AND s.municipality_id = %(municipality)s
LEFT JOIN monitoring_target t ON t.indicator_id = i.id AND t.municipality_id = %(municipality)s
     AND t.year = %(year)s
WHERE i.active ORDER BY i.position
"""


def floor_figures(period: ReportingPeriod) -> dict[tuple[str, int], tuple]:
    """(code, organization's id) → (numerator, denominator) of all organizations."""
    given = _parameters(period)
    found: dict[tuple[str, int], tuple] = {}
    for pk, registers, page, reverse in _rows(ORGANIZATIONS.format(place=""), given):
        found["organizations_with_registers", pk] = registers, 1
        found["organizations_with_page", pk] = page, 1
        found["organizations_with_reverse_mentoring", pk] = reverse, 1
    pairs = {row[0]: row[1:] for row in _rows(PAIRS, given)}
    nobody = (0,) * 7
    for pk, aged, older, pupils, teachers, young in _rows(HEADCOUNTS.format(place=""), given):
        mentees, mentors, taught, _all, _leading, _planned, supported = pairs.get(pk, nobody)
        found["pupil_mentees", pk] = mentees, aged
        found["pupil_mentees_of_all", pk] = mentees, pupils
        found["pupil_mentors", pk] = mentors, older
        found["pupil_mentors_of_all", pk] = mentors, pupils
        found["teacher_mentees", pk] = taught, teachers
        found["young_teachers_supported", pk] = supported, young
    for pk, (_m, _r, _t, everybody, _l, planned, _s) in pairs.items():
        found["mentees_with_program", pk] = planned, everybody
    for pk, *counts in _rows(ANSWERS.format(place=""), given):
        _add_answers(found, pk, counts)
    return found


def floor_of_dashboard(municipality_id: int, period: ReportingPeriod) -> dict[str, tuple[int, int]]:
    """Totals of a municipality by code; reads the rows of its schools too, as a page needs them."""
    given = _parameters(period) | {"municipality": municipality_id}
    schools = "(SELECT id FROM orgs_organization WHERE municipality_id = %(municipality)s)"
    _rows(DEFINITIONS, given)
    organizations = _rows(ORGANIZATIONS.format(place="AND o.municipality_id = %(municipality)s"), given)
    headcounts = _rows(HEADCOUNTS.format(place=f"AND h.organization_id IN {schools}"), given)
    answers = _rows(ANSWERS.format(place=f"AND organization_id IN {schools}"), given)
    mentees, mentors, taught, *_people = next(row[1:] for row in _rows(PAGE_PAIRS, given) if row[0] is None)
    counts = [sum(row[place] for row in answers) for place in range(1, 5)]
    found = {
        "pupil_mentees": (mentees, sum(row[1] for row in headcounts)),
        "pupil_mentors": (mentors, sum(row[2] for row in headcounts)),
        "teacher_mentees": (taught, sum(row[4] for row in headcounts)),
        "organizations_with_registers": (sum(row[1] for row in organizations), len(organizations)),
    }
    totals: dict[tuple[str, int], tuple] = {}
    _add_answers(totals, 0, counts)
    return found | {code: pairing for (code, _pk), pairing in totals.items()}


def _add_answers(found: dict[tuple[str, int], tuple], pk: int, counts: list[int]) -> None:
    satisfied_mentees, mentees, satisfied_mentors, mentors = counts
    if mentees:
        found["mentee_satisfaction", pk] = satisfied_mentees, mentees
    if mentors:
        found["mentor_satisfaction", pk] = satisfied_mentors, mentors


def _parameters(period: ReportingPeriod) -> dict:
    born = {f"born_{age}": period.born_to_be(age) for age in (10, 15, 19)}
    return {"year": period.year, "start": period.start, "end": period.end, "as_of": period.as_of, **born}


def _rows(statement: str, parameters: dict) -> list[tuple]:
    used = {name: value for name, value in parameters.items() if f"%({name})s" in statement}
    if connection.vendor == "sqlite":
        # sqlite3 has no adapter for dates of its own any more; the column holds ISO text.
        used = {
            name: getattr(value, "isoformat", lambda value=value: value)() for name, value in used.items()
        }
    with connection.cursor() as cursor:
        cursor.execute(statement, used)
        return cursor.fetchall()
