"""Writes about people: cards, participations, leaving and changing schools."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from accounts.tests.factories import UserFactory
from mentors import services
from mentors.enums import CompletionMark, Side
from mentors.models import Pair, Participation, Person
from mentors.tests.factories import EndReasonFactory, MenteeFactory, PairFactory, PersonFactory
from orgs.tests.factories import OrganizationFactory

pytestmark = pytest.mark.django_db
MARCH = datetime.date(2026, 3, 2)


@pytest.fixture
def actor():
    return UserFactory()


class TestPeople:
    def test_year_and_search_key_follow_from_the_card(self, actor):
        person = services.create_person(
            actor=actor,
            last_name="Алёшин",
            first_name="Пётр",
            patronymic="Ильич",
            birth_date=datetime.date(2011, 5, 3),
        )
        assert (person.birth_year, person.name_key) == (2011, "алешин петр ильич")
        record = person.history.get()
        assert (record.history_type, record.history_user) == ("+", actor)

    @pytest.mark.parametrize(
        ("field", "value"), [("birth_year", 2101), ("birth_date", datetime.date(2101, 1, 1))]
    )
    def test_birth_in_the_future_is_refused(self, actor, field, value):
        with pytest.raises(ValidationError) as refusal:
            services.create_person(actor=actor, last_name="Белов", first_name="Антон", **{field: value})
        assert set(refusal.value.message_dict) == {field}

    def test_many_people_get_their_keys_and_history_at_once(self, actor, django_assert_num_queries):
        people = [Person(last_name=f"Белов-{number}", first_name="Антон") for number in range(5)]
        services.create_people(actor=actor, people=people, reason="base.xlsx")
        assert [person.name_key for person in Person.objects.order_by("pk")] == [
            f"белов-{number} антон" for number in range(5)
        ]
        assert (
            list(Person.history.values_list("history_user", "history_change_reason"))
            == [(actor.pk, "base.xlsx")] * 5
        )
        more = [Person(last_name="Ким", first_name="Роман") for _ in range(50)]
        with django_assert_num_queries(5, exact=False) as counted:
            services.create_people(actor=actor, people=more)
        assert len(counted) <= 5

    def test_change_keeps_what_stood_there(self, actor):
        person = PersonFactory(last_name="Белова")
        services.change_person(actor=actor, person=person, last_name="Ким", reason="Брак")
        assert list(person.history.values_list("history_type", "last_name")) == [
            ("~", "Ким"),
            ("+", "Белова"),
        ]
        assert person.history.first().history_change_reason == "Брак"


class TestParticipation:
    def test_person_takes_part_once_in_a_role_at_a_school_but_in_both_roles(self, actor):
        mentee = MenteeFactory()
        as_mentor = services.start_participation(
            actor=actor, person=mentee.person, organization=mentee.organization, role=Side.MENTOR
        )
        assert as_mentor.person == mentee.person
        with pytest.raises(ValidationError):
            services.start_participation(
                actor=actor, person=mentee.person, organization=mentee.organization, role=Side.MENTEE
            )

    def test_leaving_closes_the_open_pairs_on_the_same_day(self, actor):
        pair, reason = PairFactory(), EndReasonFactory(code="mentee_left")
        services.end_participation(actor=actor, participation=pair.mentee, ended_on=MARCH, end_reason=reason)
        pair.refresh_from_db()
        assert (pair.ended_on, pair.completion_mark, pair.end_reason) == (
            MARCH,
            CompletionMark.ENDED_EARLY,
            reason,
        )
        assert pair.history.first().history_user == actor

    def test_leaving_twice_is_refused(self, actor):
        mentee = MenteeFactory(ended_on=MARCH)
        with pytest.raises(ValidationError, match=r"02\.03\.2026"):
            services.end_participation(actor=actor, participation=mentee, ended_on=MARCH)

    def test_end_before_the_start_is_refused_and_nothing_is_closed(self, actor):
        pair = PairFactory()
        with pytest.raises(ValidationError):
            services.end_participation(
                actor=actor, participation=pair.mentee, ended_on=datetime.date(2020, 1, 1)
            )
        assert Pair.objects.open().exists()
        assert Participation.objects.open().count() == 2

    def test_many_leave_at_once_and_only_those_who_are_still_here(self, actor):
        pair, gone = PairFactory(), MenteeFactory(ended_on=datetime.date(2025, 12, 1))
        ended = services.end_participations(
            actor=actor, participations=[pair.mentee, pair.mentor, gone], ended_on=MARCH
        )
        assert ended == [pair.mentee, pair.mentor]
        gone.refresh_from_db()
        assert gone.ended_on == datetime.date(2025, 12, 1)
        assert set(Pair.objects.values_list("ended_on", flat=True)) == {MARCH}


class TestTransfer:
    def test_both_periods_stay_and_the_old_pairs_close(self, actor):
        pair, new_school = PairFactory(), OrganizationFactory()
        pair.mentee.main_request = "Олимпиада по физике"
        pair.mentee.save()
        (arrived,) = services.transfer_person(
            actor=actor,
            person=pair.mentee.person,
            from_organization=pair.organization,
            to_organization=new_school,
            on=MARCH,
            class_name="9А",
        )
        periods = Participation.objects.filter(person=pair.mentee.person).order_by("started_on")
        assert list(periods.values_list("organization", "started_on", "ended_on")) == [
            (pair.organization_id, pair.mentee.started_on, MARCH - datetime.timedelta(days=1)),
            (new_school.pk, MARCH, None),
        ]
        assert (arrived.role, arrived.class_name, arrived.main_request) == (
            Side.MENTEE,
            "9А",
            "Олимпиада по физике",
        )
        pair.refresh_from_db()
        assert pair.ended_on == MARCH - datetime.timedelta(days=1)

    def test_who_does_not_take_part_cannot_be_transferred(self, actor):
        person = PersonFactory()
        with pytest.raises(ValidationError, match="Белов"):
            services.transfer_person(
                actor=actor,
                person=person,
                from_organization=OrganizationFactory(),
                to_organization=OrganizationFactory(),
                on=MARCH,
            )

    def test_transfer_to_the_same_school_is_refused(self, actor):
        mentee = MenteeFactory()
        with pytest.raises(ValidationError):
            services.transfer_person(
                actor=actor,
                person=mentee.person,
                from_organization=mentee.organization,
                to_organization=mentee.organization,
                on=MARCH,
            )
        assert Participation.objects.count() == 1
