"""What a load balancer and monitoring learn from /healthz and /readyz."""

import datetime

import pytest
import redis
from django.db import DatabaseError
from django.utils import timezone

from exchange.models import ReportRun
from mentorship_portal import health

pytestmark = pytest.mark.django_db


@pytest.fixture
def working_broker(monkeypatch):
    monkeypatch.setattr(redis.Redis, "ping", lambda self: True)


def test_alive_answers_without_signing_in_and_without_a_query(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok")


def test_ready_names_each_part_when_all_work(client, working_broker):
    response = client.get("/readyz")

    body = response.json()
    assert response.status_code == 200
    assert body["ready"] is True
    assert {part: body[part]["ok"] for part in ("database", "broker", "queue")} == {
        "database": True,
        "broker": True,
        "queue": True,
    }
    assert (body["queue"]["waiting"], body["queue"]["oldest_seconds"], body["queue"]["late"]) == (0, 0, False)


def test_ready_is_503_while_the_broker_is_away(client, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["broker"] == {"ok": False, "error": "ConnectionError"}
    assert response.json()["database"]["ok"] is True


def test_ready_is_503_while_the_database_is_away(client, working_broker, monkeypatch):
    def refuse():
        raise DatabaseError("server closed the connection")

    monkeypatch.setattr(health, "_check_database", refuse)

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["database"] == {"ok": False, "error": "DatabaseError"}
    assert response.json()["broker"]["ok"] is True
    assert "server closed" not in response.content.decode()


def test_ready_tells_the_age_of_the_oldest_waiting_run(client, working_broker, settings):
    settings.QUEUE_LATE_SECONDS = 600
    old = ReportRun.objects.create(kind="spravka", format="docx", year=2026)
    ReportRun.objects.create(kind="summary", format="xlsx", year=2026)
    ReportRun.objects.filter(pk=old.pk).update(created_at=timezone.now() - datetime.timedelta(seconds=900))

    body = client.get("/readyz").json()

    assert body["ready"] is True
    assert (body["queue"]["waiting"], body["queue"]["late"]) == (2, True)
    assert 900 <= body["queue"]["oldest_seconds"] < 960
