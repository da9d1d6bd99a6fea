"""How a person wants pages to look: size, colours, spacing, pictures, motion, keys.

Kept with the account and in a cookie, and written into the pages as ``data-…`` attributes of ``<html>``, so
that nothing flashes and no script is needed. Values that are not known count as not chosen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

COOKIE = "appearance"
COOKIE_AGE = 365 * 24 * 60 * 60
CHOICES = {
    "size": ("100", "125", "150", "200"),
    "scheme": ("plain", "bw", "wb", "blue"),
    "lines": ("normal", "wide", "wider"),
    "letters": ("normal", "wide", "wider"),
    "images": ("on", "off"),
    "motion": ("on", "off"),
    "keys": ("on", "off"),
}


@dataclass(frozen=True, slots=True)
class Appearance:
    """The choices of one person; the first value of each is the ordinary page."""

    size: str = "100"
    scheme: str = "plain"
    lines: str = "normal"
    letters: str = "normal"
    images: str = "on"
    motion: str = "on"
    keys: str = "on"

    @classmethod
    def of(cls, values: Mapping | None) -> Appearance:
        """From stored or sent values, whatever else they hold."""
        values = values if isinstance(values, Mapping) else {}
        return cls(**{name: values[name] for name, known in CHOICES.items() if values.get(name) in known})

    @property
    def chosen(self) -> dict[str, str]:
        """Only what differs from the ordinary page."""
        ordinary = {field.name: field.default for field in fields(self)}
        return {name: value for name, value in asdict(self).items() if value != ordinary[name]}

    @property
    def html_attributes(self) -> SafeString:
        """The attributes of ``<html>``; empty for the ordinary page."""
        return format_html_join("", ' data-{}="{}"', self.chosen.items())


def appearance_of(request: HttpRequest) -> Appearance:
    """The choice of the signed-in person, else that of this browser."""
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated and user.appearance is not None:
        return Appearance.of(user.appearance)
    return Appearance.of(QueryDict(request.COOKIES.get(COOKIE, "")).dict())


def keep_appearance(request: HttpRequest, response: HttpResponse, chosen: Appearance) -> None:
    """Keeps the choice with the account of a signed-in person, and in the browser for the pages before it."""
    user = request.user
    if user.is_authenticated:
        user.appearance = chosen.chosen
        user.save(update_fields=["appearance"])
    query = QueryDict(mutable=True)
    query.update(chosen.chosen)
    response.set_cookie(
        COOKIE,
        query.urlencode(),
        max_age=COOKIE_AGE,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
