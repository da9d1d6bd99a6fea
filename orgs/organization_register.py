"""The register of organizations, declared."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Subquery, Value, prefetch_related_objects
from django.db.models.functions import Coalesce, Collate
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.badges import Badge
from common.ordering import NATURAL
from orgs import queries
from orgs.enums import COUNTERS, KEEPERS, OrganizationStatus, Role
from orgs.filters import without_fresh_headcount
from orgs.invitations.badges import badge_of
from orgs.invitations.models import Invitation, InvitationStatus
from orgs.models import Membership, Organization, OrganizationType
from orgs.registers.columns import DASH, Column, Drawing, badge, link
from orgs.registers.doings import Doing
from orgs.registers.facets import ChoiceFacet, RelatedFacet
from orgs.registers.filters import Condition, RegisterFilters
from orgs.registers.register import Register, SystemView
from orgs.templatetags.registers import initials

NOT_INVITED = Badge(pgettext_lazy("invitation", "Not invited"), tone="warn", shape="warn")


class OrganizationDrawing(Drawing):
    """A drawing that knows whether its user invites curators."""

    def __init__(self, request):
        super().__init__(request)
        self.invites = request.scope.has_role(Role.ADMINISTRATOR)


def _invitation() -> dict:
    curators = Invitation.objects.filter(organization=OuterRef("pk"), role=Role.CURATOR)
    newest = curators.filter(withdrawn_at__isnull=True).order_by("-sent_at", "-pk")
    held = Membership.objects.filter(organization=OuterRef("pk"), role=Role.CURATOR).on_date()
    return {
        "has_curator_account": Exists(held),
        "invited_until": Subquery(newest.values("expires_at")[:1]),
        "invitation_opened": Subquery(newest.values("opened_at")[:1]),
    }


def _invited(row) -> Badge:
    if row.has_curator_account:
        return badge_of(InvitationStatus.ACTIVATED)
    if row.invited_until is None:
        return NOT_INVITED
    if row.invited_until <= timezone.now():
        return badge_of(InvitationStatus.EXPIRED)
    return badge_of(InvitationStatus.OPENED if row.invitation_opened else InvitationStatus.SENT)


def _number(code: str, heading, attribute: str, **options) -> Column:
    """A number of the newest headcount."""
    return Column(
        code,
        heading,
        lambda row, drawing: getattr(row.latest, attribute) if row.latest else None,
        kind="integer",
        **options,
    )


def _curator(row, text: str, drawing) -> str:
    if text:
        return escape(text)
    if drawing.invites and not row.has_curator_account:
        return f'<a href="{drawing.place("invitations-curators")}">{escape(_("Invite"))}</a>'
    return DASH


def _fresh(row, text: str, drawing) -> str:
    if not row.latest_is_old or row.status == OrganizationStatus.CLOSED:
        return escape(text) if text else DASH
    return badge(Badge(text or str(_("No numbers")), tone="warn", shape="warn"), drawing)


def _plain(code: str, heading, attribute: str, **options) -> Column:
    options = {"default": False, "css": "c-clip"} | options
    return Column(code, heading, lambda row, drawing: getattr(row, attribute), **options)


class OrganizationFilters(RegisterFilters):
    search_label = _("Name or INN")

    def facets(self):
        return (
            RelatedFacet("type", _("Kind"), "type", OrganizationType.objects.all),
            RelatedFacet("district", _("District"), "district", self.districts),
            ChoiceFacet(
                "status",
                _("Status"),
                "status",
                OrganizationStatus.choices,
                default=(OrganizationStatus.ACTIVE,),
                words=str.capitalize,
            ),
        )

    def conditions(self):
        return [
            Condition("no_curator", _("Without a curator"), lambda rows: rows.filter(curator_name="")),
            Condition(
                "no_headcount",
                _("Without numbers this school year"),
                without_fresh_headcount,
                short=_("Old numbers"),
            ),
            Condition(
                "not_invited",
                _("Curator not invited"),
                lambda rows: rows.filter(
                    ~Exists(
                        Membership.objects.filter(organization=OuterRef("pk"), role=Role.CURATOR).on_date()
                    ),
                    ~Exists(Invitation.objects.filter(organization=OuterRef("pk"), role=Role.CURATOR).open()),
                    status=OrganizationStatus.ACTIVE,
                ),
                pinned=False,
            ),
        ]

    def search(self, rows, text):
        """Parts of the short or the full name in any case with ё as е, or the beginning of the INN."""
        return queries.found_organizations(rows, text)


class OrganizationRegister(Register):
    """«Организации»; for a methodologist the section is called «Школы»."""

    code = "organizations"
    model = Organization
    object_type = "orgs.organization"
    title = _("Organizations")
    filters_class = OrganizationFilters
    drawing_class = OrganizationDrawing
    columns = (
        Column(
            "name",
            _("Organization"),
            lambda row, drawing: row.short_name,
            wrap=link("organization", lambda row: row.pk),
            sort=Collate("short_name", NATURAL),
            card="title",
            width=30,
        ),
        Column(
            "type",
            _("Kind"),
            lambda row, drawing: row.type.title,
            sort="type__title",
            css="c-clip--s",
            card="line",
        ),
        Column(
            "district",
            _("District"),
            lambda row, drawing: row.district.name if row.district_id else "",
            sort=Coalesce("district__name", Value("")),
            default=False,
            place=True,
        ),
        Column(
            "head",
            _("Head"),
            lambda row, drawing: initials(row.head_name),
            name=_("Head of the organization"),
        ),
        Column(
            "curator",
            _("Curator"),
            lambda row, drawing: initials(row.curator_name),
            wrap=_curator,
            extra=_invitation,
            card="fact",
        ),
        Column(
            "invitation",
            _("Invitation"),
            lambda row, drawing: str(_invited(row).label),
            wrap=lambda row, text, drawing: badge(_invited(row), drawing),
            extra=_invitation,
            place=True,
            name=_("Invitation of the curator"),
        ),
        _number("pupils", _("Pupils in all"), "pupils_total", card="fact"),
        _number("pupils_10_18", _("10–18 years"), "pupils_10_18", name=_("Pupils aged 10–18")),
        _number("pupils_15_18", _("15–18 years"), "pupils_15_18", name=_("Pupils aged 15–18")),
        _number("teachers", _("Teachers"), "teachers"),
        Column(
            "numbers_on",
            _("Numbers as of"),
            lambda row, drawing: row.latest.on_date if row.latest else None,
            kind="date",
            wrap=_fresh,
            card="fact",
        ),
        _number("young", _("Young specialists"), "young_specialists", default=False),
        _plain("inn", _("INN"), "inn", sort="inn", css=""),
        _plain("full_name", _("Full name of the organization"), "full_name", width=60),
        _plain("address", _("Address"), "address"),
        _plain("website", _("Website"), "website"),
        _plain("page", _("Page about mentoring"), "mentoring_page"),
        _plain("email", _("Curator's e-mail"), "curator_email"),
        _plain("order", _("Order of the curator's appointment"), "curator_order"),
    )
    system_views = (
        SystemView("active", _("All working ones"), ""),
        SystemView("no_curator", _("Without a curator"), "only=no_curator"),
        SystemView("no_headcount", _("Without numbers this school year"), "only=no_headcount"),
        SystemView("closed", _("Closed ones"), "status=closed"),
    )

    def source(self):
        return Organization.objects.visible_to(self.scope)

    @classmethod
    def related(cls, rows):
        return rows.select_related("type", "district")

    def doings(self, row):
        found = []
        if self.scope.holds_for(row, *COUNTERS):
            found.append(Doing(_("Enter numbers"), self.drawing.url("headcount-add", row.pk), "school"))
        if self.scope.holds_for(row, *KEEPERS):
            found.append(Doing(_("Change"), self.drawing.url("organization-edit", row.pk), "pencil"))
        return found

    def load(self, rows):
        prefetch_related_objects(rows, queries.newest_headcounts(self.scope))
        for organization in rows:
            organization.latest = organization.numbers[0] if organization.numbers else None
            organization.latest_is_old = queries.numbers_are_old(organization.latest)
