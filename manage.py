#!/usr/bin/env python3
"""Door to every command of PILAR; needs nothing but Python's own library to start."""

import importlib.util
import os
import sys

LOCAL_COMMANDS = ("up", "down", "reset", "test", "checks", "bench")
ROOT = os.path.dirname(os.path.abspath(__file__))


def require_python() -> None:
    """Leave with a sentence instead of a traceback on a Python that is too old."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is what an old Python reads
        found = ".".join(map(str, sys.version_info[:2]))
        sys.exit(
            "PILAR memerlukan Python 3.11 atau lebih baru; yang berjalan Python "
            + found
            + ". Di Debian 12 atau lebih baru: apt-get install python3 python3-venv"
        )


def enter_environment() -> None:
    """Start again inside .venv when this Python has no Django but .venv exists."""
    python = os.path.join(ROOT, ".venv", "bin", "python")
    if importlib.util.find_spec("django") is None and os.path.exists(python):
        os.execv(python, [python, os.path.abspath(__file__), *sys.argv[1:]])


def run_django() -> None:
    """Hand the command to Django with the settings of the servers that are running."""
    enter_environment()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pilar.settings")
    os.environ.setdefault("PILAR_LOGIN", "web" if "runserver" in sys.argv[1:2] else "owner")
    local = importlib.import_module("pilar.local.runfile")
    trouble = local.load_running_environment()
    if trouble:
        sys.exit(trouble)
    if importlib.util.find_spec("django") is None:
        sys.exit(
            "Django belum terpasang. Jalankan `python3 manage.py up`, "
            "atau `pip install -r requirements.txt` di lingkungan Anda sendiri."
        )
    management = importlib.import_module("django.core.management")
    management.execute_from_command_line(sys.argv)


def main() -> None:
    require_python()
    sys.path.insert(0, ROOT)
    if sys.argv[1:] in ([], ["help"], ["--help"], ["-h"]) or sys.argv[1] in LOCAL_COMMANDS:
        sys.exit(importlib.import_module("pilar.local.cli").main(sys.argv[1:]))
    run_django()


if __name__ == "__main__":
    main()
