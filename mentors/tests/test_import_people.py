"""Who a row of a base means: births, namesakes, spellings, other schools."""

import datetime

import pytest

from mentors import services
from mentors.enums import ConsentType
from mentors.imports.export import mentee_rows, mentor_rows
from mentors.models import Pair, Participation, Person
from mentors.tests.books import START, codes, figures, mentee, mentor
from mentors.tests.factories import ConsentFactory
from orgs.scope import Scope
from orgs.tests.factories import OrganizationFactory

pytestmark = pytest.mark.django_db
WHITE = "Белов Антон Сергеевич"
ORLOVA = "Орлова Елена Викторовна"


def test_given_a_new_mentee_with_a_mentor_when_imported_then_two_people_and_a_pair_are_made(mailbox):
    outcome = mailbox.send("mentees", mentee(WHITE, ORLOVA, request="математика", contact="+7 900 000-00-00"))

    assert figures(outcome) == (1, 0, 0, 0)
    assert outcome.pairs_added == 1
    pair = Pair.objects.get()
    assert (pair.mentee.person.full_name, pair.mentor.person.full_name) == (WHITE, ORLOVA)
    assert (pair.mentor_population, pair.mentee_population) == ("student", "pupil")
    assert (pair.started_on, pair.request) == (START, "математика")
    assert pair.mentee.person.contact == "+7 900 000-00-00"
    assert pair.mentees_base_place.endswith("· Наставляемые · 2")


def test_given_a_list_with_phone_and_address_apart_then_both_are_kept_and_a_second_upload_changes_nothing(
    mailbox,
):
    row = mentee(WHITE, contact="+7 900 000-00-00", email="white@school17.example")
    mailbox.send("mentees", row)
    assert Person.objects.get().contact == "+7 900 000-00-00, white@school17.example"

    assert figures(mailbox.send("mentees", row)) == (0, 0, 1, 0)


def test_given_two_rows_of_a_mentee_with_two_mentors_then_one_person_has_two_pairs(mailbox):
    outcome = mailbox.send("mentees", mentee(WHITE, ORLOVA), mentee(WHITE, "Юдин Олег Львович"))

    assert figures(outcome) == (2, 0, 0, 0)
    assert Person.objects.filter(name_key="белов антон сергеевич").count() == 1
    assert Pair.objects.count() == 2


def test_given_namesakes_with_different_births_then_they_stay_apart_with_a_warning(mailbox):
    outcome = mailbox.send("mentees", mentee(WHITE, birth=2010), mentee(WHITE, birth=2008))

    assert figures(outcome) == (2, 0, 0, 0)
    assert sorted(Person.objects.values_list("birth_year", flat=True)) == [2008, 2010]
    assert codes(outcome, "warning") == ["namesake_apart"]


def test_given_a_name_without_birth_and_two_namesakes_then_a_person_must_decide(mailbox):
    mailbox.send("mentees", mentee(WHITE, birth=2010), mentee(WHITE, birth=2008))

    outcome = mailbox.send("mentees", mentee(WHITE, birth=None, request="химия"))

    assert not outcome.committed
    (issue,) = outcome.issues
    assert (issue.level, issue.code, issue.row, issue.column) == ("question", "namesake", 2, "A")
    assert [label for _value, label in issue.choices] == [
        f"{WHITE}, 2010 г. р.",
        f"{WHITE}, 2008 г. р.",
        "Это другой человек",
    ]


def test_given_the_answer_who_is_meant_then_the_row_is_taken(mailbox):
    mailbox.send("mentees", mentee(WHITE, birth=2010), mentee(WHITE, birth=2008))
    older = Person.objects.get(birth_year=2008)

    outcome = mailbox.send(
        "mentees", mentee(WHITE, ORLOVA, birth=None), answers={"2:namesake": f"person:{older.pk}"}
    )

    assert outcome.committed
    assert Pair.objects.get().mentee.person == older


def test_given_a_name_without_birth_and_one_person_of_that_name_then_it_is_that_person(mailbox):
    mailbox.send("mentees", mentee(WHITE, birth=2010))

    outcome = mailbox.send("mentees", mentee(WHITE.upper(), ORLOVA, birth=None))

    assert figures(outcome) == (1, 0, 0, 0)
    assert Pair.objects.get().mentee.person == Person.objects.get(birth_year=2010)


def test_given_a_person_without_birth_when_the_year_arrives_then_it_is_completed(mailbox):
    mailbox.send("mentors", mentor(ORLOVA, WHITE))

    outcome = mailbox.send("mentees", mentee(WHITE, ORLOVA, birth=datetime.date(2010, 5, 17)))

    assert figures(outcome) == (0, 1, 0, 0)
    person = Person.objects.get(name_key="белов антон сергеевич")
    assert (person.birth_date, person.birth_year) == (datetime.date(2010, 5, 17), 2010)


def test_given_a_year_then_a_full_date_of_that_year_then_it_is_the_same_person(mailbox):
    mailbox.send("mentees", mentee(WHITE, birth=2010))

    outcome = mailbox.send("mentees", mentee(WHITE, birth="17.05.2010 г."))

    assert figures(outcome) == (0, 1, 0, 0)
    assert Person.objects.get().birth_date == datetime.date(2010, 5, 17)


@pytest.mark.parametrize("order", [("Пётр", "Петр"), ("Петр", "Пётр")])
def test_given_two_spellings_then_the_one_with_yo_is_kept_and_the_other_is_no_change(mailbox, order):
    first, second = (f"Семенов {name} Ильич" for name in order)
    mailbox.send("mentees", mentee(first))
    mailbox.send("mentees", mentee(second))

    outcome = mailbox.send("mentees", mentee(first))

    assert figures(outcome) == (0, 0, 1, 0)
    assert Person.objects.get().first_name == "Пётр"


def test_given_a_latin_letter_in_a_name_then_it_is_the_same_person_with_a_warning(mailbox):
    outcome = mailbox.send("mentees", mentee("Иванов Пётр Сергеевич"), mentee("Ивaнов Пётр Сергеевич"))

    assert figures(outcome) == (1, 0, 1, 0)
    assert sorted(codes(outcome)) == ["duplicate_row", "name_lookalikes"]
    assert Person.objects.count() == 1


def test_given_a_person_of_another_school_then_a_file_never_touches_that_school(mailbox, school):
    other = OrganizationFactory(short_name="СОШ № 2", municipality=school.municipality)
    mailbox.send("mentees", mentee(WHITE, ORLOVA, contact="чужой"), organization=other)
    before = list(Person.objects.order_by("pk").values())

    outcome = mailbox.send("mentees", mentee(WHITE, ORLOVA, contact="свой"))

    assert figures(outcome) == (1, 0, 0, 0)
    assert list(Person.objects.filter(pk__in=[row["id"] for row in before]).order_by("pk").values()) == before
    assert Participation.objects.filter(organization=other).count() == 2
    assert Pair.objects.filter(organization=school).count() == 1


def test_given_a_person_in_both_roles_then_one_person_has_two_participations(mailbox):
    mailbox.send(
        "mentees",
        mentee(WHITE, ORLOVA, birth=2005),
        mentee("Титов Егор Олегович", WHITE, birth=2012, form="ученик-ученик"),
    )

    person = Person.objects.get(birth_year=2005)
    assert sorted(person.participations.values_list("role", flat=True)) == ["mentee", "mentor"]


def test_given_a_class_in_the_row_then_the_participant_is_a_pupil(mailbox):
    mailbox.send("mentees", {"full_name": WHITE, "birth": 2010, "class": "7 «А»"})

    participation = Participation.objects.get()
    assert (participation.population, participation.class_name) == ("pupil", "7А")


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"birth": 2101}, "birth_year_future"),
        ({"birth": 2020, "start": START}, "mentee_too_young"),
        ({"end": "29.02.2011"}, "date_not_in_calendar"),
        ({"start": START, "end": START - datetime.timedelta(days=1)}, "dates_out_of_order"),
        ({"mentor": WHITE, "form": "студент – ученик"}, "own_mentor"),
        ({"mentor": ORLOVA, "form": "дружба"}, "form_unknown"),
        ({"mentor": ORLOVA, "form": None}, "form_missing"),
        ({"mark": "непонятно"}, "mark_unknown"),
        ({"mark": "#REF!"}, "cell_error"),
        ({"full_name": "Белов"}, "name_incomplete"),
    ],
)
def test_given_a_wrong_cell_then_the_row_says_so_and_nothing_is_written(mailbox, cells, code):
    outcome = mailbox.send("mentees", mentee("Титов Егор Олегович"), {**mentee(WHITE), **cells})

    assert not outcome.committed
    assert codes(outcome, "error") == [code]
    assert [issue.row for issue in outcome.issues if issue.level == "error"] == [3]
    assert figures(outcome) == (1, 0, 0, 1)
    assert Person.objects.count() == 0


def test_given_a_wrong_row_and_the_choice_of_good_rows_then_the_others_are_written(mailbox):
    outcome = mailbox.send(
        "mentees", mentee("Титов Егор Олегович", ORLOVA), mentee("Белов", ORLOVA), good_rows=True
    )

    assert outcome.committed
    assert figures(outcome) == (1, 0, 0, 1)
    assert Pair.objects.count() == 1


def test_given_a_change_then_history_says_who_when_what_and_from_which_file(mailbox, django_user_model):
    curator = django_user_model.objects.create_user("curator@example.org", full_name="Куратор")
    mailbox.send("mentees", mentee(WHITE, ORLOVA), actor=curator, name="сентябрь.xlsx")
    mailbox.send(
        "mentees",
        mentee(WHITE, ORLOVA, end=datetime.date(2023, 5, 25)),
        actor=curator,
        name="май.xlsx",
    )

    newest, oldest = Pair.history.order_by("-history_id")
    assert (oldest.history_type, newest.history_type) == ("+", "~")
    assert "май.xlsx" in newest.history_change_reason and "сентябрь.xlsx" in oldest.history_change_reason
    assert newest.history_user == curator
    assert [(change.field, change.old, change.new) for change in newest.diff_against(oldest).changes] == [
        ("ended_on", None, datetime.date(2023, 5, 25))
    ]
    assert Person.history.count() == 2 and Participation.history.count() == 2


def test_given_a_file_that_names_another_school_then_a_warning_says_so(mailbox):
    other = OrganizationFactory(short_name="СОШ № 2")

    outcome = mailbox.send("mentees", mentee(WHITE), name=f"mentees_{other.inn}.xlsx")

    assert outcome.committed
    (warning,) = outcome.issues
    assert (warning.level, warning.code, warning.row) == ("warning", "another_school", None)
    assert other.inn in warning.message


def test_given_a_withdrawn_consent_then_the_row_is_refused_and_nobody_is_entered_anew(mailbox):
    mailbox.send("mentees", mentee(WHITE, ORLOVA))
    person = Person.objects.get(name_key="белов антон сергеевич")
    consent = ConsentFactory(
        person=person, organization=person.participations.get().organization, type=ConsentType.PROCESSING
    )
    services.withdraw_consent(actor=None, consent=consent)

    outcome = mailbox.send("mentees", mentee(WHITE, ORLOVA), mentee("Гусев Максим Олегович"))

    assert codes(outcome, "error") == ["consent_withdrawn"]
    assert Person.objects.filter(name_key="белов антон сергеевич").count() == 1


def test_given_a_withdrawn_consent_then_a_row_that_names_the_person_as_partner_is_refused_too(mailbox):
    mailbox.send("mentees", mentee(WHITE, ORLOVA))
    person = Person.objects.get(name_key="белов антон сергеевич")
    consent = ConsentFactory(
        person=person, organization=person.participations.get().organization, type=ConsentType.PROCESSING
    )
    services.withdraw_consent(actor=None, consent=consent)

    outcome = mailbox.send("mentors", mentor(ORLOVA, WHITE))

    assert codes(outcome, "error") == ["consent_withdrawn"]
    assert Pair.objects.count() == 1


def test_given_a_withdrawn_consent_then_the_base_that_is_mailed_back_leaves_the_person_out(mailbox, cast):
    mailbox.send("mentees", mentee(WHITE, ORLOVA))
    participation = Participation.objects.get(person__name_key="белов антон сергеевич")
    school = participation.organization
    consent = ConsentFactory(person=participation.person, organization=school, type=ConsentType.PROCESSING)
    services.withdraw_consent(actor=None, consent=consent)

    named = [row["full_name"] for row in mentee_rows(Scope.everything(), school)]
    named += [row["mentee_names"] for row in mentor_rows(Scope.everything(), school) if "mentee_names" in row]

    assert WHITE not in named
