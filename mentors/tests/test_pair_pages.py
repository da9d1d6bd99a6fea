"""A curator assigns mentors, corrects a pair, ends it and opens it again."""

from __future__ import annotations

import datetime

import pytest

from mentors.enums import CompletionMark, GoalResult, Population
from mentors.models import Group, Pair
from mentors.tests.factories import MenteeFactory, MentorFactory, MentoringFormFactory, PairFactory
from mentors.tests.pair_cast import make_scene, pair_data, url

pytestmark = pytest.mark.django_db
TODAY = "25.11.2026"


@pytest.fixture
def scene(cast):
    return make_scene(cast.school)


@pytest.fixture
def browser(signed_in, curator):
    return signed_in(curator)


class TestAssigning:
    def test_a_mentee_without_a_mentor_is_chosen_beforehand(self, browser, scene):
        page = browser.get(url("pair-add", query=f"mentee={scene.mentees[1].pk}")).content.decode()
        assert f'value="{scene.mentees[1].pk}" id="mentee-{scene.mentees[1].pk}" checked' in page
        assert "Орлова Елена Викторовна" in page
        assert "свободно 3 из 3" in page

    def test_a_pair_is_opened_by_the_curator_of_the_school(self, browser, scene, curator):
        answer = browser.post(url("pair-add"), pair_data(scene, request="Подготовка к ОГЭ"))
        pair = Pair.objects.get()
        assert answer.status_code == 302
        assert url("pair", pair.pk) in answer["Location"]
        assert (pair.mentor, pair.mentee, pair.started_on) == (
            scene.mentor,
            scene.mentees[0],
            datetime.date(2026, 10, 1),
        )
        assert pair.history.get().history_user == curator

    def test_several_mentees_at_once_make_a_group(self, browser, scene):
        answer = browser.post(url("pair-add"), pair_data(scene, *scene.mentees))
        group = Group.objects.get()
        assert group.pairs.count() == 3
        assert "Орлова Е. В." in group.title
        assert url("group", group.pk) in answer["Location"]

    def test_the_search_works_without_a_script_and_keeps_what_was_chosen(self, browser, scene):
        data = pair_data(scene, scene.mentees[0], find="1", mentee_q="елкин", request="Физика")
        page = browser.post(url("pair-add"), data)
        text = page.content.decode()
        assert page.status_code == 200
        assert "Ёлкин Артём" in text and "Белов Артём" in text and "Волков Артём" not in text
        assert "Физика" in text
        assert not Pair.objects.exists()

    def test_the_list_follows_what_is_typed(self, browser, scene):
        for text in ("волк", "ВОЛКОВ арт", "9б"):
            found = browser.get(url("pair-candidates"), {"side": "mentee", "mentee_q": text})
            assert "Волков Артём" in found.content.decode()
        assert browser.get(url("pair-candidates"), {"side": "nobody"}).status_code == 404

    def test_the_form_narrows_who_fits(self, browser, scene):
        teacher = MentorFactory(organization=scene.school, population=Population.TEACHER)
        found = browser.get(url("pair-candidates"), {"side": "mentor", "form": scene.form.pk})
        assert teacher.person.full_name not in found.content.decode()
        other = MentoringFormFactory(teacher_form=True)
        found = browser.get(url("pair-candidates"), {"side": "mentor", "form": other.pk})
        assert teacher.person.full_name in found.content.decode()

    def test_a_form_that_does_not_allow_the_two_is_refused_in_words(self, browser, scene):
        teacher = MentorFactory(organization=scene.school, population=Population.TEACHER)
        answer = browser.post(url("pair-add"), pair_data(scene, mentor=teacher.pk))
        assert answer.status_code == 422
        assert "не подходит" in answer.content.decode()
        assert not Pair.objects.exists()

    def test_a_second_open_pair_of_the_same_two_is_refused_in_words(self, browser, scene):
        PairFactory(organization=scene.school, mentor=scene.mentor, mentee=scene.mentees[0])
        Pair.history.update(history_date=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC))
        answer = browser.post(url("pair-add"), pair_data(scene))
        assert answer.status_code == 422
        assert "уже есть открытая пара" in answer.content.decode()

    def test_nobody_mentors_themselves(self, browser, scene):
        twin = MenteeFactory(organization=scene.school, person=scene.mentor.person)
        answer = browser.post(url("pair-add"), pair_data(scene, twin))
        assert answer.status_code == 422
        assert "самому себе" in answer.content.decode()

    def test_a_full_mentor_is_a_question_and_not_a_refusal(self, browser, scene):
        scene.mentor.capacity = 1
        scene.mentor.save()
        browser.post(url("pair-add"), pair_data(scene, scene.mentees[0]))
        asked = browser.post(url("pair-add"), pair_data(scene, scene.mentees[1]))
        text = asked.content.decode()
        assert asked.status_code == 422
        assert "свободно 0 из 1" in text and "Всё равно назначить" in text
        agreed = browser.post(url("pair-add"), pair_data(scene, scene.mentees[1], over_capacity="on"))
        assert agreed.status_code == 302
        assert Pair.objects.count() == 2

    def test_a_double_click_opens_one_pair(self, browser, scene):
        first = browser.post(url("pair-add"), pair_data(scene))
        second = browser.post(url("pair-add"), pair_data(scene))
        assert first["Location"] == second["Location"]
        assert Pair.objects.count() == 1

    @pytest.mark.parametrize("name", ["mentor", "mentees", "group"])
    def test_a_foreign_id_in_a_choice_is_refused(self, browser, scene, foreign_school, name):
        foreign = make_scene(foreign_school)
        pair = PairFactory(organization=foreign_school, group=None)
        group = Group.objects.create(organization=foreign_school, title="Чужая")
        pair.group = group
        pair.save()
        value = {"mentor": foreign.mentor.pk, "mentees": [foreign.mentees[0].pk], "group": group.pk}[name]
        answer = browser.post(url("pair-add"), {**pair_data(scene), name: value})
        assert answer.status_code == 422
        assert Pair.objects.filter(organization=scene.school).count() == 0
        assert "Чужая" not in answer.content.decode()

    def test_a_foreign_id_in_the_address_is_not_found(self, browser, scene, foreign_school):
        foreign = make_scene(foreign_school)
        assert browser.get(url("pair-add", query=f"mentee={foreign.mentees[0].pk}")).status_code == 404
        assert browser.get(url("pair-add", query="mentor=abc")).status_code == 404

    def test_fields_that_the_form_does_not_have_are_ignored(self, browser, scene, foreign_school):
        data = pair_data(
            scene, organization=foreign_school.pk, completion_mark="completed", ended_on="01.11.2026"
        )
        browser.post(url("pair-add"), data)
        pair = Pair.objects.get()
        assert (pair.organization, pair.completion_mark, pair.ended_on) == (scene.school, "", None)


class TestChanging:
    @pytest.fixture
    def pair(self, scene):
        return PairFactory(organization=scene.school, mentor=scene.mentor, mentee=scene.mentees[0])

    def data(self, browser, pair, **more) -> dict:
        form = browser.get(url("pair-edit", pair.pk)).context["form"]
        values = {name: form[name].value() or "" for name in form.fields}
        return values | more

    def test_facts_of_the_pair_are_changed_with_history(self, browser, pair, curator):
        data = self.data(browser, pair, request="Химия")
        assert browser.post(url("pair-edit", pair.pk), data).status_code == 302
        pair.refresh_from_db()
        assert pair.request == "Химия"
        assert pair.history.first().history_user == curator

    def test_a_change_of_somebody_else_is_asked_about_and_not_lost(self, browser, pair):
        data = self.data(browser, pair, request="Химия")
        pair.request = "Физика"
        pair.save()
        asked = browser.post(url("pair-edit", pair.pk), data)
        assert asked.status_code == 422
        assert asked.context["form"].conflicts[0].theirs == "Физика"
        pair.refresh_from_db()
        assert pair.request == "Физика"

    def test_the_sides_and_the_school_cannot_be_posted(self, browser, pair, scene, foreign_school):
        data = self.data(
            browser,
            pair,
            mentee=scene.mentees[1].pk,
            organization=foreign_school.pk,
            mentees_base_place="x",
            ended_on=TODAY,
        )
        browser.post(url("pair-edit", pair.pk), data)
        pair.refresh_from_db()
        assert (pair.mentee, pair.organization, pair.mentees_base_place, pair.ended_on) == (
            scene.mentees[0],
            scene.school,
            "",
            None,
        )

    def test_the_stage_is_moved_on_the_page(self, browser, pair, scene):
        browser.post(url("pair-stage", pair.pk), {"stage": scene.extra["stage"].pk})
        pair.refresh_from_db()
        assert pair.stage == scene.extra["stage"]
        assert browser.post(url("pair-stage", pair.pk), {"stage": "999"}).status_code == 302

    def end(self, browser, pair, scene, **more):
        data = {
            "end_reason": scene.extra["completed"].pk,
            "goal_result": GoalResult.PARTLY,
            "ended_on": TODAY,
            "conclusion": "Оценка выросла до 4",
        }
        return browser.post(url("pair-close", pair.pk), data | more)

    def test_a_pair_ends_with_reason_result_and_conclusion(self, browser, pair, scene):
        assert self.end(browser, pair, scene).status_code == 302
        pair.refresh_from_db()
        assert (pair.end_reason, pair.goal_result) == (scene.extra["completed"], GoalResult.PARTLY)
        assert pair.completion_mark == CompletionMark.COMPLETED
        assert pair.mentee_results == pair.mentor_results == "Оценка выросла до 4"
        page = browser.get(url("pair", pair.pk)).content.decode()
        assert "Цель достигнута частично" in page and "Открыть снова" in page

    def test_an_end_in_the_future_is_refused(self, browser, pair, scene):
        assert self.end(browser, pair, scene, ended_on="01.01.2100").status_code == 422
        pair.refresh_from_db()
        assert pair.ended_on is None

    def test_another_reason_is_an_early_end(self, browser, pair, scene):
        self.end(browser, pair, scene, end_reason=scene.extra["other"].pk)
        pair.refresh_from_db()
        assert pair.completion_mark == CompletionMark.ENDED_EARLY

    def test_all_pairs_of_a_group_end_together_when_asked(self, browser, pair, scene):
        group = Group.objects.create(organization=scene.school, title="Физика")
        second = PairFactory(
            organization=scene.school, mentor=scene.mentor, mentee=scene.mentees[1], group=group
        )
        pair.group = group
        pair.save()
        self.end(browser, pair, scene, whom="all")
        assert list(Pair.objects.filter(pk__in=[pair.pk, second.pk], ended_on__isnull=True)) == []

    def test_a_double_click_ends_it_once_and_an_ended_pair_is_told(self, browser, pair, scene):
        assert self.end(browser, pair, scene).status_code == 302
        assert self.end(browser, pair, scene).status_code == 302
        assert pair.history.count() == 2
        Pair.history.update(history_date=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC))
        assert self.end(browser, pair, scene).status_code == 422

    def test_a_mistaken_end_is_taken_back_while_nothing_followed(self, browser, pair, scene):
        self.end(browser, pair, scene)
        browser.post(url("pair-reopen", pair.pk))
        pair.refresh_from_db()
        assert (pair.ended_on, pair.end_reason, pair.goal_result) == (None, None, "")

    def test_after_another_pair_the_end_stands(self, browser, pair, scene):
        self.end(browser, pair, scene)
        PairFactory(organization=scene.school, mentee=pair.mentee, started_on=datetime.date(2026, 11, 25))
        browser.post(url("pair-reopen", pair.pk))
        pair.refresh_from_db()
        assert pair.ended_on is not None
        assert "Открыть снова" not in browser.get(url("pair", pair.pk)).content.decode()
