"""Widths at which pages change hold for every size of text."""

import re

import pytest
from django.conf import settings

STYLES = settings.BASE_DIR / "frontend" / "styles"
OWN_QUERY = re.compile(r"@media[^{]*\b(?:min|max)-width")


@pytest.mark.parametrize(
    "style",
    [path for path in sorted(STYLES.glob("*.scss")) if path.name != "_breakpoints.scss"],
    ids=lambda path: path.stem,
)
def test_widths_are_asked_through_the_breakpoints(style):
    """A media query does not know that «Версия для слабовидящих» has made the page half as wide."""
    assert OWN_QUERY.findall(style.read_text(encoding="utf-8")) == []
