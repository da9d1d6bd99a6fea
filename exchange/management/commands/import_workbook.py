"""``manage.py import_workbook``: one workbook into the database, for the operator and for scripts."""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import OperationalError
from django.utils.translation import gettext as _

from common.importing import Outcome, import_kinds, run_import
from common.sheets.limits import Limits
from common.sheets.problems import Level, Problem
from exchange.management import arguments, outcomes
from orgs.scope import Scope

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """Exit status: 0 done, 1 refused or found problems (printed), 2 wrong usage."""

    help = "Imports a workbook: all or nothing, or with --good-rows the good rows."
    requires_migrations_checks = True

    def add_arguments(self, parser):
        parser.add_argument("kind", metavar="KIND", choices=sorted(import_kinds))
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--organization", metavar="INN")
        parser.add_argument("--municipality", metavar="NAME")
        parser.add_argument("--sheet", metavar="NAME")
        parser.add_argument("--dry-run", action="store_true", help=_("Check only, write nothing."))
        parser.add_argument(
            "--good-rows", action="store_true", help=_("Write the good rows and hand the others back.")
        )
        parser.add_argument("--returned", metavar="FILE", type=Path, help=_("Where to put the refused rows."))
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *, kind, file, organization, municipality, dry_run, good_rows, as_json, **options):
        arguments.existing(file)
        arguments.require_organization(kind, organization)
        limits = Limits.for_command()
        outcome = _in_place(kind, file, organization, municipality) or _imported(
            kind,
            file,
            file_name=file.name,
            scope=Scope.everything(),
            organization=arguments.organization_with(organization) if organization else None,
            municipality=arguments.municipality_named(municipality) if municipality else None,
            sheet=options["sheet"],
            dry_run=dry_run,
            good_rows=good_rows,
            limits=limits,
        )
        returned = None
        if good_rows and outcome.committed and outcome.refused:
            target = options["returned"] or file.with_name(f"{file.stem}{outcomes.RETURNED_SUFFIX}.xlsx")
            returned = outcomes.hand_back(file, outcome, target, limits)
        self._tell(outcome, returned, as_json=as_json, dry_run=dry_run)
        if outcome.file_refused or outcome.refused:
            sys.exit(arguments.REFUSED)

    def _tell(self, outcome: Outcome, returned: Path | None, *, as_json: bool, dry_run: bool) -> None:
        if as_json:
            document = outcome.as_json()
            if returned:
                document["returned"] = str(returned)
            self.stdout.write(json.dumps(document, ensure_ascii=False, indent=1))
            return
        for line in outcomes.lines(outcome):
            self.stdout.write(line)
        self.stdout.write(outcomes.conclusion(outcome, dry_run=dry_run))
        if returned:
            self.stdout.write(_("The refused rows are in “%(file)s”.") % {"file": returned})


def _in_place(kind: str, file: Path, inn: str | None, municipality: str | None) -> Outcome | None:
    """The refusal of a place that does not exist; None when both are there or not asked for."""
    if inn and arguments.organization_with(inn) is None:
        fix = _("Check the ИНН, or load the list of organizations first.")
        problem = Problem(Level.ERROR, "organization_unknown", arguments.no_organization(inn), fix)
    elif municipality and arguments.municipality_named(municipality) is None:
        fix = _("Check the spelling, or load the list of organizations first.")
        problem = Problem(Level.ERROR, "municipality_unknown", arguments.no_municipality(municipality), fix)
    else:
        return None
    return _refused(kind, file, inn, problem)


def _imported(kind: str, file: Path, *, organization, **options) -> Outcome:
    """The outcome of the import, also when the database has had no time for it."""
    try:
        return run_import(kind, file, organization=organization, **options)
    except OperationalError:
        logger.exception("import of %s failed", file)
        problem = Problem(
            Level.ERROR,
            "database_busy",
            _("The database did not answer in time, perhaps because of another import; nothing was written."),
            _("Repeat the import in a few minutes."),
        )
        return _refused(kind, file, getattr(organization, "inn", None), problem)


def _refused(kind: str, file: Path, inn: str | None, problem: Problem) -> Outcome:
    outcome = Outcome(kind, file.name, organization=inn or "")
    outcome.note([problem])
    return outcome
