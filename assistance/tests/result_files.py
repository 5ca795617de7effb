"""Result files as a bank would send them, and the job run here, without a worker."""

import io
from datetime import date

from assistance.models import Batch, Disbursement, ResultFile
from assistance.services.results import result_file_apply, result_file_upload
from assistance.tasks import result_file_job
from pilar.core.models import Job
from tests import factories as make

TODAY = date(2024, 11, 24)
HEAD = "kunci;nama;hasil;jumlah;tanggal"


def key(line: Disbursement) -> str:
    return f"{line.year}-{line.pk}"


def row(line: Disbursement, outcome: str = "berhasil", *, amount: object = None, on: str = "20/03/2024") -> str:
    return f"{key(line)};Siti;{outcome};{line.amount if amount is None else amount};{on}"


def lines_of(batch: Batch, many: int, **fields) -> list[Disbursement]:
    return [make.make_line(batch, make.make_beneficiary(name=f"Orang {i}"), **fields) for i in range(many)]


def upload(actor, batch: Batch, *rows: str, head: str = HEAD, name: str = "hasil.csv") -> ResultFile:
    content = io.BytesIO("\n".join((head, *rows)).encode())
    return result_file_upload(actor=actor, batch=batch, name=name, content=content, today=TODAY)


def work() -> None:
    """Does every queued job of result files."""
    for job in Job.objects.filter(kind="hasil", state=Job.State.QUEUED):
        result_file_job(job.pk)


def checked(actor, batch: Batch, *rows: str, **kwargs) -> ResultFile:
    file = upload(actor, batch, *rows, **kwargs)
    work()
    file.refresh_from_db()
    return file


def applied(actor, file: ResultFile) -> ResultFile:
    result_file_apply(actor=actor, file=file, today=TODAY)
    work()
    file.refresh_from_db()
    return file


def matches(file: ResultFile) -> list[str]:
    """In the order of the sheet."""
    return list(file.contents.order_by("number").values_list("match", flat=True))


def states(lines: list[Disbursement]) -> list[str]:
    found = dict(Disbursement.objects.filter(pk__in=[line.pk for line in lines]).values_list("pk", "state"))
    return [found[line.pk] for line in lines]
