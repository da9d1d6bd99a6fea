"""Sessions in the database."""

from __future__ import annotations

from functools import cache

from django.contrib.sessions.backends import db
from django.db.models import CharField, DateTimeField
from django.utils import timezone

from common.statements import Given, Statement


class SessionStore(db.SessionStore):
    """Django's own; the session, which every request asks for, is read by a statement put together once."""

    def load(self) -> dict:
        """What the session holds; an empty one gets a new key."""
        for data in _alive(self.get_model_class()).read(key=self.session_key, now=timezone.now()):
            return self.decode(data)
        self._session_key = None
        return {}


@cache
def _alive(model) -> Statement:
    rows = model.objects.filter(
        session_key=Given("key", CharField()), expire_date__gt=Given("now", DateTimeField())
    )
    return Statement(rows.values_list("session_data", flat=True))
