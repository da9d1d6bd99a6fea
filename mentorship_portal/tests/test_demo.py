"""The demo municipality: its size, its figures, its sign-ins, and that it is loaded once."""

import datetime
import json
from io import StringIO
from random import Random
from tempfile import TemporaryDirectory

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count, F, Q
from django.test import TestCase

from accounts.models import User
from checklists.enums import AuditStatus
from checklists.models import SelfAudit
from mentors.models import (
    Consent,
    Diagnostic,
    Group,
    Meeting,
    Pair,
    Participation,
    Person,
    PlanStep,
    Program,
    Training,
)
from mentorship_portal.demo.calendar import DEMO_DAY
from mentorship_portal.demo.cast import draw_cast
from mentorship_portal.demo.enrol import REASON
from mentorship_portal.demo.load import SEED, DemoRefused, load_demo
from mentorship_portal.demo.members import MemberMaker
from mentorship_portal.demo.names import NameMaker, feminine
from mentorship_portal.demo.users import PASSWORD, SIGN_INS
from mentorship_portal.demo.world import MENTEES, allocate, draw_schools
from mentorship_portal.reference import load_reference
from monitoring.enums import ActivityStatus, RoundStatus
from monitoring.models import Roadmap, RoadmapActivity, Round, Snapshot, Target
from orgs.models import Headcount, Membership, Municipality, Organization
from orgs.scope import Scope
from orgs.tests.factories import MunicipalityFactory
from orgs.validators import inn_is_valid
from surveys.models import Answer


class TestLoadedDemo(TestCase):
    """One load for all of these."""

    @classmethod
    def setUpTestData(cls):
        load_reference()
        cls.loaded = load_demo()
        cls.municipality = Municipality.objects.get(name="Приозёрск")

    def test_it_is_as_large_as_promised(self):
        assert (self.loaded.organizations, self.loaded.mentors, self.loaded.mentees) == (28, 1100, 7500)
        assert self.municipality.is_demo
        assert self.municipality.districts.count() == 3
        kinds = dict(Organization.objects.values_list("type__code").annotate(count=Count("pk")))
        assert kinds == {
            "school": 20,
            "gymnasium": 1,
            "lyceum": 1,
            "evening_school": 1,
            "kindergarten": 3,
            "additional": 2,
        }

    def test_children_of_this_year_are_about_fifteen_thousand(self):
        children = Headcount.objects.filter(on_date__year=2026).values_list("pupils_10_18", flat=True)
        assert 14_500 <= sum(count or 0 for count in children) <= 15_500

    def test_every_inn_has_right_check_digits(self):
        inns = Organization.objects.values_list("inn", flat=True)
        assert [inn for inn in inns if not inn_is_valid(inn)] == []

    def test_groups_are_common(self):
        pairs = Pair.objects.aggregate(all=Count("pk"), grouped=Count("group"))
        assert pairs["grouped"] > pairs["all"] * 0.8
        sizes = Group.objects.annotate(size=Count("pairs")).values_list("size", flat=True)
        assert min(sizes) >= 3

    def test_pairs_cover_three_school_years_up_to_the_day_of_the_demo(self):
        for autumn in (2024, 2025, 2026):
            started = Pair.objects.filter(
                started_on__gte=datetime.date(autumn, 9, 1), started_on__lte=datetime.date(autumn, 12, 31)
            )
            assert started.count() > 2_500
        assert not Pair.objects.filter(started_on__gt=DEMO_DAY).exists()
        assert not Pair.objects.filter(started_on__lt=datetime.date(2026, 8, 1), ended_on=None).exists()

    def test_pairs_lie_within_the_participations_of_both_sides(self):
        for side in ("mentor", "mentee"):
            early = Pair.objects.filter(started_on__lt=F(f"{side}__started_on"))
            late = Pair.objects.filter(ended_on__gt=F(f"{side}__ended_on"))
            assert not early.exists() and not late.exists()

    def test_pupils_are_as_old_as_their_class(self):
        ninth = Participation.objects.filter(class_name__startswith="9", ended_on=None)
        years = set(ninth.exclude(person__birth_year=None).values_list("person__birth_year", flat=True))
        # 2000 and 2001 are slips of the pen, made on purpose.
        assert {year for year in years if year > 2005} == {2010, 2011, 2012}

    def test_every_kind_of_record_is_there_with_its_history(self):
        models = (Person, Participation, Group, Pair, Program, PlanStep, Meeting, Diagnostic, Training)
        for model in (*models, Consent, Answer, SelfAudit, Membership):
            made = model.history.filter(history_type="+").count()
            assert made == model.objects.count() > 0, model

    def test_history_names_the_curator_behind_a_change(self):
        pair = Pair.objects.filter(organization__short_name="СОШ № 17").first()
        record = pair.history.earliest()
        assert (record.history_user.email, record.history_change_reason) == (
            "curator@example.org",
            REASON,
        )

    def test_self_audits_stand_in_every_state(self):
        states = set(SelfAudit.objects.filter(year=2026).values_list("status", flat=True))
        assert states == set(AuditStatus.values)

    def test_there_is_something_doubtful_to_find(self):
        assert Person.objects.filter(birth_year=None).count() > 10
        assert Pair.objects.filter(started_on=None).exists()
        waiting = Participation.objects.filter(role="mentee", ended_on=None, pairs_as_mentee=None)
        assert waiting.exists()
        numbers = Organization.objects.filter(headcounts__on_date__year=2026)
        assert set(Organization.objects.exclude(pk__in=numbers).values_list("short_name", flat=True)) == {
            "СОШ № 13",
            "Станция юных техников",
        }
        without_pairs = Organization.objects.filter(pairs=None).values_list("short_name", flat=True)
        assert set(without_pairs) == {"СОШ № 16", "Детский сад № 22"}
        namesakes = Participation.objects.values("organization", "role", "person__name_key")
        namesakes = namesakes.annotate(people=Count("person", distinct=True)).filter(people__gt=1)
        assert namesakes.exists()

    def test_transferred_pupils_keep_both_periods(self):
        moved = Person.objects.annotate(schools=Count("participations__organization", distinct=True)).filter(
            schools=2
        )
        assert moved.count() == 12
        for person in moved:
            old, new = person.participations.filter(role="mentee").order_by("started_on")
            assert old.ended_on + datetime.timedelta(days=1) == new.started_on
            assert not old.pairs_as_mentee.filter(ended_on=None).exists()

    def test_some_pupils_are_mentors_and_mentees(self):
        both = Person.objects.filter(
            participations__role="mentor", participations__population="pupil"
        ).filter(participations__role="mentee")
        assert both.distinct().count() > 20

    def test_targets_of_the_order_are_carried_on_and_marked_as_demo(self):
        values = Target.objects.filter(indicator__code="pupil_mentees").order_by("year")
        assert [(row.year, int(row.value)) for row in values] == [
            (2021, 20),
            (2022, 30),
            (2023, 50),
            (2024, 70),
            (2025, 70),
            (2026, 70),
        ]
        assert not Target.objects.filter(is_demo=False).exists()

    def test_roadmap_of_the_city_names_no_other_city(self):
        rows = RoadmapActivity.objects.filter(section__roadmap__municipality=self.municipality)
        assert rows.count() == 22
        assert set(rows.values_list("status", flat=True)) == set(ActivityStatus.values)
        strange = Q()
        for word in ("Новокузнецк", "ИПК", "КОиН", "110"):
            strange |= Q(title__contains=word) | Q(executors__contains=word) | Q(participants__contains=word)
        assert not rows.filter(strange).exists()
        assert Roadmap.objects.filter(municipality=None).count() == 1

    def test_one_round_is_closed_and_one_is_open(self):
        rounds = Round.objects.order_by("year").values_list("year", "status")
        assert list(rounds) == [(2025, RoundStatus.CLOSED), (2026, RoundStatus.OPEN)]
        assert Snapshot.objects.get().round.year == 2025

    def test_figures_reach_some_targets_and_miss_others(self):
        printed = StringIO()
        call_command("indicators", "--municipality", "Приозёрск", "--year", "2026", "--json", stdout=printed)
        statuses = {row["code"]: row["status"] for row in _json(printed)["indicators"]}
        with_targets = {status for status in statuses.values() if status != "no_target"}
        assert "reached" in with_targets and len(with_targets) >= 3
        assert statuses["teacher_mentees"] == "reached"
        assert statuses["pupil_mentees"] == "far_behind"

    def test_every_published_sign_in_opens_with_its_role(self):
        roles = {}
        for email in SIGN_INS:
            user = User.objects.get(email=email)
            assert user.check_password(PASSWORD)
            (roles[email.split("@")[0]],) = Scope.for_user(user).roles
        assert roles == {
            "curator": "curator",
            "head": "head",
            "methodologist": "methodologist",
            "district": "methodologist",
            "analyst": "analyst",
            "administrator": "administrator",
            "mentor": "mentor",
            "mentee": "mentee",
        }
        district = Membership.objects.get(user__email="district@example.org")
        assert district.district is not None
        showcase = Membership.objects.get(user__email="curator@example.org")
        assert (showcase.organization.short_name, bool(showcase.appointment_order)) == ("СОШ № 17", True)

    def test_mentor_and_mentee_are_linked_with_their_cards_and_with_each_other(self):
        mentor, mentee = (
            Person.objects.get(user__email=f"{name}@example.org") for name in ("mentor", "mentee")
        )
        assert mentor.full_name == "Орлова Елена Викторовна"
        assert Pair.objects.filter(mentor__person=mentor, mentee__person=mentee, ended_on=None).exists()

    def test_what_a_school_hands_out_can_be_taken_in_again_without_a_change(self):
        inn = Organization.objects.get(short_name="СОШ № 17").inn
        with TemporaryDirectory() as folder:
            for kind in ("mentees", "mentors"):
                file, printed = f"{folder}/{kind}.xlsx", StringIO()
                call_command("export_workbook", kind, file, organization=inn, stdout=StringIO())
                call_command("import_workbook", kind, file, organization=inn, json=True, stdout=printed)
                outcome = _json(printed)
                assert outcome["rows"] == outcome["unchanged"] > 100
                assert outcome["committed"]

    def test_second_load_changes_nothing_and_says_so(self):
        before = Pair.history.count(), User.objects.count()
        printed = StringIO()
        call_command("load_demo", stdout=printed)
        assert "Приозёрск" in printed.getvalue() and "7500" in printed.getvalue()
        assert (Pair.history.count(), User.objects.count()) == before
        assert load_demo().is_new is False


class TestRefusal:
    pytestmark = pytest.mark.django_db

    def test_database_with_real_data_is_refused_and_left_alone(self):
        MunicipalityFactory(name="Заречье")
        with pytest.raises(DemoRefused, match="Заречье"):
            load_demo()
        with pytest.raises(CommandError, match="--force"):
            call_command("load_demo", stdout=StringIO())
        assert not User.objects.exists()
        assert list(Municipality.objects.values_list("name", flat=True)) == ["Заречье"]

    def test_real_municipality_of_the_same_name_is_never_mixed_with_the_demo(self):
        MunicipalityFactory(name="Приозёрск")
        with pytest.raises(DemoRefused):
            load_demo(force=True)


def _names_of(seed):
    names, people = NameMaker(Random(seed)), []
    for school in draw_schools()[:3]:
        rng = names.rng = Random(f"{seed} {school.inn}")
        cast = draw_cast(school, rng, MemberMaker(school, rng, names))
        people += [(member.person.full_name, member.years, member.form) for member in cast.all]
    return people


def test_the_same_seed_gives_the_same_people_and_another_seed_others():
    assert _names_of(SEED) == _names_of(SEED)
    assert _names_of(SEED) != _names_of(SEED + 1)


def test_parts_sum_to_the_total_and_stay_under_their_caps():
    assert allocate(10, [1, 1, 1], [100, 100, 100]) == [4, 3, 3]
    assert allocate(10, [5, 1, 0], [4, 100, 100]) == [4, 6, 0]
    assert sum(school.counts.get("pupil_mentees", 0) for school in draw_schools()) < MENTEES
    with pytest.raises(ValueError, match="room"):
        allocate(10, [1, 0], [4, 100])


@pytest.mark.parametrize(
    ("man", "woman"),
    [
        ("Орлов", "Орлова"),
        ("Соловьёв", "Соловьёва"),
        ("Ильин", "Ильина"),
        ("Вишневский", "Вишневская"),
        ("Заречный", "Заречная"),
        ("Полевой", "Полевая"),
        ("Ким", "Ким"),
        ("Шевченко", "Шевченко"),
        ("Черных", "Черных"),
    ],
)
def test_surnames_of_women_end_as_they_should(man, woman):
    assert feminine(man) == woman


def test_names_agree_in_gender_and_a_child_has_its_parents_surname():
    names = NameMaker(Random(1))
    for _number in range(300):
        name = names.child()
        is_girl = name.patronymic.endswith("на")
        assert name.first in names.lists["girls" if is_girl else "boys"]
        assert name.last == (feminine(names.men[name.last]) if is_girl else names.men[name.last])
        assert names.men[names.parent_of(name).split()[0]] == names.men[name.last]


def _json(printed: StringIO) -> dict:
    return json.loads(printed.getvalue())
