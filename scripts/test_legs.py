"""The whole suite, leg by leg; a leg that this machine cannot run is named with the reason.

With CI=true a leg that cannot run counts as failed. ``--only NAME…`` runs some of the legs:
lint, sqlite, postgres, worker, browser, and long, which is not run unless it is asked for.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
TOOLS = Path(PYTHON).parent
IN_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
POSTGRES = os.environ.get("TEST_POSTGRES_URL") or "postgres://postgres@127.0.0.1:5432/postgres"
REDIS = os.environ.get("TEST_REDIS_URL") or "redis://127.0.0.1:6379/15"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
COUNT = re.compile(r"(\d+) (passed|failed|error|errors|skipped|xfailed|xpassed)\b")
PRODUCTION = {
    "DATABASE_URL": "postgres://portal@database.invalid/portal",
    "REDIS_URL": "redis://broker.invalid:6379/0",
    "SECRET_KEY": "check-deploy-" + "0123456789abcdef" * 4,
    "ALLOWED_HOSTS": "portal.example.org",
}


@dataclass
class Result:
    """Counts of one leg, and why it did not run when it did not."""

    name: str
    counts: Counter = field(default_factory=Counter)
    missing: str = ""

    @property
    def line(self) -> str:
        if self.missing:
            return f"{self.name}: не запускалось / not run: {self.missing}"
        return f"{self.name}: " + ", ".join(f"{count} {word}" for word, count in sorted(self.counts.items()))


def lint() -> Result:
    """Style, import order, migrations, production settings, translations, assets, locks."""
    manage = [PYTHON, "manage.py"]
    commands = {
        "ruff": [TOOLS / "ruff", "check", "--quiet", "--output-format=concise", "."],
        "ruff format": [TOOLS / "ruff", "format", "--check", "--output-format=concise", "."],
        "djlint": [TOOLS / "djlint", "--lint", "--quiet", *_template_folders()],
        "imports": [TOOLS / "lint-imports", "--no-logo"],
        "migrations": [*manage, "makemigrations", "--check", "--dry-run"],
        "production settings": [*manage, "check", "--deploy", "--fail-level", "WARNING"],
        "translations": [PYTHON, "scripts/messages.py", "check"],
        "assets": [PYTHON, "scripts/checks.py", "assets"],
        "locks": [PYTHON, "scripts/checks.py", "locks"],
    }
    result = Result("lint")
    for name, command in commands.items():
        extra = PRODUCTION if name == "production settings" else {}
        done = subprocess.run(
            list(map(str, command)), cwd=ROOT, env={**_environment(), **extra}, capture_output=True, text=True
        )
        result.counts["passed" if done.returncode == 0 else "failed"] += 1
        print(f"{name}: {'ok' if done.returncode == 0 else 'FAILED'}", flush=True)
        if done.returncode:
            print(done.stdout[-6000:], done.stderr[-2000:], sep="\n", flush=True)
    return result


def sqlite() -> Result:
    """Everything without a browser, a worker or much time, on SQLite."""
    return _pytest("sqlite", ["-n", "2"])


def postgres() -> Result:
    """The same on PostgreSQL; who may call which address does not depend on the database."""
    problem = _postgres_problem()
    if problem:
        return Result("postgres", missing=problem)
    once = ["--deselect", "mentorship_portal/tests/test_access.py"]
    return _pytest("postgres", ["-n", "2", *once], _on_postgres("legs"))


def worker() -> Result:
    """Jobs through real processes; on PostgreSQL and Redis where they answer, else on the embedded ones."""
    problems = [problem for problem in (_postgres_problem(), _redis_problem()) if problem]
    if problems and IN_CI:
        return Result("worker", missing="; ".join(problems))
    for problem in problems:
        print(f"worker: на встроенном / with the embedded one: {problem}", flush=True)
    return _pytest("worker", ["-m", "worker and not long"], _services("worker"))


def browser() -> Result:
    """Journeys in headless Chromium."""
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if path is None:
        return Result("browser", missing="нет Chromium (пакет chromium) / no Chromium")
    environment = {"CHROMIUM": path, "DJANGO_ALLOW_ASYNC_UNSAFE": "true"}
    return _pytest("browser", ["-m", "browser and not long"], environment)


def long() -> Result:
    """Long sweeps; on PostgreSQL and Redis where they answer."""
    return _pytest("long", ["-m", "long"], _services("long"))


LEGS: dict[str, Callable[[], Result]] = {
    "lint": lint,
    "sqlite": sqlite,
    "postgres": postgres,
    "worker": worker,
    "browser": browser,
    "long": long,
}
# What `make test` runs; the long sweeps are asked for by name.
USUAL = [name for name in LEGS if name != "long"]


def _services(name: str) -> dict[str, str]:
    """Settings of the services that answer."""
    environment = {} if _postgres_problem() else _on_postgres(name)
    if not _redis_problem():
        environment["TEST_REDIS_URL"] = REDIS
    return environment


def _pytest(name: str, arguments: list[str], environment: dict[str, str] | None = None) -> Result:
    command = [PYTHON, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**_environment(), **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    last = ""
    for line in process.stdout:
        print(line, end="", flush=True)
        last = line if COUNT.search(line) and " in " in line else last
    status = process.wait()
    result = Result(name)
    for count, word in COUNT.findall(last):
        result.counts["failed" if word.startswith("error") else word] += int(count)
    if status and not result.counts["failed"]:
        # A crash, or no test found (status 5): a leg that tested nothing has not passed.
        result.counts["failed"] += 1
    return result


def _environment() -> dict[str, str]:
    """The caller's environment without settings that would change what is tested."""
    own = {"DATABASE_URL", "REDIS_URL", "SECRET_KEY", "DEMO", "DEBUG", "DATA_DIR", "BEHIND_TLS", "PORT"}
    return {name: value for name, value in os.environ.items() if name not in own}


def _on_postgres(name: str) -> dict[str, str]:
    # The process number keeps two suites on one machine apart.
    return {"DATABASE_URL": POSTGRES, "TEST_DATABASE_NAME": f"portal_{name}_{os.getpid()}"}


def _postgres_problem() -> str:
    import psycopg2

    try:
        psycopg2.connect(POSTGRES, connect_timeout=3).close()
    except psycopg2.OperationalError as error:
        return f"PostgreSQL не отвечает / does not answer (TEST_POSTGRES_URL): {_first_line(error)}"
    return ""


def _redis_problem() -> str:
    import redis

    try:
        redis.Redis.from_url(REDIS, socket_connect_timeout=3).ping()
    except redis.RedisError as error:
        return f"Redis не отвечает / does not answer (TEST_REDIS_URL): {_first_line(error)}"
    return ""


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]


def _template_folders() -> Iterator[Path]:
    yield ROOT / "templates"
    for folder in sorted(ROOT.glob("*/templates")):
        if next(folder.rglob("*.html"), None):
            yield folder


def main() -> int:
    """Runs the legs, prints a line for each and one for all; the status is 1 when something failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", choices=LEGS, default=USUAL)
    results = []
    for name in parser.parse_args().only:
        print(f"--- {name}: {LEGS[name].__doc__}", flush=True)
        results.append(LEGS[name]())
    print("---")
    total = Counter()
    for result in results:
        print(result.line)
        total += result.counts
        if result.missing and IN_CI:
            total["failed"] += 1
    print(f"{total['passed']} passed, {total['failed']} failed, {total['skipped']} skipped", flush=True)
    return 1 if total["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
