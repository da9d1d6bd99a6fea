"""Who a session belongs to."""

from __future__ import annotations

from functools import cache

from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.db.models import BigAutoField

from common.statements import Given, Statement


class AccountBackend(ModelBackend):
    """Django's own; the user, whom every request asks for, is read by a statement put together once."""

    def get_user(self, user_id):
        """The user with the id, if there is one who may sign in; None otherwise."""
        for user in _users().read(pk=user_id):
            return user if self.user_can_authenticate(user) else None
        return None


@cache
def _users() -> Statement:
    return Statement(get_user_model()._default_manager.filter(pk=Given("pk", BigAutoField())))
