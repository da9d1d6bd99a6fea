"""Who may call which address: the whole table, written by hand.

The pages decide for themselves (``RoleView``, ``visible_to``, the services); this table says what they are
to decide, and ``tests/test_access.py`` compares every answer of every address with it. An address without
a line fails the test, so nobody can add a page and forget its rights. ``docs/roles.md`` tells it in words.
"""

from __future__ import annotations

from dataclasses import dataclass

from orgs.enums import OVERSIGHT_ROLES, PARTICIPANT_ROLES, READER_ROLES, STAFF_ROLES, Role

NOBODY: frozenset[str] = frozenset()
NO_ROLE = "stranger"
SIGNED_IN = STAFF_ROLES | PARTICIPANT_ROLES | {NO_ROLE}
CURATOR = frozenset({Role.CURATOR})
ABOVE = READER_ROLES & OVERSIGHT_ROLES
CURATORS = frozenset({Role.CURATOR})
METHODOLOGISTS = frozenset({Role.METHODOLOGIST})
SCHOOL_STAFF = CURATORS | {Role.HEAD}
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
# Who keeps what an organization says of itself, and who enters the numbers of its pupils.
KEEPERS = CURATORS | ADMINISTRATORS
RULE_KEEPERS = ADMINISTRATORS | {Role.METHODOLOGIST}
COUNTERS = KEEPERS | {Role.METHODOLOGIST}
IMPORTERS = frozenset({Role.CURATOR, Role.METHODOLOGIST, Role.ANALYST, Role.ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class Right:
    """One address.

    ``get`` and ``post`` are the roles that get past the door; an empty set means that the method does not
    exist. ``of_object`` says that the address names a row: then ``rows`` are the roles that see such rows at
    all, ``own`` the participants who see it because it is about themselves. With ``owner_only`` the action
    is for the one who began the run, with ``school_only`` for that person and the staff of the school.
    ``public`` needs no sign-in and answers the same to everybody. ``path`` names the rows of an address that
    has several, in their order; without it the address names one row, called as the route begins. What is
    ``platform_only`` is refused while several municipalities share the portal, but for its own administrator;
    what is ``whole_only`` is refused to those who hold a district. A row ``of_city`` belongs to a whole
    municipality, so that everybody who works in it sees it.
    """

    get: frozenset[str] = NOBODY
    post: frozenset[str] = NOBODY
    of_object: bool = False
    rows: frozenset[str] = STAFF_ROLES
    own: frozenset[str] = NOBODY
    owner_only: bool = False
    school_only: bool = False
    public: bool = False
    path: tuple[str, ...] = ()
    platform_only: bool = False
    whole_only: bool = False
    of_city: bool = False


RIGHTS: dict[str, Right] = {
    # The portal itself.
    "healthz": Right(public=True, get=SIGNED_IN),
    "readyz": Right(public=True, get=SIGNED_IN),
    "set_language": Right(public=True, get=SIGNED_IN, post=SIGNED_IN),
    "sign-in": Right(public=True, get=SIGNED_IN, post=SIGNED_IN),
    "sign-out": Right(post=SIGNED_IN),
    "password-reset": Right(public=True, get=SIGNED_IN, post=SIGNED_IN),
    "password-reset-sent": Right(public=True, get=SIGNED_IN),
    "password-reset-confirm": Right(public=True, get=SIGNED_IN, post=SIGNED_IN),
    "home": Right(get=SIGNED_IN),
    "appearance": Right(public=True, get=SIGNED_IN, post=SIGNED_IN),
    "places": Right(get=OVERSIGHT_ROLES),
    "search": Right(get=STAFF_ROLES),
    "help": Right(get=SIGNED_IN),
    "glossary": Right(get=SIGNED_IN),
    # The own account. A second factor that the role demands cannot be turned off; the suite demands none.
    "resume": Right(get=SIGNED_IN, post=SIGNED_IN),
    "session": Right(get=SIGNED_IN),
    "second-factor": Right(get=SIGNED_IN, post=SIGNED_IN),
    "second-factor-set-up": Right(get=SIGNED_IN, post=SIGNED_IN),
    "second-factor-codes": Right(get=SIGNED_IN, post=SIGNED_IN),
    "second-factor-off": Right(get=SIGNED_IN, post=SIGNED_IN),
    "own-password": Right(get=SIGNED_IN, post=SIGNED_IN),
    "end-sessions": Right(post=SIGNED_IN),
    "settings": Right(get=SIGNED_IN, post=SIGNED_IN),
    # People, pairs, programmes. POST shows full names above the school and is noted in the journal.
    "mentors": Right(get=READER_ROLES, post=ABOVE),
    # Bulk actions and files of the registers; from above a file with people needs a purpose.
    "mentors-bulk": Right(post=frozenset({Role.CURATOR})),
    "mentees-bulk": Right(post=frozenset({Role.CURATOR})),
    "pairs-bulk": Right(post=frozenset({Role.CURATOR})),
    "mentors-export": Right(get=READER_ROLES),
    "mentees-export": Right(get=READER_ROLES),
    "pairs-export": Right(get=READER_ROLES),
    "programs-export": Right(get=READER_ROLES),
    "bulk-changes": Right(get=frozenset({Role.CURATOR})),
    "bulk-undo": Right(post=frozenset({Role.CURATOR}), of_object=True),
    # What each user keeps of a register.
    "register-settings": Right(post=STAFF_ROLES | PARTICIPANT_ROLES),
    "register-view-save": Right(post=STAFF_ROLES),
    "register-view-remove": Right(post=STAFF_ROLES),
    "mentees": Right(get=READER_ROLES, post=ABOVE),
    "pairs": Right(get=READER_ROLES | PARTICIPANT_ROLES, post=ABOVE),
    "programs": Right(get=READER_ROLES | PARTICIPANT_ROLES, post=ABOVE),
    "mentor": Right(
        get=READER_ROLES | PARTICIPANT_ROLES, post=ABOVE, of_object=True, own=frozenset({Role.MENTOR})
    ),
    "mentee": Right(
        get=READER_ROLES | PARTICIPANT_ROLES, post=ABOVE, of_object=True, own=frozenset({Role.MENTEE})
    ),
    **{
        f"{side}-{page}": Right(get=CURATOR, post=CURATOR, of_object=True)
        for side in ("mentor", "mentee")
        for page in ("edit", "end", "reopen", "transfer", "remove", "merge", "consent-add")
    },
    **{
        f"{record}-{page}": Right(get=CURATOR, post=CURATOR, of_object=True)
        for record in ("diagnostic", "training", "contest", "consent")
        for page in ("edit", "remove")
    },
    "mentor-add": Right(get=CURATOR, post=CURATOR),
    "mentee-add": Right(get=CURATOR, post=CURATOR),
    "mentor-history": Right(
        get=READER_ROLES | PARTICIPANT_ROLES, of_object=True, own=frozenset({Role.MENTOR})
    ),
    "mentee-history": Right(
        get=READER_ROLES | PARTICIPANT_ROLES, of_object=True, own=frozenset({Role.MENTEE})
    ),
    "mentor-different": Right(post=CURATOR, of_object=True),
    "mentee-different": Right(post=CURATOR, of_object=True),
    "mentor-consent-blank": Right(get=CURATOR, of_object=True),
    "mentee-consent-blank": Right(get=CURATOR, of_object=True),
    "mentee-diagnostic-add": Right(get=CURATOR, post=CURATOR, of_object=True),
    "mentor-training-add": Right(get=CURATOR, post=CURATOR, of_object=True),
    "mentee-contest-add": Right(get=CURATOR, post=CURATOR, of_object=True),
    "consents-withdrawn": Right(get=frozenset({Role.CURATOR, Role.HEAD})),
    "consent-withdraw": Right(get=CURATOR, post=CURATOR, of_object=True),
    "consent-file": Right(
        get=frozenset({Role.CURATOR, Role.HEAD}) | PARTICIPANT_ROLES,
        of_object=True,
        own=frozenset({Role.MENTEE}),
    ),
    "pair": Right(get=READER_ROLES | PARTICIPANT_ROLES, post=ABOVE, of_object=True, own=PARTICIPANT_ROLES),
    "program": Right(get=READER_ROLES | PARTICIPANT_ROLES, post=ABOVE, of_object=True, own=PARTICIPANT_ROLES),
    "group": Right(get=READER_ROLES | PARTICIPANT_ROLES, post=ABOVE, of_object=True, own=PARTICIPANT_ROLES),
    "program-print": Right(get=READER_ROLES | PARTICIPANT_ROLES, of_object=True, own=PARTICIPANT_ROLES),
    # Written by the curator of the school; the mentor records the meetings of the own pairs and nothing else.
    "pair-add": Right(get=CURATORS, post=CURATORS),
    "pair-candidates": Right(get=CURATORS),
    "pair-edit": Right(get=CURATORS, post=CURATORS, of_object=True),
    "pair-close": Right(get=CURATORS, post=CURATORS, of_object=True),
    "pair-reopen": Right(post=CURATORS, of_object=True),
    "pair-stage": Right(post=CURATORS, of_object=True),
    "meeting-add": Right(
        get=CURATORS | {Role.MENTOR},
        post=CURATORS | {Role.MENTOR},
        of_object=True,
        own=frozenset({Role.MENTOR}),
        path=("pair",),
    ),
    "meeting-edit": Right(get=CURATORS, post=CURATORS, of_object=True),
    "meeting-remove": Right(get=CURATORS, post=CURATORS, of_object=True),
    "group-add": Right(get=CURATORS, post=CURATORS, of_object=True, path=("mentor",)),
    "group-edit": Right(get=CURATORS, post=CURATORS, of_object=True),
    "group-meeting-add": Right(get=CURATORS, post=CURATORS, of_object=True),
    "program-add": Right(get=CURATORS, post=CURATORS),
    "program-edit": Right(get=CURATORS, post=CURATORS, of_object=True),
    "program-move": Right(post=CURATORS, of_object=True),
    "program-paste": Right(get=CURATORS, post=CURATORS, of_object=True),
    "step-add": Right(get=CURATORS, post=CURATORS, of_object=True, path=("program",)),
    "step-edit": Right(get=CURATORS, post=CURATORS, of_object=True),
    "step-done": Right(get=CURATORS, post=CURATORS, of_object=True),
    "step-up": Right(post=CURATORS, of_object=True),
    "step-down": Right(post=CURATORS, of_object=True),
    "step-remove": Right(post=CURATORS, of_object=True),
    # Accounts and roles of the administrator's places; the pages of an invitation's link need no sign-in.
    "users": Right(get=ADMINISTRATORS),
    "users-bulk": Right(post=ADMINISTRATORS),
    "users-export": Right(get=ADMINISTRATORS),
    "user": Right(get=ADMINISTRATORS, of_object=True, rows=ADMINISTRATORS),
    "user-role-add": Right(
        get=ADMINISTRATORS, post=ADMINISTRATORS, of_object=True, rows=ADMINISTRATORS, path=("user",)
    ),
    "user-role-end": Right(
        get=ADMINISTRATORS,
        post=ADMINISTRATORS,
        of_object=True,
        rows=ADMINISTRATORS,
        path=("user", "membership"),
    ),
    "user-close": Right(post=ADMINISTRATORS, of_object=True, rows=ADMINISTRATORS),
    "user-open": Right(post=ADMINISTRATORS, of_object=True, rows=ADMINISTRATORS),
    "user-reset": Right(post=ADMINISTRATORS, of_object=True, rows=ADMINISTRATORS),
    "user-second-factor": Right(post=ADMINISTRATORS, of_object=True, rows=ADMINISTRATORS),
    "invitations": Right(get=ADMINISTRATORS),
    "invitations-bulk": Right(post=ADMINISTRATORS),
    "invitations-export": Right(get=ADMINISTRATORS),
    "invitations-curators": Right(get=ADMINISTRATORS, post=ADMINISTRATORS),
    "invitation-new": Right(get=ADMINISTRATORS, post=ADMINISTRATORS),
    "invitation-resend": Right(post=ADMINISTRATORS, of_object=True, rows=ADMINISTRATORS),
    "invitation-withdraw": Right(post=ADMINISTRATORS, of_object=True, rows=ADMINISTRATORS),
    "invitation-link": Right(post=ADMINISTRATORS, of_object=True, rows=ADMINISTRATORS),
    "invitation-accept": Right(public=True, get=SIGNED_IN, post=SIGNED_IN),
    "invitation-open": Right(public=True, get=SIGNED_IN),
    # Organizations.
    "organizations": Right(get=STAFF_ROLES),
    "organizations-export": Right(get=STAFF_ROLES),
    "organization": Right(get=STAFF_ROLES, of_object=True),
    "organization-add": Right(get=ADMINISTRATORS, post=ADMINISTRATORS),
    "organization-edit": Right(get=KEEPERS, post=KEEPERS, of_object=True),
    "organization-close": Right(get=ADMINISTRATORS, post=ADMINISTRATORS, of_object=True),
    "headcount-add": Right(get=COUNTERS, post=COUNTERS, of_object=True, path=("organization",)),
    "headcount-edit": Right(get=COUNTERS, post=COUNTERS, of_object=True, path=("organization", "headcount")),
    "document-add": Right(get=CURATORS, post=CURATORS, of_object=True, path=("organization",)),
    "document-edit": Right(get=CURATORS, post=CURATORS, of_object=True, path=("organization", "document")),
    "document-remove": Right(get=CURATORS, post=CURATORS, of_object=True, path=("organization", "document")),
    "document-file": Right(
        get=READER_ROLES, of_object=True, rows=READER_ROLES, path=("organization", "document")
    ),
    # Upload from Excel. A workbook names people, so an administrator sees only what he uploaded himself.
    "imports": Right(get=STAFF_ROLES),
    "import-new": Right(get=IMPORTERS, post=IMPORTERS),
    "import-template": Right(get=IMPORTERS),
    "import-incomplete": Right(get=CURATORS),
    "import": Right(get=STAFF_ROLES, of_object=True, rows=READER_ROLES),
    "import-columns": Right(
        get=IMPORTERS, post=IMPORTERS, of_object=True, rows=READER_ROLES, owner_only=True
    ),
    "import-correct": Right(post=IMPORTERS, of_object=True, rows=READER_ROLES, owner_only=True),
    "import-confirm": Right(post=IMPORTERS, of_object=True, rows=READER_ROLES, owner_only=True),
    "import-cancel": Right(post=IMPORTERS, of_object=True, rows=READER_ROLES, owner_only=True),
    "import-repeat": Right(post=IMPORTERS, of_object=True, rows=READER_ROLES, owner_only=True),
    "import-resume": Right(post=IMPORTERS, of_object=True, rows=READER_ROLES, owner_only=True),
    "import-undo": Right(get=IMPORTERS, post=IMPORTERS, of_object=True, rows=READER_ROLES, owner_only=True),
    "import-changes": Right(get=STAFF_ROLES, of_object=True, rows=READER_ROLES, school_only=True),
    "import-report": Right(get=STAFF_ROLES, of_object=True, rows=READER_ROLES, school_only=True),
    "import-returned": Right(get=STAFF_ROLES, of_object=True, rows=READER_ROLES, school_only=True),
    # Reports.
    "reports": Right(get=READER_ROLES, post=READER_ROLES),
    "report": Right(get=READER_ROLES, of_object=True),
    "report-file": Right(get=READER_ROLES, of_object=True, school_only=True),
    "report-cancel": Right(post=READER_ROLES, of_object=True, owner_only=True),
    "report-repeat": Right(post=READER_ROLES, of_object=True, owner_only=True),
    # Self-audits and surveys.
    "checklists": Right(get=READER_ROLES, post=frozenset({Role.CURATOR})),
    "checklist": Right(get=READER_ROLES, of_object=True),
    "checklist-answers": Right(post=frozenset({Role.CURATOR}), of_object=True),
    "checklist-item": Right(post=CURATORS, of_object=True, path=("checklist", "item")),
    "checklist-proposals": Right(post=CURATORS, of_object=True),
    "checklist-review": Right(post=METHODOLOGISTS, of_object=True),
    "checklist-verdict": Right(post=METHODOLOGISTS, of_object=True, path=("checklist", "item")),
    "evidence": Right(get=READER_ROLES, of_object=True),
    "evidence-remove": Right(post=CURATORS, of_object=True),
    "checklists-open": Right(get=METHODOLOGISTS, post=METHODOLOGISTS),
    "checklists-matrix": Right(get=ABOVE),
    "checklists-gaps": Right(get=ABOVE),
    "checklists-file": Right(get=ABOVE),
    "surveys": Right(get=READER_ROLES),
    # Indicators and the roadmap.
    "indicators": Right(get=READER_ROLES),
    "indicator": Right(get=READER_ROLES),
    "indicator-people": Right(get=READER_ROLES, post=ABOVE),
    "heat-map": Right(get=READER_ROLES),
    "indicators-file": Right(get=READER_ROLES),
    "data-warnings": Right(get=READER_ROLES),
    "data-warning": Right(get=READER_ROLES),
    "round-close": Right(get=ABOVE, post=ABOVE),
    "round-begin": Right(get=ABOVE, post=ABOVE, whole_only=True),
    "round": Right(get=ABOVE, of_object=True, of_city=True),
    "round-edit": Right(get=ABOVE, post=ABOVE, of_object=True, of_city=True, whole_only=True),
    "round-remind": Right(get=METHODOLOGISTS, post=METHODOLOGISTS, of_object=True, of_city=True),
    "round-confirm": Right(get=SCHOOL_STAFF, post=CURATORS, of_object=True, of_city=True),
    "round-take-back": Right(post=CURATORS, of_object=True, of_city=True),
    # What is decided for the whole municipality is refused to those who hold a district of it.
    "indicator-parameters-list": Right(get=RULE_KEEPERS, whole_only=True),
    "indicator-parameters": Right(get=RULE_KEEPERS, post=RULE_KEEPERS, whole_only=True),
    "roadmap": Right(get=STAFF_ROLES),
    "roadmap-adopt": Right(get=METHODOLOGISTS, post=METHODOLOGISTS, whole_only=True),
    "roadmap-edit": Right(
        get=METHODOLOGISTS, post=METHODOLOGISTS, of_object=True, of_city=True, whole_only=True
    ),
    "section-add": Right(
        get=METHODOLOGISTS,
        post=METHODOLOGISTS,
        of_object=True,
        of_city=True,
        whole_only=True,
        path=("roadmap",),
    ),
    "section-edit": Right(
        get=METHODOLOGISTS, post=METHODOLOGISTS, of_object=True, of_city=True, whole_only=True
    ),
    "activity-add": Right(
        get=METHODOLOGISTS,
        post=METHODOLOGISTS,
        of_object=True,
        of_city=True,
        whole_only=True,
        path=("section",),
    ),
    "activity": Right(get=STAFF_ROLES, of_object=True, of_city=True),
    "activity-file": Right(get=STAFF_ROLES, of_object=True, of_city=True),
    "activity-edit": Right(
        get=METHODOLOGISTS, post=METHODOLOGISTS, of_object=True, of_city=True, whole_only=True
    ),
    "activity-mark": Right(
        get=METHODOLOGISTS, post=METHODOLOGISTS, of_object=True, of_city=True, whole_only=True
    ),
    "activity-move": Right(post=METHODOLOGISTS, of_object=True, of_city=True, whole_only=True),
    "activity-remove": Right(
        get=METHODOLOGISTS, post=METHODOLOGISTS, of_object=True, of_city=True, whole_only=True
    ),
    "targets": Right(get=RULE_KEEPERS, post=RULE_KEEPERS, whole_only=True),
    # Administration. Dictionaries belong to nobody; the journals show no values of people's records.
    "dictionaries": Right(get=ADMINISTRATORS),
    "dictionary": Right(get=ADMINISTRATORS),
    "dictionary-value-add": Right(get=ADMINISTRATORS, post=ADMINISTRATORS, platform_only=True),
    "dictionary-value-edit": Right(get=ADMINISTRATORS, post=ADMINISTRATORS, platform_only=True),
    "journal": Right(get=ADMINISTRATORS),
    "journal-changes-csv": Right(get=ADMINISTRATORS),
    "journal-access": Right(get=ADMINISTRATORS),
    "journal-access-csv": Right(get=ADMINISTRATORS),
}
