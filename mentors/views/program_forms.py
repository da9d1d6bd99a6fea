"""New programmes, their facts and their way from draft to completed."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.search import SearchedKey, holds_words
from mentors import services
from mentors.forms.programs import ProgramEditForm, ProgramForm, ProgramMoveForm
from mentors.models import Group, Pair, Program
from mentors.queries import active, without_program
from mentors.rights import WRITERS, get_writable, writable
from mentors.services.programs import COPIED
from mentors.views.pairs import PARTS
from orgs.addresses import address, redirect_to
from orgs.form_pages import FormPage
from orgs.pages import RoleView

SHOWN = 12
# A browser puts the cursor into the field that the address ends with.
NEW_STEP = "#step-activity"


class ProgramAdd(FormPage):
    """/programs/add/?pair=… or ?group=…: a new programme; ``?from=`` takes another one as its base.

    Without a pair or group the page asks for whom it is.
    """

    read_roles = WRITERS
    write_roles = WRITERS
    template_name = "mentors/program_form.html"
    form_class = ProgramForm
    submit_label = gettext_lazy("Create the programme")

    def load(self) -> None:
        scope = self.request.scope
        self.pair = self._chosen("pair", Pair.objects.select_related(*PARTS))
        self.group = self._chosen("group", Group.objects.select_related("organization"))
        self.base = self._chosen("from", Program.objects.select_related("organization"))
        owner = self.pair or self.group
        if self.pair and self.group:
            raise Http404
        if self.base and owner and self.base.organization_id != owner.organization_id:
            raise Http404
        self.scope = scope

    def _chosen(self, part: str, rows):
        key = self.request.GET.get(part)
        if not key:
            return None
        if not (key.isascii() and key.isdecimal() and len(key) <= 18):
            raise Http404
        return get_writable(rows, self.request.scope, pk=int(key))

    def get(self, request: HttpRequest, **path) -> HttpResponse:
        self.load(**path)
        if self.pair is None and self.group is None:
            return self.ask_whom(request)
        return self.answer(self.form_class(**self.form_arguments()))

    def post(self, request: HttpRequest, **path) -> HttpResponse:
        self.load(**path)
        if self.pair is None and self.group is None:
            return self.ask_whom(request, status=422)
        return super().post(request, **path)

    def ask_whom(self, request: HttpRequest, status: int = 200) -> HttpResponse:
        """The list of pairs and groups without a programme, and a search among all."""
        text = request.GET.get("q", "")[:100].strip()
        pairs = writable(active(Pair.objects.all()), request.scope).select_related(*PARTS)
        groups = writable(Group.objects.filter(pairs__in=active(Pair.objects.all())), request.scope)
        if text:
            pairs = pairs.annotate(
                mentor_key=SearchedKey("mentor__person__name_key"),
                mentee_key=SearchedKey("mentee__person__name_key"),
            ).filter(holds_words("mentor_key", text) | holds_words("mentee_key", text))
        else:
            pairs = without_program(pairs).filter(group__isnull=True)
            groups = groups.filter(programs__isnull=True)
        context = {
            "text": text,
            "pairs": pairs.order_by("mentee__person__name_key", "pk")[:SHOWN],
            "groups": [] if text else groups.distinct().order_by("title", "pk")[:SHOWN],
            "base": self.base,
        }
        return render(request, "mentors/program_whom.html", context, status=status)

    def title(self) -> str:
        return _("New programme")

    def crumbs(self):
        return [(address(self.request, "programs"), _("Programmes"))]

    def form_arguments(self) -> dict:
        owner = self.pair or self.group
        initial = {}
        if self.pair is not None:
            initial = {
                "started_on": self.pair.started_on,
                "problem": self.pair.request or self.pair.mentee.main_request,
            }
        if self.base is not None:
            initial |= {name: getattr(self.base, name) for name in COPIED}
        self.owner = owner
        return {"scope": self.request.scope, "initial": initial}

    def context(self, form) -> dict:
        bases = []
        if self.base is None:
            bases = (
                writable(Program.objects.all(), self.request.scope)
                .filter(organization=self.owner.organization_id)
                .annotate(rows=Count("steps"))
                .filter(rows__gt=0)
                .order_by("-started_on", "-pk")[:SHOWN]
            )
        return {"pair": self.pair, "group": self.group, "base": self.base, "bases": bases}

    def save(self, form):
        return services.open_program(
            actor=self.request.user,
            pair=self.pair,
            group=self.group,
            based_on=self.base,
            **form.cleaned_data,
        )

    def saved_text(self, saved) -> str:
        return _("The programme has been created. Now write its plan.")

    def next_url(self, saved) -> str:
        return address(self.request, "program", saved.pk) + NEW_STEP

    def cancel_url(self) -> str:
        if self.pair is not None:
            return address(self.request, "pair", self.pair.pk)
        return address(self.request, "group", self.group.pk)


class ProgramPage(FormPage):
    """A form about one programme; for the curator of its school."""

    read_roles = WRITERS
    write_roles = WRITERS

    def load(self, pk: int) -> None:
        self.program = get_writable(Program.objects.select_related("organization"), self.request.scope, pk=pk)

    def crumbs(self):
        return [
            (address(self.request, "programs"), _("Programmes")),
            (address(self.request, "program", self.program.pk), self.program.title),
        ]

    def next_url(self, saved) -> str:
        return address(self.request, "program", self.program.pk)

    def cancel_url(self) -> str:
        return address(self.request, "program", self.program.pk)


class ProgramEdit(ProgramPage):
    """/programs/<pk>/edit/"""

    form_class = ProgramEditForm

    def title(self) -> str:
        return _("Facts of the programme")

    def form_arguments(self) -> dict:
        return {"scope": self.request.scope, "instance": self.program}

    def save(self, form):
        (program,) = form.records
        return services.change_program(actor=self.request.user, program=program, **form.changes(program))


class ProgramMove(RoleView):
    """/programs/<pk>/move/: to the next status, with the order where it is approved."""

    write_roles = WRITERS

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        program = get_writable(Program.objects.all(), request.scope, pk=pk)
        form = ProgramMoveForm(request.POST, scope=request.scope)
        try:
            if not form.is_valid():
                raise ValidationError([text for errors in form.errors.values() for text in errors])
            services.move_program(actor=request.user, program=program, **form.cleaned_data)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            messages.success(
                request,
                _("The programme is now: %(status)s.") % {"status": program.get_status_display()},
            )
        return redirect_to(request, "program", pk)
