"""The grid of a form: rows of six parts, as wide as what is typed into them."""

from __future__ import annotations

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Field, Layout
from django.utils.html import format_html


class Row(Div):
    """Fields side by side: ``Row(("name", 4), ("birth_year", 2))``; the widths of a row add up to six."""

    def __init__(self, *fields: tuple[str, int]):
        super().__init__(*(Field(name, wrapper_class=f"n-c{width}") for name, width in fields))
        self.css_class = "n-formgrid"


class Heading(HTML):
    """A heading between groups of fields."""

    def __init__(self, text):
        self.text = text
        super().__init__("")

    def render(self, form, context, template_pack="bootstrap5", **kwargs):
        return format_html('<h2 class="n-formhead">{}</h2>', self.text)


class FormLayout(FormHelper):
    """Fields only: the form tag, the token and the buttons stand in the template of the page.

    Parts are names of fields, :class:`Row`, :class:`Heading` or any crispy layout object.
    """

    form_tag = False
    disable_csrf = True

    def __init__(self, *parts):
        super().__init__()
        self.layout = Layout(*parts)
        self.render_hidden_fields = True
        self.render_required_fields = True
