"""The dictionaries of the portal: which there are, who may change them, and how.

A dictionary is the same for every municipality of an installation. Its values are renamed or retired, never
deleted, because records point at them.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import GuardedForm, PortalModelForm
from common.models import Dictionary
from common.recorded import save_as
from mentors.models import (
    EndReason,
    MenteeCategory,
    MentoringForm,
    MentoringKind,
    Pair,
    RoleVariant,
    Stage,
)
from orgs.enums import Role
from orgs.models import DocumentType, Municipality, OrganizationType
from orgs.scope import Scope


@dataclass(frozen=True, slots=True)
class Kind:
    """One dictionary: the code of its address, its model, fields beyond those of every dictionary, a note."""

    code: str
    model: type[Dictionary]
    note: object
    fields: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return str(self.model._meta.verbose_name_plural)


KINDS = {
    kind.code: kind
    for kind in (
        Kind(
            "forms",
            MentoringForm,
            _("Who mentors whom. The form decides who counts as a pupil or a teacher in the indicators."),
            ("mentor_population", "mentee_population"),
        ),
        Kind("role-variants", RoleVariant, _("What the two are to each other inside a form."), ("form",)),
        Kind("kinds", MentoringKind, _("How the two work: traditional, situational, reverse, virtual.")),
        Kind("categories", MenteeCategory, _("Which teachers are mentored (Klin checklist, item 2).")),
        Kind("stages", Stage, _("The stages of a programme, in their order."), ("result",)),
        Kind("end-reasons", EndReason, _("Why a pair or a participation ended.")),
        Kind(
            "organization-types", OrganizationType, _("School, gymnasium, college, kindergarten and others.")
        ),
        Kind(
            "document-types",
            DocumentType,
            _("Documents of a school; those of the full package are asked of every school."),
            ("required",),
        ),
    )
}


def may_change(scope: Scope) -> bool:
    """Whether the user may change dictionaries.

    An administrator of a whole municipality may while it is the only one here; where several municipalities
    share the portal, a change touches all of them and is for the platform's administrator.
    """
    if not scope.overseen_municipality_ids({Role.ADMINISTRATOR}):
        return False
    return scope.user.is_staff or Municipality.objects.count() == 1


class SynonymsField(forms.CharField):
    """Other spellings, one in a line; the value is a list of texts."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def to_python(self, value) -> list[str]:
        lines = (" ".join(line.split()) for line in super().to_python(value).splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    def has_changed(self, initial, data) -> bool:
        return list(initial or []) != self.to_python(data)


class DictionaryForm(GuardedForm, PortalModelForm):
    """Base of the forms of dictionaries; :func:`form_of` makes the class for one of them."""

    synonyms = SynonymsField(
        label=_("Other spellings"),
        required=False,
        help_text=_("One in a line: workbooks that schools send are understood by them"),
    )

    def __init__(self, *args, scope, instance=None, **kwargs):
        self.records = (instance,) if instance else ()
        super().__init__(*args, instance=instance, **kwargs)
        if "form" in self.fields:
            self.fields["form"].queryset = MentoringForm.objects.filter(active=True)
        if instance is not None and isinstance(instance, MentoringForm):
            self._lock_populations(instance)

    def _lock_populations(self, form: MentoringForm) -> None:
        if Pair._base_manager.filter(form=form).exists():
            for name in ("mentor_population", "mentee_population"):
                self.fields[name].disabled = True
                self.fields[name].help_text = _("Pairs of this form exist, so this can no longer change")


def form_of(kind: Kind) -> type[DictionaryForm]:
    """The form of one dictionary."""
    names = ("title", *kind.fields, "synonyms", "source", "position", "active")
    meta = type("Meta", (), {"model": kind.model, "fields": names})
    return type("Form", (DictionaryForm,), {"Meta": meta, "__module__": __name__})


def save_value(*, actor, kind: Kind, form: DictionaryForm) -> Dictionary:
    """Writes a new or a changed value of a dictionary."""
    if form.records:
        (value,) = form.records
        changes = form.changes(value)
        if not changes:
            return value
    else:
        value = kind.model(code=f"own-{secrets.token_hex(4)}")
        changes = {name: form.cleaned_data[name] for name in form.Meta.fields}
    for name, content in changes.items():
        setattr(value, name, content)
    return save_as(actor, value)
