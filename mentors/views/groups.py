"""Groups: members, what they do together, and who is in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.history import history_of
from mentors import queries, services
from mentors.enums import Side
from mentors.forms.pairs import GroupEditForm, GroupForm
from mentors.models import Group, Pair, Participation
from mentors.pairwork import work_of_group
from mentors.presenters import meetings, pair_status
from mentors.privacy import NamePolicy
from mentors.rights import WRITERS, get_writable, may_write
from mentors.views.pairs import entry_form, histories_of, work_context
from mentors.views.revealing import PAGE_READERS, REVEALERS, record_reveal
from orgs.addresses import address
from orgs.form_pages import FormPage
from orgs.pages import RoleView, get_visible


class GroupCard(RoleView):
    """/pairs/groups/<pk>/"""

    read_roles = PAGE_READERS
    write_roles = REVEALERS

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.answer(request, self.group(pk), NamePolicy(request.scope))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The card with the names in full; a journal line says whose card it was."""
        group = self.group(pk)
        record_reveal(request, "mentors.group", [group.pk])
        return self.answer(request, group, NamePolicy(request.scope, revealed=True))

    def group(self, pk: int) -> Group:
        return get_visible(Group.objects.select_related("organization"), self.request.scope, pk=pk)

    def answer(self, request: HttpRequest, group: Group, names: NamePolicy) -> HttpResponse:
        scope = request.scope
        pairs = list(
            queries.with_meetings(queries.pairs(scope))
            .filter(group=group)
            .order_by("mentee__person__name_key", "pk")
        )
        for pair in pairs:
            pair.status = pair_status(pair)
            pair.meetings_held = meetings(pair)
        work = work_of_group(group, scope)
        writes = may_write(scope, group.organization)
        context = {
            "group": group,
            "names": names,
            "pairs": pairs,
            "lead": next(iter(pairs), None),
            "writes": writes,
            "entry": entry_form(request, work) if writes and pairs else None,
            "history": history_of(group, also=histories_of(group=group), hidden=("pair", "group")),
            **work_context(request, work, []),
        }
        return render(request, "mentors/group_detail.html", context)


class GroupPage(FormPage):
    """A form about the members of a group."""

    read_roles = WRITERS
    write_roles = WRITERS

    def next_url(self, saved) -> str:
        return address(self.request, "group", saved.pk)

    def crumbs(self):
        return [(address(self.request, "pairs"), _("Pairs"))]

    def candidates(self, mentor: int | None):
        """Open pairs of the mentor, whatever group they are in."""
        return (
            Pair.objects.visible_to(self.request.scope)
            .open()
            .filter(mentor=mentor)
            .select_related("mentee__person", "mentor__person", "group", "organization")
            .order_by("mentee__person__name_key", "pk")
        )


class GroupAdd(GroupPage):
    """/pairs/groups/add/<mentor>/: a group of open pairs of one mentor."""

    form_class = GroupForm
    submit_label = gettext_lazy("Make the group")

    def load(self, pk: int) -> None:
        rows = Participation.objects.filter(role=Side.MENTOR).select_related("organization", "person")
        self.mentor = get_writable(rows, self.request.scope, pk=pk)

    def title(self) -> str:
        return _("New group of %(mentor)s") % {"mentor": self.mentor.person.short_name}

    def form_arguments(self) -> dict:
        return {
            "scope": self.request.scope,
            "pairs": self.candidates(self.mentor.pk),
            "names": NamePolicy(self.request.scope),
        }

    def save(self, form):
        pairs = form.cleaned_data["pairs"]
        return services.create_group(
            actor=self.request.user,
            organization=self.mentor.organization,
            title=form.cleaned_data["title"],
            pairs=pairs,
        )

    def cancel_url(self) -> str:
        return address(self.request, "mentor", self.mentor.pk)


class GroupEdit(GroupPage):
    """/pairs/groups/<pk>/edit/"""

    form_class = GroupEditForm

    def load(self, pk: int) -> None:
        self.group = get_writable(Group.objects.select_related("organization"), self.request.scope, pk=pk)
        members = Pair.objects.visible_to(self.request.scope).filter(group=self.group)
        self.members = list(members)
        self.open_members = [pair for pair in self.members if pair.ended_on is None]

    def title(self) -> str:
        return _("Members of “%(group)s”") % {"group": self.group.title}

    def form_arguments(self) -> dict:
        mentor = self.members[0].mentor_id if self.members else None
        return {
            "scope": self.request.scope,
            "group": self.group,
            "pairs": self.candidates(mentor),
            "names": NamePolicy(self.request.scope),
            "initial": {
                "title": self.group.title,
                "pairs": [pair.pk for pair in self.open_members],
            },
        }

    def save(self, form):
        ended = [pair for pair in self.members if pair.ended_on is not None]
        return services.change_group(
            actor=self.request.user,
            group=form.records[0],
            title=form.cleaned_data["title"],
            pairs=[*form.cleaned_data["pairs"], *ended],
        )

    def cancel_url(self) -> str:
        return address(self.request, "group", self.group.pk)
