"""What `make run` was asked for, read and checked before anything is started."""

from __future__ import annotations

import errno
import os
import socket
from dataclasses import dataclass


class StartError(Exception):
    """A refusal to start, or the reason of a stop: one sentence for the person at the keyboard."""


@dataclass(frozen=True)
class Options:
    """Address to listen on, and how many processes to serve with."""

    bind: str
    port: int
    web_workers: int
    job_workers: int

    @property
    def address(self) -> str:
        """The address to open in a browser on this machine."""
        host = "localhost" if self.bind in {"0.0.0.0", "127.0.0.1", "::"} else self.bind
        return f"http://{host}:{self.port}/"

    @classmethod
    def from_environment(cls) -> Options:
        """Reads PORT, BIND, WEB_WORKERS, JOB_WORKERS; raises StartError by the variable's name."""
        return cls(
            bind=os.environ.get("BIND", "").strip() or "127.0.0.1",
            port=_number("PORT", 8000, highest=65_535),
            web_workers=_number("WEB_WORKERS", 2, highest=64),
            job_workers=_number("JOB_WORKERS", 2, highest=64),
        )

    def check_port(self) -> None:
        """Raises StartError when the address cannot be listened on."""
        family = socket.AF_INET6 if ":" in self.bind else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.bind, self.port))
            except OSError as error:
                if error.errno == errno.EADDRINUSE:
                    raise StartError(
                        f"Порт {self.port} занят другой программой. Освободите его или выберите другой: "
                        f"PORT={self.port + 1} make run / port {self.port} is in use"
                    ) from error
                raise StartError(
                    f"BIND={self.bind} PORT={self.port}: адрес недоступен ({error.strerror}) / cannot listen"
                ) from error


def _number(name: str, default: int, *, highest: int) -> int:
    raw = os.environ.get(name, "").strip()
    if not raw:
        return default
    if not raw.isdecimal() or not 1 <= int(raw) <= highest:
        raise StartError(
            f"{name}={raw!r}: нужно целое число от 1 до {highest} / use a whole number from 1 to {highest}"
        )
    return int(raw)
