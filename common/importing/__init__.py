"""The engine of imports: fields and resources of workbooks, the run, and its outcome."""

from common.importing.context import ImportContext
from common.importing.engine import run_import
from common.importing.entry import ADDED, REFUSED, UNCHANGED, UPDATED, Entry
from common.importing.fields import Heading
from common.importing.keyed import KeyedResource, Plan, as_cell, is_same
from common.importing.kinds import import_kinds
from common.importing.locks import hold
from common.importing.lookup import TitleLookup, title_key
from common.importing.outcome import Outcome
from common.importing.resource import WorkbookResource
from common.importing.things import NextStep, Thing

__all__ = [
    "ADDED",
    "REFUSED",
    "UNCHANGED",
    "UPDATED",
    "Entry",
    "Heading",
    "ImportContext",
    "KeyedResource",
    "NextStep",
    "Outcome",
    "Plan",
    "Thing",
    "TitleLookup",
    "WorkbookResource",
    "as_cell",
    "hold",
    "import_kinds",
    "is_same",
    "run_import",
    "title_key",
]
