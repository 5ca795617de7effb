"""Makes .venv from a hashed lock file and starts the command again inside it."""

import contextlib
import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from pilar.local.home import ROOT, LocalError

VENV = ROOT / ".venv"
RUNTIME = "requirements.lock"
DEVELOPMENT = "requirements-dev.lock"
NO_VENV = (
    "Python ini tidak mempunyai modul venv. Pasang dulu sebagai root dengan "
    "`apt-get install python3-venv`, lalu ulangi perintahnya."
)


def digest(lock: str, root: Path = ROOT) -> str:
    return hashlib.sha256((root / lock).read_bytes()).hexdigest()


def python_version() -> str:
    return f"{sys.version_info.major}.{sys.version_info.minor}"


class Environment:
    """The folder .venv and the stamp that says which lock files it satisfies."""

    def __init__(self, venv: Path = VENV, root: Path = ROOT) -> None:
        self.venv = venv
        self.root = root
        self.python = venv / "bin" / "python"
        self.stamp = venv / "pilar-stamp.json"

    def installed(self) -> dict[str, str]:
        """Lock name to digest; empty when .venv is of another Python or was moved."""
        try:
            stamp = json.loads(self.stamp.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        same = stamp.get("python") == python_version() and stamp.get("folder") == str(self.venv)
        locks = stamp.get("locks")
        return locks if same and isinstance(locks, dict) and self.python.exists() else {}

    def satisfies(self, lock: str) -> bool:
        return self.installed().get(lock) == digest(lock, self.root)

    def record(self, lock: str) -> None:
        """Note what is installed; the development lock contains the runtime lock."""
        names = [RUNTIME, DEVELOPMENT] if lock == DEVELOPMENT else [RUNTIME]
        locks = {name: digest(name, self.root) for name in names}
        stamp = {"python": python_version(), "folder": str(self.venv), "locks": locks}
        self.stamp.write_text(json.dumps(stamp), encoding="utf-8")

    def create(self) -> None:
        """Make an empty .venv, from nothing when the old one can't be used."""
        if self.installed():
            return
        if not all(map(importlib.util.find_spec, ("venv", "ensurepip"))):
            raise LocalError(NO_VENV)
        shutil.rmtree(self.venv, ignore_errors=True)
        outcome = run_quietly([sys.executable, "-m", "venv", str(self.venv)])
        if outcome:
            raise LocalError(f"Folder {self.venv} tidak dapat dibuat.\n{outcome}")

    def install(self, lock: str) -> None:
        """Install exactly the lock's packages; every file is checked by its hash."""
        self.stamp.unlink(missing_ok=True)
        pip = [str(self.python), "-m", "pip", "--disable-pip-version-check", "--no-input"]
        outcome = run_quietly([*pip, "install", "--quiet", "--require-hashes", "-r", str(self.root / lock)])
        if outcome:
            raise LocalError(
                "Paket Python gagal dipasang. Periksa sambungan ke sumber paket (pip), "
                f"lalu ulangi perintahnya. Baris terakhir dari pip:\n{outcome}"
            )
        self.record(lock)


def run_quietly(argv: list[str]) -> str:
    """Run to the end; empty text on success, else the last lines that it printed."""
    done = subprocess.run(
        argv,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if done.returncode == 0:
        return ""
    lines = done.stdout.decode(errors="replace").splitlines()
    return "\n".join(line for line in lines[-15:] if not line.startswith("WARNING: Location"))


@contextlib.contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Let a second command wait until the first has finished installing."""
    try:
        file = path.open("a")
    except OSError as error:
        raise LocalError(
            f"Folder {path.parent} tidak dapat ditulisi ({error.strerror}), padahal paket "
            "Python perlu dipasang di sana. Salin proyek ini ke folder milik Anda."
        ) from error
    with file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def prepare(lock: str) -> Environment:
    """Make sure that .venv holds what the lock file names."""
    environment = Environment()
    if environment.satisfies(lock):
        return environment
    with one_at_a_time(ROOT / ".venv.lock"):
        if not environment.satisfies(lock):
            print("Memasang paket Python ke .venv (sekitar satu menit) ...", flush=True)
            environment.create()
            environment.install(lock)
    return environment


def enter(lock: str, argv: list[str]) -> None:
    """Return when this process runs in the prepared .venv, else start again inside it."""
    environment = prepare(lock)
    if Path(sys.prefix).resolve() != environment.venv.resolve():
        command = [str(environment.python), str(ROOT / "manage.py"), *argv]
        os.execv(command[0], command)
