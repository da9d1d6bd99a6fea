"""What has to stand before the first request: folders, tables, dictionaries, the demo, static files."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from common.sqlite import refresh_statistics
from mentorship_portal.serving.options import StartError

Say = Callable[[str], None]


def prepare(say: Say) -> None:
    """Brings database and files to the state of this version of the code; quick when they are in it."""
    settings.PRIVATE_ROOT.mkdir(parents=True, exist_ok=True)
    try:
        migrated = _migrate(say)
        _load(say, after_migration=migrated)
        refresh_statistics()
    except DatabaseError as error:
        raise StartError(_("The database does not answer: %s") % _one_line(error)) from error
    except CommandError as error:
        raise StartError(_one_line(error)) from error
    _collect_static()


def _migrate(say: Say) -> bool:
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    say(_("Preparing the database…"))
    call_command("migrate", interactive=False, verbosity=0)
    return True


def _load(say: Say, *, after_migration: bool) -> None:
    from orgs.models import Organization

    if after_migration or not Organization.objects.exists():
        say(_("Loading dictionaries…"))
        call_command("load_reference", stdout=StringIO())
    if settings.DEMO and not Organization.objects.exists():
        say(_("Loading the demo municipality; this takes about a minute, once…"))
        call_command("load_demo", stdout=StringIO())


def _collect_static() -> None:
    """Copies the built assets when they differ from those copied last time."""
    source = Path(settings.STATICFILES_DIRS[0])
    stamp = Path(settings.STATIC_ROOT) / ".stamp"
    state = hashlib.sha256()
    for path in sorted(source.rglob("*")):
        if path.is_file():
            state.update(str(path.relative_to(source)).encode())
            state.update(path.read_bytes())
    if stamp.exists() and stamp.read_text() == state.hexdigest():
        return
    if not (source / "dist" / "portal.css").exists():
        raise StartError(_("The assets are not built. Run: make setup"))
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(state.hexdigest())


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())
