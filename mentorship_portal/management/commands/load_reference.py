"""``manage.py load_reference``: dictionaries, questionnaires, checklists, indicators, roadmap template."""

import json

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from common.reference import ReferenceDataError
from mentorship_portal.reference import load_reference


class Command(BaseCommand):
    """Loads reference data; a second run changes nothing."""

    help = "Loads dictionaries and templates; values edited by hand stay, unless --reset is given."

    def add_arguments(self, parser):
        parser.add_argument("--reset", action="store_true", help="put the shipped values over edited ones")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args, **options):
        try:
            counts = load_reference(reset=options["reset"])
        except ReferenceDataError as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps({table: vars(tally) for table, tally in counts.items()}))
            return
        for table, tally in counts.items():
            line = _("%(table)s: added %(added)d, updated %(updated)d, unchanged %(unchanged)d") % {
                "table": apps.get_model(table)._meta.verbose_name_plural,
                **vars(tally),
            }
            if tally.kept:
                line += _(", edited by hand and kept %(kept)d") % {"kept": tally.kept}
            self.stdout.write(line)
