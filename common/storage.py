"""Private files on a local disk that appear whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from django.core.files.storage import FileSystemStorage


class PrivateFileStorage(FileSystemStorage):
    """Files that are served only by views which check rights; readable by the portal's own user.

    Stock storage writes in place, so a process killed in the middle leaves half a file under its final
    name. Here the bytes go to a temporary name, reach the disk, and are linked to the final one.
    """

    def __init__(self, *args, **options):
        options.setdefault("file_permissions_mode", 0o600)
        options.setdefault("directory_permissions_mode", 0o700)
        super().__init__(*args, **options)

    def _save(self, name, content):
        folder = Path(self.path(name)).parent
        folder.mkdir(mode=self.directory_permissions_mode, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".part-") as part:
            for chunk in content.chunks():
                part.write(chunk.encode() if isinstance(chunk, str) else chunk)
            part.flush()
            os.fsync(part.fileno())
            os.chmod(part.name, self.file_permissions_mode)
            while True:
                try:
                    os.link(part.name, self.path(name))
                    break
                except FileExistsError:
                    name = self.get_available_name(name)
        return str(name).replace("\\", "/")
