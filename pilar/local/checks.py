"""`manage.py checks`: every checker of the project, one after the other, none skipped."""

import sys

from pilar.local import bootstrap
from pilar.local.home import ROOT
from pilar.local.process import spawn
from pilar.local.supervisor import Supervisor
from pilar.local.testing import follow, with_test_servers

PYTHON = sys.executable
MANAGE = [PYTHON, str(ROOT / "manage.py")]
# check --deploy asks whether the settings are safe behind HTTPS.
AS_IN_PRODUCTION = {"PILAR_HTTPS": "1"}
IMPORT_LINTER = "import sys; from importlinter.cli import lint_imports_command as run; run()"
CHECKS: tuple[tuple[str, list[str]], ...] = (
    ("Gaya kode: ruff check", [PYTHON, "-m", "ruff", "check", "."]),
    ("Bentuk kode: ruff format --check", [PYTHON, "-m", "ruff", "format", "--check", "."]),
    ("Arah impor: import-linter", [PYTHON, "-c", IMPORT_LINTER]),
    ("Tipe: mypy --strict", [PYTHON, "-m", "mypy", "."]),
    ("Templat: djlint", [PYTHON, "-m", "djlint", "templates", "--lint", "--quiet"]),
    (
        "Migrasi lengkap: makemigrations --check",
        [*MANAGE, "makemigrations", "--check", "--dry-run"],
    ),
    ("Siap produksi: check --deploy", [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"]),
)


def run_checks(argv: list[str]) -> int:
    """Run all checks; 0 only when every one passed."""
    bootstrap.enter(bootstrap.DEVELOPMENT, ["checks", *argv])
    return with_test_servers(check_all)


def check_all(supervisor: Supervisor, env: dict[str, str]) -> int:
    failed = [title for title, argv in CHECKS if not passes(supervisor, env, title, argv)]
    if failed:
        print("\n=== Pemeriksaan gagal: " + "; ".join(failed), flush=True)
        return 1
    print("\n=== Semua pemeriksaan lulus", flush=True)
    return 0


def passes(supervisor: Supervisor, env: dict[str, str], title: str, argv: list[str]) -> bool:
    print(f"\n=== {title}", flush=True)
    supervisor.check()
    child = spawn(argv, env={**env, **AS_IN_PRODUCTION}, log=None, cwd=ROOT)
    return follow(supervisor, child) == 0
