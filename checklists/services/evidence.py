"""Files that confirm answers: added and removed while the item is open to the school."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from checklists.models import ChecklistItem, EvidenceFile, ItemAnswer, SelfAudit
from checklists.services.filling import begin
from checklists.services.state import locked, refuse_closed_item
from common.recorded import delete_as, save_as

MOST_FILES = 10


@transaction.atomic
def add_file(*, actor, audit: SelfAudit, item: ChecklistItem, file, name: str) -> EvidenceFile:
    """Attaches a checked file to the answer; an item without an answer gets an empty one to hold it.

    ``file`` comes from :class:`common.forms.files.AttachmentField`, ``name`` is what people know it by.
    """
    audit = locked(audit)
    given = audit.answers.filter(item=item).first() or ItemAnswer(audit=audit, item=item)
    refuse_closed_item(audit, given, item.number)
    if given.pk is None:
        save_as(actor, given)
    elif given.files.count() >= MOST_FILES:
        raise ValidationError(
            {"file": _("An item takes %(n)d files at most. Put the papers into one PDF.") % {"n": MOST_FILES}}
        )
    begin(actor, audit)
    return save_as(actor, EvidenceFile(answer=given, file=file, name=name[-255:], size=file.size))


@transaction.atomic
def remove_file(*, actor, evidence: EvidenceFile) -> None:
    """Takes the file away, also from the storage once that is certain."""
    given = evidence.answer
    refuse_closed_item(locked(given.audit), given, given.item.number)
    stored, name = evidence.file.storage, evidence.file.name
    delete_as(actor, evidence)
    transaction.on_commit(lambda: stored.delete(name))
