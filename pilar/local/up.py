"""`manage.py up`: everything on one machine, in one command."""

import os
import signal
import sys
import time
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from pilar.local import bootstrap
from pilar.local.home import ROOT, LocalError, home_path, make_home
from pilar.local.keys import load_or_create, write_env_file
from pilar.local.network import LOOPBACK, becomes_free, is_free
from pilar.local.process import last_lines, spawn
from pilar.local.runfile import env_path, hold_lock
from pilar.local.services import Services, supervised
from pilar.local.stamp import Stamp
from pilar.local.supervisor import Child, Part, Stopped, Supervisor

FIRST_PORT, LAST_PORT = 8000, 8020


@dataclass(frozen=True)
class Step:
    """A command of manage.py with the words that announce it."""

    title: str
    argv: tuple[str, ...]


SCHEMA = (
    Step("Peran basis data", ("roles",)),
    Step("Skema", ("migrate", "--no-input")),
)
FILL = (
    Step("Wilayah", ("load_regions",)),
    Step("Data rujukan", ("load_reference",)),
    Step("Data contoh", ("load_example",)),
)
COUNT_EARLIER = Step("Rekap 2023", ("rollup", "--year", "2023"))
COUNT_OPENED = Step("Rekap 2024", ("rollup", "--year", "2024"))
SUMMARY = ("up_summary",)


class Up:
    """One run of `up`: what it knows and what it starts."""

    def __init__(self, home: Path, supervisor: Supervisor, port: int) -> None:
        self.home = home
        self.supervisor = supervisor
        self.port = port
        self.env: dict[str, str] = {}
        self.stamp = Stamp(None)

    @property
    def address(self) -> str:
        return f"http://{LOOPBACK}:{self.port}/"

    def log(self, name: str) -> Path:
        return self.home / "log" / f"{name}.log"

    def prepare(self) -> None:
        """Servers, then the environment that every other part shares."""
        began = time.monotonic()
        services = Services(self.home, self.supervisor, throwaway=False)
        urls = services.start()
        self.stamp = Stamp(services.embedded_data)
        self.env = {**load_or_create(self.home), **self.defaults(), **os.environ, **urls}
        shared = {name: self.env[name] for name in self.shared_names()}
        write_env_file(env_path(self.home), shared)
        announce("Basis data dan antrean", began)

    def defaults(self) -> dict[str, str]:
        return {
            "PILAR_HOME": str(self.home),
            "PILAR_STATIC_ROOT": str(self.home / "static"),
            "PILAR_DEBUG": "0",
            "PILAR_ALLOWED_HOSTS": "127.0.0.1,localhost",
            "PILAR_CSRF_ORIGINS": f"{self.address.rstrip('/')},http://localhost:{self.port}",
            "DJANGO_SETTINGS_MODULE": "pilar.settings",
            "PYTHONUNBUFFERED": "1",
        }

    def shared_names(self) -> list[str]:
        """What a second terminal needs to talk to the same servers with the same keys."""
        wanted = ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE")
        return [name for name in self.env if name in wanted or name.startswith("PILAR_")]

    def run(self, step: Step) -> None:
        began = time.monotonic()
        log = self.log(step.argv[0])
        argv = [sys.executable, str(ROOT / "manage.py"), *step.argv]
        code = self.supervisor.run(argv, env=self.as_login("owner"), log=log)
        if code:
            raise LocalError(f'Langkah "{step.title}" gagal. Baris terakhir dari {log}:\n{last_lines(log)}')
        announce(step.title, began)

    def as_login(self, login: str) -> dict[str, str]:
        return {**self.env, "PILAR_LOGIN": login}

    def start_workers(self) -> None:
        """The Celery worker and the clock that sends its regular tasks."""
        worker = ["worker", "-c", "2", "--prefetch-multiplier", "1", "--loglevel", "INFO"]
        # Should we die, there is no database: the worker must then not wait for its tasks, hence
        # SIGQUIT. They are acknowledged late, so the next start does them again.
        self._add_celery("Pekerja Celery", worker, signal.SIGQUIT)
        beat = ["beat", "-s", str(self.home / "beat-schedule"), "--pidfile="]
        self._add_celery("Penjadwal Celery", beat, signal.SIGTERM)

    def _add_celery(self, name: str, words: list[str], when_we_die: signal.Signals) -> None:
        argv = [sys.executable, "-m", "celery", "-A", "pilar.celery", *words]
        env, log = self.as_login("worker"), self.log(words[0])

        def start() -> Child:
            return spawn(argv, env=env, log=log, cwd=ROOT, end_signal=when_we_die)

        self.supervisor.add(Part(name, log, start))

    def start_web(self) -> None:
        argv = [sys.executable, "-m", "gunicorn", "pilar.wsgi", "--workers", "2"]
        argv += ["--worker-class", "gthread", "--threads", "4"]
        argv += ["--bind", f"{LOOPBACK}:{self.port}", "--no-control-socket"]
        env, log = self.as_login("web"), self.log("web")
        self.supervisor.add(
            Part(
                "Server halaman",
                log,
                lambda: spawn(argv, env=env, log=log, cwd=ROOT),
                lambda _child: page_answers(self.port),
                tier=2,
            )
        )

    def summarise(self) -> None:
        """The table and the logins, straight to the terminal."""
        argv = [sys.executable, str(ROOT / "manage.py"), *SUMMARY]
        if self.supervisor.run(argv, env=self.as_login("owner"), log=None):
            raise LocalError("Ringkasan tidak dapat dicetak.")


def announce(title: str, began: float) -> None:
    seconds = f"{time.monotonic() - began:.1f}".replace(".", ",")
    print(f"  {title:<28} {seconds:>6} detik", flush=True)


def page_answers(port: int) -> bool:
    """True when the first page comes without a server error."""
    link = HTTPConnection(LOOPBACK, port, timeout=10)
    try:
        link.request("GET", "/")
        return link.getresponse().status < 500
    except (OSError, HTTPException):
        return False
    finally:
        link.close()


def choose_port(wanted: int | None, *, killed_before: bool) -> int:
    """The wanted port, or the first free one from 8000; LocalError when it is taken.

    After a kill -9 the old page server needs a moment to let go of its port.
    """
    candidates = [wanted] if wanted else range(FIRST_PORT, LAST_PORT + 1)
    if killed_before:
        becomes_free(candidates[0], seconds=8)
    for port in candidates:
        if is_free(port):
            return port
    raise LocalError(
        f"Port {wanted or FIRST_PORT} sedang dipakai program lain. "
        "Pilih yang lain, misalnya `python3 manage.py up --port 8080`."
    )


def run(port: int | None, *, serve: bool, argv: list[str]) -> int:
    """Start everything and stay until asked to stop (serve), or stop after the summary."""
    bootstrap.enter(bootstrap.RUNTIME, ["up", *argv])
    home = make_home(home_path())
    with hold_lock(home), supervised() as supervisor:
        try:
            start_all(
                Up(home, supervisor, choose_port(port, killed_before=env_path(home).exists())),
                serve=serve,
            )
            if serve:
                supervisor.watch()
                print("\nMenghentikan semuanya ...", flush=True)
        except Stopped:
            print("\nDihentikan sebelum selesai.", flush=True)
            return 130
        finally:
            env_path(home).unlink(missing_ok=True)
            supervisor.stop()
    return 0


def start_all(up: Up, *, serve: bool) -> None:
    """Every step of a start; a database filled by this very code is not filled again.

    The opened year is always recounted, which also shows that the worker works.
    """
    print("Menyiapkan PILAR ...", flush=True)
    up.prepare()
    for step in SCHEMA:
        up.run(step)
    filled = up.stamp.matches()
    if not filled:
        for step in FILL:
            up.run(step)
    up.start_workers()
    if not filled:
        up.run(COUNT_EARLIER)
    up.run(COUNT_OPENED)
    up.stamp.record()
    if serve:
        up.start_web()
    up.summarise()
    if serve:
        print(f"\nPILAR siap di {up.address}  (Ctrl-C untuk berhenti)", flush=True)
