"""Background work of imports. Every task can be run twice: the rows in the database decide."""

import socket

from celery import shared_task
from celery.app.task import Task
from django.core.exceptions import ValidationError
from django.db import OperationalError
from django.utils import timezone

from pilar.core import jobs
from pilar.core.errors import Refusal
from pilar.core.imports import applying, checking, services, turns
from pilar.core.models import Job

WORDS = {services.CHECK: "Pemeriksaan", services.APPLY: "Penyimpanan", services.UNDO: "Pengurungan"}


@shared_task(name="job.impor", bind=True)
def import_job(self: "Task[[int], None]", job_id: int) -> None:
    """Checks, saves or takes back one import; a Refusal or a fault ends the job with its sentence."""
    with jobs.engine_transaction():
        job = jobs.job_claim(
            job_id=job_id, task_id=self.request.id or "", host=socket.gethostname(), now=timezone.now()
        )
    if job is None:
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
