"""Entry points of Celery."""

from __future__ import annotations

from celery import shared_task

from accounts.letters import forget_old_letters, send_due_letters


@shared_task(name="accounts.tasks.send_letters")
def send_letters() -> None:
    """Sends the letters that wait, and forgets those of last month."""
    send_due_letters()
    forget_old_letters()
