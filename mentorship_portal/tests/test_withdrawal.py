"""Not one page of the portal names a person whose consent was withdrawn, but those that settle it."""

import pytest
from django.db import transaction

from mentors import services
from mentors.enums import ConsentType
from mentors.models import Pair
from mentors.tests.factories import ConsentFactory
from mentorship_portal.tests.pages import LOOKERS, pages_of
from mentorship_portal.tests.world import make_world

pytestmark = pytest.mark.django_db
SURNAME = "Отозваннова"
# Where the staff of the own school sees to the withdrawal, or reads what changed in its own records.
SETTLING = {
    "consents-withdrawn",
    "consent-edit",
    "consent-remove",
    "consent-withdraw",
    "mentee",
    "mentee-consent-add",
    "mentee-consent-blank",
    "mentee-end",
    "mentee-history",
}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        try:
            with transaction.atomic():
                world = make_world()
                _withdraw(world)
                yield world
                raise _Done
        except _Done:
            pass


class _Done(Exception):
    """Takes the world back."""


def _withdraw(world) -> None:
    rows = world.records["school"].rows
    person = rows["mentee"].person
    person.last_name = SURNAME
    person.save()
    consent = ConsentFactory(
        person=person, organization=world.cast.school, type=ConsentType.PROCESSING, signer="Мать"
    )
    for given in (rows["consent"], consent):
        services.withdraw_consent(actor=world.cast.curator, consent=given)


@pytest.mark.parametrize("user", LOOKERS)
def test_no_page_names_the_person(world, user):
    assert Pair.objects.get(pk=world.records["school"].rows["pair"].pk).is_hidden
    pages = pages_of(world, user)
    assert pages
    naming = {page.route for page in pages if SURNAME in page.html}
    allowed = SETTLING if user in ("curator", "head") else set()
    assert naming <= allowed
    if user == "curator":
        assert "consents-withdrawn" in naming
