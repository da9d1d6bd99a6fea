"""Letters are rows first: a page never waits for the mail server, and a letter is not lost with it."""

from __future__ import annotations

import datetime
import logging

import redis
from celery import current_app
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from kombu.exceptions import OperationalError

from accounts.models import Letter
from accounts.sealing import seal, unseal

logger = logging.getLogger(__name__)

PURPOSE = "letter"
ATTEMPTS = 6
# The pause after the first failure; each later one is twice as long.
FIRST_PAUSE = datetime.timedelta(minutes=1)
# A worker that dies while it sends gives the letter back after this time.
LEASE = datetime.timedelta(minutes=5)
BROKER_DOWN = (OperationalError, redis.RedisError, OSError)


def write_letter(*, to: str, subject: str, body: str, kind: str) -> Letter:
    """A letter of plain text, sent as soon as the transaction is over; its body lies sealed until then."""
    letter = Letter.objects.create(
        to=to, subject=subject, sealed_body=seal(body, purpose=PURPOSE), kind=kind, due_at=timezone.now()
    )
    transaction.on_commit(_ring, robust=True)
    return letter


def language_of(language: str | None) -> str:
    """The language in which a person is written to: the one chosen, else that of the portal."""
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def send_due_letters() -> int:
    """Sends what is due and returns how many letters went out; a failed one comes again later."""
    sent = 0
    due = Letter.objects.filter(sent_at__isnull=True, failed_at__isnull=True, due_at__lte=timezone.now())
    for letter in due.order_by("pk")[:200]:
        claimed = due.filter(pk=letter.pk).update(due_at=timezone.now() + LEASE, attempts=F("attempts") + 1)
        if claimed:
            letter.attempts += 1
            sent += _send(letter)
    return sent


def _send(letter: Letter) -> bool:
    body = unseal(letter.sealed_body, purpose=PURPOSE)
    if body is None:
        return _give_up(letter, "the secret key has changed")
    try:
        EmailMessage(letter.subject, body, settings.DEFAULT_FROM_EMAIL, [letter.to]).send()
    except Exception as error:  # any failure of the mail server is noted and tried again
        # The text of the error may hold the address, so that only its kind is kept.
        reason = type(error).__name__
        logger.warning("letter %s was not sent: %s", letter.pk, reason)
        if letter.attempts >= ATTEMPTS:
            return _give_up(letter, reason)
        pause = FIRST_PAUSE * 2 ** (letter.attempts - 1)
        Letter.objects.filter(pk=letter.pk).update(due_at=timezone.now() + pause, error=reason)
        return False
    Letter.objects.filter(pk=letter.pk).update(sent_at=timezone.now(), sealed_body="", error="")
    return True


def _give_up(letter: Letter, reason: str) -> bool:
    Letter.objects.filter(pk=letter.pk).update(failed_at=timezone.now(), sealed_body="", error=reason)
    return False


def forget_old_letters(*, days: int = 30) -> int:
    """Deletes letters that were sent or given up so many days ago; returns how many."""
    limit = timezone.now() - datetime.timedelta(days=days)
    return Letter.objects.filter(Q(sent_at__lt=limit) | Q(failed_at__lt=limit)).delete()[0]


def _ring() -> None:
    try:
        current_app.send_task("accounts.tasks.send_letters", retry=False, ignore_result=True)
    except BROKER_DOWN as error:
        logger.warning("broker did not take the message about letters: %s", type(error).__name__)
