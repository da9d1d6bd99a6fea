"""Guessing of passwords: a growing pause after some wrong ones, a closed door after many."""

from __future__ import annotations

import datetime
import math

from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Max, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

LONGEST_PAUSE = 60  # seconds


def pause_left(request: HttpRequest, login: str) -> int:
    """Seconds until the next password for this address is looked at; the same for unknown addresses."""
    if not settings.AXES_ENABLED:
        return 0
    failures, last = _failures(request, login)
    over = failures - settings.SIGN_IN_PAUSE_AFTER
    if over < 0 or failures >= settings.AXES_FAILURE_LIMIT:
        return 0
    pause = min(2**over, LONGEST_PAUSE)
    return max(0, math.ceil(pause - (timezone.now() - last).total_seconds()))


def locked_out(request: HttpRequest, original_response=None, credentials=None) -> HttpResponse:
    """429: until when the sign-in is closed, and what to do meanwhile."""
    login = (credentials or {}).get("username") or request.POST.get("login", "")
    last = _failures(request, login)[1] or timezone.now()
    context = {
        "until": last + (get_cool_off(request) or datetime.timedelta(0)),
        "support_contact": settings.SUPPORT_CONTACT,
        "held": request.POST.get("held", ""),
        "next": request.POST.get("next", ""),
    }
    return render(request, "accounts/locked_out.html", context, status=429)


def _failures(request: HttpRequest, login: str) -> tuple[int, datetime.datetime | None]:
    address = getattr(request, "axes_ip_address", None) or request.META.get("REMOTE_ADDR")
    found = AccessAttempt.objects.filter(username=login.strip().lower(), ip_address=address).aggregate(
        failures=Sum("failures_since_start"), last=Max("attempt_time")
    )
    return found["failures"] or 0, found["last"]
