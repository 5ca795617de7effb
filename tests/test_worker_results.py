"""A result file and a worker that dies: checked and applied to the end, no line lost and none counted twice."""

import threading
from contextlib import contextmanager

import psycopg2
import pytest
from django.db import connection
from django.utils import timezone

from assistance.models import Disbursement, ResultFile, ResultRow, Step
from assistance.services.results import result_file_apply
from assistance.tests.result_files import lines_of, row, upload
from pilar.core.jobs import job_cancel
from pilar.core.models import Job, User
from targets.engine.drain import drain_all
from targets.models import LedgerEntry
from targets.tests.recount import differences
from tests import factories as make
from tests.harness.processes import environment, until
from tests.test_worker import waiting_on_lock

pytestmark = pytest.mark.worker
CHUNK, LINES = 10, 60


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch):
    monkeypatch.setenv("PILAR_RESULT_CHUNK_ROWS", str(CHUNK))


@pytest.fixture
def owner(committed) -> User:
    return User.objects.select_related("role").get(username="owner")


@pytest.fixture
def file(owner) -> ResultFile:
    """60 lines: 57 good rows of which 6 come back, one row of each of three faults."""
    batch = make.make_batch()
    lines = lines_of(batch, LINES)
    rows = [row(line, ("berhasil", "retur")[i % 10 == 0]) for i, line in enumerate(lines)]
    rows[7], rows[17], rows[27] = row(lines[7], amount=1), row(lines[17], "entah"), row(lines[27], on="2024-01-02")
    return upload(owner, batch, *rows)


def state_of(file: ResultFile) -> str:
    return ResultFile.objects.get(pk=file.pk).state


def reaches(file: ResultFile, state: str) -> None:
    until(lambda: state_of(file) == state)


def decide(owner: User, file: ResultFile) -> Job:
    result_file_apply(actor=owner, file=file, today=timezone.localdate())
    return Job.objects.order_by("-id")[0]


@contextmanager
def held(table: str, pk: int):
    """Locks one row, so that the worker stops in the middle of the chunk that holds it."""
    link = psycopg2.connect(environment("owner")["DATABASE_URL"])
    link.cursor().execute(f"SELECT 1 FROM {table} WHERE id = %s FOR UPDATE", [pk])
    yield
    link.close()


def told(file: ResultFile) -> ResultRow:
    """A row of the fourth chunk."""
    return file.contents.order_by("number")[CHUNK * 3 + 5]


def everything_fits(file: ResultFile) -> None:
    """Lines, history, marks and figures say the same, and what the sheet said."""
    rows, lines = file.contents, Disbursement.objects.filter(batch=file.batch_id)
    assert (rows.count(), rows.filter(match="cocok").count(), rows.filter(applied=True).count()) == (60, 57, 57)
    assert [lines.filter(state=state).count() for state in ("transaksi", "retur", "salur")] == [51, 6, 3]
    steps = Step.objects.filter(kind="baris")
    assert (steps.count(), len(set(steps.values_list("object_id", flat=True)))) == (57, 57)
    drain_all()
    until(lambda: not LedgerEntry.objects.exists())  # beat may be draining too
    assert differences(2024) == []


def test_a_file_goes_through_a_worker_from_upload_to_money_in_hand(owner, start_worker, file):
    start_worker(beat=True)
    reaches(file, "diperiksa")
    job = decide(owner, file)
    reaches(file, "selesai")
    job.refresh_from_db()
    assert (job.state, job.done, job.expected, job.attempt) == ("selesai", 57, 57, 1)
    everything_fits(file)


def test_a_worker_killed_while_checking_is_replaced(owner, start_worker, file):
    with held("assistance_resultrow", told(file).pk):
        first = start_worker()
        until(waiting_on_lock)
        first.kill()
    until(lambda: not waiting_on_lock())
    assert file.contents.exclude(match="").count() == CHUNK * 3 + 1  # and the one that was broken on arrival
    start_worker(beat=True)
    reaches(file, "diperiksa")
    assert Job.objects.get(kind="hasil").attempt == 2
    decide(owner, file)
    reaches(file, "selesai")
    everything_fits(file)


@pytest.mark.parametrize("table", ["assistance_disbursement_2024", "assistance_resultrow"])
def test_a_worker_killed_while_applying_is_replaced(owner, start_worker, file, table):
    first = start_worker()
    start_worker(beat=True)
    reaches(file, "diperiksa")
    row = told(file)
    with held(table, row.pk if table == "assistance_resultrow" else row.line_id):
        job = decide(owner, file)
        until(waiting_on_lock)
        done = file.contents.filter(applied=True).count()
        first.kill()
    assert 0 < done < 57
    reaches(file, "selesai")
    job.refresh_from_db()
    assert job.state == "selesai"
    everything_fits(file)


def waiting() -> int:
    """Locks that somebody waits for in this database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(DISTINCT l.pid) FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
            " WHERE NOT l.granted AND a.datname = current_database()"
        )
        return cursor.fetchone()[0]


class Asking(threading.Thread):
    """Asks to cancel while a chunk holds the job's row: waits for the chunk's end, and comes before the next one."""

    def __init__(self, job: Job) -> None:
        super().__init__()
        self.job = job

    def run(self) -> None:
        job_cancel(job=self.job)
        connection.close()


def test_an_application_is_cancelled_between_chunks_and_taken_up_again(owner, start_worker, file):
    start_worker(beat=True)
    reaches(file, "diperiksa")
    with held("assistance_disbursement_2024", told(file).line_id):
        job = decide(owner, file)
        until(waiting_on_lock)
        asking = Asking(job)
        asking.start()
        until(lambda: waiting() == 2)  # the chunk for the line, and who cancels for the chunk
    asking.join()
    until(lambda: not Job.objects.open().exists())
    job.refresh_from_db()
    done = file.contents.filter(applied=True).count()
    assert (job.state, state_of(file)) == ("batal", "diterapkan")
    assert Step.objects.filter(kind="baris").count() == done < 57
    decide(owner, file)
    reaches(file, "selesai")
    everything_fits(file)
