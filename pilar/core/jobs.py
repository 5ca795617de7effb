"""Background acts. The Job row is the truth: queued by a service, claimed by lease, ended here.

A worker that dies stops extending its lease; `redispatch` (beat) then queues the job again, and
the next claim raises `attempt`, so that nothing of the dead attempt can still end it.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from pilar.core.errors import Refusal
from pilar.core.models import Job, User

MOST_ATTEMPTS = 10  # a job that kills its worker each time must end some day


class LeaseLost(Exception):
    """The job was taken over, cancelled or ended meanwhile: stop at once, leave no trace."""


@contextmanager
def engine_transaction(*, repeatable_read: bool = False) -> Iterator[Any]:
    """A transaction of the engine's role; yields a cursor."""
    with transaction.atomic(), connection.cursor() as cursor:
        if repeatable_read:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SET LOCAL ROLE pilar_engine")
        yield cursor
        if not connection.needs_rollback:
            cursor.execute("SET LOCAL ROLE NONE")


def job_open(
    *,
    kind: str,
    key: str,
    region: int,
    user: User | None,
    params: dict[str, Any],
    expected: int = 0,
) -> Job:
    """Queues one job per kind and key; its message goes out when the transaction commits.

    Raises Refusal while another of the same key is open.
    """
    try:
        with transaction.atomic():
            job = Job.objects.create(kind=kind, key=key, region_id=region, user=user, params=params, expected=expected)
    except IntegrityError as error:
        raise Refusal(
            f"Pekerjaan {kind} {key} sudah berjalan.",
            "Tunggu sampai selesai, atau batalkan di halaman Pekerjaan.",
            rule="pekerjaan_ganda",
        ) from error
    # A broker that is away must not undo what was committed: `redispatch` sends the message later.
    transaction.on_commit(lambda: dispatch(job), robust=True)
    return job


def dispatch(job: Job) -> None:
    """The Celery task `job.<kind>` takes the job's id."""
    current_app.send_task(f"job.{job.kind}", args=[job.pk])


@transaction.atomic
def job_claim(*, job_id: int, task_id: str, host: str, now: datetime) -> Job | None:
    """Takes a queued job; None when somebody else has it or it is no longer queued."""
    taken = Job.objects.filter(pk=job_id, state=Job.State.QUEUED)
    job = taken.select_for_update(skip_locked=True).first()
    if job is None:
        return None
    job.state, job.attempt = Job.State.RUNNING, job.attempt + 1
    job.task_id, job.worker_host, job.error = task_id, host, ""
    job.started_at = job.heartbeat_at = now
    job.lease_until = now + lease()
    job.done = 0
    job.save()
    return job


def lease() -> timedelta:
    return timedelta(seconds=settings.JOB_LEASE_SECONDS)


def held(job_id: int, attempt: int, now: datetime) -> Any:
    """The job as a queryset, if this attempt still holds its lease and nobody asked to cancel."""
    return Job.objects.filter(
        pk=job_id,
        attempt=attempt,
        state=Job.State.RUNNING,
        lease_until__gte=now,
        cancel_requested=False,
    )


def heartbeat(job_id: int, attempt: int, **progress: Any) -> None:
    """Extends the lease. Raises LeaseLost when it is not held any more."""
    now = timezone.now()
    if not held(job_id, attempt, now).update(lease_until=now + lease(), heartbeat_at=now, **progress):
        raise LeaseLost(job_id)


class Beat:
    """What the thread that keeps a lease and the work itself tell each other."""

    def __init__(self) -> None:
        self.lost = threading.Event()
        self.progress: dict[str, Any] = {}

    def done(self, rows: int) -> None:
        """Shown at the next beat. Raises LeaseLost once the lease is gone or a cancel was asked for."""
        self.progress["done"] = rows
        if self.lost.is_set():
            raise LeaseLost


@contextmanager
def beating(job_id: int, attempt: int, *, every: float | None = None) -> Iterator[Beat]:
    """Keeps the lease while one long statement runs, from a thread with a connection of its own.

    `every`: seconds between beats, a third of the lease without it.
    """
    stop, beat = threading.Event(), Beat()

    def keep() -> None:
        try:
            while not stop.wait(every or settings.JOB_LEASE_SECONDS / 3):
                try:
                    with engine_transaction():
                        heartbeat(job_id, attempt, **beat.progress)
                except DatabaseError:  # tried again at the next beat, with a new connection
                    connection.close()
        except LeaseLost:
            beat.lost.set()
        finally:
            connection.close()

    thread = threading.Thread(target=keep, daemon=True)
    thread.start()
    try:
        yield beat
    finally:
        stop.set()
        thread.join()


def job_end(job_id: int, attempt: int, state: Job.State, *, error: str = "") -> bool:
    """Ends the job if this attempt still holds it."""
    open_attempt = Job.objects.filter(pk=job_id, attempt=attempt, state=Job.State.RUNNING)
    return bool(open_attempt.update(state=state, error=error, finished_at=timezone.now(), lease_until=None))


def end_if_cancelled(job_id: int, attempt: int) -> None:
    """After a lost lease: ends the job if somebody asked to cancel; another attempt's job is left alone."""
    with engine_transaction():
        if Job.objects.filter(pk=job_id, attempt=attempt, cancel_requested=True).exists():
            job_end(job_id, attempt, Job.State.CANCELLED)


def job_cancel(*, job: Job) -> None:
    """A queued job ends at once; a running one at its next heartbeat."""
    now = timezone.now()
    Job.objects.filter(pk=job.pk, state=Job.State.QUEUED).update(state=Job.State.CANCELLED, finished_at=now)
    Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).update(cancel_requested=True)


def expire(now: datetime) -> list[Job]:
    """Jobs whose worker stopped beating go back to the queue, or end when a cancel was asked for."""
    silent = Job.objects.filter(state=Job.State.RUNNING, lease_until__lt=now)
    cancelled = silent.filter(cancel_requested=True)
    cancelled.update(state=Job.State.CANCELLED, finished_at=now, lease_until=None)
    silent.filter(cancel_requested=False, attempt__gte=MOST_ATTEMPTS).update(
        state=Job.State.FAILED,
        finished_at=now,
        lease_until=None,
        error=f"Pekerja berhenti {MOST_ATTEMPTS} kali sebelum selesai; pekerjaan tidak diulang lagi. "
        "Jalankan lagi sesudah sebabnya diperbaiki; lihat catatan pekerja di server.",
    )
    lost = list(silent.filter(cancel_requested=False).select_for_update(skip_locked=True))
    for job in lost:
        job.state, job.lease_until = Job.State.QUEUED, None
        job.error = "Pekerja berhenti sebelum selesai; pekerjaan diulang."
        job.save(update_fields=["state", "lease_until", "error"])
    return lost


def redispatch(now: datetime) -> int:
    """Sends again what waits without a worker: messages are hints and may be lost."""
    with engine_transaction():
        expire(now)
        waiting = list(Job.objects.filter(state=Job.State.QUEUED, created_at__lt=now - lease() / 4))
    for job in waiting:
        dispatch(job)
    return len(waiting)
