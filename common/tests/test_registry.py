"""A registry finds entries by key and says what it knows when it does not know a key."""

import pytest

from common.registry import Registry, UnknownKey


def test_entry_is_found_by_its_key_and_returned_by_the_decorator():
    kinds = Registry("report kind")

    @kinds.register("spravka")
    class Spravka:
        pass

    assert kinds.get("spravka") is Spravka
    assert kinds.keys() == ["spravka"]
    assert "spravka" in kinds and len(kinds) == 1 and list(kinds) == ["spravka"]
    assert kinds.values() == [Spravka]


def test_unknown_key_names_the_known_ones():
    kinds = Registry("report kind")
    kinds.add("summary", 1)
    kinds.add("spravka", 2)

    with pytest.raises(UnknownKey, match=r"report kind 'order' is not known; known: spravka, summary"):
        kinds.get("order")


def test_unknown_key_of_an_empty_registry_is_a_lookup_error():
    with pytest.raises(LookupError, match="known: none"):
        Registry("import kind").get("mentors")


def test_second_entry_under_one_key_is_refused():
    kinds = Registry("report kind")
    kinds.add("summary", 1)

    with pytest.raises(ValueError, match="'summary' is registered twice"):
        kinds.add("summary", 2)


def test_modules_are_imported_at_the_first_reading_only(monkeypatch):
    asked = []
    kinds = Registry("report kind", found_in="reports")

    def discover(name):
        asked.append(name)
        kinds.add("summary", 1)

    monkeypatch.setattr("common.registry.autodiscover_modules", discover)

    assert asked == []
    assert kinds.get("summary") == 1
    assert kinds.keys() == ["summary"]
    assert asked == ["reports"]


def test_failed_import_is_tried_again_at_the_next_reading(monkeypatch):
    outcomes = iter([ImportError("broken module"), None])
    kinds = Registry("report kind", found_in="reports")

    def discover(name):
        outcome = next(outcomes)
        if outcome:
            raise outcome

    monkeypatch.setattr("common.registry.autodiscover_modules", discover)

    with pytest.raises(ImportError):
        kinds.keys()
    assert kinds.keys() == []


def test_discarded_entry_is_gone_and_its_key_is_free():
    kinds = Registry("report kind")
    kinds.add("summary", 1)

    kinds.discard("summary")
    kinds.discard("summary")
    kinds.add("summary", 2)

    assert kinds.get("summary") == 2
