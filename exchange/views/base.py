"""What the pages of imports have in common."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.functional import classproperty
from django.utils.translation import gettext as _

from exchange.forms import all_importer_roles
from exchange.models import ImportRun
from orgs.addresses import redirect_to
from orgs.enums import STAFF_ROLES
from orgs.pages import RoleView, get_visible


class ImporterView(RoleView):
    """A page for those who may load some kind of workbook; the services ask about the one at hand."""

    read_roles = STAFF_ROLES

    @classproperty
    def write_roles(cls):
        return all_importer_roles()


class RunView(ImporterView):
    """A page of one import."""

    def run(self, pk) -> ImportRun:
        runs = ImportRun.objects.select_related("owner", "organization", "municipality")
        return get_visible(runs, self.request.scope, pk=pk)


class OwnerView(RunView):
    """A page of one import for the one who has uploaded the file."""

    @classproperty
    def read_roles(cls):
        return all_importer_roles()

    def own_run(self, pk) -> ImportRun:
        """The run; raises ``PermissionDenied`` for anybody but its owner."""
        run = self.run(pk)
        if run.owner_id != self.request.user.pk:
            raise PermissionDenied(_("Only the person who started this can change it."))
        return run


class RunAction(RunView):
    """A button of the page of one import; answers by leading back to it."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, pk) -> HttpResponse:
        run = self.run(pk)
        try:
            self.act(request, run)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        return redirect_to(request, "import", run.pk, **self.back_to(request))

    def act(self, request: HttpRequest, run: ImportRun) -> None:
        raise NotImplementedError

    def back_to(self, request: HttpRequest) -> dict:
        """Parts of the query of the page that is shown next."""
        return {}
