"""Settings of the test suite: those of the portal with everything kept inside a temporary folder.

``DATABASE_URL`` chooses the database server; without it tests run on a SQLite file, so that worker and
browser tests can share the database with other processes.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_folder = tempfile.mkdtemp(prefix="portal-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["DATA_DIR"] = _folder
Path(_folder, "static").mkdir()
os.environ.setdefault("SECRET_KEY", "tests-only-" + "0" * 50)
os.environ.setdefault("BEHIND_TLS", "0")
os.environ.setdefault("EMAIL_URL", "memorymail://")
os.environ["DEMO"] = "0"

from mentorship_portal.settings import *  # noqa: E402, F403
from mentorship_portal.settings import DATABASES, PRIVATE_ROOT  # noqa: E402

DEBUG = False
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AXES_ENABLED = False
# Tests of other things sign in by one step; those of the second factor ask for it.
SECOND_FACTOR_REQUIRED = False
STORAGES = {
    "default": {
        "BACKEND": "common.storage.PrivateFileStorage",
        "OPTIONS": {"location": PRIVATE_ROOT, "base_url": None},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# The same formats of reports on every machine; the tests of PDF name the program themselves.
LIBREOFFICE = "none"
# Messages stay inside the process; tests of real brokers and workers give their own address.
CELERY_BROKER_URL = "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS = {}

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": str(Path(_folder) / "test.sqlite3")}
    # A test database need not survive a power cut.
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 0
    # Legs of the suite that run at the same time have databases of their own.
    DATABASES["default"]["TEST"] = {"NAME": os.environ.get("TEST_DATABASE_NAME") or None}
