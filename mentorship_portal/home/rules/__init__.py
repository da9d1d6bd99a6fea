"""Rules that look at the data and name tasks, by role.

A rule gives a :class:`Task`, a :class:`Counted` (counted together with all others in one query) or None. It
counts with the same condition that the linked register filters by, so number and list agree.
"""

from __future__ import annotations

from collections.abc import Callable

from mentorship_portal.home.desk import Desk
from mentorship_portal.home.rules import audits, people, places, runs
from mentorship_portal.home.tasks import Counted, Task
from orgs.enums import Role

Rule = Callable[[Desk], Task | Counted | None]

RULES: dict[str, tuple[Rule, ...]] = {
    Role.CURATOR: (
        runs.empty_registers,
        runs.waiting_imports,
        audits.own_audit,
        people.withdrawn_consents,
        people.mentees_without_mentor,
        people.mentees_without_birth_year,
        people.mentors_without_birth_year,
        people.pairs_without_start,
        people.pairs_without_meetings,
        people.pairs_without_program,
        people.programs_with_overdue_steps,
        places.numbers_of_own_school,
        places.data_to_confirm,
        runs.done_imports,
    ),
    Role.HEAD: (
        audits.own_audit,
        people.mentees_without_mentor,
        people.pairs_without_start,
        people.pairs_without_meetings,
        places.numbers_of_own_school,
        places.data_to_confirm,
    ),
    Role.METHODOLOGIST: (
        runs.waiting_imports,
        audits.audits_to_review,
        audits.unanswered_audits,
        places.unconfirmed_schools,
        places.schools_without_numbers,
        places.schools_without_curator,
        places.overdue_activities,
        people.pairs_without_start,
        people.mentees_without_mentor,
        audits.reviewed_audits,
    ),
    Role.ANALYST: (
        runs.waiting_imports,
        places.snapshot_due,
        places.schools_without_numbers,
        places.overdue_activities,
        people.pairs_without_start,
    ),
    Role.ADMINISTRATOR: (
        runs.waiting_imports,
        places.schools_without_curator,
        places.unanswered_invitations,
        places.schools_without_numbers,
    ),
}
