"""Settings come from the environment; what cannot be right is refused by name."""

import stat

import pytest
from django.core.exceptions import ImproperlyConfigured

from mentorship_portal.environment import BROKER_FILE, NO_BROKER, Environment

env = Environment()


@pytest.mark.parametrize(
    ("raw", "expected"), [("1", True), ("Yes", True), ("0", False), ("", False), ("off", False)]
)
def test_a_flag_is_a_yes_or_a_no(monkeypatch, raw, expected):
    monkeypatch.setenv("DEMO", raw)

    assert env.flag("DEMO", True) is expected


@pytest.mark.parametrize("raw", ["maybe", "2", "да"])
def test_another_word_for_a_flag_is_refused_by_name(monkeypatch, raw):
    monkeypatch.setenv("DEMO", raw)

    with pytest.raises(ImproperlyConfigured, match="DEMO"):
        env.flag("DEMO", True)


@pytest.mark.parametrize("raw", ["-1", "0", "1.5", "много"])
def test_a_number_is_whole_and_above_zero(monkeypatch, raw):
    monkeypatch.setenv("SHEET_ROWS", raw)

    with pytest.raises(ImproperlyConfigured, match="SHEET_ROWS"):
        env.number("SHEET_ROWS", 5)


def test_an_empty_variable_counts_as_not_set(monkeypatch):
    monkeypatch.setenv("SHEET_ROWS", " ")
    monkeypatch.setenv("ALLOWED_HOSTS", ",")

    assert env.number("SHEET_ROWS", 5) == 5
    assert env.items("ALLOWED_HOSTS", ["localhost"]) == ["localhost"]


def test_the_key_is_made_once_and_only_its_owner_reads_it(monkeypatch, tmp_path):
    monkeypatch.delenv("SECRET_KEY")

    first, second = env.secret_key(tmp_path), env.secret_key(tmp_path)

    assert first == second
    assert len(first) >= 50
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_a_short_key_is_refused_without_being_shown(monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", "hunter2")

    with pytest.raises(ImproperlyConfigured) as refusal:
        env.secret_key(tmp_path)

    assert "SECRET_KEY" in str(refusal.value)
    assert "hunter2" not in str(refusal.value)


def test_without_an_address_the_database_is_sqlite_in_the_data_folder(monkeypatch, tmp_path):
    monkeypatch.delenv("DATABASE_URL", raising=False)

    config = env.database(tmp_path)

    assert config["ENGINE"] == "django.db.backends.sqlite3"
    assert config["NAME"] == str(tmp_path / "portal.sqlite3")
    assert config["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_a_refused_address_does_not_show_its_password(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "oracle://portal:hunter2@database/portal")

    with pytest.raises(ImproperlyConfigured) as refusal:
        env.database(tmp_path)

    assert "DATABASE_URL" in str(refusal.value)
    assert "hunter2" not in str(refusal.value)


def test_the_broker_is_the_given_one_then_the_embedded_one_then_none(monkeypatch, tmp_path):
    monkeypatch.delenv("REDIS_URL", raising=False)
    assert env.redis(tmp_path) == NO_BROKER

    (tmp_path / BROKER_FILE).parent.mkdir()
    (tmp_path / BROKER_FILE).write_text("redis://:secret@127.0.0.1:4000/0\n")
    assert env.redis(tmp_path) == "redis://:secret@127.0.0.1:4000/0"

    monkeypatch.setenv("REDIS_URL", "rediss://broker:6379/1")
    assert env.redis(tmp_path) == "rediss://broker:6379/1"


def test_postgresql_does_not_compile_statements_unless_the_address_says_so(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgres://portal@localhost/portal")
    assert env.database(tmp_path)["OPTIONS"]["options"] == "-c jit=off"

    monkeypatch.setenv("DATABASE_URL", "postgres://portal@localhost/portal?options=-c%20jit=on")
    assert env.database(tmp_path)["OPTIONS"]["options"] == "-c jit=on"
