"""Sending private files: rights are checked again, the browser never opens them inside the portal."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext as _

from exchange.models import Run
from orgs.enums import Role
from orgs.files import send_private_file


def may_open_files(scope, run: Run) -> bool:
    """Whether the files of a run are for this user.

    The owner has them, and the staff of the school that they are about. A report of a school may hold
    full names, so from above one makes one's own; what is about a whole municipality was made above.
    """
    if run.owner_id == scope.user_id:
        return True
    if run.organization:
        places = {
            membership.organization_id
            for membership in scope.memberships
            if membership.role in (Role.CURATOR, Role.HEAD)
        }
        return run.organization_id in places
    return True


def send_file(request: HttpRequest, run: Run, field, file_name: str) -> FileResponse:
    """The stored file as an attachment; a journal line says who took it. 404 when there is none."""
    if not may_open_files(request.scope, run):
        raise PermissionDenied(
            _("This file may hold full names, so it stays at the school. Make your own report instead.")
        )
    return send_private_file(request, run, field, file_name)
