"""Diagnostics, courses, contests and consents by hand; files stay with the school and the person."""

from __future__ import annotations

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import AccessAction, AccessRecord
from mentors.models import Consent, ContestEntry, Diagnostic, Training
from mentors.tests.factories import ConsentFactory, DiagnosticFactory, MenteeFactory, MentorFactory

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 consent"


@pytest.fixture
def school(cast):
    return cast.school


@pytest.fixture
def desk(signed_in, curator):
    return signed_in(curator)


@pytest.fixture
def mentee(school):
    return MenteeFactory(organization=school, population="pupil")


def add_consent(desk, row, **values):
    data = {"type": "processing", "signer": "Белова Мария", "signed_on": "10.09.2026", **values}
    return desk.post(reverse(f"{row.role}-consent-add", args=[row.pk]), data)


class TestRecords:
    def test_a_diagnostic_before_and_after_shows_the_dynamics(self, desk, mentee):
        url = reverse("mentee-diagnostic-add", args=[mentee.pk])
        desk.post(url, {"phase": "before", "held_on": "12.09.2025", "deficits": "14", "method": "работа"})
        desk.post(url, {"phase": "after", "held_on": "12.10.2025", "deficits": "9"})

        assert "14 → 9" in desk.get(reverse("mentee", args=[mentee.pk])).content.decode()

    def test_the_same_diagnostic_twice_and_a_future_one_are_refused(self, desk, mentee):
        url, data = (
            reverse("mentee-diagnostic-add", args=[mentee.pk]),
            {"phase": "before", "held_on": "12.09.2025", "deficits": "14"},
        )
        assert desk.post(url, data).status_code == 302
        assert desk.post(url, data).status_code == 422
        assert desk.post(url, {**data, "held_on": "12.09.2099"}).status_code == 422
        assert Diagnostic.objects.count() == 1

    def test_a_course_and_a_contest_are_added_once_however_often_sent(self, desk, mentee, school):
        mentor = MentorFactory(organization=school)
        course = {
            "course": "Наставничество",
            "hours": "36",
            "completed_on": "10.06.2026",
            "in_regional_base": "on",
        }
        for _ in range(2):
            desk.post(reverse("mentor-training-add", args=[mentor.pk]), {**course, "once": "a" * 32})
            desk.post(
                reverse("mentee-contest-add", args=[mentee.pk]),
                {"title": "Дебют", "held_on": "10.06.2026", "once": "b" * 32},
            )
        assert Training.objects.get().in_regional_base is True
        assert ContestEntry.objects.get().title == "Дебют"

    def test_a_removed_record_leaves_its_reason_in_the_history(self, desk, mentee):
        item = DiagnosticFactory(participation=mentee)
        assert desk.post(reverse("diagnostic-remove", args=[item.pk]), {}).status_code == 422

        desk.post(reverse("diagnostic-remove", args=[item.pk]), {"reason": "внесено дважды"})

        assert not Diagnostic.objects.exists()
        assert "внесено дважды" in desk.get(reverse("mentee-history", args=[mentee.pk])).content.decode()

    def test_records_of_other_schools_are_not_there(self, desk, sibling_school):
        item = DiagnosticFactory(participation=MenteeFactory(organization=sibling_school))
        for page in ("edit", "remove"):
            assert desk.get(reverse(f"diagnostic-{page}", args=[item.pk])).status_code == 404
            assert desk.post(reverse(f"diagnostic-{page}", args=[item.pk])).status_code == 404


class TestConsents:
    def test_a_consent_with_its_scan_makes_the_card_complete(self, desk, mentee):
        add_consent(desk, mentee, file=SimpleUploadedFile("Белов.pdf", PDF), valid_until="31.08.2099")

        consent = Consent.objects.get()
        assert (consent.person, consent.organization) == (mentee.person, mentee.organization)
        assert "Белов" not in consent.file.name
        page = desk.get(reverse("mentee", args=[mentee.pk])).content.decode()
        assert "Согласие есть" in page and "действует до 31.08.2099" in page

    @pytest.mark.parametrize(
        ("name", "content"), [("скан.pdf", b"<html>"), ("скан.svg", b"<svg/>"), ("скан.pdf.exe", PDF)]
    )
    def test_what_is_no_document_is_refused(self, desk, mentee, name, content):
        response = add_consent(desk, mentee, file=SimpleUploadedFile(name, content))
        assert response.status_code == 422 and not Consent.objects.exists()

    def test_a_consent_that_ends_before_it_was_signed_is_refused(self, desk, mentee):
        assert add_consent(desk, mentee, valid_until="01.01.2020").status_code == 422

    def test_a_withdrawn_consent_stays_on_record_and_does_not_count(self, desk, mentee):
        consent = ConsentFactory(person=mentee.person, organization=mentee.organization)
        desk.post(reverse("consent-withdraw", args=[consent.pk]), {"withdrawn_on": "20.11.2025"})

        consent.refresh_from_db()
        assert consent.withdrawn_on == datetime.date(2025, 11, 20)
        page = desk.get(reverse("mentee", args=[mentee.pk])).content.decode()
        assert "Согласия нет" in page and "отозвано 20.11.2025" in page

    def test_the_file_is_sent_as_an_attachment_and_noted(self, desk, mentee):
        add_consent(desk, mentee, file=SimpleUploadedFile("Белов.pdf", PDF))
        consent = Consent.objects.get()

        response = desk.get(reverse("consent-file", args=[consent.pk]))

        assert b"".join(response.streaming_content) == PDF
        assert response["Content-Disposition"].startswith("attachment")
        assert response["X-Content-Type-Options"] == "nosniff"
        assert AccessRecord.objects.filter(action=AccessAction.EXPORT, object_id=str(consent.pk)).exists()

    @pytest.mark.parametrize(
        ("user", "status"),
        [
            ("head", 200),
            ("methodologist", 403),
            ("administrator", 403),
            ("colleague_curator", 404),
            ("mentor", 404),
            ("mentee", 404),
        ],
    )
    def test_the_file_is_for_the_school_and_the_person_only(self, user, status, cast, signed_in, mentee):
        add_consent(signed_in(cast.curator), mentee, file=SimpleUploadedFile("скан.pdf", PDF))
        url = reverse("consent-file", args=[Consent.objects.get().pk])
        assert signed_in(getattr(cast, user)).get(url).status_code == status

    def test_the_blank_form_names_the_person_and_leaves_the_representative_to_be_written(self, desk, mentee):
        page = desk.get(reverse("mentee-consent-blank", args=[mentee.pk])).content.decode()
        assert mentee.person.full_name in page and "законный представитель" in page
