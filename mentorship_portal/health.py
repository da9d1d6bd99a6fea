"""Answers for a load balancer and for the operator's monitoring."""

from __future__ import annotations

import time
from collections.abc import Callable

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from exchange.enums import RunState
from exchange.models import ImportRun, ReportRun

BROKER_TIMEOUT = 2  # seconds


@login_not_required
@never_cache
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """«ok» while the process answers at all; touches neither database nor broker."""
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


@login_not_required
@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """The state of each part; 503 when the database or the broker does not answer.

    A late queue does not make a web machine unready: its pages work, only workers are missing. It is
    told by ``queue.late`` so that monitoring can warn.
    """
    database = _part(_check_database)
    broker = _part(_check_broker)
    queue = _part(_check_queue) if database["ok"] else {"ok": False}
    is_ready = database["ok"] and broker["ok"] and queue["ok"]
    body = {"ready": is_ready, "database": database, "broker": broker, "queue": queue}
    return JsonResponse(body, status=200 if is_ready else 503)


def _part(check: Callable[[], dict]) -> dict:
    started = time.perf_counter()
    try:
        found = check()
    except (DatabaseError, redis.RedisError, OSError) as error:
        return {"ok": False, "error": type(error).__name__}
    return {"ok": True, "ms": round((time.perf_counter() - started) * 1000, 1), **found}


def _check_database() -> dict:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return {"vendor": connection.vendor}


def _check_broker() -> dict:
    client = redis.Redis.from_url(
        settings.REDIS_URL, socket_connect_timeout=BROKER_TIMEOUT, socket_timeout=BROKER_TIMEOUT
    )
    try:
        client.ping()
    finally:
        client.close()
    return {}


def _check_queue() -> dict:
    oldest = None
    waiting = 0
    for model in (ImportRun, ReportRun):
        rows = model.objects.filter(state=RunState.WAITING)
        times = list(rows.order_by("created_at").values_list("created_at", flat=True)[:1])
        waiting += rows.count()
        if times and (oldest is None or times[0] < oldest):
            oldest = times[0]
    age = int((timezone.now() - oldest).total_seconds()) if oldest else 0
    return {"waiting": waiting, "oldest_seconds": age, "late": age > settings.QUEUE_LATE_SECONDS}
