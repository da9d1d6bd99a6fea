"""Pages of the mentors app."""

from mentors.views.pairs import PairCard
from mentors.views.participations import MenteeCard, MentorCard
from mentors.views.programs import ProgramCard
from mentors.views.registers import (
    MenteeRegisterPage,
    MentorRegisterPage,
    PairRegisterPage,
    ProgramRegisterPage,
)

__all__ = [
    "MenteeCard",
    "MenteeRegisterPage",
    "MentorCard",
    "MentorRegisterPage",
    "PairCard",
    "PairRegisterPage",
    "ProgramCard",
    "ProgramRegisterPage",
]
