"""The registers of mentors, mentees, pairs and programmes: each declared once."""

from mentors.registers.mentees import MenteeRegister
from mentors.registers.mentors import MentorRegister
from mentors.registers.pairs import PairRegister
from mentors.registers.programs import ProgramRegister

REGISTERS = {
    register.code: register for register in (MentorRegister, MenteeRegister, PairRegister, ProgramRegister)
}

__all__ = ["REGISTERS", "MenteeRegister", "MentorRegister", "PairRegister", "ProgramRegister"]
