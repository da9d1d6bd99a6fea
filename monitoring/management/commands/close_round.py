"""``manage.py close_round``: freezes the figures of a municipality for a year."""

from __future__ import annotations

import json

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from monitoring.management.commands.indicators import iso_date
from monitoring.parameters import ParameterProblem
from monitoring.period import PeriodProblem
from monitoring.queries import municipality_named
from monitoring.services import RoundProblem, close_round


class Command(BaseCommand):
    help = "Closes a monitoring round: later edits do not change its figures."

    def add_arguments(self, parser):
        parser.add_argument("--municipality", required=True, metavar="NAME")
        parser.add_argument("--year", required=True, type=int, metavar="YYYY")
        parser.add_argument("--as-of", type=iso_date, metavar="YYYY-MM-DD")
        parser.add_argument("--reason", default="", help="why a closed round gets a new revision")
        parser.add_argument("--json", action="store_true")

    def handle(self, **options):
        municipality = municipality_named(options["municipality"])
        if municipality is None:
            raise CommandError(_("There is no municipality «%s»: check the name.") % options["municipality"])
        try:
            snapshot = close_round(
                None,
                municipality=municipality,
                year=options["year"],
                as_of=options["as_of"],
                reason=options["reason"],
            )
        except PeriodProblem as problem:
            raise CommandError(str(problem), returncode=2) from problem
        except (RoundProblem, ParameterProblem) as problem:
            raise CommandError(str(problem)) from problem
        closed = {
            "round": snapshot.round_id,
            "revision": snapshot.revision,
            "municipality": municipality.name,
            "year": snapshot.round.year,
            "as_of": snapshot.round.as_of.isoformat(),
            "figures": snapshot.figures.count(),
            "sha256": snapshot.sha256,
        }
        if options["json"]:
            self.stdout.write(json.dumps(closed, ensure_ascii=False))
        else:
            self.stdout.write(
                _(
                    "Round %(round)d is closed, revision %(revision)d: %(figures)d figures are frozen, "
                    "SHA-256 %(sha256)s."
                )
                % closed
            )
