"""Fixtures of the mentors app: the official forms, and a mailbox of a school."""

import json
from pathlib import Path

import pytest

from mentors.models import MentoringForm
from mentors.tests.books import Mailbox
from orgs.tests.factories import OrganizationFactory

FORMS = Path(__file__).resolve().parent.parent / "reference" / "forms.json"


@pytest.fixture
def forms(db):
    """The forms of mentoring as the product ships them, by code."""
    rows = json.loads(FORMS.read_text(encoding="utf-8"))
    return {row["code"]: MentoringForm.objects.create(**row) for row in rows}


@pytest.fixture
def school(forms):
    return OrganizationFactory(short_name="СОШ № 1")


@pytest.fixture
def mailbox(tmp_path, school):
    """Sends workbooks of the two bases to the school."""
    return Mailbox(tmp_path, school)
