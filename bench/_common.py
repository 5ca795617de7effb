"""What the measurements share: clocks, lines of the report, and a database of one's own that goes away at the end."""

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg2

ROOT = Path(__file__).resolve().parent.parent
LOADED = ("migrate", "load_regions", "load_reference")


def timed(act: Callable[[], object]) -> float:
    """Seconds."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def median(act: Callable[[], object], runs: int) -> float:
    return statistics.median(timed(act) for _ in range(runs))


def p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]


def say(what: str, seconds: float, **limits: float) -> None:
    ratios = "  ".join(f"{seconds / limit:8.2f} x {name}" for name, limit in limits.items() if limit)
    print(f"{what:<58}{seconds:9.3f} s  {ratios}", flush=True)


def answered(response: Any) -> None:
    if response.status_code != 200:
        raise SystemExit(f"{response.status_code}: {response.request['PATH_INFO']}")


def arguments(**sizes: int) -> argparse.Namespace:
    """`--runs 3` and the like with their defaults, and `--keep` for the database."""
    parser = argparse.ArgumentParser()
    for name, default in sizes.items():
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--keep", action="store_true")
    return parser.parse_args()


def _administer(server: str, sql: str) -> None:
    link = psycopg2.connect(server)
    link.autocommit = True
    link.cursor().execute(sql)
    link.close()


@contextmanager
def database(name: str, *, keep: bool, fresh: bool = True) -> Iterator[bool]:
    """DATABASE_URL leads to a database of this name, which is dropped at the end unless kept.

    Gives whether a kept one was found, which `fresh` never uses. Before Django is set up.
    """
    server = os.environ["DATABASE_URL"]
    if fresh:
        _administer(server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    link = psycopg2.connect(server)
    with link.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        known = cursor.fetchone() is not None
    link.close()
    if not known:
        _administer(server, f"CREATE DATABASE {name}")
    os.environ["DATABASE_URL"] = server.rpartition("/")[0] + f"/{name}"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pilar.settings")
    try:
        yield known
    finally:
        if not keep:
            _administer(server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def set_up(login: str) -> None:
    os.environ["PILAR_LOGIN"] = login
    import django  # noqa: PLC0415

    django.setup()


def manage(*command: str) -> None:
    """As owner, in a process of its own: the web login may neither migrate nor load."""
    program = [sys.executable, str(ROOT / "manage.py"), *command]
    subprocess.run(program, check=True, cwd=ROOT, env={**os.environ, "PILAR_LOGIN": "owner"})


def measured_as_owner(name: str, measure: Callable[..., None], **sizes: int) -> None:
    """Migrates and loads a fresh database and hands the measurement a cursor and its sizes by name."""
    options = vars(arguments(**sizes))
    with database(name, keep=options.pop("keep")):
        set_up("owner")
        from django.core.management import call_command  # noqa: PLC0415
        from django.db import connections  # noqa: PLC0415

        for command in LOADED:
            call_command(command, verbosity=0)
        link = psycopg2.connect(os.environ["DATABASE_URL"])
        link.autocommit = True
        try:
            measure(link.cursor(), **options)
        finally:
            link.close()
            connections.close_all()


def measured_as_web(name: str, load: Callable[[], None], measure: Callable[[], bool], *, keep: bool) -> bool:
    """Loads unless a kept database is found, and measures by the login that serves requests; whether it was slow."""
    with database(name, keep=keep, fresh=False) as known:
        if not known:
            print(f"loaded in {timed(load):.0f} s", flush=True)
        set_up("web")
        from django.db import connections  # noqa: PLC0415

        try:
            return measure()
        finally:
            connections.close_all()
