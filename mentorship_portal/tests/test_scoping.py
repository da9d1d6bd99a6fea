"""Static rules of row scoping: views, forms and filters take rows only through the scope."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.core.checks import run_checks

from orgs.checks import DICTIONARY, EXEMPT, OWN_APPS

ROOT = Path(__file__).resolve().parents[2]
NARROWING = {"visible_to", "known_to", "none"}
# What takes rows and narrows them: ``take`` and ``_chosen`` are methods of pages that hand on to the others.
NARROWERS = {
    "get_visible",
    "get_known",
    "get_writable",
    "writable",
    "take",
    "_chosen",
    "OuterRef",
    "Exists",
    "Subquery",
}
# Rows that belong to the signed-in request itself, or that the scope has already been asked about.
REASONED = {
    ("orgs/views/organizations.py", "Membership"),
    ("mentors/views/participations.py", "Participation"),
    ("monitoring/views/base.py", "Organization"),
}


def modules() -> list[Path]:
    """Views, forms and filters of every app."""
    found = []
    for app in OWN_APPS:
        found += (ROOT / app).glob("views*.py")
        found += (ROOT / app).glob("views/*.py")
        found += [
            path for name in ("forms.py", "filters.py", "places.py") if (path := ROOT / app / name).exists()
        ]
    return found


def test_no_model_goes_without_a_scope_or_a_reason():
    assert [error.msg for error in run_checks() if error.id in ("orgs.E001", "orgs.E002")] == []


def test_the_check_finds_a_model_that_lost_its_scope(monkeypatch):
    monkeypatch.delitem(EXEMPT, "orgs.Region")
    assert "orgs.E001" in [error.id for error in run_checks()]


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_page_takes_rows_through_the_scope(path):
    place = str(path.relative_to(ROOT))
    tree = ast.parse(path.read_text(encoding="utf-8"))
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    found = [
        f"{place}:{node.lineno} {node.value.id}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr == "objects"
        and isinstance(node.value, ast.Name)
        and node.value.id in scoped_models()
        and (place, node.value.id) not in REASONED
        and not is_narrowed(node, parents)
    ]
    assert found == []


def scoped_models() -> set[str]:
    """Names of models whose rows belong to somebody."""
    return {
        model.__name__
        for model in apps.get_models()
        if model._meta.app_label in OWN_APPS and EXEMPT.get(model._meta.label) != DICTIONARY
    }


def is_narrowed(node: ast.AST, parents: dict, asked: tuple = ()) -> bool:
    """Whether the rows are narrowed in this expression, given to ``get_visible`` or inside a lookup."""
    while (parent := parents.get(node)) is not None and not isinstance(parent, ast.stmt):
        if isinstance(parent, ast.Attribute) and parent.attr in NARROWING:
            return True
        if isinstance(parent, ast.Call):
            called = parent.func
            name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
            if name in NARROWERS:
                return True
        node = parent
    return parent not in asked and narrowed_later(parent, parents, (*asked, parent))


def narrowed_later(statement: ast.AST | None, parents: dict, asked: tuple) -> bool:
    """Whether the variable that the rows are put into goes to ``get_visible`` or into a subquery."""
    if not isinstance(statement, ast.Assign | ast.Return):
        return False
    if isinstance(statement, ast.Return):
        return False
    name = statement.targets[0].id if isinstance(statement.targets[0], ast.Name) else None
    function = parents[statement]
    for node in ast.walk(function):
        is_use = isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load)
        if is_use and is_narrowed(node, parents, asked):
            return True
    return False
