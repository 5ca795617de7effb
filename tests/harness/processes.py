"""Real processes against the test database: Celery workers and beat, the web server."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress

import pytest
from celery import current_app
from django.conf import settings
from django.db import connection

from pilar.logins import login_url

PATIENCE = 40.0
# Playwright's blocking interface runs an event loop in this thread; the tests talk to the database beside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


def environment(login: str, **extra: str) -> dict[str, str]:
    """The environment of a child: the test database, by the login it would use in production."""
    params = connection.get_connection_params()
    owner = f"postgres://{params['user']}:{params.get('password') or 'x'}@{params['host']}:{params['port']}"
    name = settings.DATABASES["default"]["NAME"]
    url = f"{owner}/{name}"
    return {
        **os.environ,
        "DATABASE_URL": url,
        f"PILAR_{login.upper()}_DATABASE_URL": login_url(url, login, settings.SECRET_KEY),
        "PILAR_LOGIN": login,
        "PILAR_JOB_LEASE_SECONDS": "3",
        **extra,
    }


def until(condition: Callable[[], object], patience: float = PATIENCE) -> object:
    """Waits until the condition gives something true and returns it; fails the test after `patience` s."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.05)
    return pytest.fail(f"nothing after {patience} s: {condition}")


class Process:
    """A child in a session of its own, killed with everything it started."""

    def __init__(self, argv: list[str], env: dict[str, str], log) -> None:
        self.log = log
        with open(log, "ab") as out:
            self.child = subprocess.Popen(argv, env=env, stdout=out, stderr=out, start_new_session=True)

    def kill(self, sig: int = signal.SIGKILL) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.child.pid, sig)
        self.child.wait(timeout=20)

    def output(self) -> str:
        return self.log.read_text(errors="replace")


@pytest.fixture
def start_worker(committed, tmp_path):
    """Starts Celery workers; each answers a ping before the test goes on."""
    running: list[Process] = []

    def start(*, beat: bool = False, concurrency: int = 2) -> Process:
        name = f"uji{len(running)}@{socket.gethostname()}"
        argv = [sys.executable, "-m", "celery", "-A", "pilar.celery", "worker", "-n", name, "-l", "INFO"]
        argv += ["-c", str(concurrency), "--without-gossip", "--without-mingle"]
        if beat:
            argv += ["--beat", "-s", str(tmp_path / "beat")]
        worker = Process(argv, environment("worker"), tmp_path / f"worker{len(running)}.log")
        running.append(worker)
        until(lambda: current_app.control.inspect([name], timeout=0.5).ping() or _still(worker))
        return worker

    yield start
    for worker in running:
        worker.kill()


def _still(process: Process) -> None:
    if process.child.poll() is not None:
        pytest.fail(f"a child ended early:\n{process.output()[-3000:]}")


@pytest.fixture
def worker(start_worker) -> Process:
    return start_worker()


@pytest.fixture
def site(committed, tmp_path):
    """The web server as in production (its own login, gunicorn); gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    argv = [sys.executable, "-m", "gunicorn", "pilar.wsgi", "-b", f"127.0.0.1:{port}", "-w", "1", "--threads", "4"]
    server = Process(argv, environment("web"), tmp_path / "web.log")

    def answers() -> bool:
        _still(server)
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    until(answers)
    yield f"http://127.0.0.1:{port}"
    server.kill(signal.SIGTERM)
