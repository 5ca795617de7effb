"""Which user runs the database and the broker, and where that user can keep files.

PostgreSQL refuses to run as root, so as root another user runs it; that user must be
able to reach its files, which it can't below a private folder such as root's home.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from pilar.local.home import LocalError, State


@dataclass(frozen=True)
class Account:
    """A user of the system by number."""

    uid: int
    gid: int


@dataclass(frozen=True)
class Place:
    """The folder of the servers' files; account is None when we run them as ourselves."""

    folder: Path
    account: Account | None

    def own(self, path: Path, mode: int) -> None:
        """Give a file or folder to the servers' user."""
        path.chmod(mode)
        if self.account:
            os.chown(path, self.account.uid, self.account.gid)

    def subfolder(self, name: str) -> Path:
        path = self.folder / name
        path.mkdir(exist_ok=True)
        self.own(path, 0o700)
        return path

    def remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def unprivileged() -> Account:
    """The user postgres where there is one, else nobody; initdb looks it up by number."""
    for name in ("postgres", "nobody"):
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        if found.pw_uid:
            return Account(found.pw_uid, found.pw_gid)
    raise LocalError(
        "PostgreSQL tidak boleh berjalan sebagai root, dan tidak ada pengguna `postgres` atau "
        "`nobody` di sistem ini. Jalankan sebagai pengguna biasa, atau setel DATABASE_URL."
    )


def reaches(account: Account, path: Path) -> bool:
    """Ask the kernel, as that user, whether the path can be reached."""
    probe = ["/bin/sh", "-c", 'test -x "$0"', str(path)]
    done = subprocess.run(
        probe,
        check=False,
        cwd="/",
        user=account.uid,
        group=account.gid,
        extra_groups=[],
        stderr=subprocess.DEVNULL,
    )
    return done.returncode == 0


def choose_place(home: Path, state: State) -> Place:
    """The servers' folder: inside home, or a lasting one outside that home remembers."""
    inside = home / "services"
    if os.geteuid() != 0:
        return own_place(inside)
    remembered = state.get("place")
    if remembered and Path(remembered).is_dir():
        return Place(Path(remembered), owner_of(Path(remembered)))
    existed = inside.is_dir()
    inside.mkdir(exist_ok=True)
    account = (owner_of(inside) if existed else None) or unprivileged()
    if reaches(account, inside.parent):
        place = Place(inside, account)
        place.own(inside, 0o700)
        return place
    if any(inside.iterdir()):
        raise LocalError(
            f"Data di {inside} tidak lagi terjangkau oleh pengguna yang menjalankan basis data. "
            f"Buka jalan ke folder itu (chmod o+x pada folder di atasnya), lalu ulangi."
        )
    inside.rmdir()
    return outside_place(account, state)


def own_place(folder: Path) -> Place:
    """The folder of a normal user; refuse one that somebody else made."""
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid != os.geteuid():
        raise LocalError(
            f"Data di {folder} milik pengguna lain (mungkin dibuat sebagai root). "
            "Jalankan sebagai pengguna itu, atau setel PILAR_HOME ke folder lain."
        )
    return Place(folder, None)


def owner_of(folder: Path) -> Account | None:
    """The owner, or None when it is root."""
    found = folder.stat()
    return Account(found.st_uid, found.st_gid) if found.st_uid else None


def outside_place(account: Account, state: State) -> Place:
    """A folder that the account can reach and that no clean-up empties."""
    for parent in ("/var/lib", "/var/tmp"):  # noqa: S108 - made by mkdtemp, mode 0700
        if os.access(parent, os.W_OK) and reaches(account, Path(parent)):
            folder = Path(tempfile.mkdtemp(prefix="pilar-", dir=parent))
            place = Place(folder, account)
            place.own(folder, 0o700)
            state.set("place", str(folder))
            return place
    raise LocalError(
        "Tidak ada folder yang terjangkau oleh pengguna yang menjalankan basis data. "
        "Setel PILAR_HOME ke folder yang dapat dilalui pengguna lain (misalnya di /srv)."
    )
