"""Background work of this app. Every task can be run twice: the rows in the database decide."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from celery import shared_task
from celery.app.task import Task
from django.db import connection
from django.utils import timezone

from assistance.models import ResultFile
from assistance.services import result_chunks, results
from assistance.services.result_chunks import Part
from pilar.core import jobs
from pilar.core.errors import Refusal
from pilar.core.models import Job, User
from pilar.core.scoping import enter_scope, reach_of
from pilar.core.tasks import claimed

STAGES = {results.CHECKING: "Memeriksa baris", results.APPLYING: "Menerapkan baris yang cocok"}


@shared_task(name="job.hasil", bind=True)
def result_file_job(self: "Task[[int], None]", job_id: int) -> None:
    """Checks or applies a result file, chunk by chunk, each chunk one transaction in its user's own scope."""
    if (job := claimed(self, job_id)) is None:
        return
    try:
        {results.CHECKING: _check, results.APPLYING: _apply}[job.params["act"]](job)
    except jobs.LeaseLost:
        jobs.end_if_cancelled(job.pk, job.attempt)
    except Refusal as refusal:
        _fail(job, str(refusal))
    except Exception as error:
        why = str(error).partition("\n")[0]  # what follows may quote the row
        _fail(job, f"{STAGES[job.params['act']]} berhenti: {why}. Yang sudah tercatat tetap; lanjutkan dari berkasnya.")
        raise


def _check(job: Job) -> None:
    def part(actor: User, file: ResultFile, after: int) -> Part:
        return result_chunks.check_part(actor=actor, file=file, after=after)

    def finish(actor: User, file: ResultFile) -> None:
        results.check_finish(actor=actor, file=file)

    _walk(job, "seen", part, finish)


def _apply(job: Job) -> None:
    today = timezone.localdate()

    def part(actor: User, file: ResultFile, after: int) -> Part:
        return result_chunks.apply_part(actor=actor, file=file, after=after, note=job.params["note"], today=today)

    def finish(actor: User, file: ResultFile) -> None:
        results.apply_finish(actor=actor, file=file, now=timezone.now())

    _walk(job, "applied", part, finish)


def _walk(
    job: Job, counted: str, part: Callable[[User, ResultFile, int], Part], finish: Callable[[User, ResultFile], None]
) -> None:
    """Chunk after chunk until one is empty, whose transaction ends the file and the job together.

    Args:
        counted: which of `result_chunks.done_counts` an earlier attempt has done already.
    """
    with _turn(job, 0) as (_, file):
        done = result_chunks.done_counts(file)[counted]
    after = 0
    while True:
        with _turn(job, done) as (actor, file):
            found = part(actor, file, after)
            if not found.rows:
                finish(actor, file)
                _end(job)
                return
        after, done = found.until, done + found.rows


@contextmanager
def _turn(job: Job, done: int) -> Iterator[tuple[User, ResultFile]]:
    """One transaction of this attempt, in the reach that the job's user has by now.

    The heartbeat comes first and locks the job's row until the commit: nobody else can take the job over while
    this chunk is under way, and a chunk whose lease was lost leaves no trace.
    """
    with jobs.engine_transaction():
        jobs.heartbeat(job.pk, job.attempt, done=done, stage=STAGES[job.params["act"]])
        actor = User.objects.select_related("role").get(pk=job.user_id)
        enter_scope(reach_of(actor))
        file = ResultFile.objects.visible_to(actor).select_related("programme").filter(pk=job.params["file"]).first()
        if file is None:
            raise _out_of_reach()
        yield actor, file


def _end(job: Job) -> None:
    """In the running transaction, back in the engine's role."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE pilar_engine")
    Job.objects.filter(pk=job.pk).update(done=job.expected)
    jobs.job_end(job.pk, job.attempt, Job.State.DONE)


def _fail(job: Job, sentence: str) -> None:
    with jobs.engine_transaction():
        jobs.job_end(job.pk, job.attempt, Job.State.FAILED, error=sentence)


def _out_of_reach() -> Refusal:
    return Refusal(
        "Berkas ini tidak lagi di dalam wewenang petugas yang memulainya.",
        "Minta petugas lain yang berwenang melanjutkannya dari halaman berkas.",
        rule="wewenang",
    )
