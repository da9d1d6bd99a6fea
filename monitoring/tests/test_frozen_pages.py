"""Closed rounds on the pages: shown as published, closed from the page, compared with nobody's guess."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common import stamps
from monitoring.models import Round, Snapshot
from monitoring.services import close_round
from monitoring.tests.conftest import YEAR

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indicators")]

PAGE = f"/indicators/?year={YEAR}"
CLOSE = f"/indicators/close/?year={YEAR}"
FORM = {"year": str(YEAR), "as_of": f"31.12.{YEAR}", "basis": "Приказ № 1", "reason": ""}


def stamp(snapshot) -> str:
    return f"Показатели на 31.12.{YEAR}, посчитаны {stamps.in_words(snapshot.created_at)}"


def counts(response, code="pupil_mentees") -> str:
    entries = [entry for group in response.context["groups"] for entry in group["entries"]]
    return next(entry["row"].counts for entry in entries if entry["row"].definition.code == code)


@pytest.fixture
def closed(figures, pupil_pair):
    """A closed round, and a pair that was entered after it."""
    snapshot = close_round(None, municipality=figures.municipality, year=YEAR)
    pupil_pair(figures.school, "Поздний")
    return snapshot


def test_a_closed_round_is_shown_as_it_was_published(figures, closed, signed_in, texts):
    client = signed_in(figures.methodologist)

    frozen, live = client.get(PAGE), client.get(f"{PAGE}&live=1")

    assert (counts(frozen), counts(live)) == ("3 из 900", "4 из 900")
    assert f"Срез от 31.12.{YEAR}" in texts(frozen)
    assert frozen.context["snapshot"] == closed
    assert stamp(closed) in texts(frozen)
    assert live.context["snapshot"] is None


def test_a_school_sees_its_own_frozen_figure_and_no_other(figures, closed, signed_in, texts):
    response = signed_in(figures.curator).get(PAGE)

    assert counts(response) == "2 из 500"
    assert "СОШ № 18" not in texts(response)


def test_a_part_of_the_municipality_is_a_sum_and_says_so(figures, closed, signed_in, texts):
    response = signed_in(figures.district_methodologist).get(PAGE)

    assert counts(response) == "3 из 900"
    assert response.context["summed"]
    assert "сумма по организациям" in texts(response)


def test_the_people_behind_a_frozen_figure_are_live_and_it_is_said(figures, closed, signed_in, texts):
    response = signed_in(figures.curator).get(f"/indicators/pupil_mentees/people/?year={YEAR}&tab=counted")

    assert len(response.context["people"]) == 3
    assert "в срезе учтено 2" in texts(response)


def test_earlier_revisions_can_be_chosen(figures, closed, signed_in):
    newer = close_round(None, municipality=figures.municipality, year=YEAR, reason="Уточнена численность")
    client = signed_in(figures.methodologist)

    assert counts(client.get(PAGE)) == "4 из 900"
    assert counts(client.get(f"{PAGE}&snapshot={closed.pk}")) == "3 из 900"
    assert client.get(PAGE).context["snapshot"] == newer
    assert len(client.get(PAGE).context["dates"]) >= 3


def test_a_frozen_page_takes_its_figures_from_the_snapshot(figures, closed, signed_in):
    with CaptureQueriesContext(connection) as captured:
        signed_in(figures.methodologist).get(f"/indicators/map/?year={YEAR}")

    statements = [query["sql"] for query in captured.captured_queries]
    assert any("monitoring_figure" in sql for sql in statements)
    assert not any("surveys_answer" in sql for sql in statements)


def test_the_methodologist_closes_a_round_from_the_page(figures, signed_in, texts):
    client = signed_in(figures.methodologist)

    response = client.post(CLOSE, FORM, follow=True)

    snapshot = Snapshot.objects.get()
    assert (snapshot.revision, snapshot.created_by) == (1, figures.methodologist)
    assert Round.objects.get().basis == "Приказ № 1"
    assert response.context["snapshot"] == snapshot
    assert f"Срез на 31.12.{YEAR} снят, редакция 1." in texts(response)


def test_a_correction_needs_a_reason(figures, closed, signed_in):
    client = signed_in(figures.analyst)

    refused = client.post(CLOSE, FORM)
    accepted = client.post(CLOSE, {**FORM, "reason": "Уточнена численность"})

    assert refused.status_code == 422
    assert "reason" in refused.context["form"].errors
    assert refused.context["form"]["basis"].value() == "Приказ № 1"
    assert accepted.status_code == 302
    assert Snapshot.objects.count() == 2


def test_a_date_before_the_year_is_refused_at_its_field(figures, signed_in):
    response = signed_in(figures.methodologist).post(CLOSE, {**FORM, "as_of": f"01.12.{YEAR - 1}"})

    assert response.status_code == 422
    assert "as_of" in response.context["form"].errors
    assert not Round.objects.exists()


def test_only_who_works_for_the_whole_municipality_closes(figures, signed_in):
    for user in (figures.district_methodologist, figures.curator, figures.head, figures.administrator):
        signed_in(user).post(CLOSE, FORM)

    assert not Snapshot.objects.exists()
    assert signed_in(figures.curator).get(CLOSE).status_code == 403
    assert signed_in(figures.district_methodologist).get(CLOSE).status_code == 302


def test_a_frozen_year_stands_in_the_trend_as_it_was_published(figures, signed_in, pupil_pair):
    from orgs.tests.factories import HeadcountFactory

    HeadcountFactory(
        organization=figures.school, on_date=date(YEAR - 1, 9, 5), pupils_10_18=100, pupils_15_18=5
    )
    pupil_pair(figures.school, "Давний", started_on=date(YEAR - 1, 9, 1), ended_on=date(YEAR - 1, 12, 1))
    close_round(None, municipality=figures.municipality, year=YEAR - 1)
    pupil_pair(figures.school, "Поздний", started_on=date(YEAR - 1, 9, 1), ended_on=date(YEAR - 1, 12, 1))

    (trend,) = signed_in(figures.methodologist).get(PAGE).context["trends"]

    assert [(year.year, year.value, year.frozen) for year in trend.years] == [
        (YEAR - 1, "1,0\u00a0%", True),
        (YEAR, "0,3\u00a0%", False),
    ]
