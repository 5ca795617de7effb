"""The secrets of one installation, generated once."""

import base64
import os
import secrets
import shlex
from collections.abc import Mapping
from pathlib import Path

from pilar.local.home import write_private

TEST_KEYS = {
    "PILAR_SECRET_KEY": "kunci-uji-bukan-rahasia-" + "0" * 40,
    "PILAR_DATA_KEYS": base64.urlsafe_b64encode(b"kunci-uji-data-bukan-rahasia-000").decode(),
    "PILAR_INDEX_KEY": "kunci-uji-indeks-bukan-rahasia-" + "0" * 33,
}


def generate() -> dict[str, str]:
    """Fresh keys; PILAR_DATA_KEYS is one Fernet key (32 bytes, base64)."""
    return {
        "PILAR_SECRET_KEY": secrets.token_urlsafe(48),
        "PILAR_DATA_KEYS": base64.urlsafe_b64encode(os.urandom(32)).decode(),
        "PILAR_INDEX_KEY": secrets.token_hex(32),
    }


def read_env_file(path: Path) -> dict[str, str]:
    """NAME=value lines, values quoted as a shell quotes them."""
    pairs = (line.partition("=") for line in path.read_text(encoding="utf-8").splitlines())
    return {name: "".join(shlex.split(value)) for name, _, value in pairs if name}


def write_env_file(path: Path, values: Mapping[str, str]) -> None:
    lines = (f"{name}={shlex.quote(value)}\n" for name, value in sorted(values.items()))
    write_private(path, "".join(lines))


def load_or_create(home: Path) -> dict[str, str]:
    """The keys of this installation; an existing file is never changed but for missing names."""
    path = home / "keys.env"
    known = read_env_file(path) if path.exists() else {}
    wanted = {**generate(), **known}
    if wanted != known:
        write_env_file(path, wanted)
    return wanted
