"""Background work of the core: imports and exports. Every task can be run twice: the rows in the database decide."""

import socket

from celery import shared_task
from celery.app.task import Task
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection
from django.utils import timezone

from pilar.core import exporting, jobs
from pilar.core.errors import Refusal
from pilar.core.imports import applying, checking, services, turns
from pilar.core.models import Job, User
from pilar.core.scoping import enter_scope, reach_of

CANCEL_SEEN_WITHIN = 2.0  # seconds
WORDS = {services.CHECK: "Pemeriksaan", services.APPLY: "Penyimpanan", services.UNDO: "Pengurungan"}


def claimed(task: "Task[[int], None]", job_id: int) -> Job | None:
    """The job, for this message's worker alone; None when somebody else has it or it waits no longer."""
    with jobs.engine_transaction():
        return jobs.job_claim(
            job_id=job_id, task_id=task.request.id or "", host=socket.gethostname(), now=timezone.now()
        )


@shared_task(name="job.impor", bind=True)
def import_job(self: "Task[[int], None]", job_id: int) -> None:
    """Checks, saves or takes back one import; a Refusal or a fault ends the job with its sentence."""
    if (job := claimed(self, job_id)) is None:
        return
    try:
        _do(job)
    except jobs.LeaseLost:
        jobs.end_if_cancelled(job.pk, job.attempt)
        _fall_back_if_over(job)
    except Refusal as refusal:
        _fail(job, str(refusal))
    except ValidationError as error:
        _fail(job, " ".join(error.messages))
    except OperationalError:  # the database went away: the lease runs out, and another attempt takes it
        raise
    except Exception as error:
        why = type(error).__name__  # its text may quote a row
        _fail(job, f"{WORDS[job.params['act']]} berhenti ({why}); tidak ada yang tersimpan. Ulangi dari halaman impor.")
        raise


def _do(job: Job) -> None:
    today, act = timezone.localdate(), job.params["act"]
    if act == services.CHECK:
        checking.check(job, today)
    elif act == services.APPLY:
        applying.apply(job, today, timezone.now())
    else:
        applying.undo(job, today, timezone.now())


def _fail(job: Job, sentence: str) -> None:
    with jobs.engine_transaction():
        if jobs.job_end(job.pk, job.attempt, Job.State.FAILED, error=sentence):
            turns.fall_back(job)


def _fall_back_if_over(job: Job) -> None:
    with jobs.engine_transaction():
        if Job.objects.filter(pk=job.pk, state=Job.State.CANCELLED).exists():
            turns.fall_back(job)


@shared_task(name="core.clear_imports")
def clear_imports() -> int:
    """Hourly: content of files that nobody needs any more."""
    with jobs.engine_transaction():
        return services.clear_old(timezone.now())


# --- exports -------------------------------------------------------------------


@shared_task(name="job.unduhan", bind=True)
def export_job(self: "Task[[int], None]", job_id: int) -> None:
    """Writes a list that was too long to hand out at once, in one transaction: one moment's rows."""
    if (job := claimed(self, job_id)) is None:
        return
    try:
        _export(job)
    except jobs.LeaseLost:
        jobs.end_if_cancelled(job.pk, job.attempt)
    except (Refusal, ValidationError) as refusal:
        said = refusal.messages[0] if isinstance(refusal, ValidationError) else str(refusal)
        _end_failed(job, said)
    except OperationalError:  # the database went away: the lease runs out, and another attempt takes it
        raise
    except Exception:
        _end_failed(job, "Berkas tidak jadi. Unduh lagi dari halaman daftarnya; bila terulang, hubungi admin pusat.")
        raise


def _export(job: Job) -> None:
    with jobs.beating(job.pk, job.attempt, every=CANCEL_SEEN_WITHIN) as beat:
        beat.progress["stage"] = "Menulis baris"
        with jobs.engine_transaction():
            actor = User.objects.select_related("role").get(pk=job.user_id)
            enter_scope(reach_of(actor))
            name, count = exporting.export_write(actor=actor, job=job, check=beat.done)
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL ROLE pilar_engine")
            try:
                kept = job.params | {"file": name, "reach": exporting.mark_of(actor)}
                jobs.heartbeat(job.pk, job.attempt, done=count, expected=count, stage="", params=kept)
            except jobs.LeaseLost:
                exporting.discard(name)
                raise
            jobs.job_end(job.pk, job.attempt, Job.State.DONE)


def _end_failed(job: Job, sentence: str) -> None:
    with jobs.engine_transaction():
        jobs.job_end(job.pk, job.attempt, Job.State.FAILED, error=sentence)


@shared_task(name="core.expire_exports")
def expire_exports() -> int:
    with jobs.engine_transaction():
        return exporting.expire(timezone.now())
