"""Transactions of an import job: each first extends the lease, so that a lost attempt leaves no trace."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from pilar.core import jobs, regions
from pilar.core.imports import refusals
from pilar.core.models import ImportSession, Job, User
from pilar.core.models.imports import FALLBACK
from pilar.core.rights import Right
from pilar.core.scoping import enter_scope, reach_of, require

SAVING, UNDOING = "Menyimpan", "Mengurungkan"


@contextmanager
def engine_turn(job: Job, stage: str, done: int, **more: int) -> Iterator[None]:
    with jobs.engine_transaction():
        jobs.heartbeat(job.pk, job.attempt, stage=stage, done=done, **more)
        yield


def session_of(job: Job) -> ImportSession:
    return ImportSession.objects.select_related("region").select_for_update(of=("self",), no_key=True).get(
        pk=job.params["session"]
    )  # fmt: skip


def actor_of(job: Job) -> User:
    found: User = User.objects.select_related("role").get(pk=job.user_id)
    return found


@contextmanager
def as_actor(actor: User, session: ImportSession) -> Iterator[None]:
    """In the reach that the officer has by now; afterwards the engine again. Raises Refusal when he lost the right."""
    enter_scope(reach_of(actor))
    if not ImportSession.objects.visible_to(actor).filter(pk=session.pk).exists():
        raise refusals.out_of_reach()
    require(actor, Right.ENTER, session.region_id)
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE pilar_engine")


def end_in(job: Job, session: ImportSession, state: ImportSession.State) -> None:
    """As the engine, last in the transaction: the session's new state and the job's end stand or fall together."""
    jobs.heartbeat(job.pk, job.attempt)
    ImportSession.objects.filter(pk=session.pk).update(state=state)
    jobs.job_end(job.pk, job.attempt, Job.State.DONE)


def fall_back(job: Job) -> None:
    """As the engine: a session whose job ended otherwise is where it was before."""
    session = ImportSession.objects.filter(pk=job.params["session"]).first()
    if session and session.state in FALLBACK:
        ImportSession.objects.filter(pk=session.pk).update(state=FALLBACK[ImportSession.State(session.state)])


def take_turn(job: Job, stage: str) -> bool:
    """Whether no other import of the same kind is being saved in an area that holds or lies in this one.

    Otherwise the job goes back to the queue and is sent again by `redispatch`: no worker waits meanwhile.
    """
    kind = job.params["kind"]
    with jobs.engine_transaction() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('pilar.import'), hashtext(%s))", [kind])
        lo, hi = regions.bounds(job.region_id)
        busy = Job.objects.filter(
            kind=job.kind, state=Job.State.RUNNING, stage__in=(SAVING, UNDOING), params__kind=kind
        )
        near = busy.filter(regions.in_range("region_id", lo, hi)) | busy.filter(
            region_id__in=regions.path(job.region_id)
        )
        other = near.exclude(pk=job.pk).first()
        if other is None:
            jobs.heartbeat(job.pk, job.attempt, stage=stage)
            return True
        Job.objects.filter(pk=job.pk, attempt=job.attempt, state=Job.State.RUNNING).update(
            state=Job.State.QUEUED,
            lease_until=None,
            attempt=job.attempt - 1,
            stage=f"Menunggu impor {other.key} selesai",
        )
        return False
