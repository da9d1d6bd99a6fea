"""What every page behind the sign-in is made of: roles first, then rows of the scope."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.generic import View

from common.dates import SchoolYear, today
from orgs.enums import READER_ROLES

SCHOOL_YEARS, CALENDAR_YEARS, NO_YEARS = "school", "calendar", "none"


class RoleView(View):
    """A view for some roles: ``read_roles`` may look, ``write_roles`` may send its form.

    A user without the role gets 403 with a sentence, whatever the address names; a method that the view
    does not know gets 405. Rows are then taken from the scope, so a foreign object is 404.
    """

    http_method_names = ("get", "head", "post")
    read_roles: frozenset[str] = READER_ROLES
    write_roles: frozenset[str] = frozenset()
    # Years that the switch of the frame offers: of school life (``y``), or of indicators (``year``).
    period_kind: str = SCHOOL_YEARS

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        method = request.method.lower()
        if method not in self.http_method_names or not hasattr(self, method):
            return self.http_method_not_allowed(request, *args, **kwargs)
        roles = self.read_roles if method in ("get", "head") else self.write_roles
        if not request.scope.has_role(*roles):
            raise PermissionDenied(self.refusal())
        return super().dispatch(request, *args, **kwargs)

    def refusal(self) -> str:
        """The sentence of the 403 page."""
        if not self.request.scope.memberships:
            return _(
                "You have no role in any organization yet. Ask the curator of your school or the "
                "administrator of your municipality to give you one."
            )
        return _(
            "Your role does not allow this. If it should, write to the administrator of your municipality."
        )


def get_visible(queryset, scope, **lookup):
    """The one row of the model that the scope may see; raises ``Http404`` for any other."""
    try:
        return queryset.visible_to(scope).get(**lookup)
    except queryset.model.DoesNotExist:
        raise Http404 from None


def asked_year(request: HttpRequest, known: list[int]) -> int:
    """The calendar year that the page shows; ``known``: the years with data, the newest first.

    ``year`` of the address; without it the year in which a past school year of the address began, else the
    newest year with data.
    """
    asked = request.GET.get("year", "")
    if asked.isdecimal() and 2000 <= int(asked[:5]) <= 2100:
        return int(asked)
    if request.school_year < SchoolYear.of(today()):
        return request.school_year.start_year
    return known[0] if known else today().year
