"""The pages of figures: the overview, and the organizations of one indicator."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from monitoring.tests.conftest import YEAR
from monitoring.tests.factories import RoundConfirmationFactory, RoundFactory, TargetFactory
from orgs.tests.factories import HeadcountFactory
from surveys.tests.factories import AnswerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indicators")]

PAGE = f"/indicators/?year={YEAR}"
DETAIL = f"/indicators/pupil_mentees/?year={YEAR}"


def entry_of(response, code="pupil_mentees"):
    entries = [entry for group in response.context["groups"] for entry in group["entries"]]
    return next(entry for entry in entries if entry["row"].definition.code == code)


def test_the_methodologist_sees_the_municipality(figures, signed_in, texts):
    response = signed_in(figures.methodologist).get(PAGE)

    row = entry_of(response)["row"]
    assert (row.value, row.counts, row.target, row.missing) == (
        "0,3\u00a0%",
        "3 из 900",
        "20\u00a0%",
        177,
    )
    assert "не хватает 177 чел." in texts(response)


def test_a_shortfall_names_what_is_missing(figures, signed_in, texts):
    school = figures.school
    AnswerFactory.create_batch(2, organization=school, answered_on=date(YEAR, 5, 20))
    AnswerFactory.create_batch(4, organization=school, answered_on=date(YEAR, 5, 20), enjoyed=False)
    TargetFactory(
        municipality=figures.municipality, indicator__code="mentee_satisfaction", year=YEAR, value=85
    )

    response = signed_in(figures.methodologist).get(PAGE)

    assert "не хватает 4 довольных" in texts(response)


def test_the_heading_states_how_many_targets_are_reached(figures, signed_in):
    client = signed_in(figures.methodologist)
    assert client.get(PAGE).context["finding"] == f"Ни одна цель {YEAR}\u00a0года пока не достигнута"

    TargetFactory(
        municipality=figures.municipality, indicator__code="organizations_with_registers", year=YEAR, value=50
    )

    finding = client.get(PAGE).context["finding"].replace("\u00a0", " ")
    assert finding == f"Цели {YEAR} года достигнуты по 1 показателю из 2"


def test_the_page_says_whose_data_there_are(figures, signed_in):
    closing = RoundFactory(
        municipality=figures.municipality, year=YEAR, as_of=date(YEAR, 12, 31), due_on=date(YEAR, 12, 20)
    )
    RoundConfirmationFactory(round=closing, organization=figures.school)

    context = signed_in(figures.methodologist).get(PAGE).context

    assert (context["numbers_given"], context["numbers_expected"]) == (2, 3)
    assert [place.name for place in context["numbers_lacking"]] == ["СОШ № 30"]
    assert (context["confirmed"], context["confirmed_in_time"]) == (1, 1)


def test_incomplete_data_are_hatched_and_never_reach_a_target(figures, signed_in, texts):
    TargetFactory(municipality=figures.municipality, indicator__code="teacher_mentees", year=YEAR, value=0)

    response = signed_in(figures.methodologist).get(PAGE)

    row = entry_of(response, "teacher_mentees")["row"]
    assert (row.status, row.value) == ("few_data", "0,0\u00a0%")
    assert 'fill="url(#hatch-teacher_mentees-w)"' in response.content.decode()
    assert "Мало данных" in texts(response)


def test_a_curator_sees_the_school_alone(figures, signed_in, texts):
    response = signed_in(figures.curator).get(PAGE)

    entry = entry_of(response)
    assert entry["row"].value == "0,4\u00a0%"
    assert "/people/" in entry["url"]
    assert "СОШ № 30" not in texts(response)
    assert "ranking" not in response.context


def test_schools_stand_by_what_they_lack(figures, signed_in):
    response = signed_in(figures.methodologist).get(DETAIL)

    lines = response.context["ranking_lines"]
    assert [(line.row.place.name, line.row.missing, line.row.value) for line in lines] == [
        ("СОШ № 17", 98, "0,4\u00a0%"),
        ("СОШ № 18", 79, "0,3\u00a0%"),
    ]
    assert response.context["ranking"].finding.replace("\u00a0", " ") == "2 организации отстают от цели"
    assert [place.name for place in response.context["without_data"]] == ["СОШ № 30"]


def test_five_schools_and_the_base_of_their_share_are_named(figures, signed_in):
    from orgs.tests.factories import OrganizationFactory

    for number in range(1, 7):
        school = OrganizationFactory(
            municipality=figures.municipality, short_name=f"СОШ № {number}", type=figures.school.type
        )
        HeadcountFactory(organization=school, on_date=date(YEAR, 9, 5), pupils_10_18=10, pupils_15_18=5)

    ranking = signed_in(figures.methodologist).get(DETAIL).context["ranking"]

    # 98 + 79 and six times 2: the first five lack 183 of 189.
    assert ranking.finding.replace("\u00a0", " ") == "5 организаций дают 97 % отставания"
    assert ranking.base.replace("\u00a0", " ") == (
        "183 из 189 чел., которых не хватает в организациях ниже цели"
    )


def test_the_change_to_the_year_before_is_in_points(figures, signed_in, pupil_pair):
    HeadcountFactory(
        organization=figures.school,
        on_date=date(YEAR - 1, 9, 5),
        pupils_10_18=1000,
        pupils_15_18=5,
        pupils_total=None,
    )
    pupil_pair(figures.school, "Давний", started_on=date(YEAR - 1, 9, 1), ended_on=date(YEAR - 1, 12, 1))

    lines = signed_in(figures.methodologist).get(DETAIL).context["ranking_lines"]

    assert {line.row.place.name: line.row.change for line in lines} == {"СОШ № 17": "+0,3", "СОШ № 18": ""}


def test_a_trend_shows_the_years_with_data_against_their_targets(figures, signed_in, pupil_pair):
    TargetFactory(municipality=figures.municipality, indicator__code="pupil_mentees", year=YEAR - 1, value=10)
    HeadcountFactory(
        organization=figures.school, on_date=date(YEAR - 1, 9, 5), pupils_10_18=100, pupils_15_18=5
    )
    pupil_pair(figures.school, "Давний", started_on=date(YEAR - 1, 9, 1), ended_on=date(YEAR - 1, 12, 1))

    (trend,) = signed_in(figures.methodologist).get(PAGE).context["trends"]

    assert [(year.year, year.value, year.target) for year in trend.years] == [
        (YEAR - 1, "1,0\u00a0%", 10),
        (YEAR, "0,3\u00a0%", 20),
    ]


def test_a_reporting_date_can_be_typed(figures, signed_in):
    client = signed_in(figures.methodologist)

    before_headcounts = client.get(f"{PAGE}&as_of=01.09.{YEAR}")
    unreadable = client.get(f"{PAGE}&as_of=вчера")

    assert entry_of(before_headcounts)["row"].status == "no_data"
    assert unreadable.status_code == 422
    assert unreadable.context["date_problem"]
    assert entry_of(unreadable)["row"].counts == "3 из 900"


@pytest.mark.parametrize("query", ["year=двадцать", "year=1800", "organization=999999", "organization=школа"])
def test_a_malformed_address_is_not_found(figures, signed_in, query):
    assert signed_in(figures.methodologist).get(f"/indicators/pupil_mentees/?{query}").status_code == 404


def test_few_answers_are_hidden_from_the_page(figures, signed_in):
    AnswerFactory.create_batch(4, organization=figures.school, answered_on=date(YEAR, 5, 20))
    AnswerFactory.create_batch(6, organization=figures.sibling_school, answered_on=date(YEAR, 5, 20))
    AnswerFactory.create_batch(7, organization=figures.district_school, answered_on=date(YEAR, 5, 20))

    response = signed_in(figures.methodologist).get(f"/indicators/mentee_satisfaction/?year={YEAR}")

    lines = response.context["ranking_lines"]
    assert {line.row.place.name for line in lines if not line.row.counts} == {"СОШ № 17", "СОШ № 18"}
    assert response.context["total"].counts


def test_a_hidden_school_is_not_found_by_looking_at_its_neighbour_alone(figures, signed_in):
    AnswerFactory.create_batch(4, organization=figures.school, answered_on=date(YEAR, 5, 20))
    AnswerFactory.create_batch(6, organization=figures.sibling_school, answered_on=date(YEAR, 5, 20))
    people = f"/indicators/mentee_satisfaction/people/?year={YEAR}"

    above, inside = signed_in(figures.methodologist), figures.colleague_curator
    narrowed = [
        above.get(f"{people}&organization={figures.sibling_school.pk}"),
        above.get(f"{people}&org={figures.sibling_school.pk}"),
    ]

    assert [response.context["total"].counts for response in narrowed] == ["", ""]
    # The school itself may know its own six answers: it sees no total to subtract them from.
    assert signed_in(inside).get(people).context["total"].counts


def test_an_indicator_of_organizations_lists_them(figures, signed_in):
    response = signed_in(figures.methodologist).get(f"/indicators/organizations_with_page/?year={YEAR}")

    assert {row.place.name: row.counted for row in response.context["behind"]} == {
        "СОШ № 17": False,
        "СОШ № 18": False,
        "СОШ № 30": False,
    }


@pytest.mark.parametrize(
    "path", ["/indicators/", "/indicators/pupil_mentees/", "/indicators/map/", "/indicators/warnings/"]
)
def test_the_number_of_queries_does_not_grow(figures, signed_in, pupil_pair, path):
    from orgs.tests.factories import OrganizationFactory

    client, counts = signed_in(figures.methodologist), []
    for step in range(2):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"{path}?year={YEAR}").status_code == 200
        counts.append(len(captured))
        for number in range(4):
            school = OrganizationFactory(
                municipality=figures.municipality,
                district=figures.district,
                short_name=f"Школа {step} {number}",
                type=figures.school.type,
            )
            HeadcountFactory(organization=school, on_date=date(YEAR, 9, 5))
            pupil_pair(school, f"Петров{step}{number}")

    assert counts[0] == counts[1]


def test_every_indicator_has_its_pages(figures, signed_in):
    client = signed_in(figures.methodologist)
    groups = client.get(PAGE).context["groups"]
    codes = [entry["row"].definition.code for group in groups for entry in group["entries"]]

    assert len(codes) == 20
    for code in codes:
        assert client.get(f"/indicators/{code}/?year={YEAR}").status_code == 200, code
        people = f"/indicators/{code}/people/?year={YEAR}&organization={figures.school.pk}"
        assert client.get(people).status_code == 200, code


def test_people_without_a_role_of_readers_get_a_sentence(figures, signed_in):
    for user in (figures.mentor, figures.mentee, figures.stranger, figures.administrator):
        assert signed_in(user).get(PAGE).status_code == 403
