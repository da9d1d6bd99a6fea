"""Rules about organizations shared by model, form and importer."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from common.inn import inn_is_valid


def validate_inn(value: str) -> None:
    """Raises ``ValidationError`` for an INN with a wrong length or check digit."""
    if not inn_is_valid(value):
        raise ValidationError(
            _("The INN “%(value)s” is wrong: check its digits against the charter."), params={"value": value}
        )
