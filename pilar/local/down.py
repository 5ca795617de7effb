"""`manage.py down` and `manage.py reset`."""

import contextlib
import os
import shutil
import signal
from pathlib import Path

from pilar.local.home import LocalError, State, home_path
from pilar.local.runfile import running_pid, wait_until_free

# reset removes these and nothing else, so that a wrong PILAR_HOME costs nobody a folder.
OURS = (
    "services",
    "log",
    "services.json",
    "keys.env",
    "run.env",
    "up.lock",
    "logins.txt",
    "static",
    "media",
    "unduhan",
)


def down() -> int:
    """Stop the running `up` of this folder and wait until it is gone."""
    home = home_path()
    pid = running_pid(home)
    if pid is None:
        print("Tidak ada PILAR yang berjalan dari folder ini.")
        return 0
    try:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
    except PermissionError:
        raise LocalError("PILAR dijalankan oleh pengguna lain; hentikan sebagai pengguna itu.") from None
    if not wait_until_free(home, 90):
        raise LocalError(f"PILAR (proses {pid}) belum berhenti setelah 90 detik.")
    print("PILAR berhenti.")
    return 0


def reset(*, sure: bool) -> int:
    """Delete database, queue, keys and logs of this folder, after asking."""
    home = home_path()
    if running_pid(home) is not None:
        raise LocalError("PILAR sedang berjalan. Hentikan dulu dengan `python3 manage.py down`.")
    if not home.is_dir():
        print("Tidak ada data lokal.")
        return 0
    if not sure and not confirmed(home):
        print("Tidak ada yang dihapus.")
        return 1
    remove_outside(home)
    for name in OURS:
        remove(home / name)
    for path in home.glob("beat-schedule*"):
        remove(path)
    if not any(home.iterdir()):
        home.rmdir()
    print("Data lokal dihapus.")
    return 0


def confirmed(home: Path) -> bool:
    try:
        answer = input(
            f"Semua data lokal di {home} (basis data, antrean, kunci) akan dihapus. Ketik `hapus` untuk melanjutkan: "
        )
    except EOFError:
        return False
    return answer.strip().lower() == "hapus"


def remove_outside(home: Path) -> None:
    """The servers' files when they had to live outside home."""
    place = State(home).get("place")
    if place and Path(place).name.startswith("pilar-"):
        remove(Path(place))


def remove(path: Path) -> None:
    try:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise LocalError(f"{error.filename} tidak dapat dihapus: {error.strerror}.") from error
