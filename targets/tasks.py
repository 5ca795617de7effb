"""Celery's side of the engine. Every task can be run twice: the rows in the database decide."""

from celery import shared_task
from celery.app.task import Task
from django.db import OperationalError
from django.utils import timezone

from pilar.core import audit, jobs
from pilar.core.models import Job
from pilar.core.tasks import claimed
from targets.engine import closing, drain, rebuild
from targets.models import RollupRun


@shared_task(name="targets.drain")
def drain_ledger() -> int:
    """What beat sends every two seconds; returns the rows and subjects brought in."""
    done = drain.drain_all(rounds=20)
    return done.rows + done.subjects


@shared_task(name="core.redispatch")
def redispatch() -> int:
    return jobs.redispatch(timezone.now())


@shared_task(name="core.seal_audit")
def seal_audit() -> int:
    with jobs.engine_transaction():
        return audit.seal()


@shared_task(name="job.rollup", bind=True)
def rollup(self: "Task[[int], None]", job_id: int) -> None:
    """Claims the job and sends one part per province."""
    if (job := claimed(self, job_id)) is None:
        return
    try:
        if (applied := rebuild.applied_run(job)) is not None:
            rebuild.finish(applied, job.attempt)
            return
        run, regions = rebuild.begin(job)
        for region in regions:
            rollup_part.delay(run.pk, region, job.attempt)
    except jobs.LeaseLost:
        jobs.end_if_cancelled(job.pk, job.attempt)
    except Exception as error:
        _fail(job, error)
        raise


@shared_task(name="targets.rollup_part")
def rollup_part(run_id: int, region: int, attempt: int) -> None:
    if (run := _run(run_id)) is None:
        return
    try:
        rebuild.count_part(run, region, attempt)
        if rebuild.progress(run, attempt):
            rollup_apply.delay(run_id, attempt)
    except jobs.LeaseLost:
        jobs.end_if_cancelled(run.job_id, attempt)
    except Exception as error:
        _fail(run.job, error, attempt)
        raise


@shared_task(name="targets.rollup_apply")
def rollup_apply(run_id: int, attempt: int) -> None:
    if (run := _run(run_id)) is None:
        return
    try:
        rebuild.apply(run, attempt)
        rebuild.finish(run, attempt)
    except jobs.LeaseLost:
        jobs.end_if_cancelled(run.job_id, attempt)
    except Exception as error:
        _fail(run.job, error, attempt)
        raise


@shared_task(name="job.close_year", bind=True)
def close_year(self: "Task[[int], None]", job_id: int) -> None:
    """Keeps the figures of a year whose closing was decided."""
    if (job := claimed(self, job_id)) is None:
        return
    try:
        closing.keep(job.params["closure"], job=job.pk, attempt=job.attempt, today=timezone.localdate())
        with jobs.engine_transaction():
            jobs.job_end(job.pk, job.attempt, Job.State.DONE)
    except jobs.LeaseLost:
        jobs.end_if_cancelled(job.pk, job.attempt)
    except Exception as error:
        _fail(job, error, says="Penutupan tahun berhenti: {}. Belum ada yang ditutup; ulangi dari halaman penutupan.")
        raise


@shared_task(name="targets.rollup_nightly")
def rollup_nightly() -> None:
    """Rebuilds the open years in turn, to find drift before an officer does."""
    rebuild.queue_stalest_year()


def _run(run_id: int) -> RollupRun | None:
    """None when another attempt has taken the rebuild over."""
    with jobs.engine_transaction():
        return RollupRun.objects.select_related("job").filter(pk=run_id).first()


REBUILD_STOPPED = "Hitung ulang berhenti: {}. Angka lama tetap berlaku; jalankan lagi."


def _fail(job: Job, error: Exception, attempt: int | None = None, *, says: str = REBUILD_STOPPED) -> None:
    """Ends the job, unless the database went away: then the lease runs out and another attempt takes it."""
    if isinstance(error, OperationalError):
        return
    with jobs.engine_transaction():
        jobs.job_end(job.pk, attempt or job.attempt, Job.State.FAILED, error=says.format(error))
