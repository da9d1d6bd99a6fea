"""``manage.py indicators``: figures of a municipality from live data, or out of a closed round."""

from __future__ import annotations

import datetime
import json
from argparse import ArgumentTypeError

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from monitoring import document, printing
from monitoring.parameters import ParameterProblem
from monitoring.period import PeriodProblem, ReportingPeriod
from monitoring.queries import municipality_named, overview
from monitoring.services import latest_snapshot
from orgs.scope import Scope


def iso_date(text: str) -> datetime.date:
    """A date «ГГГГ-ММ-ДД» of the command line; anything else is wrong usage."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(_("«%s» is no date: write it like 2021-12-31.") % text) from None


class Command(BaseCommand):
    help = "Computes the indicators of a municipality for a year, or reads a snapshot back."

    def add_arguments(self, parser):
        parser.add_argument("--municipality", metavar="NAME")
        parser.add_argument("--year", type=int, metavar="YYYY")
        parser.add_argument("--as-of", type=iso_date, metavar="YYYY-MM-DD")
        parser.add_argument("--by", choices=["organization"])
        parser.add_argument("--snapshot", type=int, metavar="ROUND")
        parser.add_argument("--json", action="store_true")

    def handle(self, **options):
        if options["snapshot"] is not None:
            found = self.frozen(options)
        else:
            found = self.live(options)
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1))
        else:
            for line in printing.lines(found):
                self.stdout.write(line)

    def live(self, options) -> dict:
        name, year = options["municipality"], options["year"]
        if not name or year is None:
            raise CommandError(_("Give --municipality and --year, or --snapshot."), returncode=2)
        try:
            period = ReportingPeriod.of(year, options["as_of"])
        except PeriodProblem as problem:
            raise CommandError(str(problem), returncode=2) from problem
        municipality = municipality_named(name)
        if municipality is None:
            raise CommandError(_("There is no municipality «%s»: check the name.") % name)
        try:
            found = overview(municipality, period, scope=Scope.everything())
        except ParameterProblem as problem:
            raise CommandError(str(problem)) from problem
        if not found.definitions:
            raise CommandError(_("No indicator is loaded: run manage.py load_reference first."))
        return document.build(
            municipality,
            found.definitions,
            found.figures,
            by_organization=options["by"] == "organization",
        )

    def frozen(self, options) -> dict:
        if options["municipality"] or options["year"] is not None or options["as_of"]:
            raise CommandError(
                _("--snapshot goes without --municipality, --year and --as-of: the round holds them."),
                returncode=2,
            )
        snapshot = latest_snapshot(options["snapshot"])
        if snapshot is None:
            raise CommandError(_("Round %d is not closed or does not exist.") % options["snapshot"])
        found = {
            **snapshot.document,
            "round": snapshot.round_id,
            "revision": snapshot.revision,
            "reason": snapshot.reason,
            "sha256": snapshot.sha256,
        }
        if options["by"] is None:
            found["indicators"] = [
                {key: value for key, value in entry.items() if key != "organizations"}
                for entry in found["indicators"]
            ]
        return found
