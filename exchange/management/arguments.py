"""What the commands of workbooks have in common: places given by name, files, exit statuses."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from common.importing import import_kinds
from orgs.models import Municipality, Organization
from orgs.scope import Scope

REFUSED, WRONG_USAGE = 1, 2


def existing(path: Path, *, folder: bool = False) -> Path:
    """The path when there is such a file (or folder); ends the command with status 2 otherwise."""
    if path.is_dir() if folder else path.is_file():
        return path
    message = _("There is no folder “%(path)s”.") if folder else _("There is no file “%(path)s”.")
    raise CommandError(message % {"path": path}, returncode=WRONG_USAGE)


def require_organization(kind: str, inn: str | None) -> None:
    """Ends the command with status 2 when the kind belongs to one school and none is given."""
    if import_kinds.get(kind).needs_organization and not inn:
        raise CommandError(
            _("The workbook “%(kind)s” belongs to one school: give its ИНН, --organization INN.")
            % {"kind": kind},
            returncode=WRONG_USAGE,
        )


def organization_with(inn: str) -> Organization | None:
    """The organization of that ИНН, for the operator."""
    everywhere = Organization.objects.visible_to(Scope.everything())
    return everywhere.select_related("municipality").filter(inn=inn.strip()).first()


def municipality_named(name: str) -> Municipality | None:
    """The municipality of that name, for the operator."""
    return Municipality.objects.visible_to(Scope.everything()).filter(name=name.strip()).first()


def no_organization(inn: str) -> str:
    """The sentence about an ИНН that nobody has."""
    return _("There is no organization with the ИНН %(inn)s.") % {"inn": inn}


def no_municipality(name: str) -> str:
    """The sentence about a municipality that is not there."""
    return _("There is no municipality “%(name)s”.") % {"name": name}
