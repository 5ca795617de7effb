"""Remembers with which code a database was filled, so that the next start need not do it again."""

import hashlib
from pathlib import Path

from pilar.local.home import ROOT, write_private

SOURCES = ("pilar", "personnel", "targets", "assistance")
KINDS = (".py", ".sql", ".json", ".csv")


def digest_of_sources(root: Path = ROOT) -> str:
    """One number for everything that can change what the loading steps write."""
    total = hashlib.sha256((root / "requirements.lock").read_bytes())
    paths = [path for name in SOURCES for path in sorted((root / name).rglob("*"))]
    for path in paths:
        if path.suffix in KINDS and path.is_file():
            total.update(str(path.relative_to(root)).encode())
            total.update(path.read_bytes())
    return total.hexdigest()


class Stamp:
    """A file beside the embedded database's folder; it goes when the data goes.

    Without a folder (somebody else's server) nothing is ever taken for done.
    """

    def __init__(self, folder: Path | None) -> None:
        self.path = folder / "filled-with" if folder else None
        self.digest = digest_of_sources()

    def matches(self) -> bool:
        return self.path is not None and self.path.exists() and self.path.read_text(encoding="ascii") == self.digest

    def record(self) -> None:
        if self.path is not None:
            write_private(self.path, self.digest)
