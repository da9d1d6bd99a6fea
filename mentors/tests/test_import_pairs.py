"""The two bases are two views of the same pairs: either order, contradictions, periods, repeats."""

import datetime

import pytest

from mentors.models import Pair, Participation
from mentors.tests.books import STUDENT, TEACHERS, codes, figures, mentee, mentor

pytestmark = pytest.mark.django_db
WHITE, YUDIN = "Белов Антон Сергеевич", "Юдин Марк Ильич"
ORLOVA, LVOVA = "Орлова Елена Викторовна", "Львова Анна Олеговна"
FIRST, SECOND = datetime.date(2022, 9, 1), datetime.date(2023, 9, 1)

MENTEES = [mentee(WHITE, ORLOVA), mentee(YUDIN, ORLOVA, birth=2011), mentee(YUDIN, LVOVA, birth=2011)]
MENTORS = [mentor(ORLOVA, f"{WHITE};\n{YUDIN}"), mentor(LVOVA, YUDIN)]


def pairs():
    return sorted(
        (pair.mentor.person.full_name, pair.mentee.person.full_name, pair.started_on, pair.form.code)
        for pair in Pair.objects.select_related("mentor__person", "mentee__person", "form")
    )


@pytest.mark.parametrize("order", [("mentees", "mentors"), ("mentors", "mentees")])
def test_given_both_bases_in_either_order_then_one_set_of_pairs(mailbox, order):
    rows = {"mentees": MENTEES, "mentors": MENTORS}
    outcomes = [mailbox.send(kind, *rows[kind]) for kind in order]

    assert [outcome.committed for outcome in outcomes] == [True, True]
    assert [outcome.pairs_added for outcome in outcomes] == [3, 0]
    assert pairs() == [
        (LVOVA, YUDIN, FIRST, "student_pupil"),
        (ORLOVA, WHITE, FIRST, "student_pupil"),
        (ORLOVA, YUDIN, FIRST, "student_pupil"),
    ]


def test_given_the_same_file_twice_then_nothing_changes(mailbox):
    for kind, rows in (("mentees", MENTEES), ("mentors", MENTORS)):
        path = mailbox.book(kind, rows)
        mailbox.send_file(kind, path)
        history = Pair.history.count() + Participation.history.count()
        outcome = mailbox.send_file(kind, path)
        assert figures(outcome) == (0, 0, len(rows), 0)
        assert Pair.history.count() + Participation.history.count() == history


def test_given_a_repeated_row_then_it_adds_nothing_and_both_rows_are_named(mailbox):
    outcome = mailbox.send("mentees", mentee(WHITE, ORLOVA), mentee(WHITE, ORLOVA))

    assert figures(outcome) == (1, 0, 1, 0)
    (issue,) = outcome.issues
    assert (issue.code, issue.level, issue.row) == ("duplicate_row", "warning", 3)
    assert "2" in issue.message and "3" in issue.message


def test_given_two_terms_one_after_another_then_two_pairs(mailbox):
    outcome = mailbox.send(
        "mentees",
        mentee(WHITE, ORLOVA, start=FIRST, end=datetime.date(2023, 5, 25)),
        mentee(WHITE, ORLOVA, start=SECOND),
    )

    assert figures(outcome) == (2, 0, 0, 0)
    assert Pair.objects.count() == 2
    assert Participation.objects.count() == 2


def test_given_two_terms_that_overlap_then_the_row_is_refused_naming_the_first(mailbox):
    outcome = mailbox.send("mentees", mentee(WHITE, ORLOVA, start=FIRST), mentee(WHITE, ORLOVA, start=SECOND))

    assert codes(outcome, "error") == ["pair_repeated"]
    assert not outcome.committed


def test_given_another_start_in_the_other_base_then_a_question_names_both_rows(mailbox):
    mailbox.send("mentees", *MENTEES, name="наставляемые.xlsx")

    outcome = mailbox.send("mentors", mentor(ORLOVA, f"{WHITE}, {YUDIN}", start=SECOND), mentor(LVOVA, YUDIN))

    assert not outcome.committed
    question = outcome.issues[0]
    assert (question.level, question.code, question.row) == ("question", "pair_dates_differ", 2)
    assert "наставляемые.xlsx · Наставляемые · 2" in question.message
    assert "01.09.2022" in question.message and "01.09.2023" in question.message


def test_given_another_form_in_the_other_base_then_a_question_names_both_rows(mailbox):
    mailbox.send("mentees", mentee(WHITE, ORLOVA), name="наставляемые.xlsx")

    outcome = mailbox.send("mentors", mentor(ORLOVA, WHITE, form="работодатель – ученик"))

    (question,) = outcome.issues
    assert (question.level, question.code, question.row) == ("question", "pair_form_differs", 2)
    assert "наставляемые.xlsx · Наставляемые · 2" in question.message


@pytest.mark.parametrize(("answer", "form"), [("take", "employer_pupil"), ("keep", "student_pupil")])
def test_given_an_answer_about_the_form_then_it_decides(mailbox, answer, form):
    mailbox.send("mentees", mentee(WHITE, ORLOVA))

    outcome = mailbox.send(
        "mentors",
        mentor(ORLOVA, WHITE, form="работодатель – ученик"),
        answers={"2:pair_form_differs": answer},
    )

    assert outcome.committed
    assert [pair[3] for pair in pairs()] == [form]
    assert Pair.objects.get().mentor_population == ("employer" if answer == "take" else "student")


def test_given_a_pair_that_the_mentees_base_gives_to_another_mentor_then_a_question(mailbox):
    mailbox.send("mentees", mentee(WHITE, ORLOVA), mentee(YUDIN, LVOVA, birth=2011), name="наставляемые.xlsx")

    outcome = mailbox.send("mentors", mentor(ORLOVA, f"{WHITE}\n{YUDIN}"), mentor(LVOVA, YUDIN))

    assert not outcome.committed
    (question,) = outcome.issues
    assert (question.code, question.row, question.value) == ("pair_only_here", 2, YUDIN)
    assert "наставляемые.xlsx · Наставляемые · 3" in question.message


def test_given_a_pair_that_the_mentors_base_leaves_out_then_a_question(mailbox):
    mailbox.send(
        "mentees", mentee(WHITE, ORLOVA), mentee(YUDIN, ORLOVA, birth=2011), name="наставляемые.xlsx"
    )

    outcome = mailbox.send("mentors", mentor(ORLOVA, WHITE))

    assert not outcome.committed
    (question,) = outcome.issues
    assert (question.code, question.row, question.value) == ("pair_only_there", 2, YUDIN)
    assert "наставляемые.xlsx · Наставляемые · 3" in question.message


def test_given_the_bases_of_the_next_school_year_then_nothing_contradicts(mailbox):
    mailbox.send("mentees", mentee(WHITE, ORLOVA, start=FIRST, end=datetime.date(2023, 5, 25)))
    mailbox.send("mentors", mentor(ORLOVA, WHITE, start=FIRST, end=datetime.date(2023, 5, 25)))

    mentees = mailbox.send("mentees", mentee(YUDIN, ORLOVA, birth=2011, start=SECOND))
    mentors = mailbox.send("mentors", mentor(ORLOVA, YUDIN, start=SECOND))

    assert mentees.committed and mentors.committed
    assert Pair.objects.count() == 2


def test_given_a_missing_date_in_one_base_then_the_other_completes_it(mailbox):
    mailbox.send("mentees", mentee(WHITE, ORLOVA, start=None))

    outcome = mailbox.send("mentors", mentor(ORLOVA, WHITE, start=FIRST, end=datetime.date(2023, 5, 25)))

    assert figures(outcome) == (1, 0, 0, 0) or figures(outcome) == (0, 1, 0, 0)
    pair = Pair.objects.get()
    assert (pair.started_on, pair.ended_on) == (FIRST, datetime.date(2023, 5, 25))


def test_given_a_correction_in_the_only_base_then_the_pair_is_corrected(mailbox):
    mailbox.send("mentees", mentee(WHITE, ORLOVA, start=FIRST))

    outcome = mailbox.send("mentees", mentee(WHITE, ORLOVA, start=datetime.date(2022, 9, 15)))

    assert figures(outcome) == (0, 1, 0, 0)
    assert Pair.objects.get().started_on == datetime.date(2022, 9, 15)


def test_given_several_mentees_in_a_cell_with_classes_then_one_pair_each(mailbox):
    outcome = mailbox.send("mentors", mentor(ORLOVA, f"1) {WHITE}, 7Б\n2) {YUDIN} (8А)"))

    assert figures(outcome) == (1, 0, 0, 0)
    assert outcome.pairs_added == 2


def test_given_namesakes_when_the_mentors_base_names_one_then_the_pair_says_who_it_is(mailbox):
    mailbox.send("mentees", mentee(WHITE, ORLOVA, birth=2010), mentee(WHITE, LVOVA, birth=2008))

    outcome = mailbox.send("mentors", mentor(ORLOVA, WHITE), mentor(LVOVA, WHITE))

    assert outcome.committed
    assert Pair.objects.count() == 2


def test_given_several_rows_of_a_mentor_then_what_they_say_is_joined_and_stays(mailbox):
    rows = [
        mentor(ORLOVA, WHITE, competencies="математика"),
        mentor(ORLOVA, YUDIN, competencies="физика"),
    ]
    mailbox.send("mentors", *rows)

    outcome = mailbox.send("mentors", *rows)

    assert figures(outcome) == (0, 0, 2, 0)
    assert Participation.objects.get(role="mentor").competencies == "математика; физика"


def test_given_teachers_without_births_then_mentor_and_mentee_are_kept_as_one_person_each(mailbox):
    outcome = mailbox.send(
        "mentees",
        mentee(ORLOVA, LVOVA, birth=None, form="Педагог-педагог"),
        mentee(WHITE, ORLOVA, birth=1990, form=TEACHERS),
    )

    assert outcome.committed
    assert [pair[3] for pair in pairs()] == ["teacher_teacher", "teacher_teacher"]
    assert Participation.objects.count() == 4


def test_given_a_new_pair_of_known_people_then_only_the_pair_is_added(mailbox):
    mailbox.send("mentees", mentee(WHITE), mentee(YUDIN, ORLOVA, birth=2011))

    outcome = mailbox.send("mentees", mentee(WHITE, ORLOVA))

    assert figures(outcome) == (1, 0, 0, 0)
    assert outcome.pairs_added == 1
    assert STUDENT in Pair.objects.get(mentee__person__birth_year=2010).form.title
