"""Letters on their way."""

import datetime

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from accounts.letters import ATTEMPTS, forget_old_letters, send_due_letters, write_letter
from accounts.models import Letter, LetterKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter():
    return write_letter(to="a@example.org", subject="Тема", body="Ссылка-секрет", kind=LetterKind.RESET)


@pytest.fixture
def broken_mail(monkeypatch):
    def fail(self, messages):
        raise ConnectionRefusedError("a@example.org refused")

    monkeypatch.setattr(EmailBackend, "send_messages", fail)


def test_the_text_is_sealed_while_it_waits_and_gone_afterwards(letter):
    assert "секрет" not in letter.sealed_body
    assert send_due_letters() == 1
    letter.refresh_from_db()
    assert (letter.sealed_body, letter.sent_at is not None) == ("", True)
    assert mail.outbox[0].body == "Ссылка-секрет"
    assert send_due_letters() == 0
    assert len(mail.outbox) == 1


def test_a_failed_letter_is_tried_again_after_a_growing_pause(letter, broken_mail):
    send_due_letters()
    letter.refresh_from_db()
    assert (letter.attempts, letter.error, letter.sent_at) == (1, "ConnectionRefusedError", None)
    pause = letter.due_at - timezone.now()
    assert datetime.timedelta(seconds=50) < pause <= datetime.timedelta(minutes=1)
    assert send_due_letters() == 0
    letter.refresh_from_db()
    assert letter.attempts == 1


def test_after_some_attempts_it_is_given_up_and_the_secret_is_dropped(letter, broken_mail):
    for _ in range(ATTEMPTS):
        Letter.objects.update(due_at=timezone.now())
        send_due_letters()
    letter.refresh_from_db()
    assert (letter.attempts, letter.failed_at is not None, letter.sealed_body) == (ATTEMPTS, True, "")


def test_a_letter_that_another_worker_has_taken_is_left_alone(letter, monkeypatch):
    Letter.objects.update(due_at=timezone.now() + datetime.timedelta(minutes=5), attempts=1)
    assert send_due_letters() == 0


def test_old_letters_are_forgotten_and_waiting_ones_kept(letter):
    other = write_letter(to="b@example.org", subject="Тема", body="Текст", kind=LetterKind.RESET)
    Letter.objects.filter(pk=letter.pk).update(sent_at=timezone.now() - datetime.timedelta(days=31))
    assert forget_old_letters() == 1
    assert list(Letter.objects.all()) == [other]


def test_without_a_broker_the_letter_waits_for_the_sweep(
    settings, monkeypatch, django_capture_on_commit_callbacks
):
    def fail(*args, **kwargs):
        raise OSError("no broker")

    monkeypatch.setattr("accounts.letters.current_app.send_task", fail)
    with django_capture_on_commit_callbacks(execute=True):
        write_letter(to="a@example.org", subject="Тема", body="Текст", kind=LetterKind.RESET)
    assert send_due_letters() == 1
