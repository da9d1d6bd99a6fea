"""«Включить в программу…»: the chosen pairs get a personal programme each, by the plan of one of the school.

A programme belongs to one pair or one group, so to include many means to open one for each. People are meant
with their pairs that go on; of a group, the group as a whole is.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from common.dates import today
from common.forms import DateField, PortalForm, Row
from mentors.enums import ProgramStatus, Side
from mentors.models import Group, Pair, Program
from mentors.queries import active
from mentors.rights import writable
from mentors.services import open_programs_like
from orgs.registers.bulk import BulkAction, Left, Line


class ProgramChoice(forms.ModelChoiceField):
    """Programmes by title: of several with one title the newest stands for all."""

    def label_from_instance(self, program) -> str:
        steps = ngettext("%(n)d step", "%(n)d steps", program.rows) % {"n": program.rows}
        return f"{program.title} ({steps})"


class IncludeForm(PortalForm):
    """Which programme, and from which day."""

    program = ProgramChoice(
        Program.objects.none(),
        label=gettext_lazy("By the plan of the programme"),
        empty_label=gettext_lazy("Not chosen"),
        error_messages={"required": gettext_lazy("Choose the programme.")},
        widget=forms.Select(attrs={"autofocus": True}),
    )
    started_on = DateField(label=gettext_lazy("Begins on"), initial=today)
    layout = (Row(("program", 4), ("started_on", 2)),)

    def __init__(self, *args, programs, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["program"].queryset = programs
        if not programs.exists():
            self.fields["program"].empty_label = _("There are no programmes yet: write the first one")


@dataclass(frozen=True, slots=True)
class Owner:
    """A pair or a group that gets a programme, in words."""

    name: str
    pair: Pair | None = None
    group: Group | None = None

    @property
    def row(self) -> Pair | Group:
        return self.pair or self.group


class IncludeInProgram(BulkAction):
    """Opens a programme for each chosen pair or group that has none going on."""

    code = "program"
    label = gettext_lazy("Include in a programme…")
    form_class = IncludeForm

    def form(self, data=None):
        return self.form_class(data, programs=self._offered())

    def _offered(self):
        """One programme for each title of the rows' school."""
        scope = self.register.scope
        places = {row.organization_id for row in self.rows}
        known = writable(Program.objects.filter(organization__in=places), scope)
        newest = dict(known.order_by("started_on", "pk").values_list("title", "pk"))
        rows = Program.objects.visible_to(scope).filter(pk__in=newest.values())
        return rows.annotate(rows=Count("steps")).order_by("title", "pk")

    # Whom the rows mean.

    def pairs_of_rows(self) -> tuple[list[Pair], list[Left]]:
        """The pairs that the rows mean, and rows that mean none."""
        raise NotImplementedError

    @cached_property
    def _ready(self) -> tuple[list[Owner], list[Left]]:
        """Who gets a programme, and who stays with the reason."""
        pairs, left = self.pairs_of_rows()
        names, busy = self.register.names, self._busy(pairs)
        owners: dict[tuple[str, int], Owner] = {}
        for pair in pairs:
            name = f"{names.short_name(pair.mentor)} — {names.short_name(pair.mentee)}"
            key = ("group", pair.group_id) if pair.group_id else ("pair", pair.pk)
            if pair.ended_on is not None and pair.ended_on < today():
                why = _("the pair ended on %(date)s") % {"date": f"{pair.ended_on:%d.%m.%Y}"}
                left.append(Left(name, why))
            elif title := busy.get(("pair", pair.pk)) or busy.get(key):
                left.append(Left(name, _("has the programme “%(title)s” already") % {"title": title}))
            elif pair.group_id:
                group_name = _("Group: %(title)s") % {"title": pair.group.title}
                owners.setdefault(key, Owner(group_name, group=pair.group))
            else:
                owners.setdefault(key, Owner(name, pair=pair))
        return list(owners.values()), left

    def _busy(self, pairs: list[Pair]) -> dict[tuple[str, int], str]:
        """Titles of the programmes that go on, by pair and by group; one query."""
        groups = {pair.group_id for pair in pairs if pair.group_id}
        going_on = Program.objects.visible_to(self.register.scope).exclude(status=ProgramStatus.COMPLETED)
        found = going_on.filter(Q(pair__in=pairs) | Q(group__in=groups)).order_by("pk")
        return {
            ("pair", pair) if pair else ("group", group): title
            for pair, group, title in found.values_list("pair", "group", "title")
        }

    # What becomes of them.

    def plan(self, data):
        owners, left = self._ready
        program, start = data.get("program"), data.get("started_on")
        if program is None:
            return [], left
        became = _in_words(program, start)
        return [Line(owner.name, _("without a programme"), became) for owner in owners], left

    def sentence(self, data, lines):
        steps = data["program"].rows
        return ngettext(
            "%(n)d draft of a programme will be made; %(plan)s.",
            "%(n)d drafts of programmes will be made; %(plan)s in each.",
            len(lines),
        ) % {"n": len(lines), "plan": ngettext("%(n)d step", "%(n)d steps", steps) % {"n": steps}}

    def button(self, lines):
        return ngettext("Make %(n)d programme", "Make %(n)d programmes", len(lines)) % {"n": len(lines)}

    def apply(self, actor, data):
        owners, _left = self._ready
        open_programs_like(
            actor=actor,
            base=data["program"],
            owners=[owner.row for owner in owners],
            started_on=data["started_on"],
            reason=_("Bulk change"),
        )
        return ngettext("%(n)d programme is made", "%(n)d programmes are made", len(owners)) % {
            "n": len(owners)
        }


class IncludePairs(IncludeInProgram):
    """The chosen pairs themselves."""

    def pairs_of_rows(self):
        return list(self.rows), []


class IncludePeople(IncludeInProgram):
    """The pairs of the chosen mentors or mentees that go on."""

    def pairs_of_rows(self):
        side = self.register.side
        found = active(Pair.objects.visible_to(self.register.scope)).filter(**{f"{side}__in": self.rows})
        pairs = list(
            found.select_related("group", "mentor__person", "mentee__person").order_by("started_on", "pk")
        )
        of_row: dict[int, list[Pair]] = defaultdict(list)
        for pair in pairs:
            of_row[getattr(pair, f"{side}_id")].append(pair)
        why = _("has no pair yet: find a mentor first") if side == Side.MENTEE else _("has no pair yet")
        left = [Left(self.register.row_name(row), why) for row in self.rows if row.pk not in of_row]
        return [pair for row in self.rows for pair in of_row[row.pk]], left


def _in_words(program: Program, start: datetime.date | None) -> str:
    """«Черновик «Подготовка к экзамену» с 01.12.2026»."""
    draft = _("Draft “%(title)s”") % {"title": program.title}
    return f"{draft}, {_('since %(date)s') % {'date': f'{start:%d.%m.%Y}'}}" if start else draft
