"""Which organization a transferred person goes to, told by what the curator types.

The curator of one school reads nothing of the others, so they are not offered in a list: the name must be
given as it is, or the INN.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from common.text import search_key
from orgs.enums import OrganizationStatus
from orgs.models import Organization


def find_organization(text: str, leaving: Organization) -> Organization:
    """The working organization of the same municipality of that name or INN; else ``ValidationError``."""
    wanted = search_key(text)
    digits = "".join(text.split())
    rows = Organization.objects.filter(
        municipality_id=leaving.municipality_id, status=OrganizationStatus.ACTIVE
    ).exclude(pk=leaving.pk)
    if digits.isdecimal() and len(digits) == 10:
        found = list(rows.filter(inn=digits))
    else:
        found = [
            row
            for row in rows
            if wanted and wanted in (search_key(row.short_name), search_key(row.full_name))
        ]
    if len(found) == 1:
        return found[0]
    if found:
        raise ValidationError(
            _("Several organizations are called “%(name)s”. Type the INN of the right one.") % {"name": text}
        )
    raise ValidationError(
        _(
            "There is no organization “%(name)s” in your municipality. "
            "Type the name as on its seal, for example “СОШ № 5”, or the INN."
        )
        % {"name": text}
    )
