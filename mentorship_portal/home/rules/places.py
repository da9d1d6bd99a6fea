"""Tasks about organizations, their numbers of pupils, the roadmap and the monitoring."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from common.dates import today
from mentorship_portal.home.desk import Desk
from mentorship_portal.home.tasks import SOON_DAYS, Counted, Number, Task
from monitoring.roadmap.reading import read_plan
from monitoring.roadmap.rights import may_edit, municipality_of
from monitoring.roadmap.services import roadmap_in_force, roadmaps_of
from monitoring.rounds.reading import WAITING, asked_of, unconfirmed
from orgs.filters import without_fresh_headcount
from orgs.invitations.filters import unanswered
from orgs.invitations.models import Invitation, InvitationStatus
from orgs.models import Organization


def schools_without_numbers(desk: Desk) -> Counted:
    organizations = Organization.objects.visible_to(desk.scope)
    return Counted(
        rows=without_fresh_headcount(organizations),
        say=ngettext_lazy(
            "Enter the numbers of pupils: %(n)s organization without them",
            "Enter the numbers of pupils: %(n)s organizations without them",
            "n",
        ),
        url=desk.url("organizations", only="no_headcount"),
        icon="school",
        note=_("Without them the shares of this school year cannot be counted"),
        due=desk.due,
        minutes=Decimal(2),
        whole=desk.schools,
        done=_("Numbers of pupils are known everywhere"),
    )


def numbers_of_own_school(desk: Desk) -> Counted:
    """The card of the one school, where its numbers stand."""
    return Counted(
        rows=without_fresh_headcount(Organization.objects.visible_to(desk.scope)),
        say=_("The numbers of pupils of this school year are not entered")
        if desk.is_reader
        else _("Enter the numbers of pupils of this school year"),
        url=desk.url("organization", desk.request.membership.organization_id),
        icon="school",
        note=_("Without them the shares of this school year cannot be counted"),
        due=desk.due,
        minutes=Decimal(2),
        whole=desk.schools,
        done=_("Numbers of pupils of this school year are entered"),
    )


def schools_without_curator(desk: Desk) -> Counted:
    return Counted(
        rows=desk.schools.filter(curator_name=""),
        say=ngettext_lazy(
            "Appoint a curator: %(n)s organization without one",
            "Appoint curators: %(n)s organizations without one",
            "n",
        ),
        url=desk.url("organizations", only="no_curator"),
        icon="user",
        note=_("Without a curator nobody keeps the lists of the school"),
        minutes=Decimal(1),
        whole=desk.schools,
        done=_("Every organization has a curator"),
    )


def unanswered_invitations(desk: Desk) -> Counted:
    """Invitations that nobody has answered, and expired ones that nobody has sent again."""
    invitations = Invitation.objects.visible_to(desk.scope)
    return Counted(
        rows=unanswered(invitations),
        say=ngettext_lazy(
            "Send again: %(n)s invitation has stood without an answer for over 3 days",
            "Send again: %(n)s invitations have stood without an answer for over 3 days",
            "n",
        ),
        url=desk.url("invitations", only="unanswered"),
        icon="mail",
        note=_("A new letter brings a new link, the old one stops working"),
        minutes=Decimal("0.2"),
        whole=invitations.of_status(InvitationStatus.ACTIVATED),
        done=_("Every invitation is answered"),
    )


def overdue_activities(desk: Desk) -> Task | None:
    """Activities that the page of the roadmap calls overdue, from the first day that was missed."""
    municipality = municipality_of(desk.request)
    roadmap = roadmap_in_force(roadmaps_of(desk.scope, municipality))
    late = read_plan(roadmap, desk.scope, today()).overdue if roadmap else []
    if not late:
        return None
    count = {"n": Number(len(late))}
    url = desk.url("activity", late[0].activity.pk) if len(late) == 1 else desk.url("roadmap")
    if not may_edit(desk.scope, municipality):
        title = ngettext(
            "%(n)s activity of the roadmap is late", "%(n)s activities of the roadmap are late", len(late)
        )
        return Task(title % count, _("The methodologist marks what is done"), url, "calendar")
    return Task(
        ngettext(
            "Close %(n)s activity of the roadmap whose term has passed",
            "Close %(n)s activities of the roadmap whose term has passed",
            len(late),
        )
        % count,
        _("Mark what is done and name the evidence"),
        url,
        "calendar",
        min(row.late_since for row in late),
        Decimal(len(late)),
    )


def data_to_confirm(desk: Desk) -> Task | None:
    """The school's word that its data are complete, for the open monitoring."""
    organization = desk.request.membership.organization
    found = asked_of(desk.scope, organization)
    if found is None:
        return None
    day = {"day": f"{found.as_of:%d.%m.%Y}"}
    url = desk.url("round-confirm", found.pk)
    if not unconfirmed(desk.scope, found).exists():
        title = _("The data as of %(day)s are confirmed") % day
        return Task(title, "", url, "circle-check", done=True)
    if desk.is_reader:
        return Task(_("The data as of %(day)s are not confirmed yet") % day, "", url, "circle-check")
    return Task(
        _("Confirm the data as of %(day)s") % day,
        _("The page shows what is in question"),
        url,
        "circle-check",
        found.due_on,
        Decimal(2),
    )


def unconfirmed_schools(desk: Desk) -> Counted | None:
    """Schools that have not confirmed their data, once the term is near."""
    found = desk.waited_for
    if found is None or found.due_on is None or (found.due_on - today()).days > 4 * SOON_DAYS:
        return None
    return Counted(
        rows=unconfirmed(desk.scope, found),
        say=ngettext_lazy(
            "Remind: %(n)s organization has not confirmed its data",
            "Remind: %(n)s organizations have not confirmed their data",
            "n",
        ),
        url=desk.url("round", found.pk, only=WAITING),
        icon="mail",
        note=_("Monitoring as of %(day)s") % {"day": f"{found.as_of:%d.%m.%Y}"},
        due=found.due_on,
        minutes=Decimal("0.2"),
        whole=desk.schools,
        done=_("Every organization has confirmed its data"),
    )


def snapshot_due(desk: Desk) -> Task | None:
    """Before the open monitoring ends, the indicators are looked through once more."""
    if desk.due is None or (desk.due - today()).days > 4 * SOON_DAYS:
        return None
    return Task(
        _("Look through the indicators before the monitoring closes"),
        _("After that day the figures are frozen"),
        desk.url("indicators"),
        "chart-bar",
        desk.due,
        Decimal(10),
    )
