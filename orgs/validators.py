"""Rules about organizations shared by model, form and importer."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_TEN = ((2, 4, 10, 3, 5, 9, 4, 6, 8),)
_TWELVE = ((7, 2, 4, 10, 3, 5, 9, 4, 6, 8), (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8))


def inn_is_valid(inn: str) -> bool:
    """Whether the INN has 10 or 12 digits and right check digits."""
    if not inn.isascii() or not inn.isdigit() or len(inn) not in (10, 12):
        return False
    digits = [int(digit) for digit in inn]
    for weights in _TEN if len(inn) == 10 else _TWELVE:
        expected = sum(weight * digit for weight, digit in zip(weights, digits, strict=False)) % 11 % 10
        if digits[len(weights)] != expected:
            return False
    return True


def validate_inn(value: str) -> None:
    """Raises ``ValidationError`` for an INN with a wrong length or check digit."""
    if not inn_is_valid(value):
        raise ValidationError(
            _("The INN “%(value)s” is wrong: check its digits against the charter."), params={"value": value}
        )
