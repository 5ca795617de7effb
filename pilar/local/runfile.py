"""What a running `up` leaves for other terminals: its lock and its environment."""

import fcntl
import os
import time
from pathlib import Path
from typing import IO

from pilar.local.home import LocalError, home_path
from pilar.local.keys import read_env_file

NOTHING_RUNS = (
    "Belum ada basis data yang berjalan dan DATABASE_URL belum disetel. "
    "Jalankan `python3 manage.py up` di terminal lain, atau setel DATABASE_URL "
    "(misalnya postgres://pengguna:sandi@127.0.0.1:5432/pilar)."
)


def lock_path(home: Path) -> Path:
    return home / "up.lock"


def env_path(home: Path) -> Path:
    return home / "run.env"


def hold_lock(home: Path) -> IO[str]:
    """Take the lock of this folder and write our process id into it.

    The kernel drops the lock with the process, so kill -9 leaves nothing to clean up.
    """
    handle = os.open(lock_path(home), os.O_RDWR | os.O_CREAT, 0o600)
    file = os.fdopen(handle, "r+", encoding="ascii")
    if not locked_within(handle, seconds=1.0):
        raise LocalError(
            f"PILAR sudah berjalan dari folder ini (proses {file.read().strip() or '?'}). "
            "Hentikan dulu dengan `python3 manage.py down`."
        )
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()
    return file


def locked_within(handle: int, seconds: float) -> bool:
    """True with the lock in hand; patient, because running_pid holds it for a moment."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.05)
        else:
            return True


def running_pid(home: Path) -> int | None:
    """Process id of the running `up`, or None when nobody holds the lock."""
    try:
        with lock_path(home).open("r", encoding="ascii") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except OSError:
                return int(file.read().strip() or 0) or None
    except OSError:
        return None
    return None


def wait_until_free(home: Path, seconds: float) -> bool:
    """True as soon as nobody holds the lock, False after the given seconds."""
    deadline = time.monotonic() + seconds
    while running_pid(home) is not None:
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def load_running_environment() -> str:
    """Join the servers of a running `up` unless DATABASE_URL says which to use.

    Returns a sentence when there is nothing to join, else an empty text.
    """
    if os.environ.get("DATABASE_URL"):
        return ""
    home = home_path()
    path = env_path(home)
    if running_pid(home) is None or not path.exists():
        return NOTHING_RUNS
    try:
        values = read_env_file(path)
    except PermissionError:
        return f"PILAR dijalankan oleh pengguna lain; berkas {path} tidak boleh Anda baca."
    for name, value in values.items():
        os.environ.setdefault(name, value)
    return ""
