"""Asking for a report, making it, and every way that it can end."""

import hashlib
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from exchange.enums import RunState
from exchange.models import ReportRun
from exchange.reports import make_report
from exchange.services import ask_report, cancel_run, repeat_run
from exchange.tests.factories import ReportRunFactory
from orgs.models import Membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(letter, rings, scope_of, django_capture_on_commit_callbacks):
    def ask(user, **question):
        with django_capture_on_commit_callbacks(execute=True):
            return ask_report(
                user, scope_of(user), **({"kind": "letter", "format": "txt", "year": 2026} | question)
            )

    return ask


@pytest.fixture
def asked(ask, curator, school):
    return ask(curator, organization=school)


def stored_files(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_question_waits_in_the_database_and_the_bell_rings(asked, curator, school, rings):
    assert (asked.state, asked.owner, asked.organization) == (RunState.WAITING, curator, school)
    assert asked.municipality == school.municipality
    assert asked.as_of == date(2026, 12, 31)
    assert rings == [("ReportRun", asked.pk)]


def test_same_question_while_open_is_the_same_run(ask, asked, curator, colleague, school, rings):
    assert ask(curator, organization=school) == asked
    assert ask(curator, organization=school, year=2025) != asked
    assert ask(colleague, organization=school) != asked
    assert len(rings) == 3


def test_question_may_be_asked_again_when_the_report_is_ready(ask, asked, curator, school):
    make_report(asked.pk)

    assert ask(curator, organization=school) != asked


def test_report_is_made_once_and_its_checksum_is_kept(asked, school, private_storage):
    assert make_report(asked.pk) is True
    assert make_report(asked.pk) is False

    asked.refresh_from_db()
    content = f"{school}, 2026, 31.12.2026".encode()
    assert asked.state == RunState.READY
    assert asked.file_name == "Письмо 2026.txt"
    assert asked.file.read() == content
    assert (asked.size, asked.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert asked.finished_at >= asked.started_at
    assert stored_files(private_storage) == [f"{asked.pk.hex}-1.txt"]


def test_municipal_report_is_for_those_who_oversee_the_municipality(ask, analyst, curator, school):
    run = ask(analyst, municipality=school.municipality)

    assert (run.municipality, run.organization) == (school.municipality, None)
    with pytest.raises(PermissionDenied):
        ask(curator, municipality=school.municipality)


def test_strangers_question_is_refused_and_leaves_no_run(ask, stranger, school, rings):
    with pytest.raises(PermissionDenied):
        ask(stranger, organization=school)
    assert ReportRun.objects.count() == 0
    assert rings == []


@pytest.mark.parametrize(
    ("question", "code"),
    [({"kind": "novel"}, "kind"), ({"format": "pdf"}, "format"), ({"year": 20266}, "year")],
)
def test_question_that_has_no_answer_is_refused_with_its_reason(ask, curator, school, question, code):
    with pytest.raises(ValidationError) as refusal:
        ask(curator, organization=school, **question)
    assert refusal.value.code == code


def test_report_of_an_owner_who_lost_the_rights_is_refused(asked, curator, private_storage):
    Membership.objects.filter(user=curator).update(ended_on=date(2021, 1, 1))

    make_report(asked.pk)

    asked.refresh_from_db()
    assert (asked.state, bool(asked.file)) == (RunState.FAILED, False)
    assert asked.message != ""
    assert stored_files(private_storage) == []


def test_report_of_a_deleted_owner_is_refused(asked, curator):
    curator.delete()

    make_report(asked.pk)

    asked.refresh_from_db()
    assert asked.state == RunState.FAILED


def test_fault_in_a_kind_is_told_with_a_code_and_may_be_tried_again(asked, letter, curator, rings, caplog):
    letter.before_building = lambda context: 1 / 0

    make_report(asked.pk)

    asked.refresh_from_db()
    assert asked.state == RunState.FAILED
    assert asked.pk.hex[:8].upper() in asked.message
    assert "ZeroDivisionError" in caplog.text

    del letter.before_building
    assert repeat_run(curator, asked) is True
    assert make_report(asked.pk) is True
    asked.refresh_from_db()
    assert (asked.state, asked.message) == (RunState.READY, "")


def test_disturbance_from_outside_is_tried_again_later(asked, letter):
    def disk_is_full(context):
        raise OSError("No space left on device")

    letter.before_building = disk_is_full
    for attempt in (1, 2):
        make_report(asked.pk)
        asked.refresh_from_db()
        assert (asked.state, asked.attempts) == (RunState.WAITING, attempt)
    make_report(asked.pk)

    asked.refresh_from_db()
    assert asked.state == RunState.FAILED


def test_file_left_by_a_killed_attempt_is_removed_by_the_next(asked, private_storage):
    from django.core.files.base import ContentFile
    from django.core.files.storage import default_storage

    ReportRun.objects.filter(pk=asked.pk).update(attempts=1)
    default_storage.save(f"reports/{asked.created_at:%Y/%m}/{asked.pk.hex}-1.txt", ContentFile(b"orphan"))

    make_report(asked.pk)

    assert stored_files(private_storage) == [f"{asked.pk.hex}-2.txt"]


def test_report_cancelled_while_it_is_made_leaves_no_file(asked, letter, curator, private_storage):
    def cancel(context):
        assert cancel_run(curator, asked) is True

    letter.before_building = cancel

    make_report(asked.pk)

    asked.refresh_from_db()
    assert (asked.state, bool(asked.file)) == (RunState.CANCELLED, False)
    assert stored_files(private_storage) == []


def test_only_the_owner_cancels_and_only_what_is_not_over(asked, curator, colleague):
    with pytest.raises(PermissionDenied):
        cancel_run(colleague, asked)
    make_report(asked.pk)

    assert cancel_run(curator, asked) is False
    assert asked.state == RunState.READY


def test_message_is_in_the_language_of_the_owner(asked, letter, curator):
    curator.language = "en"
    curator.save()
    letter.before_building = lambda context: 1 / 0

    make_report(asked.pk)

    asked.refresh_from_db()
    assert asked.message.startswith("It did not work because of a fault in the portal")


def test_run_is_visible_to_readers_of_its_place_only(curator, colleague, analyst, stranger, school, scope_of):
    run = ReportRunFactory(owner=curator, organization=school)

    seen_by = {
        user: run in ReportRun.objects.visible_to(scope_of(user))
        for user in (curator, colleague, analyst, stranger)
    }

    assert seen_by == {curator: True, colleague: True, analyst: True, stranger: False}


def test_own_run_disappears_with_the_rights(analyst, school, scope_of):
    run = ReportRunFactory(owner=analyst, organization=None, municipality=school.municipality)
    assert list(ReportRun.objects.visible_to(scope_of(analyst))) == [run]

    Membership.objects.filter(user=analyst).update(ended_on=date(2021, 1, 1))

    assert list(ReportRun.objects.visible_to(scope_of(analyst))) == []
