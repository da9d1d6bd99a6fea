"""``manage.py export_workbook``: an exchange workbook out of the database."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from common.importing import ImportContext, import_kinds
from common.workbooks import WorkbookWriter
from exchange.management import arguments
from orgs.scope import Scope


class Command(BaseCommand):
    """Exit status: 0 the file is there, 1 it could not be made (reason printed), 2 wrong usage."""

    help = "Writes an exchange workbook; what it writes can be imported again without a change."
    requires_migrations_checks = True

    def add_arguments(self, parser):
        parser.add_argument("kind", metavar="KIND", choices=sorted(import_kinds))
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--organization", metavar="INN")
        parser.add_argument("--municipality", metavar="NAME")

    def handle(self, *, kind, file, organization, municipality, **options):
        if file.suffix.lower() != ".xlsx":
            raise CommandError(
                _("The name of the file must end in .xlsx: “%(file)s”.") % {"file": file},
                returncode=arguments.WRONG_USAGE,
            )
        arguments.existing(file.absolute().parent, folder=True)
        arguments.require_organization(kind, organization)
        context = ImportContext(
            Scope.everything(),
            organization=_organization(organization),
            municipality=_municipality(municipality),
        )
        resource = import_kinds.get(kind)(context)
        try:
            with WorkbookWriter(file, title=resource.sheet_title, constant_memory=True) as workbook:
                sheet = workbook.sheet(resource.sheet_title, resource.columns(), resource.export_rows())
        except OSError as error:
            raise CommandError(
                _("Cannot write “%(file)s”: %(reason)s") % {"file": file, "reason": error.strerror or error},
                returncode=arguments.REFUSED,
            ) from error
        self.stdout.write(_("Done: %(file)s, rows: %(count)d.") % {"file": file, "count": sheet.row_count})


def _organization(inn: str | None):
    if not inn:
        return None
    found = arguments.organization_with(inn)
    if found is None:
        raise CommandError(arguments.no_organization(inn), returncode=arguments.REFUSED)
    return found


def _municipality(name: str | None):
    if not name:
        return None
    found = arguments.municipality_named(name)
    if found is None:
        raise CommandError(arguments.no_municipality(name), returncode=arguments.REFUSED)
    return found
