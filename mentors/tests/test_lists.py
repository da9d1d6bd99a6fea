"""Whose rows stand in lists: of the own places for staff, and the own ones for participants."""

import pytest

from mentors.models import Participation
from mentors.tests.factories import MenteeFactory, MentorFactory, PersonFactory
from orgs.scope import Scope

pytestmark = pytest.mark.django_db


def test_staff_list_their_places_and_find_what_is_about_themselves_on_its_card(cast):
    of_the_school = MenteeFactory(organization=cast.school)
    own_elsewhere = MentorFactory(organization=cast.foreign_school, person=PersonFactory(user=cast.curator))
    scope = Scope.for_user(cast.curator)

    assert set(Participation.objects.listed_for(scope)) == {of_the_school}
    assert set(Participation.objects.visible_to(scope)) == {of_the_school, own_elsewhere}


def test_a_mentor_lists_what_is_about_the_mentor(cast):
    MenteeFactory(organization=cast.school)
    own = MentorFactory(organization=cast.school, person=PersonFactory(user=cast.mentor))

    assert set(Participation.objects.listed_for(Scope.for_user(cast.mentor))) == {own}
