"""A small school for the tests of pairs: a mentor with three places, pupils without a mentor."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.urls import reverse

from mentors.models import MentoringForm, Participation
from mentors.tests.factories import (
    EndReasonFactory,
    MenteeFactory,
    MentorFactory,
    MentoringFormFactory,
    PersonFactory,
    StageFactory,
)


@dataclass
class Scene:
    """The people of a school and the dictionaries that forms ask for."""

    school: object
    mentor: Participation
    mentees: list[Participation]
    form: MentoringForm
    extra: dict = field(default_factory=dict)


def make_scene(school, *, capacity: int | None = 3) -> Scene:
    """A mentor, three mentees of one school, the form «ученик – ученик», reasons and a stage."""
    form = MentoringFormFactory()
    mentor = MentorFactory(
        organization=school,
        capacity=capacity,
        person=PersonFactory(
            last_name="Орлова", first_name="Елена", patronymic="Викторовна", birth_year=2009
        ),
    )
    mentees = [
        MenteeFactory(
            organization=school,
            person=PersonFactory(last_name=name, first_name="Артём", patronymic="Сергеевич"),
        )
        for name in ("Белов", "Волков", "Ёлкин")
    ]
    extra = {
        "completed": EndReasonFactory(code="completed", title="Программа завершена"),
        "other": EndReasonFactory(code="other", title="Иная причина"),
        "stage": StageFactory(code="stage_6", title="Организация работы"),
    }
    return Scene(school, mentor, mentees, form, extra)


def url(route: str, *args, query: str = "") -> str:
    """The address of a route."""
    return reverse(route, args=args) + (f"?{query}" if query else "")


def pair_data(scene: Scene, *mentees, **more) -> dict:
    """What the form of a new pair sends."""
    return {
        "form": scene.form.pk,
        "mentor": scene.mentor.pk,
        "mentees": [row.pk for row in mentees or scene.mentees[:1]],
        "started_on": "01.10.2026",
        **more,
    }
