"""The first step: a file or pasted cells; and the empty forms to begin with."""

from __future__ import annotations

from io import BytesIO

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import classproperty

from common.importing import import_kinds
from common.workbooks import WorkbookWriter
from exchange import services
from exchange.forms import UploadForm, all_importer_roles, kind_title, kinds_for
from exchange.places import split_place
from exchange.presenters import wizard_steps
from exchange.views.base import ImporterView
from orgs.addresses import redirect_to
from orgs.enums import Role


class ImportNew(ImporterView):
    """/imports/new/: the file, and what cannot be guessed from it."""

    @classproperty
    def read_roles(cls):
        return all_importer_roles()

    def get(self, request: HttpRequest) -> HttpResponse:
        form = UploadForm(scope=request.scope, initial={"hint": request.GET.get("kind", "")})
        return self.answer(request, form)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = UploadForm(request.POST, request.FILES, scope=request.scope)
        if form.is_valid():
            data = form.cleaned_data
            place = split_place(data["place"]) if data["place"] else {}
            try:
                run = services.receive_import(
                    request.user,
                    request.scope,
                    kind=data["kind"],
                    hint=data["hint"],
                    file=data["table"],
                    file_name=data["table"].name,
                    **place,
                )
            except ValidationError as refusal:
                field = {"kind": "kind", "organization": "place"}.get(refusal.code, "file")
                form.add_error(field, refusal)
            else:
                return redirect_to(request, "import", run.pk)
        return self.answer(request, form, status=422)

    def answer(self, request: HttpRequest, form: UploadForm, status: int = 200) -> HttpResponse:
        templates = [{"kind": code, "title": kind_title(code)} for code in kinds_for(request.scope)]
        curates = request.scope.has_role(Role.CURATOR)
        context = {
            "form": form,
            "steps": wizard_steps(None),
            "templates": templates,
            "has_people": any(import_kinds.get(item["kind"]).needs_organization for item in templates),
            "to_correct": [
                item for item in templates if curates and import_kinds.get(item["kind"]).essential
            ],
        }
        return render(request, "exchange/import_new.html", context, status=status)


class TemplateWorkbook(ImporterView):
    """/imports/templates/<kind>.xlsx: the empty form with the official headings."""

    @classproperty
    def read_roles(cls):
        return all_importer_roles()

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        if kind not in import_kinds:
            raise Http404
        resource = import_kinds.get(kind)
        target = BytesIO()
        with WorkbookWriter(target, title=kind_title(kind)) as book:
            book.sheet(resource.sheet_title, resource.columns(), [])
        return workbook_response(target.getvalue(), f"{kind}.xlsx")


def workbook_response(content: bytes, name: str) -> HttpResponse:
    """A workbook made on the spot, as an attachment; ``name`` is plain ASCII."""
    return HttpResponse(
        content,
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        headers={
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
            "Content-Disposition": f'attachment; filename="{name}"',
        },
    )
