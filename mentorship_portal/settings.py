"""One settings file for every place the portal runs in; all variation comes from the environment.

With an empty environment the portal is the embedded one: SQLite and an embedded Valkey under
``DATA_DIR``. Production sets ``DATABASE_URL``, ``REDIS_URL``, ``SECRET_KEY`` and ``ALLOWED_HOSTS``.
"""

import shutil
from pathlib import Path

import environ
from csp.constants import NONE, SELF

from mentorship_portal import logs
from mentorship_portal.environment import Environment

BASE_DIR = Path(__file__).resolve().parent.parent
environ.Env.read_env(BASE_DIR / ".env")
env = Environment()

DATA_DIR = Path(env.text("DATA_DIR", str(BASE_DIR / "var"))).resolve()
DEBUG = env.flag("DEBUG", False)
DEMO = env.flag("DEMO", False)
SUPPORT_CONTACT = env.text("SUPPORT_CONTACT", "")
SITE_URL = env.site("SITE_URL")
EMBEDDED = not env.text("DATABASE_URL", "")
SECRET_KEY = env.secret_key(DATA_DIR)
ALLOWED_HOSTS = env.items("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.items("CSRF_TRUSTED_ORIGINS", [])
BEHIND_TLS = env.flag("BEHIND_TLS", not EMBEDDED)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_htmx",
    "import_export",
    "simple_history",
    "common",
    "accounts",
    "orgs",
    "exchange",
    "mentors",
    "surveys",
    "checklists",
    "monitoring",
    "mentorship_portal",
]

MIDDLEWARE = [
    "mentorship_portal.middleware.RequestNumberMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.SessionLimitsMiddleware",
    "mentorship_portal.middleware.LanguageMiddleware",
    "accounts.middleware.SignInRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "orgs.middleware.ScopeMiddleware",
    "mentorship_portal.middleware.SummaryMiddleware",
    "orgs.middleware.SecondFactorMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "mentorship_portal.urls"
WSGI_APPLICATION = "mentorship_portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "mentorship_portal.context.frame",
            ],
        },
    }
]

DATABASES = {"default": env.database(DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "accounts.backends.AccountBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"
AXES_FAILURE_LIMIT = 20
AXES_COOLOFF_TIME = 0.25
# The key of the credentials that authenticate() is given, not the name of the form's field.
AXES_USERNAME_FORM_FIELD = "username"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_LOCKOUT_CALLABLE = "accounts.throttle.locked_out"
# The page says until when the sign-in is closed; a further attempt must not move that moment.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "held"]
# From this many wrong passwords in a row on, each attempt waits: 1, 2, 4 … seconds, at most a minute.
SIGN_IN_PAUSE_AFTER = 5
# A link of a letter opens once, within a day.
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
# An invitation lives longer: a curator may be ill or on leave for some days.
INVITATION_DAYS = 7
# The demo signs in with its published password alone.
SECOND_FACTOR_REQUIRED = not DEMO
OTP_TOTP_ISSUER = "Наставничество"
ACCOUNT_UNUSED_DAYS = 90

# A session ends after so long without a request, and after 12 hours whatever happens.
SESSION_IDLE_SECONDS = 30 * 60
SESSION_ENGINE = "accounts.session_store"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "mentorship_portal.errors.csrf_failure"
if BEHIND_TLS:
    SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "ru"
LANGUAGES = [("ru", "Русский"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = env.time_zone("TIME_ZONE", "Europe/Moscow")
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Only our own build is served; the assets inside installed packages are for admin sites we do not have.
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
PRIVATE_ROOT = DATA_DIR / "files"
STORAGES = {
    "default": {
        "BACKEND": "common.storage.PrivateFileStorage",
        "OPTIONS": {"location": PRIVATE_ROOT, "base_url": None},
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if not DEBUG
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
# The preview of invited curators sends six fields of each of 500 rows.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000

EMAIL_CONFIG = env.email()
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", "portal@localhost")

REDIS_URL = env.redis(DATA_DIR)
CELERY_BROKER_URL = REDIS_URL
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
# A click never waits for a broker that is down: the sweep finds the row and rings again.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200
CELERY_TASK_TIME_LIMIT = 15 * 60
CELERY_TASK_SOFT_TIME_LIMIT = 14 * 60
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_ROUTES = {
    "exchange.tasks.run_import": {"queue": "imports"},
    "exchange.tasks.run_report": {"queue": "reports"},
}
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 20 * 60,
    "socket_connect_timeout": 2,
    "socket_timeout": 5,
    # Sending fails at once when the broker is down; without these it tries for six seconds.
    "max_retries": 0,
    "interval_start": 0,
    "interval_step": 0,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A worker outlives a broker that is away for hours.
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
# A job goes on without the broker; should its message come again, the lease keeps the second worker off.
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False
CELERY_TIMEZONE = TIME_ZONE

# Long jobs are rows of the database (see exchange/README.md). A run whose worker has not renewed its lease
# for so long is done anew; a waiting run is rung for again after RUN_RING_SECONDS.
RUN_LEASE_SECONDS = env.number("RUN_LEASE_SECONDS", 30)
RUN_RING_SECONDS = env.number("RUN_RING_SECONDS", 30)
RUN_SWEEP_SECONDS = env.number("RUN_SWEEP_SECONDS", 15)
RUN_ATTEMPTS = env.number("RUN_ATTEMPTS", 3)
# Imports of so few rows are done while the person waits for the page.
IMPORT_INLINE_ROWS = env.number("IMPORT_INLINE_ROWS", 300)
IMPORT_UNDO_HOURS = env.number("IMPORT_UNDO_HOURS", 24)
# The program that makes PDF out of documents; with «none» that format is not offered.
LIBREOFFICE = env.text("LIBREOFFICE", shutil.which("soffice") or shutil.which("libreoffice") or "none")
# Uploaded workbooks and their rows that were put off.
IMPORT_KEEP_DAYS = env.number("IMPORT_KEEP_DAYS", 30)

CELERY_BEAT_SCHEDULE = {
    "requeue-expired-runs": {
        "task": "exchange.tasks.requeue_expired",
        "schedule": float(RUN_SWEEP_SECONDS),
        # A sweep that was not fetched in time is worth nothing: a later one has done the same.
        "options": {"expires": 4 * RUN_SWEEP_SECONDS},
    },
    "forget-workbooks": {
        "task": "exchange.tasks.forget_workbooks",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "send-letters": {
        "task": "accounts.tasks.send_letters",
        "schedule": 60.0,
        "options": {"expires": 240},
    },
}

# /readyz calls the queue late when its oldest run has waited longer than this.
QUEUE_LATE_SECONDS = env.number("QUEUE_LATE_SECONDS", 600)

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
IMPORT_EXPORT_USE_TRANSACTIONS = True
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True
SIMPLE_HISTORY_REVERT_DISABLED = True

SHEET_LIMITS = {"rows": env.number("SHEET_ROWS", 5_000)}
SHEET_COMMAND_LIMITS = {"rows": env.number("SHEET_COMMAND_ROWS", 200_000)}

# Covering indexes serve PostgreSQL; SQLite makes plain ones of them.
SILENCED_SYSTEM_CHECKS = ["models.W040"]
LOG_LEVEL = env.choice("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR"))
LOGGING = logs.configuration(as_json=not EMBEDDED, level=LOG_LEVEL)
