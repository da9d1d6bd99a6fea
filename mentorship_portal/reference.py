"""Which reference data the portal ships, in the order of their dependencies."""

from __future__ import annotations

from checklists.models import ChecklistItem, ChecklistTemplate
from common.reference import Counts, Table, load_tables
from mentors.models import (
    EndReason,
    MenteeCategory,
    MentoringForm,
    MentoringKind,
    RoleVariant,
    Stage,
)
from mentorship_portal.models import ReferenceRow
from monitoring.models import Indicator, Roadmap, RoadmapActivity, RoadmapSection
from orgs.models import DocumentType, OrganizationType
from surveys.models import Question, Questionnaire, QuestionnaireVersion

QUESTIONS = Table(Question, key="position", parent="version", siblings=("shown_after",))
VERSIONS = Table(
    QuestionnaireVersion, key="number", parent="questionnaire", children={"questions": QUESTIONS}
)
ITEMS = Table(ChecklistItem, key="number", parent="template")
ACTIVITIES = Table(RoadmapActivity, key="number", parent="section")
SECTIONS = Table(RoadmapSection, key="number", parent="roadmap", children={"activities": ACTIVITIES})

TABLES = (
    Table(OrganizationType, "organization_types.json"),
    Table(DocumentType, "document_types.json"),
    Table(MentoringForm, "forms.json"),
    Table(RoleVariant, "role_variants.json"),
    Table(MentoringKind, "kinds.json"),
    Table(MenteeCategory, "mentee_categories.json"),
    Table(Stage, "stages.json"),
    Table(EndReason, "end_reasons.json"),
    Table(Questionnaire, "questionnaires.json", children={"versions": VERSIONS}),
    Table(ChecklistTemplate, "checklists.json", children={"items": ITEMS}),
    Table(Indicator, "indicators.json"),
    Table(Roadmap, "roadmaps.json", children={"sections": SECTIONS}),
)


class DatabaseLedger:
    """The ledger of ``common.reference`` kept in ``ReferenceRow``."""

    def read(self, table: str) -> dict[str, dict]:
        """Values loaded last time by the identity of the row."""
        return dict(ReferenceRow.objects.filter(table=table).values_list("identity", "values"))

    def write(self, table: str, values: dict[str, dict]) -> None:
        """Remembers the values loaded now."""
        ReferenceRow.objects.bulk_create(
            [ReferenceRow(table=table, identity=identity, values=row) for identity, row in values.items()],
            update_conflicts=True,
            unique_fields=["table", "identity"],
            update_fields=["values"],
        )


def load_reference(*, reset: bool = False) -> dict[str, Counts]:
    """Loads every dictionary and template; returns counts by table.

    Values that people have edited stay, unless ``reset``. Raises ``common.reference.ReferenceDataError``.
    """
    return load_tables(TABLES, ledger=DatabaseLedger(), reset=reset)
