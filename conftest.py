"""Fixtures for the whole suite."""

import urllib.parse
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection

# ---- Infrastructure ---------------------------------------------------------------------------


@pytest.fixture
def database_url(transactional_db) -> str:
    """The address of the test database, for processes that share it with the test."""
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{known['NAME']}"
    user = urllib.parse.quote(known["USER"], safe="")
    password = f":{urllib.parse.quote(known['PASSWORD'], safe='')}" if known["PASSWORD"] else ""
    return f"postgres://{user}{password}@{known['HOST']}:{known['PORT'] or 5432}/{known['NAME']}"


@pytest.fixture
def broker(tmp_path, settings):
    """A running broker of the test's own, which this process sends its messages to as well."""
    from mentorship_portal.celery import app
    from mentorship_portal.tests.processes import BrokerProcess

    process = BrokerProcess(tmp_path)
    process.start()
    before = {key: app.conf[key] for key in ("broker_url", "broker_transport_options")}
    _point_celery_at(app, broker_url=process.url, broker_transport_options={"socket_connect_timeout": 1})
    settings.REDIS_URL = process.url
    yield process
    _point_celery_at(app, **before)
    process.stop()


@pytest.fixture
def worker(tmp_path, broker, database_url):
    """A worker process on the test database and the test's broker; the test starts it."""
    from mentorship_portal.tests.processes import WorkerProcess

    process = WorkerProcess(tmp_path, broker.url, database_url, Path(django_settings.PRIVATE_ROOT))
    yield process
    process.kill()


def _point_celery_at(app, **configuration) -> None:
    app.conf.update(configuration)
    # Drops the pools that still hold connections to the previous broker.
    app._after_fork()


# ---- The named cast ---------------------------------------------------------------------------
