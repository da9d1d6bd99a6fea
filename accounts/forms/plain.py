"""Forms of the pages before the sign-in, which are drawn field by field."""

from __future__ import annotations

from common.forms import PortalForm


class PlainForm(PortalForm):
    """A form whose controls bring their own class, because crispy does not draw them."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.setdefault("class", "form-control")
