"""`manage.py test` and `manage.py checks`: throw-away servers around pytest and the checkers."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pilar.local import bootstrap
from pilar.local.chromium import require_chromium
from pilar.local.home import ROOT, make_home
from pilar.local.keys import TEST_KEYS
from pilar.local.process import spawn, wait_for_end
from pilar.local.services import Services, supervised
from pilar.local.supervisor import Supervisor

Work = Callable[[Supervisor, dict[str, str]], int]


@contextmanager
def temporary_home() -> Iterator[Path]:
    """A home that is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="pilar-test-")).resolve()
    folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
    try:
        yield make_home(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def with_test_servers(work: Work) -> int:
    """Run the work with fresh servers and fixed keys; its exit status is ours."""
    with temporary_home() as home, supervised() as supervisor:
        services = Services(home, supervisor, throwaway=True)
        try:
            env = {**os.environ, **TEST_KEYS, **services.start(), **test_names(home)}
            return work(supervisor, env)
        finally:
            supervisor.stop()
            if services.place:
                services.place.remove()


def test_names(home: Path) -> dict[str, str]:
    """Settings of a test run that do not depend on the machine."""
    return {
        "PILAR_HOME": str(home),
        "PILAR_STATIC_ROOT": str(home / "static"),
        "PILAR_LOGIN": "owner",
        "PILAR_DEBUG": "0",
        "DJANGO_SETTINGS_MODULE": "pilar.settings",
        "PYTHONUNBUFFERED": "1",
    }


def run_pytest(argv: list[str]) -> int:
    """Everything that `manage.py test` does; returns the status of pytest."""
    bootstrap.enter(bootstrap.DEVELOPMENT, ["test", *argv])
    chromium = require_chromium(Path(tempfile.gettempdir()) / f"pilar-apt-{os.getpid()}.log")

    def work(supervisor: Supervisor, env: dict[str, str]) -> int:
        env["PILAR_CHROMIUM"] = chromium
        pytest = spawn(
            [sys.executable, "-m", "pytest", *(argv or side_by_side())],
            env=env,
            log=None,
            cwd=ROOT,
        )
        return follow(supervisor, pytest)

    return with_test_servers(work)


def side_by_side() -> list[str]:
    """The whole suite on all cores, four at most: the servers beside the processes want some too."""
    return ["-n", str(min(os.cpu_count() or 1, 4)), "--dist", "worksteal"]


def follow(supervisor: Supervisor, child: subprocess.Popen[bytes]) -> int:
    """Wait for the child; hand on a wish to stop as Ctrl-C, so that it tidies up itself."""
    while child.poll() is None and supervisor.stopping is None:
        time.sleep(0.05)
    if child.poll() is None:
        child.send_signal(signal.SIGINT)
        if not wait_for_end([child], 20):
            child.kill()
        child.wait()
        return 130
    return child.returncode if child.returncode >= 0 else 128 - child.returncode
