"""``manage.py benchmark``: measures against floors of its own in the same run and prints ratios."""

from __future__ import annotations

import json
import pkgutil
from importlib import import_module

from django.core.management.base import BaseCommand
from django.db import connection
from django.utils.translation import gettext as _

from mentorship_portal import benchmarks
from mentorship_portal.benchmarks.seed import SIZES

# Names of the command line and the modules that answer them; a module that is not there is not offered.
MODULES = {
    "import": "imports",
    "indicators": "indicators",
    "export": "exports",
    "pages": "pages",
    "matching": "matching",
}


def offered() -> list[str]:
    """Benchmarks that this installation has."""
    present = {module.name for module in pkgutil.iter_modules(benchmarks.__path__)}
    return [name for name, module in MODULES.items() if module in present]


class Command(BaseCommand):
    help = "Measures jobs of the portal against floors on a scratch database; prints ratios."

    def add_arguments(self, parser):
        parser.add_argument("name", nargs="?", default="all", choices=[*offered(), "all"])
        parser.add_argument("--size", default="city", choices=sorted(SIZES))
        parser.add_argument("--json", action="store_true")

    def handle(self, **options):
        names = offered() if options["name"] == "all" else [options["name"]]
        figures = []
        for name in names:
            module = import_module(f"{benchmarks.__name__}.{MODULES[name]}")
            figures += module.run(options["size"])
        if options["json"]:
            report = {
                "size": options["size"],
                "database": connection.vendor,
                "figures": [figure.as_dict() for figure in figures],
            }
            self.stdout.write(json.dumps(report, ensure_ascii=False))
            return
        self.stdout.write(
            _("Size %(size)s, database %(database)s")
            % {"size": options["size"], "database": connection.vendor}
        )
        for figure in figures:
            better = _("less is better") if figure.better == "lower" else _("more is better")
            self.stdout.write(f"{figure.id:<4} {figure.name:<38} {figure.value:>10}  {better}")
