"""``manage.py build_report``: one report into a file, for the operator and for scripts."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from common.registry import UnknownKey
from common.reporting import ReportContext, ReportKind, report_kinds
from exchange.jobs import Refused
from orgs.models import Municipality, Organization
from orgs.scope import Scope

REFUSED, WRONG_USAGE = 1, 2


class Command(BaseCommand):
    """Exit status: 0 the file is there, 1 it could not be made (reason printed), 2 wrong usage."""

    help = "Builds a report on a municipality or an organization; the ending of FILE chooses the format."

    def add_arguments(self, parser):
        parser.add_argument("kind", metavar="KIND")
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--municipality", metavar="NAME")
        parser.add_argument("--organization", metavar="INN")
        parser.add_argument("--year", metavar="YYYY", type=int, required=True)
        parser.add_argument("--as-of", metavar="YYYY-MM-DD", type=_day)
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *, kind, file, municipality, organization, year, as_of, as_json, verbosity, **options):
        try:
            report = report_kinds.get(kind)
        except UnknownKey:
            raise CommandError(
                _("There is no report “%(kind)s”. Known: %(known)s.")
                % {"kind": kind, "known": ", ".join(sorted(report_kinds))},
                returncode=WRONG_USAGE,
            ) from None
        format = _format(report, file)
        if not date.min.year <= year <= date.max.year:
            raise CommandError(_("Give the year in four digits."), returncode=WRONG_USAGE)
        organization = _organization(organization) if organization else None
        municipality = _municipality(municipality, organization)
        show = self.stderr.write if verbosity and not as_json else _say_nothing
        context = ReportContext(
            scope=Scope.everything(),
            municipality=municipality,
            organization=organization,
            year=year,
            as_of=as_of or date(year, 12, 31),
            format=format,
            progress=lambda done, total, text: show(f"{done}/{total} {text}"),
        )
        try:
            built = report.build(context)
        except Refused as refusal:
            raise CommandError(str(refusal), returncode=REFUSED) from refusal
        _write(file, built.content)
        self._tell(as_json, kind, file, built.content, municipality, organization)

    def _tell(self, as_json: bool, kind, file, content, municipality, organization) -> None:
        if not as_json:
            self.stdout.write(_("Done: %(file)s, %(size)d bytes.") % {"file": file, "size": len(content)})
            return
        document = {
            "kind": kind,
            "file": str(file),
            "size": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
            "municipality": municipality.name,
            "organization": organization.inn if organization else None,
        }
        self.stdout.write(json.dumps(document, ensure_ascii=False))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(_("“%(text)s” is not a date like 2026-12-31") % {"text": text}) from None


def _format(report: ReportKind, file: Path) -> str:
    ending = file.suffix.lower().removeprefix(".")
    if ending not in report.formats:
        raise CommandError(
            _("The report “%(title)s” is not made as “%(file)s”. Possible endings: %(endings)s.")
            % {
                "title": report.title,
                "file": file.name,
                "endings": ", ".join(f".{format}" for format in report.formats),
            },
            returncode=WRONG_USAGE,
        )
    return ending


def _organization(inn: str) -> Organization:
    try:
        return Organization.objects.visible_to(Scope.everything()).select_related("municipality").get(inn=inn)
    except Organization.DoesNotExist:
        raise CommandError(
            _("There is no organization with INN %(inn)s. Check the number.") % {"inn": inn},
            returncode=REFUSED,
        ) from None


def _municipality(name: str | None, organization: Organization | None) -> Municipality:
    if not name:
        if organization:
            return organization.municipality
        raise CommandError(_("Give --municipality or --organization."), returncode=WRONG_USAGE)
    municipality = Municipality.objects.visible_to(Scope.everything()).filter(name=name).first()
    if not municipality:
        raise CommandError(_("There is no municipality “%(name)s”.") % {"name": name}, returncode=REFUSED)
    if organization and organization.municipality_id != municipality.pk:
        raise CommandError(
            _("The organization with INN %(inn)s belongs to another municipality: %(name)s.")
            % {"inn": organization.inn, "name": organization.municipality.name},
            returncode=REFUSED,
        )
    return municipality


def _write(file: Path, content: bytes) -> None:
    """The file appears whole under its name or not at all."""
    umask = os.umask(0)
    os.umask(umask)
    part = None
    try:
        with tempfile.NamedTemporaryFile(dir=file.parent, prefix=".report-", delete=False) as part:
            part.write(content)
        os.chmod(part.name, 0o666 & ~umask)
        os.replace(part.name, file)
    except OSError as error:
        raise CommandError(
            _("Cannot write “%(file)s”: %(reason)s") % {"file": file, "reason": error.strerror or error},
            returncode=REFUSED,
        ) from error
    finally:
        if part:
            Path(part.name).unlink(missing_ok=True)


def _say_nothing(text: str) -> None:
    """The progress of a silent run."""
