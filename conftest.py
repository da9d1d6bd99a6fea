"""Fixtures for the whole suite."""

import os
import shutil
import urllib.parse
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings as django_settings
from django.db import connection

# In CI the same examples every time: a change is judged by what it changed. Elsewhere they are drawn anew.
# No example has a deadline: how long it takes says something of the machine and nothing of the code.
hypothesis.settings.register_profile("ci", derandomize=True, deadline=None)
hypothesis.settings.register_profile("drawn", deadline=None)
IN_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
hypothesis.settings.load_profile("ci" if IN_CI else "drawn")

# ---- Infrastructure ---------------------------------------------------------------------------

# Without its own errands in the background the browser asks no host but ours.
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def django_db_use_migrations() -> bool:
    """On SQLite tables are made from the models: running every migration there takes half a minute of CPU.

    On PostgreSQL the suite runs on migrated tables; that both ways end in the same tables is a check of its
    own (``makemigrations --check``), and ``make run`` migrates SQLite.
    """
    return connection.vendor != "sqlite"


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


@pytest.fixture
def real_redis(settings) -> str:
    """The address of a Redis server outside the suite; it is emptied before and after."""
    import redis

    from mentorship_portal.celery import app

    url = os.environ.get("TEST_REDIS_URL")
    if not url:
        pytest.skip("TEST_REDIS_URL is not set")
    server = redis.Redis.from_url(url)
    server.flushdb()
    before = {key: app.conf[key] for key in ("broker_url", "broker_transport_options")}
    _point_celery_at(app, broker_url=url, broker_transport_options={"socket_connect_timeout": 1})
    settings.REDIS_URL = url
    yield url
    _point_celery_at(app, **before)
    server.flushdb()


@pytest.fixture(scope="session")
def chromium():
    """Headless Chromium of the system; the suite never downloads one."""
    from playwright.sync_api import sync_playwright

    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not path:
        pytest.fail("no Chromium: install it or name it in CHROMIUM")
    # The synchronous Playwright keeps an event loop in this thread, which Django would take for async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium, live_server):
    """A page of the running portal at 1366×768; console errors and outside requests fail the test."""
    context = chromium.new_context(
        base_url=live_server.url, locale="ru-RU", viewport={"width": 1366, "height": 768}
    )
    page = context.new_page()
    page.set_default_timeout(20_000)
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith((live_server.url, "data:", "blob:"))
            else complaints.append(f"outside request: {request.url}")
        ),
    )
    yield page
    context.close()
    assert complaints == []


def _point_celery_at(app, **configuration) -> None:
    app.conf.update(configuration)
    # Drops the pools that still hold connections to the previous broker.
    app._after_fork()


# ---- The named cast ---------------------------------------------------------------------------


@pytest.fixture
def cast(db):
    """Places and users of mentorship_portal/tests/cast.py; each is also a fixture of its own name."""
    from mentorship_portal.tests.cast import make_cast

    return make_cast()


def _member(name):
    @pytest.fixture(name=name)
    def member(cast):
        return getattr(cast, name)

    return member


municipality = _member("municipality")
district = _member("district")
other_district = _member("other_district")
school = _member("school")
sibling_school = _member("sibling_school")
district_school = _member("district_school")
foreign_municipality = _member("foreign_municipality")
foreign_district = _member("foreign_district")
foreign_school = _member("foreign_school")
curator = _member("curator")
colleague_curator = _member("colleague_curator")
foreign_curator = _member("foreign_curator")
head = _member("head")
methodologist = _member("methodologist")
district_methodologist = _member("district_methodologist")
foreign_methodologist = _member("foreign_methodologist")
analyst = _member("analyst")
administrator = _member("administrator")
mentor = _member("mentor")
mentee = _member("mentee")
stranger = _member("stranger")


@pytest.fixture
def signed_in(client):
    """A function: the client signed in as the given user."""

    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in
