"""Registries by which upper layers offer kinds of reports and imports to lower ones."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from threading import RLock
from typing import Generic, TypeVar

from django.utils.module_loading import autodiscover_modules

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")
Entry = TypeVar("Entry")


class UnknownKey(LookupError):
    """Nothing is registered under the key; the text lists what is."""


class Registry(Generic[K, T]):
    """Entries by key, filled by a decorator.

    ``title`` names one entry in messages of errors. With ``found_in`` the first reading imports the module
    of that name from every installed app, so that a process which never asks does not pay for the imports.
    """

    def __init__(self, title: str, *, found_in: str = ""):
        self.title = title
        self._found_in = found_in
        self._entries: dict[K, T] = {}
        self._loaded = not found_in
        self._loading = False
        self._lock = RLock()

    def register(self, key: K) -> Callable[[Entry], Entry]:
        """A decorator that adds the decorated object; raises ``ValueError`` when the key is taken."""

        def add(entry: Entry) -> Entry:
            self.add(key, entry)
            return entry

        return add

    def add(self, key: K, entry: T) -> None:
        """Adds one entry; raises ``ValueError`` when the key is taken by another one."""
        if key in self._entries:
            raise ValueError(f"{self.title} {key!r} is registered twice")
        self._entries[key] = entry

    def discard(self, key: K) -> None:
        """Takes the entry of the key out, if there is one."""
        self._entries.pop(key, None)

    def get(self, key: K) -> T:
        """The entry of the key; raises :class:`UnknownKey` naming the known keys."""
        self._load()
        try:
            return self._entries[key]
        except KeyError:
            known = ", ".join(sorted(map(str, self._entries))) or "none"
            raise UnknownKey(f"{self.title} {key!r} is not known; known: {known}") from None

    def keys(self) -> list[K]:
        """Known keys in order of registration."""
        self._load()
        return list(self._entries)

    def values(self) -> list[T]:
        """Entries in order of registration."""
        self._load()
        return list(self._entries.values())

    def __contains__(self, key: object) -> bool:
        self._load()
        return key in self._entries

    def __iter__(self) -> Iterator[K]:
        return iter(self.keys())

    def __len__(self) -> int:
        return len(self.keys())

    def _load(self) -> None:
        if self._loaded:
            return
        with self._lock:
            # Other threads wait here, so only the loading thread itself can find a loading under way:
            # a module that reads the registry while it is imported.
            if self._loaded or self._loading:
                return
            self._loading = True
            try:
                autodiscover_modules(self._found_in)
                self._loaded = True
            finally:
                self._loading = False
