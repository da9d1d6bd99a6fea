"""The people behind a figure: the same number as the figure, reasons, names that are revealed."""

from datetime import date

import pytest

from accounts.models import AccessAction, AccessRecord
from mentors.tests.factories import MenteeFactory, PersonFactory
from monitoring.tests.conftest import YEAR

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indicators")]

PEOPLE = f"/indicators/pupil_mentees/people/?year={YEAR}"


@pytest.fixture
def school_of_many(figures, pupil_pair):
    """At the school of two counted: one too young, one without a start, one alone, one of the year before."""
    pupil_pair(figures.school, "Малышов", birth_year=YEAR - 8)
    pupil_pair(figures.school, "Бездатов", started_on=None)
    pupil_pair(figures.school, "Прошлый", started_on=date(YEAR - 1, 1, 9), ended_on=date(YEAR - 1, 3, 12))
    MenteeFactory(
        organization=figures.school,
        person=PersonFactory(last_name="Одинокий", birth_year=YEAR - 12),
        started_on=date(YEAR, 11, 1),
        population="pupil",
    )
    return figures


def address(cast, **query) -> str:
    parts = "".join(f"&{name}={value}" for name, value in query.items())
    return f"{PEOPLE}&organization={cast.school.pk}{parts}"


def test_the_list_of_counted_people_is_as_long_as_the_figure(school_of_many, signed_in):
    response = signed_in(school_of_many.methodologist).get(address(school_of_many, tab="counted"))

    names = [row.name.replace("\u00a0", " ") for row in response.context["people"]]
    assert names == ["Абрамов А. С.", "Белов А. С."]
    assert response.context["total"].figure.numerator == 2
    counts = {str(label): count for label, count, _url, _on in response.context["tabs"]}
    assert counts == {"Учтены": "2", "Не учтены": "3", "Вне показателя": "1", "Спорные": "0"}


def test_each_person_who_is_not_counted_has_a_reason_in_words(school_of_many, signed_in):
    response = signed_in(school_of_many.methodologist).get(address(school_of_many))

    assert response.context["tab"] == "not_counted"
    rows = {row.name.split()[0].split("\u00a0")[0]: row for row in response.context["people"]}
    assert set(rows) == {"Бездатов", "Одинокий", "Прошлый"}
    assert "12.03" in rows["Прошлый"].detail
    assert rows["Одинокий"].detail.replace("\u00a0", " ") == f"в базе с 01.11.{YEAR}"
    assert all(row.note and row.action for row in rows.values())


def test_what_to_do_leads_only_the_curator_to_the_form(school_of_many, signed_in):
    rows = signed_in(school_of_many.curator).get(address(school_of_many)).context["people"]

    urls = {row.name.split()[0]: (row.participation_id, row.action_url) for row in rows}
    mentee, url = urls["Одинокий"]
    assert url.startswith("/pairs/add/?") and f"mentee={mentee}" in url
    assert signed_in(school_of_many.curator).get(url).status_code == 200
    above = signed_in(school_of_many.methodologist).get(address(school_of_many)).context["people"]
    assert {row.action_url for row in above} == {""}


def test_a_reason_narrows_the_list(school_of_many, signed_in):
    response = signed_in(school_of_many.methodologist).get(address(school_of_many, reason="no_start"))

    assert len(response.context["people"]) == 1
    assert [on for _label, _count, _url, on in response.context["reasons"]].count(True) == 1


def test_who_is_outside_stands_apart_with_the_age_and_no_date_of_birth(school_of_many, signed_in):
    response = signed_in(school_of_many.methodologist).get(address(school_of_many, tab="outside"))

    (row,) = response.context["people"]
    assert row.detail.replace("\u00a0", " ") == f"8 лет на 31.12.{YEAR}"


def test_names_are_short_above_the_school_until_revealed_with_a_journal_line(
    school_of_many, signed_in, texts
):
    client = signed_in(school_of_many.methodologist)

    short = texts(client.get(address(school_of_many, tab="counted")))
    full = client.post(address(school_of_many, tab="counted"))

    assert "Антон" not in short
    assert "Абрамов Антон Сергеевич" in texts(full)
    record = AccessRecord.objects.get(action=AccessAction.REVEAL)
    assert record.user == school_of_many.methodologist
    assert sorted(record.details["ids"]) == sorted(row.participation_id for row in full.context["people"])


def test_names_stand_in_full_inside_the_school(school_of_many, signed_in, texts):
    client = signed_in(school_of_many.curator)

    page = texts(client.get(f"{PEOPLE}&tab=counted"))

    assert "Абрамов Антон Сергеевич" in page
    assert "Волков" not in page
    assert client.post(f"{PEOPLE}&tab=counted").status_code == 403


def test_the_headcount_splits_into_counted_known_and_unknown(school_of_many, signed_in):
    split = signed_in(school_of_many.methodologist).get(address(school_of_many)).context["split"]

    assert (split.counted, split.lacking, split.unknown) == (2, 3, 495)


def test_a_school_without_numbers_has_its_people_not_counted(figures, signed_in):
    response = signed_in(figures.methodologist).get(f"{PEOPLE}&organization={figures.district_school.pk}")

    (row,) = response.context["people"]
    assert row.name.startswith("Громов")
    assert response.context["split"] is None


def test_long_lists_are_cut_and_go_on(figures, signed_in, pupil_pair):
    for number in range(60):
        pupil_pair(figures.school, f"Яковлев{number:02}")
    client = signed_in(figures.curator)

    first = client.get(f"{PEOPLE}&tab=counted")
    second = client.get(f"{PEOPLE}&tab=counted&after={first.context['page'].last}")

    assert (len(first.context["people"]), len(second.context["people"])) == (50, 12)
    assert not {row.url for row in first.context["people"]} & {row.url for row in second.context["people"]}


def test_a_school_of_another_place_is_not_found(figures, signed_in):
    client = signed_in(figures.curator)

    assert client.get(f"{PEOPLE}&organization={figures.school.pk}").status_code == 200
    assert client.get(f"{PEOPLE}&organization={figures.sibling_school.pk}").status_code == 404
    assert client.get(f"{PEOPLE}&tab=secret").status_code == 404
    assert client.get("/indicators/unknown_code/people/").status_code == 404


def test_answers_are_anonymous(figures, signed_in):
    response = signed_in(figures.curator).get(f"/indicators/mentee_satisfaction/people/?year={YEAR}")

    assert response.context["nameless"]
    assert "people" not in response.context
