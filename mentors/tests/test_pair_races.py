"""The last free place of a mentor goes to one of two people who take it at once."""

from __future__ import annotations

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections

from accounts.tests.factories import UserFactory
from mentors import services
from mentors.models import Pair
from mentors.tests.pair_cast import make_scene
from orgs.tests.factories import OrganizationFactory

ROUNDS = 20


@pytest.mark.django_db(transaction=True)
def test_the_last_place_is_given_once():
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets one writer in at a time")
    school = OrganizationFactory()
    for _ in range(ROUNDS):
        scene = make_scene(school, capacity=1)
        outcomes = together(
            lambda scene=scene: assign(scene, scene.mentees[0]),
            lambda scene=scene: assign(scene, scene.mentees[1]),
        )
        assert sorted(outcomes) == ["assigned", "full"]
        assert Pair.objects.filter(mentor=scene.mentor).count() == 1


def assign(scene, mentee) -> str:
    try:
        services.assign_mentor(
            actor=UserFactory(),
            mentor=scene.mentor,
            mentees=[mentee],
            form=scene.form,
            started_on=scene.mentor.started_on,
        )
    except ValidationError:
        return "full"
    return "assigned"


def together(*actions) -> list[str]:
    """The outcomes of actions that begin at the same moment in threads of their own."""
    gate, outcomes = threading.Barrier(len(actions)), []

    def run(action):
        gate.wait()
        try:
            outcomes.append(action())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(action,)) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes
