"""Life of a self-audit: opened, filled in by the school, sent, reviewed item by item."""

from checklists.services.evidence import add_file, remove_file
from checklists.services.filling import answer_item, answer_items, confirm_proposals, submit_audit
from checklists.services.opening import Opened, open_audits, start_audit
from checklists.services.review import accept_audit, agree_with_rest, return_audit, review_item

__all__ = [
    "Opened",
    "accept_audit",
    "add_file",
    "agree_with_rest",
    "answer_item",
    "answer_items",
    "confirm_proposals",
    "open_audits",
    "remove_file",
    "return_audit",
    "review_item",
    "start_audit",
    "submit_audit",
]
