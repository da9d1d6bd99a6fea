"""New pairs, changes of a pair, its end and its opening again."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mentors import services
from mentors.candidates import candidates, fitting, matching, usual_form
from mentors.dictionaries import MentoringForm
from mentors.enums import Side
from mentors.forms.pairs import PairCloseForm, PairEditForm, PairForm, StageForm
from mentors.forms.segments import SegmentsOrList
from mentors.models import Group, Pair
from mentors.rights import WRITERS, get_writable, writable
from mentors.services.assigning import MENTOR_FULL
from mentors.views.pairs import PARTS
from orgs.addresses import address, redirect_to
from orgs.form_pages import FormPage
from orgs.pages import RoleView

FIELDS = {Side.MENTEE: "mentees", Side.MENTOR: "mentor"}
LONGEST_SEARCH = 100


class PairAdd(FormPage):
    """/pairs/add/: a mentor for one mentee or several; ``?mentee=`` and ``?mentor=`` choose beforehand."""

    read_roles = WRITERS
    write_roles = WRITERS
    template_name = "mentors/pair_form.html"
    form_class = PairForm
    submit_label = gettext_lazy("Assign the mentor")

    def load(self) -> None:
        self.preset = {}
        for side in Side.values:
            if key := self.request.GET.get(side):
                rows = candidates(self.request.scope, side)
                row = rows.filter(pk=int(key)).first() if _is_key(key) else None
                if row is None:
                    raise Http404
                self.preset[side] = row
        self.preset_group = None
        if key := self.request.GET.get("group"):
            groups = writable(Group.objects.filter(pk=int(key)), self.request.scope) if _is_key(key) else None
            self.preset_group = groups.first() if groups is not None else None
            if self.preset_group is None:
                raise Http404

    def title(self) -> str:
        return _("New pair")

    def crumbs(self):
        return [(address(self.request, "pairs"), _("Pairs"))]

    def form_arguments(self) -> dict:
        mentor, mentee = self.preset.get(Side.MENTOR), self.preset.get(Side.MENTEE)
        initial = {}
        if mentor is not None:
            initial["mentor"] = mentor.pk
        if mentee is not None:
            initial |= {"mentees": [mentee.pk], "request": mentee.main_request}
        if form := usual_form(mentor, mentee):
            initial["form"] = form.pk
        if self.preset_group is not None:
            initial["group"] = self.preset_group.pk
        return {"scope": self.request.scope, "initial": initial}

    def post(self, request: HttpRequest, **path) -> HttpResponse:
        if "find" not in request.POST:
            return super().post(request, **path)
        # Without a script the search is sent like the rest, and the page comes back with what was chosen.
        self.load(**path)
        return self.answer(self.form_class(request.POST, **self.form_arguments()).unchecked())

    def context(self, form) -> dict:
        typed = form.data if form.is_bound else {}
        sides = [
            side_of(
                self.request.scope,
                side,
                form=_chosen_form(form),
                text=typed.get(f"{side}_q", ""),
                chosen=_chosen(form, FIELDS[side]),
            )
            for side in (Side.MENTEE, Side.MENTOR)
        ]
        for side in sides:
            side["bound"] = form[side["field"]]
        return {
            "sides": sides,
            "asks_over_capacity": form.is_bound
            and bool(form._errors)
            and form.has_error("mentor", MENTOR_FULL),
        }

    def save(self, form):
        values = dict(form.cleaned_data)
        mentees = list(values.pop("mentees"))
        return services.assign_mentor(actor=self.request.user, mentees=mentees, **values)

    def saved_text(self, saved) -> str:
        return ngettext("%(n)s pair has been opened.", "%(n)s pairs have been opened.", len(saved)) % {
            "n": len(saved)
        }

    def next_url(self, saved) -> str:
        if len(saved) > 1 and saved[0].group_id:
            return address(self.request, "group", saved[0].group_id)
        return address(self.request, "pair", saved[0].pk)

    def cancel_url(self) -> str:
        if row := self.preset.get(Side.MENTEE) or self.preset.get(Side.MENTOR):
            return address(self.request, str(row.role), row.pk)
        return address(self.request, "pairs")


class PairCandidates(RoleView):
    """/pairs/candidates/?side=…: the list of matches of one side, while somebody types."""

    read_roles = WRITERS

    def get(self, request: HttpRequest) -> HttpResponse:
        side = request.GET.get("side", Side.MENTEE)
        if side not in Side.values:
            raise Http404
        chosen = [int(key) for key in request.GET.getlist(FIELDS[Side(side)]) if _is_key(key)]
        form = _active_form(SegmentsOrList().value_from_datadict(request.GET, {}, "form"))
        text = request.GET.get(f"{side}_q", "")
        found = side_of(request.scope, side, form=form, text=text, chosen=chosen)
        return render(request, "mentors/partials/candidates.html", {"side": found})


def side_of(scope, side: str, *, form: MentoringForm | None, text: str, chosen: list[int]) -> dict:
    """What the list of one side shows: those chosen, then the matches; two queries."""
    rows = candidates(scope, side)
    kept = list(rows.filter(pk__in=chosen).order_by("person__name_key", "pk")) if chosen else []
    found = matching(fitting(rows, side, form).exclude(pk__in=chosen), side, text[:LONGEST_SEARCH])
    return {
        "code": str(side),
        "field": FIELDS[Side(side)],
        "is_mentor": side == Side.MENTOR,
        "text": text[:LONGEST_SEARCH],
        "form": form,
        "chosen": kept,
        "found": found,
    }


def _chosen(form, name: str) -> list[int]:
    value = form[name].value() or []
    keys = value if isinstance(value, list | tuple) else [value]
    return [int(key) for key in keys if _is_key(str(key))]


def _chosen_form(form) -> MentoringForm | None:
    return _active_form(form["form"].value())


def _active_form(key) -> MentoringForm | None:
    return MentoringForm.objects.filter(active=True, pk=int(key)).first() if _is_key(str(key)) else None


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 18


class PairPage(FormPage):
    """A form about one pair; for the curator of its school."""

    read_roles = WRITERS
    write_roles = WRITERS

    def load(self, pk: int) -> None:
        self.pair = get_writable(Pair.objects.select_related(*PARTS), self.request.scope, pk=pk)

    def crumbs(self):
        return [
            (address(self.request, "pairs"), _("Pairs")),
            (address(self.request, "pair", self.pair.pk), str(self.pair)),
        ]

    def next_url(self, saved) -> str:
        return address(self.request, "pair", self.pair.pk)

    def cancel_url(self) -> str:
        return address(self.request, "pair", self.pair.pk)


class PairEdit(PairPage):
    """/pairs/<pk>/edit/"""

    form_class = PairEditForm

    def title(self) -> str:
        return _("Facts of the pair")

    def form_arguments(self) -> dict:
        return {"scope": self.request.scope, "instance": self.pair}

    def save(self, form):
        (pair,) = form.records
        return services.change_pair(actor=self.request.user, pair=pair, **form.changes(pair))


class PairClose(PairPage):
    """/pairs/<pk>/close/: reason, result against the goal, conclusion."""

    form_class = PairCloseForm
    submit_label = gettext_lazy("End the pair")

    def load(self, pk: int) -> None:
        super().load(pk)
        members = Pair.objects.visible_to(self.request.scope).open()
        self.others = (
            list(members.filter(group=self.pair.group_id).exclude(pk=self.pair.pk))
            if self.pair.group_id
            else []
        )

    def title(self) -> str:
        return _("End of the pair %(pair)s") % {"pair": self.pair}

    def form_arguments(self) -> dict:
        return {"scope": self.request.scope, "pair": self.pair, "others": len(self.others)}

    def save(self, form):
        values = dict(form.cleaned_data)
        pairs = [self.pair, *self.others] if values.pop("whom", "one") == "all" else [self.pair]
        return services.finish_pairs(actor=self.request.user, pairs=pairs, **values)

    def saved_text(self, saved) -> str:
        return ngettext("%(n)s pair has ended.", "%(n)s pairs have ended.", len(saved)) % {"n": len(saved)}


class PairReopen(RoleView):
    """/pairs/<pk>/reopen/: takes back a mistaken end."""

    write_roles = WRITERS

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        pair = get_writable(Pair.objects.select_related(*PARTS), request.scope, pk=pk)
        try:
            services.reopen_pair(actor=request.user, pair=pair)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            messages.success(request, _("The pair goes on."))
        return redirect_to(request, "pair", pk)


class PairStage(RoleView):
    """/pairs/<pk>/stage/: the pair moves to a stage of the programme of the target model."""

    write_roles = WRITERS

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        pair = get_writable(Pair.objects.all(), request.scope, pk=pk)
        form = StageForm(request.POST)
        if form.is_valid():
            services.change_pair(actor=request.user, pair=pair, stage=form.cleaned_data["stage"])
            messages.success(request, _("Saved."))
        else:
            messages.error(request, _("Choose a stage from the list."))
        return redirect_to(request, "pair", pk)
