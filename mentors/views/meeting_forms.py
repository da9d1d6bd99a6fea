"""Meetings of pairs and groups: recorded, corrected, removed."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentors import services
from mentors.forms.meetings import MeetingEditForm, MeetingForm, MeetingRemoveForm
from mentors.models import Group, Meeting, Pair
from mentors.pairwork import work_of_group, work_of_pair
from mentors.rights import MEETING_WRITERS, WRITERS, get_writable, may_record_meeting
from mentors.views.pairs import PARTS
from orgs.addresses import address
from orgs.form_pages import FormPage
from orgs.pages import get_visible


class MeetingAdd(FormPage):
    """/pairs/<pk>/meetings/add/: the curator, or the mentor of the pair."""

    read_roles = MEETING_WRITERS
    write_roles = MEETING_WRITERS
    form_class = MeetingForm
    submit_label = gettext_lazy("Record the meeting")

    def load(self, pk: int) -> None:
        self.pair = get_visible(Pair.objects.select_related(*PARTS), self.request.scope, pk=pk)
        if not may_record_meeting(self.request.scope, self.pair):
            raise PermissionDenied(
                _("Meetings are recorded by the mentor of the pair and the curator of its school.")
            )

    def title(self) -> str:
        return _("Meeting of the pair %(pair)s") % {"pair": self.pair}

    def crumbs(self):
        return [
            (address(self.request, "pairs"), _("Pairs")),
            (address(self.request, "pair", self.pair.pk), str(self.pair)),
        ]

    def form_arguments(self) -> dict:
        work = work_of_pair(self.pair, self.request.scope)
        return {"scope": self.request.scope, "steps": work.open_steps}

    def save(self, form):
        values = {name: value for name, value in form.cleaned_data.items() if name != "step"}
        return services.record_meeting(actor=self.request.user, pair=self.pair, **values)

    def saved_text(self, saved) -> str:
        return _("The meeting of %(date)s has been recorded.") % {"date": f"{saved.held_on:%d.%m.%Y}"}

    def next_url(self, saved) -> str:
        return address(self.request, "pair", self.pair.pk)

    def cancel_url(self) -> str:
        return address(self.request, "pair", self.pair.pk)


class GroupMeetingAdd(FormPage):
    """/pairs/groups/<pk>/meetings/add/: a meeting of the whole group."""

    read_roles = WRITERS
    write_roles = WRITERS
    form_class = MeetingForm
    submit_label = gettext_lazy("Record the meeting")

    def load(self, pk: int) -> None:
        rows = Group.objects.select_related("organization")
        self.group = get_writable(rows, self.request.scope, pk=pk)

    def title(self) -> str:
        return _("Meeting of the group “%(group)s”") % {"group": self.group}

    def crumbs(self):
        return [
            (address(self.request, "pairs"), _("Pairs")),
            (address(self.request, "group", self.group.pk), self.group.title),
        ]

    def form_arguments(self) -> dict:
        work = work_of_group(self.group, self.request.scope)
        return {"scope": self.request.scope, "steps": work.open_steps}

    def save(self, form):
        values = {name: value for name, value in form.cleaned_data.items() if name != "step"}
        return services.record_meeting(actor=self.request.user, group=self.group, **values)

    saved_text = MeetingAdd.saved_text

    def next_url(self, saved) -> str:
        return address(self.request, "group", self.group.pk)

    def cancel_url(self) -> str:
        return address(self.request, "group", self.group.pk)


class MeetingPage(FormPage):
    """A form about one recorded meeting."""

    read_roles = WRITERS
    write_roles = WRITERS

    def load(self, pk: int) -> None:
        rows = Meeting.objects.select_related("pair__mentor__person", "pair__mentee__person", "group")
        self.meeting = get_writable(rows, self.request.scope, pk=pk)

    def crumbs(self):
        return [(address(self.request, "pairs"), _("Pairs")), (self._owner_url(), str(self._owner()))]

    def next_url(self, saved) -> str:
        return self._owner_url()

    def cancel_url(self) -> str:
        return self._owner_url()

    def _owner(self):
        return self.meeting.pair or self.meeting.group

    def _owner_url(self) -> str:
        if self.meeting.pair_id:
            return address(self.request, "pair", self.meeting.pair_id)
        return address(self.request, "group", self.meeting.group_id)


class MeetingEdit(MeetingPage):
    """/pairs/meetings/<pk>/edit/"""

    form_class = MeetingEditForm

    def title(self) -> str:
        return _("Meeting of %(date)s") % {"date": f"{self.meeting.held_on:%d.%m.%Y}"}

    def form_arguments(self) -> dict:
        return {"scope": self.request.scope, "instance": self.meeting}

    def save(self, form):
        (meeting,) = form.records
        return services.change_meeting(actor=self.request.user, meeting=meeting, **form.changes(meeting))


class MeetingRemove(MeetingPage):
    """/pairs/meetings/<pk>/remove/: with a reason that the history keeps."""

    form_class = MeetingRemoveForm
    submit_label = gettext_lazy("Remove the meeting")

    def title(self) -> str:
        return _("Remove the meeting of %(date)s: “%(topic)s”") % {
            "date": f"{self.meeting.held_on:%d.%m.%Y}",
            "topic": self.meeting.topic,
        }

    def save(self, form):
        services.remove_meeting(
            actor=self.request.user, meeting=self.meeting, reason=form.cleaned_data["reason"]
        )
        return True

    def saved_text(self, saved) -> str:
        return _("The meeting has been removed; the history keeps it.")
