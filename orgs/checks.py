"""System check: every table is scoped, or is named here with the reason why it need not be."""

from __future__ import annotations

from django.apps import apps
from django.core import checks

OWN_APPS = (
    "accounts",
    "orgs",
    "exchange",
    "mentors",
    "surveys",
    "checklists",
    "monitoring",
    "mentorship_portal",
)
DICTIONARY = "a dictionary, the same for everybody"
# Models without rows of any organization, by label.
EXEMPT = {
    "accounts.User": "administrators see an account through the roles in their places",
    "accounts.Letter": "sent by the machine; no page lists letters",
    "accounts.AccessRecord": "written only; administrators read lines about users of their places",
    "orgs.Region": DICTIONARY,
    "orgs.OrganizationType": DICTIONARY,
    "orgs.DocumentType": DICTIONARY,
    "orgs.SentForm": "found only by the user's own key of a page",
    "exchange.ImportTrace": "reached only through its run",
    "mentors.DifferentPeople": "two keys of people, asked about for a person of the scope",
    "mentors.MentoringForm": DICTIONARY,
    "mentors.RoleVariant": DICTIONARY,
    "mentors.MentoringKind": DICTIONARY,
    "mentors.MenteeCategory": DICTIONARY,
    "mentors.Stage": DICTIONARY,
    "mentors.EndReason": DICTIONARY,
    "surveys.Questionnaire": DICTIONARY,
    "surveys.QuestionnaireVersion": DICTIONARY,
    "surveys.Question": DICTIONARY,
    "checklists.ChecklistTemplate": DICTIONARY,
    "checklists.ChecklistItem": DICTIONARY,
    "monitoring.Indicator": DICTIONARY,
    "mentorship_portal.ReferenceRow": "remembers which dictionary rows were shipped",
}


@checks.register(checks.Tags.security)
def every_model_is_scoped(app_configs, **kwargs) -> list[checks.CheckMessage]:
    """An error for a model with neither ``visible_to`` nor a line above, and for a line without a model."""
    known = {model._meta.label: model for model in apps.get_models() if model._meta.app_label in OWN_APPS}
    # Tables of the history are reached only through the record that they belong to.
    found = {label: model for label, model in known.items() if not hasattr(model, "instance_type")}
    unscoped = {label for label, model in found.items() if not hasattr(model._default_manager, "visible_to")}
    errors = [
        checks.Error(
            f"{label} has neither visible_to() nor a reason to go without it.",
            hint="Give it a ScopedQuerySet with org_lookup, or a line in orgs.checks.EXEMPT.",
            id="orgs.E001",
        )
        for label in sorted(unscoped - set(EXEMPT))
    ]
    errors += [
        checks.Error(f"orgs.checks.EXEMPT names {label}, which is scoped or gone.", id="orgs.E002")
        for label in sorted(set(EXEMPT) - unscoped)
    ]
    return errors
