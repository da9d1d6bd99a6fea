"""Forms of an organization as an administrator and a curator use them."""

from __future__ import annotations

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import AccessAction, AccessRecord
from orgs.enums import OrganizationStatus
from orgs.models import Document, Headcount, Organization
from orgs.tests.factories import DocumentFactory, DocumentTypeFactory, HeadcountFactory

pytestmark = pytest.mark.django_db


def stamp(row) -> str:
    return str(row.history.first().history_id)


def test_an_administrator_adds_an_organization(signed_in, administrator, municipality, school):
    client = signed_in(administrator)
    values = {"inn": "5400000205", "short_name": "СОШ № 30", "type": school.type_id}

    response = client.post(reverse("organization-add"), {**values, "municipality": municipality.pk})

    assert response.status_code == 302
    added = Organization.objects.get(inn=values["inn"])
    assert added.municipality == municipality
    assert added.history.get().history_user == administrator


def test_a_wrong_inn_and_a_foreign_municipality_are_refused_with_everything_typed(
    signed_in, administrator, foreign_municipality, school
):
    values = {"inn": "5400000028", "short_name": "СОШ № 30", "type": school.type_id}
    client = signed_in(administrator)

    response = client.post(reverse("organization-add"), {**values, "municipality": foreign_municipality.pk})

    page = response.content.decode()
    assert response.status_code == 422
    assert "5400000028" in page and "СОШ № 30" in page
    assert response.context["form"].errors.keys() == {"inn", "municipality"}


def test_a_curator_changes_what_her_school_says_of_itself_and_nothing_else(signed_in, curator, school):
    client = signed_in(curator)
    typed = {"mentoring_page": "school17.example/nastavnichestvo", "inn": "7700000000", "status": "closed"}

    client.post(reverse("organization-edit", args=[school.pk]), {**typed, "version": stamp(school)})

    changed = Organization.objects.get(pk=school.pk)
    assert changed.mentoring_page == "https://school17.example/nastavnichestvo"
    assert (changed.inn, changed.status) == (school.inn, OrganizationStatus.ACTIVE)


def test_numbers_of_a_date_are_entered_once(signed_in, curator, school):
    HeadcountFactory(organization=school, on_date=datetime.date(2026, 9, 5))
    client = signed_in(curator)

    response = client.post(
        reverse("headcount-add", args=[school.pk]), {"on_date": "5.9.26", "pupils_total": "640"}
    )

    assert response.status_code == 422
    assert Headcount.objects.filter(organization=school).count() == 1


def test_numbers_that_contradict_each_other_are_refused_in_words(signed_in, curator, school):
    client = signed_in(curator)
    numbers = {"on_date": "05.09.2025", "pupils_total": "100", "pupils_10_18": "150"}

    response = client.post(reverse("headcount-add", args=[school.pk]), numbers)

    assert response.status_code == 422
    assert "10–18" in response.content.decode()
    assert not Headcount.objects.filter(organization=school).exists()


def test_no_numbers_at_all_are_no_numbers(signed_in, curator, school):
    response = signed_in(curator).post(reverse("headcount-add", args=[school.pk]), {"on_date": "05.09.2025"})

    assert response.status_code == 422


def test_numbers_of_another_school_are_not_found_under_the_own_one(
    signed_in, administrator, school, sibling_school
):
    numbers = HeadcountFactory(organization=sibling_school)

    response = signed_in(administrator).get(reverse("headcount-edit", args=[school.pk, numbers.pk]))

    assert response.status_code == 404


def test_a_document_keeps_its_file_and_who_takes_it_is_noted(signed_in, curator, school):
    client = signed_in(curator)
    typed = {"type": DocumentTypeFactory().pk, "number": "112", "issued_on": "1 сентября 2026"}
    scan = SimpleUploadedFile("приказ.pdf", b"%PDF-1.7 order")

    client.post(reverse("document-add", args=[school.pk]), {**typed, "file": scan})

    document = Document.objects.get(organization=school)
    assert document.issued_on == datetime.date(2026, 9, 1)
    taken = client.get(reverse("document-file", args=[school.pk, document.pk]))
    assert b"".join(taken.streaming_content) == b"%PDF-1.7 order"
    assert taken["Content-Disposition"].startswith("attachment")
    assert AccessRecord.objects.filter(action=AccessAction.EXPORT, user=curator).count() == 1


def test_a_document_without_anything_in_it_is_refused(signed_in, curator, school):
    response = signed_in(curator).post(
        reverse("document-add", args=[school.pk]), {"type": DocumentTypeFactory().pk}
    )

    assert response.status_code == 422


def test_a_removed_document_leaves_its_reason_in_the_history(
    signed_in, curator, school, django_capture_on_commit_callbacks
):
    document = DocumentFactory(organization=school)
    client = signed_in(curator)

    refused = client.post(reverse("document-remove", args=[school.pk, document.pk]), {"reason": ""})
    client.post(reverse("document-remove", args=[school.pk, document.pk]), {"reason": "Приложен дважды"})

    assert refused.status_code == 422
    assert not Document.objects.exists()
    assert Document.history.first().history_change_reason == "Приложен дважды"


def test_closing_an_organization_ends_its_roles(signed_in, administrator, curator, school):
    client = signed_in(administrator)

    client.post(reverse("organization-close", args=[school.pk]), {"closed_on": "01.09.2026"})

    school.refresh_from_db()
    assert school.status == OrganizationStatus.CLOSED
    assert not curator.memberships.filter(ended_on__isnull=True).exists()


def test_two_people_on_one_card_lose_nothing(signed_in, client, administrator, curator, school):
    opened = stamp(school)
    details = {"address": "ул. Мира, 1", "head_name": "", "website": "", "mentoring_page": ""}
    signed_in(curator).post(reverse("organization-edit", args=[school.pk]), {**details, "version": opened})

    second = signed_in(curator).post(
        reverse("organization-edit", args=[school.pk]),
        {**details, "address": "ул. Лесная, 2", "version": opened},
    )

    assert second.status_code == 422
    assert "ул. Мира, 1" in second.content.decode() and "ул. Лесная, 2" in second.content.decode()
    school.refresh_from_db()
    assert school.address == "ул. Мира, 1"
