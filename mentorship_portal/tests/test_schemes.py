"""Colours of the look: text on every background that it stands on has the contrast that is promised."""

import re

import pytest
from django.conf import settings

STYLES = settings.BASE_DIR / "frontend" / "styles"
TOKEN = re.compile(r"(--n-[\w-]+):(#[0-9A-Fa-f]{6})")
TEXTS = (
    *[
        (text, ground)
        for text in ("ink", "muted", "action")
        for ground in ("paper", "page", "head", "tint-2")
    ],
    *[("ink", ground) for ground in ("selected", "tint")],
    *[(tone, f"{tone}-bg") for tone in ("ok", "warn", "bad", "info", "neutral")],
    *[(tone, "paper") for tone in ("ok", "warn", "bad", "info")],
    ("on-action", "action"),
    ("on-action", "action-hover"),
    *[(f"h{step}-t", f"h{step}") for step in range(1, 6)],
)
GRAPHICS = (("bar", "track"), ("bar", "paper"), ("mark", "track"), ("control", "paper"))


def tokens(scheme: str) -> dict[str, str]:
    """Values of the tokens in a scheme, by name without the prefix."""
    found = dict(TOKEN.findall((STYLES / "_tokens.scss").read_text(encoding="utf-8")))
    if scheme != "plain":
        source = (STYLES / "_schemes.scss").read_text(encoding="utf-8")
        block = re.search(rf"html\[data-scheme={scheme}\] {{(.*?)}}", source, re.S)
        found |= dict(TOKEN.findall(block[1]))
    return {name.removeprefix("--n-"): value for name, value in found.items()}


def contrast(one: str, other: str) -> float:
    """WCAG contrast of two colours."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("scheme", "least"), [("plain", 4.5), ("bw", 7), ("wb", 7), ("blue", 7)])
def test_text_of_a_scheme_can_be_read(scheme, least):
    known = tokens(scheme)
    poor = {
        f"{text} on {ground}": round(contrast(known[text], known[ground]), 2)
        for text, ground in TEXTS
        if contrast(known[text], known[ground]) < least
    }
    assert poor == {}


@pytest.mark.parametrize("scheme", ["plain", "bw", "wb", "blue"])
def test_bars_and_borders_of_a_scheme_are_seen(scheme):
    known = tokens(scheme)
    poor = {
        f"{one} on {other}": round(contrast(known[one], known[other]), 2)
        for one, other in GRAPHICS
        if contrast(known[one], known[other]) < 3
    }
    assert poor == {}
