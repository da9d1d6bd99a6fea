"""Writes of the orgs app that leave a trace; the caller has already asked whether the actor may."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from common.dates import today
from common.recorded import delete_as, insert_all, save_as
from orgs.enums import OrganizationStatus, Role
from orgs.models import (
    District,
    Document,
    DocumentType,
    Headcount,
    Membership,
    Municipality,
    Organization,
    OrganizationType,
    Region,
)


@transaction.atomic
def register_municipality(
    *, actor, name: str, region: str = "", districts: Iterable[str] = (), **details
) -> Municipality:
    """A municipality with its region and districts; the region is made when new."""
    found = Region.objects.get_or_create(name=region)[0] if region else None
    municipality = save_as(actor, Municipality(name=name, region=found, **details))
    for district in districts:
        save_as(actor, District(municipality=municipality, name=district))
    return municipality


def register_organization(
    *,
    actor,
    inn: str,
    short_name: str,
    type: OrganizationType,
    municipality: Municipality,
    district: District | None = None,
    **details,
) -> Organization:
    """A new organization; its district must lie in its municipality."""
    if district is not None and district.municipality_id != municipality.pk:
        raise ValidationError(
            {
                "district": _(
                    "The district “%(district)s” is not in “%(municipality)s”. Choose another district."
                )
                % {"district": district.name, "municipality": municipality.name}
            }
        )
    return save_as(
        actor,
        Organization(
            inn=inn, short_name=short_name, type=type, municipality=municipality, district=district, **details
        ),
    )


def change_organization(*, actor, organization: Organization, **changes) -> Organization:
    """Changes the named fields of an organization; without a change nothing is written."""
    return _change(actor, organization, changes)


def close_organization(*, actor, organization: Organization, on: datetime.date) -> Organization:
    """Marks the organization closed and ends the roles held there on the same day."""
    with transaction.atomic():
        organization.status = OrganizationStatus.CLOSED
        organization.closed_on = on
        save_as(actor, organization)
        for membership in Membership.objects.filter(organization=organization, ended_on__isnull=True):
            dismiss(actor=actor, membership=membership, on=on)
    return organization


def appoint(
    *,
    actor,
    user,
    role: Role,
    organization: Organization | None = None,
    district: District | None = None,
    municipality: Municipality | None = None,
    started_on: datetime.date | None = None,
    order: str = "",
) -> Membership:
    """A dated role of a user in one place; a curator's needs the order of appointment (Р-145)."""
    if role == Role.CURATOR and not order.strip():
        raise ValidationError(
            {"appointment_order": _("A curator is appointed by an order: give its number and date.")}
        )
    membership = Membership(
        user=user,
        role=role,
        organization=organization,
        district=district,
        municipality=municipality,
        started_on=started_on or today(),
        appointment_order=order,
    )
    with transaction.atomic():
        save_as(actor, membership)
        if role == Role.CURATOR and organization is not None:
            organization.curator_name = user.full_name
            organization.curator_email = user.email
            organization.curator_order = order
            save_as(actor, organization)
    return membership


def dismiss(*, actor, membership: Membership, on: datetime.date | None = None) -> Membership:
    """Ends a role; its last day is ``on`` (today when none is given). The role stays in the past."""
    if membership.ended_on is not None:
        raise ValidationError(
            _("This role already ended on %(date)s.") % {"date": f"{membership.ended_on:%d.%m.%Y}"}
        )
    membership.ended_on = on or today()
    return save_as(actor, membership)


def record_headcount(*, actor, organization: Organization, on_date: datetime.date, **numbers) -> Headcount:
    """The organization's numbers on a date; numbers of the same date are replaced."""
    headcount = Headcount.objects.filter(organization=organization, on_date=on_date).first()
    headcount = headcount or Headcount(organization=organization, on_date=on_date)
    for name, value in numbers.items():
        setattr(headcount, name, value)
    return save_as(actor, headcount)


def add_headcount(*, actor, organization: Organization, on_date: datetime.date, **numbers) -> Headcount:
    """New numbers on a date; numbers that stand there already are refused, not replaced."""
    return save_as(actor, Headcount(organization=organization, on_date=on_date, **numbers))


def change_headcount(*, actor, headcount: Headcount, **changes) -> Headcount:
    """Changes the named numbers; without a change nothing is written."""
    return _change(actor, headcount, changes)


def record_headcounts(*, actor, headcounts: Iterable[Headcount], reason: str = "") -> list[Headcount]:
    """Many new headcounts at once."""
    return insert_all(actor, headcounts, reason=reason)


def add_document(
    *,
    actor,
    organization: Organization,
    type: DocumentType,
    number: str = "",
    issued_on: datetime.date | None = None,
    **details,
) -> Document:
    """A document of the organization; it needs requisites, a link or a file."""
    document = Document(organization=organization, type=type, number=number, issued_on=issued_on, **details)
    if not (document.number or document.issued_on or document.url or document.file):
        raise ValidationError(_("Give the number and date of the document, a link to it or a file."))
    return save_as(actor, document)


def add_documents(*, actor, documents: Iterable[Document], reason: str = "") -> list[Document]:
    """Many new documents at once."""
    return insert_all(actor, documents, reason=reason)


def change_document(*, actor, document: Document, **changes) -> Document:
    """Changes the named fields of a document; a new file takes the place of the old one."""
    return _change(actor, document, changes)


def remove_document(*, actor, document: Document, reason: str) -> None:
    """Removes a document; its history and the reason stay, its file goes."""
    stored = document.file.name
    delete_as(actor, document, reason=reason)
    if stored:
        transaction.on_commit(lambda: document.file.storage.delete(stored))


def _change(actor, row, changes: dict):
    if not changes:
        return row
    for name, value in changes.items():
        setattr(row, name, value)
    return save_as(actor, row)
