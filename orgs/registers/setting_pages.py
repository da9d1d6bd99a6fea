"""What users keep of a register: remembered columns and sizes, saved views. POST only; each leads back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from common.paging import SIZES
from orgs.enums import OVERSIGHT_ROLES, PARTICIPANT_ROLES, STAFF_ROLES, Role
from orgs.pages import RoleView
from orgs.register_models import Audience, SavedView
from orgs.registers.register import KNOWN
from orgs.registers.settings import DENSITIES, remember, view_parts

LONGEST_QUERY = 4_000
MOST_VIEWS = 50


class RegisterChange(RoleView):
    """Base: finds the register of the path and leads back to it with the address that the form names."""

    write_roles = STAFF_ROLES | PARTICIPANT_ROLES

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        if code not in KNOWN:
            raise Http404
        query = QueryDict(request.POST.get("query", "")[:LONGEST_QUERY], mutable=True)
        for name in ("after", "before", "at", "panel", "done"):
            query.pop(name, None)
        self.change(request, code, query)
        return HttpResponseRedirect(f"{reverse(code)}?{query.urlencode()}")

    def change(self, request: HttpRequest, code: str, query: QueryDict) -> None:
        """Writes, and changes ``query`` to the address to go on with."""
        raise NotImplementedError


class RegisterSettings(RegisterChange):
    """/registers/<code>/settings/: columns, density, page size and the default view of this user."""

    def change(self, request, code, query):
        known = {column.code for column in KNOWN[code].columns}
        values = {}
        if "cols" in request.POST or "columns" in request.POST:
            chosen = [column for column in request.POST.getlist("cols") if column in known]
            values["cols"] = query["cols"] = ",".join(dict.fromkeys(chosen))
        if "usual" in request.POST:
            values["cols"] = values["density"] = ""
            query.pop("cols", None)
            query.pop("density", None)
        elif request.POST.get("density") in DENSITIES:
            values["density"] = query["density"] = request.POST["density"]
        if request.POST.get("size") in {str(size) for size in SIZES}:
            values["size"] = query["size"] = request.POST["size"]
        if "default" in request.POST:
            values["default"] = request.POST["default"][:20]
        if values:
            remember(request.user, code, **values)
        if not query.get("cols"):
            query.pop("cols", None)


class SaveView(RegisterChange):
    """/registers/<code>/views/: saves the address as a view under a name."""

    write_roles = STAFF_ROLES

    def change(self, request, code, query):
        name = " ".join(request.POST.get("name", "").split())[:80]
        audience = request.POST.get("audience", Audience.PERSONAL)
        place = _place_of(request, audience)
        if not name or place is None:
            messages.error(request, _("The view was not saved: give it a name and choose whom it is for."))
            return
        if SavedView.objects.filter(owner=request.user, register=code).count() >= MOST_VIEWS:
            messages.error(request, _("There are 50 saved views already. Remove one that is not needed."))
            return
        view, _made = SavedView.objects.update_or_create(
            register=code,
            owner=request.user,
            name=name,
            audience=audience,
            **place,
            defaults={"query": view_parts(query)},
        )
        query["view"] = str(view.pk)
        messages.success(request, _("The view “%(name)s” is saved.") % {"name": name})


class RemoveView(RegisterChange):
    """/registers/<code>/views/remove/: removes a saved view; only the one who saved it may."""

    write_roles = STAFF_ROLES

    def change(self, request, code, query):
        key = request.POST.get("view", "")
        own = SavedView.objects.filter(owner=request.user, register=code).exclude(
            audience=Audience.REMEMBERED
        )
        view = own.filter(pk=int(key)).first() if key.isdecimal() and len(key) < 19 else None
        if view is None:
            messages.error(request, _("Only the one who saved a view can remove it."))
            return
        if query.get("view") == key:
            query.pop("view")
        view.delete()
        messages.success(request, _("The view “%(name)s” is removed.") % {"name": view.name})


def audiences(request: HttpRequest) -> list[Audience]:
    """For whom the user may save a view."""
    roles = request.scope.roles
    if not roles & STAFF_ROLES:
        return []
    found = [Audience.PERSONAL]
    if roles & {Role.CURATOR, Role.HEAD}:
        found.append(Audience.SCHOOL)
    if any(held.municipality_id and held.role in OVERSIGHT_ROLES for held in request.scope.memberships):
        found.append(Audience.MUNICIPALITY)
    return found


def _place_of(request: HttpRequest, audience: str) -> dict | None:
    """Columns that say whom the view is for; None for an audience that is not the user's."""
    if audience not in audiences(request):
        return None
    held = request.scope.memberships
    if audience == Audience.SCHOOL:
        school = next(item for item in held if item.role in (Role.CURATOR, Role.HEAD))
        return {"organization": school.organization}
    if audience == Audience.MUNICIPALITY:
        place = next(item for item in held if item.municipality_id and item.role in OVERSIGHT_ROLES)
        return {"municipality": place.municipality}
    return {}
