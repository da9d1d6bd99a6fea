"""Fixtures of the monitoring app."""

import pytest

from monitoring.tests.worlds import load_indicators


@pytest.fixture
def indicators(db):
    """The shipped definitions of indicators."""
    load_indicators()
