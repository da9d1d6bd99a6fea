"""Choices of the mentors app that code decides on."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Side(TextChoices):
    """The role of a person in mentoring; it sits on the participation, not on the person."""

    MENTOR = "mentor", _("mentor")
    MENTEE = "mentee", _("mentee")


class Population(TextChoices):
    """Who a participant is; follows from the form and the side unless a file says more."""

    PUPIL = "pupil", _("pupil")
    TEACHER = "teacher", _("teacher")
    STUDENT = "student", _("student")
    EMPLOYER = "employer", _("employer")


# Who may mentor whom: the forms of МР-42/02 (section 3) and АЗ-1128/08, with «учитель – ученик».
POPULATIONS_THAT_PAIR = (
    (Population.PUPIL, Population.PUPIL),
    (Population.TEACHER, Population.TEACHER),
    (Population.TEACHER, Population.PUPIL),
    (Population.TEACHER, Population.STUDENT),
    (Population.STUDENT, Population.PUPIL),
    (Population.STUDENT, Population.STUDENT),
    (Population.EMPLOYER, Population.PUPIL),
    (Population.EMPLOYER, Population.STUDENT),
    (Population.EMPLOYER, Population.TEACHER),
)


class CompletionMark(TextChoices):
    """«Отметка о прохождении программы», column 13 of the mentees' form (МР-42/02)."""

    NONE = "", _("not set")
    IN_PROGRESS = "in_progress", pgettext_lazy("mark", "in progress")
    COMPLETED = "completed", pgettext_lazy("mark", "completed")
    ENDED_EARLY = "ended_early", _("ended early")


class GoalResult(TextChoices):
    """How the result of a pair that has ended compares with its goal."""

    REACHED = "reached", _("goal reached")
    PARTLY = "partly", _("goal reached in part")
    MISSED = "missed", _("goal not reached")


class ProgramStatus(TextChoices):
    DRAFT = "draft", _("draft")
    AGREEMENT = "agreement", _("in agreement")
    APPROVED = "approved", _("approved")
    RUNNING = "running", _("running")
    COMPLETED = "completed", _("completed")


class MeetingMode(TextChoices):
    IN_PERSON = "in_person", _("in person")
    ONLINE = "online", _("online")
    MIXED = "mixed", _("mixed")


class ConsentType(TextChoices):
    """Consents of 152-ФЗ (art. 9, 10.1), of the target model and of the Labour Code (art. 351.8)."""

    PROCESSING = "processing", _("processing of personal data")
    PARTICIPATION = "participation", _("participation (informed consent of the parent)")
    PUBLICATION = "publication", _("publication of the name, photo, case or review")
    EMPLOYEE = "employee", _("written consent of the employee to mentor")


class DiagnosticPhase(TextChoices):
    BEFORE = "before", _("before the programme")
    DURING = "during", _("during the programme")
    AFTER = "after", _("after the programme")
