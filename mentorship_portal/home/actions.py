"""The buttons under the tasks, by role."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mentorship_portal.home.desk import Desk
from orgs.enums import Role


@dataclass(frozen=True, slots=True)
class Action:
    """A button: its words, its picture, its page."""

    label: str
    icon: str
    url: str


UPLOAD = (pgettext_lazy("button", "Upload from Excel"), "file-spreadsheet", "import-new", {})
REPORT = (_("Build a report"), "file-text", "reports", {})
# Words, picture, route, parts of the address.
ACTIONS = {
    Role.CURATOR: (
        UPLOAD,
        (_("Add a mentor"), "user-plus", "mentor-add", {}),
        (_("Record meetings"), "calendar-event", "pairs", {}),
        (_("Reports"), "file-text", "reports", {}),
    ),
    Role.HEAD: (REPORT,),
    Role.METHODOLOGIST: (REPORT, UPLOAD),
    Role.ANALYST: (REPORT,),
    Role.ADMINISTRATOR: (
        (_("Add an organization"), "building-community", "organization-add", {}),
        (_("Users"), "users", "users", {}),
        (_("Invite a person"), "user-plus", "invitation-new", {}),
        UPLOAD,
    ),
}


def actions_for(desk: Desk) -> list[Action]:
    """The buttons of the role."""
    return [
        Action(str(label), icon, desk.url(route, **query))
        for label, icon, route, query in ACTIONS.get(desk.role, ())
    ]
