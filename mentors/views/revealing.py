"""«Показать ФИО»: full names above the school, once, for the rows on the page, with a journal line."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from accounts.models import AccessAction
from accounts.services import record_access
from exchange.rights import SCHOOL_IMPORTERS
from mentors.privacy import NamePolicy
from orgs.enums import OVERSIGHT_ROLES, PARTICIPANT_ROLES, READER_ROLES
from orgs.registers import RegisterView

REVEALERS = READER_ROLES & OVERSIGHT_ROLES
# Mentors and mentees see the pairs and programmes that they are in, and themselves.
PAGE_READERS = READER_ROLES | PARTICIPANT_ROLES


def record_reveal(request: HttpRequest, kind: str, ids: list[int]) -> None:
    """Adds the journal line about names shown in full."""
    record_access(
        request.user,
        AccessAction.REVEAL,
        object_type=kind,
        object_id=ids[0] if len(ids) == 1 else "",
        ip_address=request.META.get("REMOTE_ADDR"),
        ids=ids,
    )


class NamedRegister(RegisterView):
    """A register with people's names: GET shows them as far as the role goes, POST reveals them."""

    write_roles = REVEALERS
    object_type = ""

    def answer(self, request: HttpRequest, **extra) -> HttpResponse:
        names = extra.pop("names", None) or NamePolicy(request.scope)
        can_import = request.scope.has_role(*SCHOOL_IMPORTERS)
        return super().answer(request, names=names, can_import=can_import, **extra)

    def post(self, request: HttpRequest) -> HttpResponse:
        """The same page with names in full; what was shown stands in the journal."""
        return self.answer(request, names=NamePolicy(request.scope, revealed=True))

    def prepare(self, page) -> None:
        if self.request.method == "POST" and page.rows:
            record_reveal(self.request, self.object_type, [row.pk for row in page.rows])
        super().prepare(page)
