"""Where one machine keeps its state, and how private files are written."""

import json
import os
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


class LocalError(Exception):
    """Holds one sentence in Indonesian for the person at the terminal."""


def home_path() -> Path:
    """The folder for local state: PILAR_HOME, else .pilar beside manage.py."""
    return Path(os.environ.get("PILAR_HOME") or ROOT / ".pilar").resolve()


def make_home(path: Path) -> Path:
    """Create the folder; as root others may pass through it (not list it), because the
    database runs as another user."""
    mode = 0o711 if os.geteuid() == 0 else 0o700
    try:
        path.mkdir(mode=mode, parents=True, exist_ok=True)
        for name in ("log", "static"):
            (path / name).mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise LocalError(
            f"Folder {path} tidak dapat dibuat ({error.strerror}). Setel PILAR_HOME ke folder yang boleh Anda tulisi."
        ) from error
    if not os.access(path, os.W_OK | os.X_OK):
        raise LocalError(
            f"Folder {path} milik pengguna lain. Jalankan sebagai pengguna itu, atau setel PILAR_HOME ke folder lain."
        )
    return path


def write_private(path: Path, text: str) -> None:
    """Replace a file in one step; only its owner may read it."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    Path(name).replace(path)


class State:
    """Ports, passwords and places that the next start must find again (services.json)."""

    def __init__(self, home: Path) -> None:
        self.path = home / "services.json"
        self.values: dict[str, Any] = {}
        if self.path.exists():
            self.values = json.loads(self.path.read_text(encoding="utf-8"))

    def get(self, name: str) -> Any:
        return self.values.get(name)

    def set(self, name: str, value: Any) -> None:
        """Remember a value on disk; nothing is written when it is known already."""
        if self.values.get(name) != value:
            self.values[name] = value
            write_private(self.path, json.dumps(self.values, indent=1, sort_keys=True))
