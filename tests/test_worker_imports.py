"""An import and a worker that dies at each stage: nothing half done, and a job that says what happened."""

from contextlib import contextmanager

import psycopg2
import pytest
from django.db import connection

from assistance.models import Beneficiary, GroupMembership
from assistance.tests.import_files import csv, line, upload
from pilar.core.imports.services import import_apply, import_map, import_undo
from pilar.core.models import AuditEvent, ImportedRow, ImportSession, Job, User
from tests.harness.processes import environment, until
from tests.test_worker import waiting_on_lock

pytestmark = pytest.mark.worker
ROWS = 40


@pytest.fixture
def owner(committed) -> User:
    return User.objects.select_related("role", "region").get(username="owner")


def started(owner: User, rows: int = ROWS) -> ImportSession:
    session = upload(owner, csv(*(line(at) for at in range(1, rows + 1))))
    import_map(actor=owner, session=session, mapping=session.mapping)
    return session


def reaches(session: ImportSession, state: str) -> None:
    until(lambda: ImportSession.objects.get(pk=session.pk).state == state)


@contextmanager
def locked(table: str):
    """Stops the worker where it needs the table."""
    link = psycopg2.connect(environment("owner")["DATABASE_URL"])
    link.cursor().execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
    yield
    link.close()


def written() -> tuple[int, int, int, int]:
    events = AuditEvent.objects.filter(object_type="assistance.beneficiary")
    return (Beneficiary.objects.count(), GroupMembership.objects.count(), ImportedRow.objects.count(), events.count())


def read_slowly() -> None:
    """A second before each part of the rows is kept, so that a worker can be met between two of them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION tired() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN PERFORM pg_sleep(1); RETURN NEW; END $$;"
            "CREATE TRIGGER tired BEFORE UPDATE ON core_job FOR EACH ROW"
            " WHEN (NEW.stage = 'Membaca baris' AND NEW.done > 0) EXECUTE FUNCTION tired()"
        )


def test_a_worker_killed_while_reading_is_replaced(owner, start_worker):
    session = started(owner, 9000)
    read_slowly()
    first = start_worker(concurrency=1)
    until(lambda: Job.objects.filter(stage="Membaca baris", done__gt=0).exists())
    first.kill()
    assert written() == (0, 0, 0, 0)
    start_worker(beat=True)
    reaches(session, "diperiksa")
    session.refresh_from_db()
    assert session.counts["create"] == session.counts["rows"] == 9000
    assert Job.objects.get(kind="impor").state == "selesai"


@pytest.mark.parametrize("stage", ["periksa", "simpan", "urungkan"])
def test_a_worker_killed_in_the_middle_of_a_stage_leaves_nothing_half_done(owner, start_worker, stage):
    table = {"periksa": "core_groupalias"}.get(stage, "assistance_groupmembership")
    session = started(owner)
    first = None
    if stage != "periksa":
        first = start_worker(concurrency=1)
        reaches(session, "diperiksa")
    if stage == "urungkan":
        import_apply(actor=owner, session=session, mode="semua")
        reaches(session, "selesai")
    before = (ROWS, ROWS, 2 * ROWS, ROWS) if stage == "urungkan" else (0, 0, 0, 0)
    with locked(table):
        if stage == "simpan":
            import_apply(actor=owner, session=session, mode="semua")
        elif stage == "urungkan":
            import_undo(actor=owner, session=session, reason="salah berkas")
        first = first or start_worker(concurrency=1)
        until(waiting_on_lock)
        first.kill()
    until(lambda: not waiting_on_lock())
    assert written() == before
    assert Job.objects.latest("pk").state == "berjalan"  # until its lease runs out
    start_worker(beat=True)
    reaches(session, {"periksa": "diperiksa", "simpan": "selesai", "urungkan": "diurungkan"}[stage])
    assert written()[:2] == ((ROWS, ROWS) if stage == "simpan" else (0, 0))
    job = Job.objects.latest("pk")
    assert (job.state, job.attempt) == ("selesai", 2)


def test_a_cancelled_check_can_be_started_again(owner, start_worker):
    session = started(owner)
    Job.objects.filter(kind="impor").update(cancel_requested=True, state="berjalan", lease_until="2024-01-01T00:00Z")
    start_worker(beat=True)
    until(lambda: Job.objects.filter(kind="impor", state="batal").exists())
    import_map(actor=owner, session=session, mapping=session.mapping)
    reaches(session, "diperiksa")
