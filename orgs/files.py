"""Sending private files: the browser never opens them inside the portal, and taking one is noted."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest

from accounts.models import AccessAction
from accounts.services import record_access


def send_private_file(request: HttpRequest, owner, field, file_name: str) -> FileResponse:
    """The stored file of ``owner`` as an attachment; a journal line says who took it. 404 when there is none.

    The caller has taken ``owner`` out of the scope and has asked for the rights.
    """
    if not field:
        raise Http404
    try:
        stored = field.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    record_access(
        request.user,
        AccessAction.EXPORT,
        object_type=owner._meta.label_lower,
        object_id=owner.pk,
        ip_address=request.META.get("REMOTE_ADDR"),
        file=file_name,
    )
    response = FileResponse(stored, as_attachment=True, filename=file_name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    response["Content-Security-Policy"] = "sandbox"
    return response
