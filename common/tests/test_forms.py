"""Forms take dates as people type them, and never lose the change of somebody else."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.tests.factories import UserFactory
from common.forms import DateField, GuardedForm, PortalModelForm
from common.recorded import save_as
from orgs.models import Organization
from orgs.tests.factories import OrganizationFactory


@pytest.mark.parametrize(
    "typed",
    ["01.09.2025", "1.9.25", "1.09.2025 г.", "2025-09-01", "1 сентября 2025", "01/09/2025"],
)
def test_a_date_is_taken_as_people_type_it(typed):
    assert DateField().clean(typed) == datetime.date(2025, 9, 1)


@pytest.mark.parametrize("typed", ["вчера", "31.02.2025", "2025", "нет", "01.09"])
def test_what_is_no_date_is_refused_in_words(typed):
    with pytest.raises(ValidationError) as refusal:
        DateField().clean(typed)
    assert typed in " ".join(refusal.value.messages) or "дат" in " ".join(refusal.value.messages).lower()


def test_a_birth_needs_all_four_digits_of_the_year():
    with pytest.raises(ValidationError):
        DateField(full_year=True).clean("17.05.10")


class OrganizationForm(GuardedForm, PortalModelForm):
    class Meta:
        model = Organization
        fields = ("short_name", "address")

    def __init__(self, *args, **kwargs):
        self.records = (kwargs["instance"],)
        super().__init__(*args, **kwargs)


@pytest.fixture
def school(db):
    return OrganizationFactory(short_name="СОШ № 17", address="ул. Мира, 1")


def opened(school) -> OrganizationForm:
    return OrganizationForm(instance=Organization.objects.get(pk=school.pk))


def sent(school, form, **values) -> OrganizationForm:
    data = {"short_name": form.initial["short_name"], "address": form.initial["address"]}
    fresh = Organization.objects.get(pk=school.pk)
    bound = OrganizationForm({**data, "version": form.initial["version"], **values}, instance=fresh)
    with transaction.atomic():
        bound.is_valid()
    return bound


def change(school, **values):
    fresh = Organization.objects.get(pk=school.pk)
    for name, value in values.items():
        setattr(fresh, name, value)
    save_as(UserFactory(full_name="Иванова Ольга Петровна"), fresh)


def test_an_untouched_card_is_saved_without_a_question(school):
    form = sent(school, opened(school), address="ул. Мира, 2")

    assert form.is_valid()
    assert form.changes(form.records[0]) == {"address": "ул. Мира, 2"}


def test_a_field_that_only_the_other_changed_is_kept(school):
    form = opened(school)
    change(school, short_name="Гимназия № 17")

    form = sent(school, form, address="ул. Мира, 2")

    assert form.is_valid()
    assert form.changes(form.records[0]) == {"address": "ул. Мира, 2"}


def test_a_field_that_both_changed_is_asked_about(school):
    form = opened(school)
    change(school, address="ул. Лесная, 5")

    form = sent(school, form, address="ул. Мира, 2")

    assert not form.is_valid()
    (conflict,) = form.conflicts
    assert (conflict.mine, conflict.theirs) == ("ул. Мира, 2", "ул. Лесная, 5")
    assert conflict.who == "Иванова Ольга Петровна"


@pytest.mark.parametrize(("answer", "kept"), [("mine", "ул. Мира, 2"), ("theirs", "ул. Лесная, 5")])
def test_the_answer_decides_which_value_stays(school, answer, kept):
    form = opened(school)
    change(school, address="ул. Лесная, 5")
    question = sent(school, form, address="ул. Мира, 2").conflicts[0]

    answered = sent(
        school, form, address="ул. Мира, 2", **{question.answer_name: f"{answer}:{question.version}"}
    )

    assert answered.is_valid()
    assert answered.cleaned_data["address"] == kept


def test_an_answer_to_an_older_question_is_asked_again(school):
    form = opened(school)
    change(school, address="ул. Лесная, 5")
    question = sent(school, form, address="ул. Мира, 2").conflicts[0]
    change(school, address="ул. Садовая, 9")

    answered = sent(school, form, address="ул. Мира, 2", **{question.answer_name: f"mine:{question.version}"})

    assert not answered.is_valid()
    assert answered.conflicts[0].theirs == "ул. Садовая, 9"
