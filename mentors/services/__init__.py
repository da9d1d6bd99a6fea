"""Writes of mentoring: people, pairs and groups, programmes, and records about participants.

Keyword arguments, the actor first; every write leaves history with its user. Functions in the plural are
set-based: they check what the database cannot, then write all rows and their history by few statements.
"""

from mentors.services.assigning import assign_mentor
from mentors.services.leaving import (
    remove_participation,
    reopen_participation,
)
from mentors.services.meetings import change_meeting, record_meeting, record_meetings, remove_meeting
from mentors.services.merging import merge_people, tell_apart
from mentors.services.pairs import (
    change_group,
    change_pair,
    close_pair,
    close_pairs,
    create_group,
    create_groups,
    finish_pairs,
    open_pair,
    open_pairs,
    reopen_pair,
)
from mentors.services.people import (
    add_participant,
    change_participation,
    change_person,
    create_people,
    create_person,
    end_participation,
    end_participations,
    start_participation,
    start_participations,
    transfer_person,
)
from mentors.services.plans import (
    add_step,
    add_steps,
    append_steps,
    change_step,
    complete_step,
    remove_step,
    shift_step,
)
from mentors.services.programs import (
    change_program,
    move_program,
    open_program,
    open_programs,
    open_programs_like,
)
from mentors.services.records import (
    change_record,
    give_consent,
    give_consents,
    record_contest,
    record_contests,
    record_diagnostic,
    record_diagnostics,
    record_training,
    record_trainings,
    remove_record,
    withdraw_consent,
)
from mentors.services.withdrawal import settle_withdrawals

__all__ = [
    "add_participant",
    "add_step",
    "add_steps",
    "append_steps",
    "assign_mentor",
    "change_group",
    "change_meeting",
    "change_pair",
    "change_participation",
    "change_person",
    "change_program",
    "change_record",
    "change_step",
    "close_pair",
    "close_pairs",
    "complete_step",
    "create_group",
    "create_groups",
    "create_people",
    "create_person",
    "end_participation",
    "end_participations",
    "finish_pairs",
    "give_consent",
    "give_consents",
    "merge_people",
    "move_program",
    "open_pair",
    "open_pairs",
    "open_program",
    "open_programs",
    "open_programs_like",
    "record_contest",
    "record_contests",
    "record_diagnostic",
    "record_diagnostics",
    "record_meeting",
    "record_meetings",
    "record_training",
    "record_trainings",
    "remove_meeting",
    "remove_participation",
    "remove_record",
    "remove_step",
    "reopen_pair",
    "reopen_participation",
    "settle_withdrawals",
    "shift_step",
    "start_participation",
    "start_participations",
    "tell_apart",
    "transfer_person",
    "withdraw_consent",
]
