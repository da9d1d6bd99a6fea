"""Typed reading of the environment: a malformed value stops the start and names the variable."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Collection
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import environ
from django.core.exceptions import ImproperlyConfigured

TRUE_WORDS = {"1", "true", "yes", "on"}
DATABASE_SCHEMES = {"postgres", "postgresql", "sqlite"}
SHORTEST_KEY = 20
# Readers and one writer at a time do not block each other; 64 MiB of pages are kept in memory.
SQLITE_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;"
# Under DATA_DIR: where the embedded broker listens now, written by `make run`.
BROKER_FILE = "broker/url"
# Nothing listens there: a portal without a broker queues its jobs in the database alone.
NO_BROKER = "redis://127.0.0.1:1/0"
FALSE_WORDS = {"0", "false", "no", "off", ""}


class Environment:
    """Reads settings from ``os.environ``; every reader raises ``ImproperlyConfigured`` by name."""

    def text(self, name: str, default: str) -> str:
        """The variable as text; an empty one counts as not set."""
        return os.environ.get(name, "").strip() or default

    def flag(self, name: str, default: bool) -> bool:
        """The variable as a yes or no."""
        raw = os.environ.get(name)
        if raw is None:
            return default
        word = raw.strip().lower()
        if word in TRUE_WORDS:
            return True
        if word in FALSE_WORDS:
            return False
        raise ImproperlyConfigured(f"{name}={raw!r}: use 1 or 0")

    def number(self, name: str, default: int) -> int:
        """The variable as a positive whole number."""
        raw = self.text(name, "")
        if not raw:
            return default
        if not raw.isdecimal() or int(raw) == 0:
            raise ImproperlyConfigured(f"{name}={raw!r}: use a whole number above 0")
        return int(raw)

    def choice(self, name: str, default: str, allowed: Collection[str]) -> str:
        """The variable as one of the allowed words."""
        word = self.text(name, default)
        if word not in allowed:
            raise ImproperlyConfigured(f"{name}={word!r}: use one of {', '.join(allowed)}")
        return word

    def items(self, name: str, default: list[str]) -> list[str]:
        """The variable as a list of words divided by commas."""
        raw = self.text(name, "")
        return [item.strip() for item in raw.split(",") if item.strip()] or default

    def secret_key(self, data_dir: Path) -> str:
        """``SECRET_KEY``, or a random one made once and kept under ``data_dir``.

        Machines that serve one portal together must be given the same key.
        """
        given = self.text("SECRET_KEY", "")
        if given:
            if len(given) < SHORTEST_KEY:
                raise ImproperlyConfigured(f"SECRET_KEY: use at least {SHORTEST_KEY} characters")
            return given
        path = data_dir / "secret_key"
        if not path.exists():
            data_dir.mkdir(parents=True, exist_ok=True)
            draft = path.with_suffix(f".{os.getpid()}")
            draft.write_text(secrets.token_urlsafe(60))
            draft.chmod(0o600)
            try:
                os.link(draft, path)
            except FileExistsError:
                pass  # another process of the same start was first; its key is the key
            draft.unlink()
        return path.read_text().strip()

    def database(self, data_dir: Path) -> dict:
        """Django's database settings from ``DATABASE_URL``; empty means SQLite in ``data_dir``."""
        url = self.text("DATABASE_URL", "")
        if not url:
            data_dir.mkdir(parents=True, exist_ok=True)
            url = f"sqlite:///{data_dir / 'portal.sqlite3'}"
        scheme = url.partition("://")[0]
        if scheme not in DATABASE_SCHEMES:
            raise ImproperlyConfigured(f"DATABASE_URL={_hidden(url)!r}: use postgres://… or sqlite:///…")
        try:
            config = environ.Env.db_url_config(url)
        except Exception as error:
            raise ImproperlyConfigured(f"DATABASE_URL={_hidden(url)!r}: {error}") from error
        if scheme == "sqlite":
            config["OPTIONS"] = {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": SQLITE_PRAGMAS,
            }
        else:
            config["CONN_MAX_AGE"] = 60
            config["CONN_HEALTH_CHECKS"] = True
            # Django's own word for connections that a pooler shares; common.prepared heeds it too.
            config["DISABLE_SERVER_SIDE_CURSORS"] = self.flag("DATABASE_POOLED", False)
            # To compile a statement into machine code takes PostgreSQL seconds where to answer it takes one.
            config.setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
        return config

    def time_zone(self, name: str, default: str) -> str:
        """The variable as the name of a time zone, such as ``Asia/Novosibirsk``."""
        zone = self.text(name, default)
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ImproperlyConfigured(f"{name}={zone!r}: use a name such as Europe/Moscow") from error
        return zone

    def redis(self, data_dir: Path) -> str:
        """``REDIS_URL``; empty means the embedded broker at the address that ``make run`` has left."""
        url = self.text("REDIS_URL", "")
        if url and not url.startswith(("redis://", "rediss://", "unix://")):
            raise ImproperlyConfigured(f"REDIS_URL={_hidden(url)!r}: use redis://host:port/number")
        address = data_dir / BROKER_FILE
        if not url and address.exists():
            url = address.read_text().strip()
        return url or NO_BROKER

    def site(self, name: str) -> str:
        """The variable as scheme and host, such as ``https://portal.example``; empty when not set."""
        address = self.text(name, "").rstrip("/")
        if address and not re.fullmatch(r"https?://[A-Za-z0-9.\-\[\]:]+", address):
            raise ImproperlyConfigured(f"{name}={address!r}: use an address such as https://portal.example")
        return address

    def email(self) -> dict:
        """Django's e-mail settings from ``EMAIL_URL``; empty writes letters to files in the log."""
        url = self.text("EMAIL_URL", "consolemail://")
        try:
            return environ.Env.email_url_config(url)
        except Exception as error:
            raise ImproperlyConfigured(f"EMAIL_URL={_hidden(url)!r}: {error}") from error


def _hidden(url: str) -> str:
    """The address without its password, fit for a message."""
    return re.sub(r"(?<=:)[^:@/]*(?=@)", "***", url)
