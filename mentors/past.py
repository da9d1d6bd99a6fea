"""The history of a participant: who, when, was and became, from which file; removed records too."""

from __future__ import annotations

from django.db.models import Q

from common.history import HistoryLine, history_of
from mentors.models import Consent, ContestEntry, Diagnostic, Pair, Participation, Training
from mentors.privacy import PRIVATE_PERSON_FIELDS

HIDDEN = ("mentor", "mentee", "participation", "person", "organization", "file")
LONGEST = 500


def past_of(row: Participation, *, private: bool, shared: bool) -> list[HistoryLine]:
    """Lines about the participation, its pairs and records, newest first; a constant number of queries.

    The person's own changes are shown inside the school and only where no other organization knows the
    person (``shared``); consents only with the person's own data (``private``).
    """
    records = [row, row.person] if private and not shared else [row]
    also = [
        Pair.history.filter(Q(mentor_id=row.pk) | Q(mentee_id=row.pk)),
        *(model.history.filter(participation_id=row.pk) for model in (Diagnostic, Training, ContestEntry)),
    ]
    if private:
        also.append(Consent.history.filter(person_id=row.person_id, organization_id=row.organization_id))
    hidden = HIDDEN if private and not shared else (*HIDDEN, *PRIVATE_PERSON_FIELDS)
    return history_of(*records, also=also, hidden=hidden, limit=LONGEST)
