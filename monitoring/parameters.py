"""Choices of an indicator that a municipality may set: their defaults, limits and merging."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _


class ParameterProblem(ValueError):
    """A stored parameter cannot be used; the text names the indicator, the parameter and the value."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One choice; ``clean`` turns the stored JSON into the value used, or raises ``ValueError``."""

    default: object

    def clean(self, value):
        return value


@dataclass(frozen=True, slots=True)
class WholeNumber(Parameter):
    """A whole number within limits; ``optional`` allows an empty value."""

    lowest: int = 0
    highest: int = 150
    optional: bool = False

    def clean(self, value):
        if value is None and self.optional:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not self.lowest <= value <= self.highest:
            raise ValueError(_("a whole number from %d to %d") % (self.lowest, self.highest))
        return value


@dataclass(frozen=True, slots=True)
class Number(Parameter):
    """A number within limits, kept exact."""

    lowest: int = 0
    highest: int = 100

    def clean(self, value):
        try:
            number = Decimal(str(value))
        except InvalidOperation:
            number = None
        if isinstance(value, bool) or number is None or not self.lowest <= number <= self.highest:
            raise ValueError(_("a number from %d to %d") % (self.lowest, self.highest))
        return number


@dataclass(frozen=True, slots=True)
class Choice(Parameter):
    """One of several codes."""

    choices: tuple[str, ...] = ()

    def clean(self, value):
        if value not in self.choices:
            raise ValueError(_("one of: %s") % ", ".join(choice or "«»" for choice in self.choices))
        return value


@dataclass(frozen=True, slots=True)
class Codes(Parameter):
    """A list of codes; ``choices`` limits them when given."""

    choices: tuple[str, ...] = ()

    def clean(self, value):
        known = isinstance(value, list | tuple) and all(isinstance(code, str) for code in value)
        if not known or (self.choices and not set(value) <= set(self.choices)):
            allowed = ", ".join(self.choices)
            raise ValueError(_("a list of codes out of: %s") % allowed if allowed else _("a list of codes"))
        return tuple(value)


def merge(code: str, declared: Mapping[str, Parameter], *layers: Mapping[str, object]) -> dict[str, object]:
    """Parameters of an indicator: defaults, then each layer of stored choices over them.

    Raises :class:`ParameterProblem` for an unknown name or an impossible value.
    """
    chosen = {name: parameter.default for name, parameter in declared.items()}
    for layer in layers:
        for name, value in (layer or {}).items():
            if name not in declared:
                raise ParameterProblem(
                    _("Indicator «%(code)s»: there is no parameter «%(name)s».")
                    % {"code": code, "name": name}
                )
            chosen[name] = value
    cleaned = {}
    for name, value in chosen.items():
        try:
            cleaned[name] = declared[name].clean(value)
        except ValueError as problem:
            raise ParameterProblem(
                _("Indicator «%(code)s»: parameter «%(name)s» is «%(value)s», needed: %(needed)s.")
                % {"code": code, "name": name, "value": value, "needed": problem}
            ) from problem
    return cleaned
