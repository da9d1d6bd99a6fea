"""A monitoring is begun, schools confirm their data, those that wait are reminded."""

import datetime

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.letters import send_due_letters
from common.dates import today
from mentors.models import Pair
from monitoring.enums import RoundStatus
from monitoring.models import Round, RoundConfirmation, RoundReminder
from monitoring.rounds import reading
from monitoring.tests.conftest import YEAR
from monitoring.tests.factories import RoundConfirmationFactory, RoundFactory
from orgs.enums import OrganizationStatus
from orgs.scope import Scope
from orgs.tests.factories import MembershipFactory, OrganizationFactory

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


@pytest.fixture
def monitoring(figures):
    """An open monitoring whose term is in a week."""
    return RoundFactory(
        municipality=figures.municipality,
        year=YEAR,
        as_of=datetime.date(YEAR, 12, 31),
        due_on=today() + 7 * DAY,
    )


def confirm_page(found):
    return f"/indicators/rounds/{found.pk}/confirm/"


def given_at(confirmation, day):
    """Dates a confirmation to noon of the day."""
    noon = timezone.make_aware(datetime.datetime.combine(day, datetime.time(12)))
    RoundConfirmation.objects.filter(pk=confirmation.pk).update(confirmed_at=noon)


class TestBeginning:
    def test_the_methodologist_begins_it_and_the_curator_finds_it_among_the_tasks(self, figures, signed_in):
        client = signed_in(figures.methodologist)
        assert client.get(f"/indicators/?year={YEAR}").context["begin_url"]
        sent = {
            "year": YEAR,
            "as_of": f"31.12.{YEAR}",
            "opens_on": "",
            "due_on": f"{today() + 5 * DAY:%d.%m.%Y}",
            "basis": "Приказ № 231",
        }

        response = client.post("/indicators/rounds/begin/", sent)

        begun = Round.objects.get()
        assert response.status_code == 302
        assert (begun.municipality, begun.basis, begun.status) == (
            figures.municipality,
            "Приказ № 231",
            RoundStatus.OPEN,
        )
        tasks = {
            str(task.title): task.url for task in signed_in(figures.curator).get("/").context["board"].open
        }
        assert f"/indicators/rounds/{begun.pk}/confirm/" in tasks[f"Подтвердите данные на 31.12.{YEAR}"]

    def test_a_second_one_of_the_same_date_is_refused_with_the_reason(
        self, monitoring, figures, signed_in, texts
    ):
        sent = {"year": YEAR, "as_of": f"31.12.{YEAR}", "due_on": f"20.12.{YEAR}"}
        response = signed_in(figures.methodologist).post("/indicators/rounds/begin/", sent)
        assert response.status_code == 422
        assert "Мониторинг на эту дату уже есть" in texts(response)
        assert Round.objects.count() == 1

    def test_a_last_day_before_the_first_is_refused(self, figures, signed_in, texts):
        sent = {
            "year": YEAR,
            "as_of": f"31.12.{YEAR}",
            "opens_on": f"20.12.{YEAR}",
            "due_on": f"10.12.{YEAR}",
        }
        response = signed_in(figures.methodologist).post("/indicators/rounds/begin/", sent)
        assert response.status_code == 422
        assert "Последний день раньше первого" in texts(response)

    def test_its_term_moves_and_its_date_stays(self, monitoring, figures, signed_in):
        later = today() + 20 * DAY
        page = f"/indicators/rounds/{monitoring.pk}/edit/"
        client = signed_in(figures.methodologist)
        form = client.get(page).context["form"]
        sent = {name: form[name].value() for name in form.fields} | {
            "as_of": f"01.06.{YEAR}",
            "due_on": f"{later:%d.%m.%Y}",
        }
        response = client.post(page, {name: value for name, value in sent.items() if value is not None})
        monitoring.refresh_from_db()
        assert response.status_code == 302
        assert (monitoring.due_on, monitoring.as_of) == (later, datetime.date(YEAR, 12, 31))

    def test_a_closed_one_keeps_its_terms(self, monitoring, figures, signed_in):
        Round.objects.update(status=RoundStatus.CLOSED)
        page = f"/indicators/rounds/{monitoring.pk}/edit/"
        assert signed_in(figures.methodologist).get(page).status_code == 403


class TestConfirming:
    def test_the_page_names_what_is_in_question_and_leads_to_them(
        self, monitoring, figures, signed_in, texts
    ):
        Pair.objects.filter(organization=figures.school).update(started_on=None)

        response = signed_in(figures.curator).get(confirm_page(monitoring))

        found = {check.code: (count, url) for check, count, url in response.context["findings"]}
        assert found["no_start"][0] == "2"
        assert "/indicators/warnings/no_start/" in found["no_start"][1]
        assert f"year={YEAR}" in found["no_start"][1]
        assert "Подтвердить: 2 записи под вопросом" in texts(response)

    def test_the_curator_confirms_with_records_in_question_and_says_why(
        self, monitoring, figures, signed_in, texts
    ):
        Pair.objects.filter(organization=figures.school).update(started_on=None)
        client = signed_in(figures.curator)

        client.post(confirm_page(monitoring), {"note": "Приказ готовится"})

        said = RoundConfirmation.objects.get()
        assert (said.organization, said.confirmed_by) == (figures.school, figures.curator)
        assert (said.questioned, said.note) == (2, "Приказ готовится")
        assert "Подтверждены" in texts(client.get(confirm_page(monitoring)))
        listed = texts(signed_in(figures.methodologist).get(f"/indicators/rounds/{monitoring.pk}/"))
        assert ">1 из 3</b> организаций" in listed
        assert "Приказ готовится" in listed

    def test_said_twice_it_stays_as_it_was_said_first(self, monitoring, figures, signed_in):
        client = signed_in(figures.curator)
        client.post(confirm_page(monitoring), {"note": "первое"})
        client.post(confirm_page(monitoring), {"note": "второе"})
        assert RoundConfirmation.objects.get().note == "первое"

    def test_it_is_withdrawn_while_the_monitoring_is_open(self, monitoring, figures, signed_in):
        client = signed_in(figures.curator)
        client.post(confirm_page(monitoring))
        client.post(f"/indicators/rounds/{monitoring.pk}/take-back/")
        assert not RoundConfirmation.objects.exists()

    def test_a_closed_monitoring_takes_neither_word_back_nor_a_new_one(
        self, monitoring, figures, signed_in, texts
    ):
        client = signed_in(figures.curator)
        RoundConfirmationFactory(round=monitoring, organization=figures.school)
        Round.objects.update(status=RoundStatus.CLOSED)
        client.post(f"/indicators/rounds/{monitoring.pk}/take-back/")
        assert RoundConfirmation.objects.count() == 1
        RoundConfirmation.objects.all().delete()
        response = client.post(confirm_page(monitoring))
        assert response.status_code == 422
        assert f"Мониторинг на 31.12.{YEAR} закрыт" in texts(response)

    def test_before_its_first_day_nothing_is_asked_or_taken(self, monitoring, figures, signed_in, texts):
        Round.objects.update(opens_on=today() + DAY)
        client = signed_in(figures.curator)
        response = client.post(confirm_page(monitoring))
        assert response.status_code == 422
        assert f"Подтвердить данные можно с {today() + DAY:%d.%m.%Y}" in texts(response)
        titles = [str(task.title) for task in client.get("/").context["board"].open]
        assert not [title for title in titles if "Подтвердите" in title]

    def test_the_head_reads_and_does_not_confirm(self, monitoring, figures, signed_in):
        client = signed_in(figures.head)
        response = client.get(confirm_page(monitoring))
        assert not response.context["may_confirm"]
        assert client.post(confirm_page(monitoring)).status_code == 403

    def test_a_confirmed_school_has_it_among_what_is_done(self, monitoring, figures, signed_in):
        RoundConfirmationFactory(round=monitoring, organization=figures.school)
        done = [str(task.title) for task in signed_in(figures.curator).get("/").context["board"].done]
        assert f"Данные на 31.12.{YEAR} подтверждены" in done


def test_a_school_that_works_no_more_is_not_asked(monitoring, figures, signed_in):
    figures.school.status = OrganizationStatus.CLOSED
    figures.school.save()
    board = signed_in(figures.curator).get("/").context["board"]
    assert not [
        task for task in board.tasks if "Данные на" in str(task.title) or "данные на" in str(task.title)
    ]


class TestSeveralAtOnce:
    """One monitoring is not closed yet when the next one begins."""

    @pytest.fixture
    def next_one(self, monitoring):
        return RoundFactory(
            municipality=monitoring.municipality,
            year=YEAR,
            as_of=datetime.date(YEAR, 12, 30),
            due_on=monitoring.due_on + DAY,
        )

    def test_a_school_is_asked_for_the_first_that_it_has_not_confirmed(self, monitoring, next_one, figures):
        scope = Scope.for_user(figures.curator)
        assert reading.asked_of(scope, figures.school) == monitoring
        RoundConfirmationFactory(round=monitoring, organization=figures.school)
        assert reading.asked_of(scope, figures.school) == next_one
        RoundConfirmationFactory(round=next_one, organization=figures.school)
        assert reading.asked_of(scope, figures.school) == next_one

    def test_the_methodologist_waits_for_the_first_that_somebody_has_not_confirmed(
        self, monitoring, next_one, figures
    ):
        scope = Scope.for_user(figures.methodologist)
        for school in (figures.school, figures.sibling_school, figures.district_school):
            assert reading.waited_for(scope) == monitoring
            RoundConfirmationFactory(round=monitoring, organization=school)
        assert reading.waited_for(scope) == next_one


class TestFollowing:
    def test_those_that_wait_come_first_then_the_late_ones(self, monitoring, figures):
        Round.objects.update(due_on=today() - 2 * DAY)
        given_at(RoundConfirmationFactory(round=monitoring, organization=figures.school), today() - 3 * DAY)
        given_at(RoundConfirmationFactory(round=monitoring, organization=figures.sibling_school), today())
        monitoring.refresh_from_db()

        listed = reading.standings(Scope.for_user(figures.methodologist), monitoring)

        assert [(row.organization, row.state) for row in listed] == [
            (figures.district_school, reading.WAITING),
            (figures.sibling_school, reading.LATE),
            (figures.school, reading.IN_TIME),
        ]

    def test_the_methodologist_is_told_whom_to_remind(self, monitoring, figures, signed_in):
        RoundConfirmationFactory(round=monitoring, organization=figures.school)
        tasks = {
            str(task.title): task.url
            for task in signed_in(figures.methodologist).get("/").context["board"].open
        }
        url = tasks["Напомните: 2 организации не подтвердили данные"]
        listed = signed_in(figures.methodologist).get(url)
        assert {row.organization for row in listed.context["rows"]} == {
            figures.sibling_school,
            figures.district_school,
        }

    def test_a_letter_goes_to_each_curator_of_a_school_that_waits(self, monitoring, figures, signed_in):
        RoundConfirmationFactory(round=monitoring, organization=figures.school)
        client = signed_in(figures.methodologist)
        page = f"/indicators/rounds/{monitoring.pk}/remind/"
        shown = client.get(page).context
        assert [row.user for row in shown["curators"]] == [figures.colleague_curator]
        assert shown["unreachable"] == [figures.district_school]

        client.post(page, {"words": "Вопросы — по телефону 2-12-12"})
        send_due_letters()

        (letter,) = mail.outbox
        assert letter.to == [figures.colleague_curator.email]
        assert letter.subject == f"Подтвердите данные на 31.12.{YEAR}"
        assert "Вопросы — по телефону 2-12-12" in letter.body
        assert f"/indicators/rounds/{monitoring.pk}/confirm/?org={figures.sibling_school.pk}" in letter.body
        assert RoundReminder.objects.get().organization == figures.sibling_school

    def test_a_methodologist_of_a_district_reminds_its_schools_alone(self, monitoring, figures, signed_in):
        MembershipFactory(organization=figures.district_school)
        page = f"/indicators/rounds/{monitoring.pk}/remind/"
        signed_in(figures.district_methodologist).post(page)
        reminded = set(RoundReminder.objects.values_list("organization", flat=True))
        assert reminded == {figures.school.pk, figures.sibling_school.pk}

    def test_a_missed_term_is_among_what_schools_need_help_with(self, monitoring, figures, signed_in, texts):
        Round.objects.update(due_on=today() - DAY)
        assert "данные не подтверждены в срок" in texts(signed_in(figures.methodologist).get("/"))

    def test_its_page_takes_as_many_queries_for_any_number_of_schools(self, monitoring, figures, signed_in):
        client = signed_in(figures.methodologist)
        page = f"/indicators/rounds/{monitoring.pk}/"
        client.get(page)

        def queries() -> int:
            with CaptureQueriesContext(
                connection,
            ) as seen:
                assert client.get(page).status_code == 200
            return len(seen)

        before = queries()
        for school in OrganizationFactory.create_batch(5, municipality=figures.municipality):
            RoundConfirmationFactory(round=monitoring, organization=school, confirmed_by=figures.curator)
        assert queries() == before
