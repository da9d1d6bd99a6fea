"""How large a workbook may be before anybody spends memory or time on it."""

from dataclasses import dataclass

from django.conf import settings

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one workbook; sizes in bytes, ``ratio`` is unpacked to packed size of one part."""

    file_bytes: int = 10 * MIB
    unpacked_bytes: int = 100 * MIB
    parts: int = 200
    ratio: int = 100
    rows: int = 5_000
    columns: int = 60
    seconds: float = 20
    memory_bytes: int = 512 * MIB

    @classmethod
    def for_page(cls) -> "Limits":
        """Return the limits of an upload on a page; the setting SHEET_LIMITS overrides single values."""
        return cls(**getattr(settings, "SHEET_LIMITS", {}))

    @classmethod
    def for_command(cls) -> "Limits":
        """Return the limits of a management command; the setting is SHEET_COMMAND_LIMITS.

        Time and memory are those of the page: 200,000 full rows of the longest form take a third of them.
        """
        values = {"file_bytes": 100 * MIB, "unpacked_bytes": 512 * MIB, "rows": 200_000}
        return cls(**(values | getattr(settings, "SHEET_COMMAND_LIMITS", {})))
