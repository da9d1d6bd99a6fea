"""What is printed when the portal is ready: where it is, and who may sign in."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

DEMO_PASSWORD = "priozersk-demo"
DEMO_SIGN_INS = {
    "curator@example.org": gettext_lazy("curator of a school"),
    "head@example.org": gettext_lazy("head of the school"),
    "methodologist@example.org": gettext_lazy("methodologist of the municipality"),
    "district@example.org": gettext_lazy("methodologist of a district"),
    "analyst@example.org": gettext_lazy("specialist of the department"),
    "administrator@example.org": gettext_lazy("administrator"),
    "mentor@example.org": gettext_lazy("mentor"),
}


def lines(address: str) -> list[str]:
    """The announcement, line by line."""
    found = [_("The portal is ready: %s") % address]
    if settings.DEMO:
        known = get_user_model().objects.filter(email__in=DEMO_SIGN_INS).values_list("email", flat=True)
        present = set(known)
        if present:
            found.append(_("Demo sign-ins, password %s:") % DEMO_PASSWORD)
            width = max(map(len, present))
            found += [
                f"  {email:<{width}}  {role}" for email, role in DEMO_SIGN_INS.items() if email in present
            ]
    found.append(_("Ctrl-C stops everything. Logs: %s") % (settings.DATA_DIR / "log"))
    return found
