"""Finds the browser of the browser tests, or has Debian install it."""

import os
import shutil
import subprocess
from pathlib import Path

from pilar.local.home import LocalError

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
INSTALL = "apt-get install -y --no-install-recommends chromium"
MISSING = (
    "Uji peramban memerlukan Chromium. Pasang sebagai root dengan "
    f"`apt-get update && {INSTALL}`, atau setel PILAR_CHROMIUM ke berkas programnya. "
    "Uji tidak dilewati begitu saja, karena hasil hijau tanpa peramban menyesatkan."
)


def find_chromium() -> str | None:
    """Path of the program: PILAR_CHROMIUM, else the first known name on PATH."""
    named = os.environ.get("PILAR_CHROMIUM")
    if named:
        if not os.access(named, os.X_OK):
            raise LocalError(f"PILAR_CHROMIUM menunjuk ke {named}, yang tidak dapat dijalankan.")
        return named
    return next(filter(None, map(shutil.which, NAMES)), None)


def require_chromium(log: Path) -> str:
    """Path of the program, installed by apt when we are root; LocalError otherwise."""
    found = find_chromium()
    if found:
        return found
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Memasang Chromium untuk uji peramban (sekitar satu menit) ...", flush=True)
        install(log)
    found = find_chromium()
    if not found:
        raise LocalError(f"{MISSING} Catatan pemasangan: {log}")
    return found


def install(log: Path) -> None:
    """Ask apt; its own words go to the log, the caller looks whether it worked."""
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with log.open("ab") as output:
        for command in ("apt-get update", INSTALL):
            subprocess.run(
                command.split(),
                env=env,
                check=False,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
