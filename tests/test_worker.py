"""A real Celery worker on a real broker: counts, dies, is replaced, and nothing is lost or counted twice."""

import threading
from contextlib import contextmanager
from datetime import date
from io import StringIO

import psycopg2
import pytest
from celery import current_app
from django.core.management import CommandError, call_command
from django.db import connection

from assistance.models import Disbursement
from pilar.core.models import Job
from targets.engine import rebuild
from targets.engine.drain import drain, drain_all
from targets.models import Achievement, LedgerEntry, RollupRun
from targets.tests.recount import differences
from tests import factories as make
from tests.harness.processes import environment, until

pytestmark = pytest.mark.worker


def some_lines(count: int = 6) -> None:
    batch = make.make_batch()
    for i in range(count):
        make.make_line(batch, make.make_beneficiary(groups=[3, 12]), paid_on=date(2024, i % 12 + 1, 5))


@contextmanager
def locked(table: str):
    """Holds a table so that the engine stops in the middle of its transaction."""
    link = psycopg2.connect(environment("owner")["DATABASE_URL"])
    link.cursor().execute(f"LOCK TABLE {table} IN SHARE MODE")
    yield
    link.close()


def waiting_on_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
            " WHERE NOT l.granted AND a.usename = 'pilar_worker' AND a.datname = current_database()"
        )
        return cursor.fetchone()[0] > 0


def test_the_command_counts_through_the_worker(worker):
    some_lines()
    out = StringIO()
    call_command("rollup", year=2024, region="17.71", stdout=out)
    run = RollupRun.objects.select_related("job").get()
    assert run.job.task_id
    assert run.job.worker_host
    assert "tanpa pergeseran" in out.getvalue()
    assert "Rp3.600.000" in out.getvalue()
    assert differences(2024) == []


def test_without_a_worker_the_command_says_so_and_fails(committed):
    err = StringIO()
    with pytest.raises(CommandError, match="Jalankan pekerja"):
        call_command("rollup", year=2024, timeout=6, stderr=err, stdout=StringIO())
    assert "menunggu pekerja" in err.getvalue()


def test_beat_drains_within_seconds(start_worker):
    start_worker(beat=True)
    some_lines()
    until(lambda: Achievement.objects.filter(year=2024, level=0).exists() and not LedgerEntry.objects.exists(), 15)
    assert differences(2024) == []


def test_a_worker_killed_in_the_middle_of_a_drain_loses_nothing(start_worker):
    first = start_worker()
    some_lines()
    noted = LedgerEntry.objects.count()
    with locked("targets_achievement"):
        current_app.send_task("targets.drain")
        until(waiting_on_lock)
        first.kill()
    until(lambda: not waiting_on_lock())
    assert LedgerEntry.objects.count() == noted
    start_worker(beat=True)
    until(lambda: not LedgerEntry.objects.exists())
    assert differences(2024) == []


def test_a_worker_killed_in_the_middle_of_a_rebuild_is_replaced(start_worker):
    some_lines()
    drain_all()
    first = start_worker()
    with locked("targets_stagedcell"):
        rebuild.rollup_request(year=2024, user=None)
        until(waiting_on_lock)
        first.kill()
    some_lines(2)
    start_worker(beat=True)
    job = until(lambda: Job.objects.filter(state=Job.State.DONE).first())
    assert job.attempt > 1
    assert job.rollup.drift_cells == 0
    until(lambda: not LedgerEntry.objects.exists())
    assert differences(2024) == []


def test_a_running_rebuild_can_be_cancelled(start_worker):
    some_lines()
    start_worker()
    with locked("targets_stagedcell"):
        job = rebuild.rollup_request(year=2024, user=None)
        until(waiting_on_lock)
        Job.objects.filter(pk=job.pk).update(cancel_requested=True)
    until(lambda: Job.objects.filter(pk=job.pk, state=Job.State.CANCELLED).exists())
    drain_all()
    assert differences(2024) == []


class Writer(threading.Thread):
    """Inserts, changes and deletes with a connection of its own; errors are kept for the test."""

    def __init__(self, batch, people, number: int) -> None:
        super().__init__()
        self.batch, self.people, self.number, self.error = batch, people, number, None

    def run(self) -> None:
        try:
            for i, person in enumerate(self.people):
                line = make.make_line(self.batch, person, amount=1000 + i, paid_on=date(2024, i % 12 + 1, 1))
                lines = Disbursement.objects.filter(pk=line.pk, year=2024)
                (lines.update, lines.delete)[i % 3 == 0](**({"amount": 7} if i % 3 else {}))
        except Exception as error:
            self.error = error
        finally:
            connection.close()


class Repeater(threading.Thread):
    def __init__(self, act, stop: threading.Event) -> None:
        super().__init__()
        self.act, self.stop, self.error = act, stop, None

    def run(self) -> None:
        try:
            while not self.stop.is_set():
                self.act()
        except Exception as error:
            self.error = error
        finally:
            connection.close()


def test_writers_drainers_and_a_rebuild_at_once(worker):
    people = [make.make_beneficiary(groups=[3]) for _ in range(40)]
    writers = [Writer(make.make_batch(), people, n) for n in range(3)]
    stop = threading.Event()
    drainers = [Repeater(drain, stop) for _ in range(2)]
    for thread in (*writers, *drainers):
        thread.start()
    job = rebuild.rollup_request(year=2024, user=None)
    for thread in writers:
        thread.join()
    until(lambda: Job.objects.filter(pk=job.pk, state=Job.State.DONE).exists())
    stop.set()
    for thread in drainers:
        thread.join()
    assert [t.error for t in (*writers, *drainers)] == [None] * 5
    drain_all()
    assert RollupRun.objects.get(job=job).drift_cells == 0
    assert differences(2024) == []
