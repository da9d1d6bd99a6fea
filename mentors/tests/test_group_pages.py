"""Groups: made of open pairs of one mentor, changed, read."""

from __future__ import annotations

import pytest

from mentors.models import Group, Pair
from mentors.tests.factories import PairFactory
from mentors.tests.pair_cast import make_scene, pair_data, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(cast):
    return make_scene(cast.school, capacity=None)


@pytest.fixture
def pairs(scene):
    return [PairFactory(organization=scene.school, mentor=scene.mentor, mentee=row) for row in scene.mentees]


@pytest.fixture
def browser(signed_in, curator):
    return signed_in(curator)


def members(group) -> set[Pair]:
    return set(Pair.objects.filter(group=group))


def test_a_group_is_made_of_open_pairs_of_one_mentor(browser, scene, pairs):
    data = {"title": "Физика, 9 класс", "pairs": [pairs[0].pk, pairs[1].pk]}
    answer = browser.post(url("group-add", scene.mentor.pk), data)
    group = Group.objects.get()
    assert url("group", group.pk) in answer["Location"]
    assert members(group) == set(pairs[:2])


def test_a_pair_of_another_mentor_or_school_is_refused(browser, scene, pairs, foreign_school):
    for strange in (PairFactory(organization=scene.school), PairFactory(organization=foreign_school)):
        data = {"title": "Физика", "pairs": [pairs[0].pk, strange.pk]}
        assert browser.post(url("group-add", scene.mentor.pk), data).status_code == 422
    assert not Group.objects.exists()


def test_members_come_and_go_and_an_ended_pair_stays(browser, scene, pairs):
    group = Group.objects.create(organization=scene.school, title="Физика")
    Pair.objects.filter(pk__in=[pairs[0].pk, pairs[2].pk]).update(group=group)
    Pair.objects.filter(pk=pairs[2].pk).update(ended_on="2026-11-01")
    form = browser.get(url("group-edit", group.pk)).context["form"]
    version = form["version"].value()
    data = {"title": "Химия", "pairs": [pairs[1].pk], "version": version}
    assert browser.post(url("group-edit", group.pk), data).status_code == 302
    group.refresh_from_db()
    assert group.title == "Химия"
    assert members(group) == {pairs[1], pairs[2]}
    assert pairs[0].history.first().group_id is None


def test_two_titles_are_asked_about(browser, scene, pairs):
    group = Group.objects.create(organization=scene.school, title="Физика")
    Pair.objects.filter(pk=pairs[0].pk).update(group=group)
    version = browser.get(url("group-edit", group.pk)).context["form"]["version"].value()
    group.title = "Химия"
    group.save()
    data = {"title": "Биология", "pairs": [pairs[0].pk], "version": version}
    asked = browser.post(url("group-edit", group.pk), data)
    assert asked.status_code == 422
    assert asked.context["form"].conflicts[0].theirs == "Химия"


def test_a_mentee_is_added_from_the_page_of_the_group(browser, scene, pairs):
    group = Group.objects.create(organization=scene.school, title="Физика")
    Pair.objects.filter(pk__in=[pairs[0].pk, pairs[1].pk]).update(group=group)
    pairs[2].delete()
    page = browser.get(url("pair-add", query=f"mentor={scene.mentor.pk}&group={group.pk}"))
    assert page.context["form"]["group"].value() == group.pk
    browser.post(url("pair-add"), pair_data(scene, scene.mentees[2], group=group.pk))
    assert len(members(group)) == 3


def test_a_group_of_another_mentor_takes_nobody(browser, scene, pairs):
    group = Group.objects.create(organization=scene.school, title="Чужая группа")
    other = PairFactory(organization=scene.school, group=group)
    pairs[0].delete()
    answer = browser.post(url("pair-add"), pair_data(scene, scene.mentees[0], group=group.pk))
    assert answer.status_code == 422
    assert "другой наставник" in answer.content.decode()
    assert members(group) == {other}


def test_above_the_school_names_are_short_and_nothing_is_changed(signed_in, methodologist, scene, pairs):
    group = Group.objects.create(organization=scene.school, title="Физика")
    Pair.objects.update(group=group)
    client = signed_in(methodologist)
    page = client.get(url("group", group.pk)).content.decode()
    assert "Белов А. С." in page and "Белов Артём" not in page
    assert "Состав группы" not in page
    assert client.post(url("group-edit", group.pk), {}).status_code == 403
    revealed = client.post(url("group", group.pk)).content.decode()
    assert "Белов Артём Сергеевич" in revealed
