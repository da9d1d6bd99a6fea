"""What a base asks the person who loads it on the page; the command, where nobody answers, takes the row."""

import pytest

from mentors.models import Pair, Participation, Person
from mentors.tests.books import PUPILS, STUDENT, TEACHERS, codes, figures, mentee, mentor
from orgs.tests.factories import OrganizationFactory

pytestmark = pytest.mark.django_db
KIM = "Ким Роман Тимурович"
RAISA = "Ким Раиса Львовна"
WHITE = "Белов Антон Сергеевич"


def person_answer(name: str) -> str:
    return f"person:{Person.objects.get(name_key=name.lower()).pk}"


class TestUnknownPartner:
    @pytest.fixture(autouse=True)
    def mentors(self, mailbox):
        mailbox.send("mentors", mentor(KIM), mentor(RAISA), mentor("Кимов Роман Тимурович"))
        Participation.objects.filter(person__name_key=KIM.lower()).update(class_name="11А")
        Participation.objects.filter(person__name_key=RAISA.lower()).update(position="учитель")

    def test_given_initials_then_those_who_may_be_meant_are_offered(self, mailbox):
        outcome = mailbox.send("mentees", mentee(WHITE, "Ким Р."), asks=True)

        assert not outcome.committed
        (question,) = [issue for issue in outcome.issues if issue.level == "question"]
        assert (question.code, question.row, question.value) == ("partner_unknown", 2, "Ким Р.")
        assert question.message == (
            "Наставника «Ким Р.» в базе нет. Похожие: Ким Раиса Львовна, учитель; Ким Роман Тимурович, 11А."
        )
        assert [label for _value, label in question.choices] == [
            "Ким Раиса Львовна, учитель",
            "Ким Роман Тимурович, 11А",
            "Создать нового",
        ]

    def test_given_an_answer_then_the_pair_is_with_that_person_and_nobody_is_added(self, mailbox):
        answers = {"2:partner_unknown": person_answer(KIM)}

        outcome = mailbox.send("mentees", mentee(WHITE, "Ким Р."), asks=True, answers=answers)

        assert outcome.committed
        assert Pair.objects.get().mentor.person.full_name == KIM
        assert Person.objects.count() == 4

    def test_given_the_same_file_once_more_then_nothing_is_asked_and_nothing_changes(self, mailbox):
        answers = {"2:partner_unknown": person_answer(KIM)}
        mailbox.send("mentees", mentee(WHITE, "Ким Р."), asks=True, answers=answers)

        again = mailbox.send("mentees", mentee(WHITE, "Ким Р."), asks=True)

        assert figures(again) == (0, 0, 1, 0)

    def test_given_a_new_person_is_wanted_then_one_is_made(self, mailbox):
        outcome = mailbox.send(
            "mentees", mentee(WHITE, "Ким Р."), asks=True, answers={"2:partner_unknown": "new"}
        )

        assert outcome.committed
        assert Pair.objects.get().mentor.person.full_name == "Ким Р."

    def test_given_an_answer_that_was_not_offered_then_it_is_asked_again(self, mailbox):
        stranger = Person.objects.get(last_name="Кимов")

        outcome = mailbox.send(
            "mentees",
            mentee(WHITE, "Ким Р."),
            asks=True,
            answers={"2:partner_unknown": f"person:{stranger.pk}"},
        )

        assert codes(outcome, "question") == ["partner_unknown"]

    def test_given_a_left_out_patronymic_then_it_is_asked_too(self, mailbox):
        outcome = mailbox.send("mentees", mentee(WHITE, "Ким Роман"), asks=True)

        (question,) = outcome.issues
        assert [label for _value, label in question.choices] == ["Ким Роман Тимурович, 11А", "Создать нового"]

    @pytest.mark.parametrize("name", ["Юдин Р.", "Ким Олег Тимурович", KIM])
    def test_given_nobody_similar_or_the_very_name_then_nothing_is_asked(self, mailbox, name):
        outcome = mailbox.send("mentees", mentee(WHITE, name), asks=True)

        assert outcome.committed
        assert codes(outcome, "question") == []

    def test_given_a_similar_person_of_another_school_then_nobody_learns_of_them(self, mailbox):
        elsewhere = OrganizationFactory(short_name="СОШ № 2")

        outcome = mailbox.send("mentees", mentee(WHITE, "Ким Р."), asks=True, organization=elsewhere)

        assert outcome.committed
        assert codes(outcome, "question") == []

    def test_given_the_command_then_the_row_is_taken_with_a_warning_of_the_initials(self, mailbox):
        outcome = mailbox.send("mentees", mentee(WHITE, "Ким Р."))

        assert outcome.committed
        assert codes(outcome, "warning") == ["name_initials"]

    def test_given_a_mentee_s_initials_in_the_other_base_then_mentees_are_offered(self, mailbox):
        mailbox.send("mentees", mentee(WHITE))

        outcome = mailbox.send("mentors", mentor(KIM, "Белов А.С."), asks=True)

        (question,) = [issue for issue in outcome.issues if issue.level == "question"]
        assert question.message.startswith("Наставляемого «Белов А. С.» в базе нет. Похожие: " + WHITE)


class TestAge:
    def test_given_a_child_of_seven_then_it_is_said_that_the_indicator_leaves_it_out(self, mailbox):
        outcome = mailbox.send("mentees", mentee(WHITE, KIM, birth=2015), asks=True)

        (question,) = outcome.issues
        assert (question.code, question.column) == ("age_not_counted", "B")
        assert question.message == (
            f"{WHITE}, 7 лет. В показателе за 2022 год считаются дети от 10 до 18 лет, "
            "эта запись в него не войдёт."
        )
        assert [label for _value, label in question.choices] == ["Загрузить всё равно"]

    def test_given_load_it_anyway_then_the_row_is_taken_and_never_asked_about_again(self, mailbox):
        row = mentee(WHITE, KIM, birth=2015)

        first = mailbox.send("mentees", row, asks=True, answers={"2:age_not_counted": "keep"})
        again = mailbox.send("mentees", row, asks=True)

        assert (figures(first), figures(again)) == ((1, 0, 0, 0), (0, 0, 1, 0))

    @pytest.mark.parametrize(
        ("form", "birth", "asked"),
        [
            (STUDENT, 2013, True),  # nine
            (STUDENT, 2012, False),  # ten by the end of the year
            (STUDENT, 2004, False),
            (PUPILS, 2003, True),  # nineteen
            (TEACHERS, 1990, False),
        ],
    )
    def test_only_pupils_outside_the_ages_of_the_indicator_are_asked_about(self, mailbox, form, birth, asked):
        outcome = mailbox.send("mentees", mentee(WHITE, KIM, birth=birth, form=form), asks=True)

        assert (codes(outcome, "question") == ["age_not_counted"]) is asked

    def test_given_the_command_then_nothing_is_asked(self, mailbox):
        outcome = mailbox.send("mentees", mentee(WHITE, KIM, birth=2015))

        assert outcome.committed
        assert outcome.issues == []
