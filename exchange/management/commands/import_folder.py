"""``manage.py import_folder``: a folder of mailed workbooks into the database."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from common.importing.folder import FolderFile, FolderOutcome, import_folder
from common.sheets.limits import Limits
from exchange.management import arguments, outcomes
from orgs.scope import Scope


class Command(BaseCommand):
    """Exit status: 0 done, 1 a file or rows were refused (printed), 2 wrong usage."""

    help = "Imports a folder of workbooks, whatever their names: kinds by headings, schools by ИНН."
    requires_migrations_checks = True

    def add_arguments(self, parser):
        parser.add_argument("folder", metavar="DIR", type=Path)
        parser.add_argument("--dry-run", action="store_true", help=_("Check only, write nothing."))
        parser.add_argument(
            "--good-rows", action="store_true", help=_("Write the good rows and hand the others back.")
        )
        parser.add_argument("--returned", metavar="DIR", type=Path, help=_("Where to put the refused rows."))
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *, folder, dry_run, good_rows, returned, as_json, **options):
        arguments.existing(folder, folder=True)
        limits = Limits.for_command()
        result = import_folder(
            folder,
            scope=Scope.everything(),
            organization_of=arguments.organization_with,
            dry_run=dry_run,
            good_rows=good_rows,
            limits=limits,
        )
        target = returned or folder.resolve().with_name(f"{folder.resolve().name}{outcomes.RETURNED_SUFFIX}")
        names = Counter(file.name for file in result.files)
        handed_back = {
            number: outcomes.hand_back(
                file.path, file.outcome, _place(target, file, shared=names[file.name] > 1), limits
            )
            for number, file in enumerate(result.files)
            if file.outcome.committed and file.outcome.refused
        }
        if as_json:
            self._print_json(result, handed_back)
        else:
            self._print(result, handed_back)
        if result.refused:
            sys.exit(arguments.REFUSED)

    def _print_json(self, result: FolderOutcome, handed_back: dict[int, Path]) -> None:
        document = result.as_json()
        for number, path in handed_back.items():
            document["files"][number]["returned"] = str(path)
        self.stdout.write(json.dumps(document, ensure_ascii=False, indent=1))

    def _print(self, result: FolderOutcome, handed_back: dict[int, Path]) -> None:
        for number, file in enumerate(result.files):
            for line in outcomes.lines(file.outcome):
                self.stdout.write(line)
            if not file.skipped:
                self.stdout.write("  " + outcomes.conclusion(file.outcome, dry_run=result.dry_run))
            if number in handed_back:
                where = _("The refused rows are in “%(file)s”.") % {"file": handed_back[number]}
                self.stdout.write("  " + where)
        if not result.files:
            self.stdout.write(_("The folder is empty."))
        figures = {
            "files": len(result.files),
            "committed": result.committed,
            "refused": result.refused,
            "skipped": sum(file.skipped for file in result.files),
        }
        text = _(
            "Files: %(files)d. Written: %(committed)d, with problems: %(refused)d, skipped: %(skipped)d."
        )
        self.stdout.write(text % figures)


def _place(folder: Path, file: FolderFile, *, shared: bool) -> Path:
    """Where the refused rows go; two workbooks of one file must not overwrite each other's."""
    name = Path(file.name)
    return folder / name.with_name(f"{name.stem}-{file.outcome.kind}.xlsx" if shared else f"{name.stem}.xlsx")
