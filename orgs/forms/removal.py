"""Why something is removed: the reason stays in the history."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import PortalForm


class RemovalForm(PortalForm):
    """One line: why."""

    reason = forms.CharField(
        label=_("Why it is removed"),
        max_length=200,
        help_text=_("The reason stays in the history beside what was removed"),
        error_messages={"required": _("Say in a few words why it is removed.")},
    )

    def __init__(self, *args, scope, **kwargs):
        super().__init__(*args, **kwargs)
