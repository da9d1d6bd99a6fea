"""A private file is there whole or not at all, and only the portal's user can read it."""

import stat

import pytest
from django.core.files.base import ContentFile

from common.storage import PrivateFileStorage


@pytest.fixture
def storage(tmp_path):
    return PrivateFileStorage(location=tmp_path, base_url=None)


def test_saved_file_is_whole_and_private(storage, tmp_path):
    name = storage.save("reports/2026/11/a.docx", ContentFile(b"content"))

    path = tmp_path / name
    assert path.read_bytes() == b"content"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [found.name for found in path.parent.iterdir()] == ["a.docx"]


def test_text_is_stored_as_utf8(storage, tmp_path):
    name = storage.save("note.txt", ContentFile("Приозёрск"))

    assert (tmp_path / name).read_text(encoding="utf-8") == "Приозёрск"


def test_taken_name_is_never_overwritten(storage, tmp_path):
    first = storage.save("a.txt", ContentFile(b"first"))
    second = storage.save("a.txt", ContentFile(b"second"))

    assert first != second
    assert (tmp_path / first).read_bytes() == b"first"
    assert (tmp_path / second).read_bytes() == b"second"


def test_writing_that_breaks_off_leaves_no_file(storage, tmp_path):
    class Broken(ContentFile):
        def chunks(self, chunk_size=None):
            yield b"half of the "
            raise OSError("disk is full")

    with pytest.raises(OSError, match="disk is full"):
        storage.save("a.txt", Broken(b""))

    assert list(tmp_path.iterdir()) == []
