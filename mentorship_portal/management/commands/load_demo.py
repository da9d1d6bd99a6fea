"""``manage.py load_demo``: the fictional municipality «Приозёрск» with users of every role."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from mentorship_portal.demo.load import SEED, DemoRefused, load_demo
from mentorship_portal.demo.users import PASSWORD, SIGN_INS
from mentorship_portal.demo.world import MUNICIPALITY
from mentorship_portal.reference import load_reference


class Command(BaseCommand):
    """Loads the demo once; a second run changes nothing and says so."""

    help = "Loads the fictional municipality; refuses on a database with real data unless --force."

    def add_arguments(self, parser):
        parser.add_argument("--seed", type=int, default=SEED, help="the same seed gives the same data")
        parser.add_argument("--force", action="store_true", help="load beside real data")

    def handle(self, *args, **options):
        load_reference()
        say = self._say if options["verbosity"] > 1 else None
        try:
            loaded = load_demo(seed=options["seed"], force=options["force"], progress=say)
        except DemoRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        if not loaded.is_new:
            self.stdout.write(
                _("“%(municipality)s” is already loaded; nothing was changed.")
                % {"municipality": MUNICIPALITY}
            )
        self.stdout.write(
            _(
                "%(municipality)s: organizations %(organizations)d, mentors %(mentors)d, "
                "mentees %(mentees)d, pairs %(pairs)d."
            )
            % {"municipality": MUNICIPALITY, **vars(loaded)}
        )
        self.stdout.write(
            _("Sign-ins: %(sign_ins)s; password %(password)s")
            % {"sign_ins": ", ".join(SIGN_INS), "password": PASSWORD}
        )

    def _say(self, text: str) -> None:
        self.stdout.write(text)
