"""Pages of the mentors app."""

from mentors.views.bulk import BulkChanges, BulkUndo, MenteeBulkPage, MentorBulkPage, PairBulkPage
from mentors.views.pairs import PairCard
from mentors.views.participations import MenteeCard, MentorCard
from mentors.views.programs import ProgramCard
from mentors.views.registers import (
    MenteeExport,
    MenteeRegisterPage,
    MentorExport,
    MentorRegisterPage,
    PairExport,
    PairRegisterPage,
    ProgramExport,
    ProgramRegisterPage,
)

__all__ = [
    "BulkChanges",
    "BulkUndo",
    "MenteeBulkPage",
    "MenteeCard",
    "MenteeExport",
    "MenteeRegisterPage",
    "MentorBulkPage",
    "MentorCard",
    "MentorExport",
    "MentorRegisterPage",
    "PairBulkPage",
    "PairCard",
    "PairExport",
    "PairRegisterPage",
    "ProgramCard",
    "ProgramExport",
    "ProgramRegisterPage",
]
