"""Pages of the mentors app."""

from mentors.views.pairs import PairCard, PairRegister
from mentors.views.participations import MenteeCard, MenteeRegister, MentorCard, MentorRegister
from mentors.views.programs import ProgramCard, ProgramRegister

__all__ = [
    "MenteeCard",
    "MenteeRegister",
    "MentorCard",
    "MentorRegister",
    "PairCard",
    "PairRegister",
    "ProgramCard",
    "ProgramRegister",
]
