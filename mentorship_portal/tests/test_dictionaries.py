"""Values of dictionaries are renamed and retired, never deleted; who may do so depends on who shares them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from mentors.models import EndReason, MentoringForm
from mentors.tests.factories import EndReasonFactory, MentoringFormFactory, PairFactory
from orgs.models import Municipality

pytestmark = pytest.mark.django_db


@pytest.fixture
def alone(municipality, foreign_municipality):
    """The municipality is the only one of the portal."""
    others = Municipality.objects.exclude(pk=municipality.pk)
    for other in others:
        other.organizations.all().delete()
        other.districts.all().delete()
        other.delete()
    return municipality


def typed(value=None, **values):
    stamp = {"version": value.history.first().history_id} if value else {}
    return {"title": "Переезд", "position": "5", "active": "on", **stamp, **values}


def test_an_administrator_adds_a_reason_with_its_spellings(signed_in, administrator, alone):
    client = signed_in(administrator)

    client.post(
        reverse("dictionary-value-add", args=["end-reasons"]),
        typed(synonyms="переехал\nПереезд семьи\n\nпереехал"),
    )

    added = EndReason.objects.get(title="Переезд")
    assert added.synonyms == ["переехал", "Переезд семьи"]
    assert added.history.get().history_user == administrator


def test_a_value_is_retired_and_stays(signed_in, administrator, alone):
    reason = EndReasonFactory(title="Переезд")
    client = signed_in(administrator)

    client.post(
        reverse("dictionary-value-edit", args=["end-reasons", reason.pk]),
        typed(reason, active="", title="Переезд"),
    )

    reason.refresh_from_db()
    assert not reason.active


def test_who_pairs_in_a_used_form_can_no_longer_change(signed_in, administrator, alone, school):
    form = MentoringFormFactory(mentor_population="teacher", mentee_population="pupil")
    PairFactory(organization=school, form=form)
    client = signed_in(administrator)

    client.post(
        reverse("dictionary-value-edit", args=["forms", form.pk]),
        typed(form, title="учитель — ученик", mentor_population="pupil", mentee_population="pupil"),
    )

    changed = MentoringForm.objects.get(pk=form.pk)
    assert (changed.title, changed.mentor_population) == ("учитель — ученик", "teacher")


def test_where_municipalities_share_the_portal_its_own_administrator_changes_dictionaries(
    signed_in, administrator, municipality, foreign_municipality
):
    address = reverse("dictionary-value-add", args=["end-reasons"])

    assert signed_in(administrator).get(address).status_code == 403
    administrator.is_staff = True
    administrator.save()
    assert signed_in(administrator).get(address).status_code == 200


def test_an_unknown_dictionary_is_not_found(signed_in, administrator):
    assert signed_in(administrator).get(reverse("dictionary", args=["passwords"])).status_code == 404
