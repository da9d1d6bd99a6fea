"""People's forms in a browser: task 3 of the design («add one mentor by the keyboard alone»)."""

from __future__ import annotations

import pytest

from accounts.tests.factories import PASSWORD
from mentors.models import Participation
from mentors.tests.factories import MentoringFormFactory
from mentorship_portal.tests.cast import make_cast
from mentorship_portal.tests.delight import Script

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def signed_page(page, transactional_db):
    cast = make_cast()
    page.goto("/sign-in/")
    page.get_by_label("Эл. почта").fill(cast.curator.email)
    page.get_by_label("Пароль").fill(PASSWORD)
    page.get_by_role("button", name="Войти").click()
    page.wait_for_url("**/")
    return page


def test_a_mentor_is_added_by_the_keyboard_and_the_next_one_may_follow(signed_page):
    MentoringFormFactory(code="pupil_pupil", title="ученик – ученик", position=1)
    MentoringFormFactory(
        code="teacher_pupil", title="учитель – ученик", mentor_population="teacher", position=2
    )
    page = signed_page
    page.goto("/mentors/add/")
    script = Script(page)

    script.type("Фролова Ирина Николаевна")
    script.press("Tab")
    script.type("1984")
    script.press("Tab")
    script.type("учитель физики")
    script.press("Tab")
    script.press("Tab")
    script.press("ArrowDown", think=True)
    script.press("Tab")
    script.type("олимпиады")
    script.press("Tab")
    script.type("3")
    script.press("Control+Enter", counts=True)
    page.wait_for_selector("text=Наставник добавлен")

    row = Participation.objects.get()
    assert (row.person.full_name, row.person.birth_year) == ("Фролова Ирина Николаевна", 1984)
    assert (row.position, row.competencies, row.capacity) == ("учитель физики", "олимпиады", 3)
    assert row.form.code == "teacher_pupil"
    assert page.evaluate("document.activeElement.name") == "full_name"
    assert page.input_value("[name=full_name]") == ""
    assert page.input_value("[name=form]:checked") == str(row.form_id)
    assert script.pointer_clicks == 0
    script.within("3. add one mentor", clicks=1, seconds=30)
