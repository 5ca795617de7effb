"""Result files: uploaded and staged, checked, and then applied or dropped by a decision. The checking and the
applying themselves are jobs (`assistance.tasks`)."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import IO

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from assistance.models import Batch, ResultFile, ResultRow
from assistance.reading import names_of
from assistance.services import result_refusals as refusals
from assistance.services.entry import require_entry, require_note
from assistance.services.line_parts import require_paying
from assistance.services.refusals import wrong_step
from assistance.services.result_chunks import done_counts, mark_doubles
from assistance.services.result_reading import Row, read_rows
from assistance.states import RESULT_FILE
from pilar.core import audit, jobs
from pilar.core.media import clean_name
from pilar.core.models import Job, User
from pilar.core.tables import scan

KIND, CHECKING, APPLYING = "hasil", "periksa", "terapkan"
State, Match = ResultFile.State, ResultRow.Match
STAGED_AT_ONCE = 5000
_COLUMNS = {
    "number": "int", "line_ref": "text", "nik_index": "bytea", "outcome": "text", "amount": "bigint", '"on"': "date",
    "match": "text", "message": "text", "written": "text",
}  # fmt: skip
#: arrays of one statement: COPY is refused under row-level security, and bulk_create binds each value
STAGE = (
    f"INSERT INTO assistance_resultrow (file_id, {', '.join(_COLUMNS)}, applied) "
    f"SELECT %s, r.*, false FROM unnest({', '.join(f'%s::{kind}[]' for kind in _COLUMNS.values())}) r"
)


@transaction.atomic
def result_file_upload(*, actor: User, batch: Batch, name: str, content: IO[bytes], today: date) -> ResultFile:
    """Stages every row of a CSV file, broken ones with all their faults, and queues the check.

    Raises Refusal without the right, or when this content was uploaded for the list already; ValidationError on
    `content` for a file that cannot be read at all: too big, no text, no such columns, too many rows.
    """
    require_entry(actor, batch.region_id, batch.programme)
    try:
        found = scan(content)
        _require_new(actor, batch, found.digest)
        file = _save_once(actor, batch, clean_name(name), found.digest)
        rows = read_rows(content, found.encoding, today=today)
        while part := list(islice(rows, STAGED_AT_ONCE)):
            _stage(file, part)
            file.rows += len(part)
    except ValidationError as error:
        raise ValidationError({"content": error.messages}) from error
    file.save(update_fields=["rows"])
    _queue(actor, file, CHECKING, expected=file.rows)
    _record(actor, file, audit.Action.CREATE, f"diunggah untuk daftar {batch.pk}: {file.rows} baris")
    return file


def _require_new(actor: User, batch: Batch, digest: str) -> None:
    rows = ResultFile.objects.visible_to(actor).exclude(state=State.DROPPED)
    if earlier := rows.filter(batch=batch, digest=digest).first():
        names = names_of(User.objects.all(), actor, [earlier.uploaded_by_id, earlier.applied_by_id])
        raise refusals.uploaded_already(earlier, names)


def _save_once(actor: User, batch: Batch, name: str, digest: str) -> ResultFile:
    file = ResultFile(
        batch=batch, region_id=batch.region_id, programme_id=batch.programme_id, name=name, digest=digest,
        uploaded_by=actor,
    )  # fmt: skip
    try:
        with transaction.atomic():
            file.save(force_insert=True)
    except IntegrityError as error:  # a second click on the same button, at the same moment
        _require_new(actor, batch, digest)
        raise error
    return file


def _stage(file: ResultFile, rows: Sequence[Row]) -> None:
    columns = zip(*(_values(row) for row in rows), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(STAGE, [file.pk, *map(list, columns)])


def _values(row: Row) -> Iterator[object]:
    match = Match.BROKEN.value if row.faults else ""
    yield from (row.number, row.line_ref, row.nik_index, row.outcome, row.amount, row.on)
    yield from (match, " ".join(row.faults)[:600], row.written)


@transaction.atomic
def result_file_check(*, actor: User, file: ResultFile) -> ResultFile:
    """Queues the check of an uploaded file once more, after one that stopped."""
    file = _locked(actor, file)
    _require_step(file, State.CHECKED)
    _queue(actor, file, CHECKING, expected=file.rows)
    return file


@transaction.atomic
def result_file_apply(*, actor: User, file: ResultFile, today: date, note: str = "") -> ResultFile:
    """Decides that the good rows are applied now, and queues it; also takes up an application that stopped.

    Raises Refusal when it was applied already, holds no good row, or the list is not closed;
    ValidationError on `note` when the budget year is closed and no reason is given.
    """
    file = _locked(actor, file)
    if file.state == State.APPLIED:
        raise refusals.applied_already(file, names_of(User.objects.all(), actor, [file.applied_by_id]))
    if file.state != State.APPLYING:
        _require_step(file, State.APPLYING)
    batch = Batch.objects.visible_to(actor).select_related("year").get(pk=file.batch_id)
    require_paying(batch)
    require_note(batch.year, note, field="note", today=today)
    fit = done_counts(file)["fit"]
    if not fit:
        raise refusals.no_good_rows(file)
    file.state, file.applied_by = State.APPLYING, actor
    file.save(update_fields=["state", "applied_by"])
    _queue(actor, file, APPLYING, expected=fit, note=note.strip())
    _record(actor, file, audit.Action.CHANGE, f"diputuskan diterapkan: {fit} baris cocok", note)
    return file


@transaction.atomic
def result_file_drop(*, actor: User, file: ResultFile, note: str) -> ResultFile:
    """Ends a file without applying the rest of it; what was applied stays. Raises Refusal while a job of it is open."""
    file = _locked(actor, file)
    _require_step(file, State.DROPPED)
    if not note.strip():
        raise ValidationError({"note": "Tulis sebab berkas dibuang; tersimpan di jejak audit."})
    if Job.objects.open().filter(kind=KIND, key=str(file.pk)).exists():
        raise refusals.job_open_for(file)
    applied = done_counts(file)["applied"]
    file.state = State.DROPPED
    file.save(update_fields=["state"])
    _record(actor, file, audit.Action.CHANGE, f"dibuang; {applied} baris sudah diterapkan dan tetap tercatat", note)
    return file


# --- what the job calls ---------------------------------------------------------


def check_finish(*, actor: User, file: ResultFile) -> None:
    mark_doubles(file)
    ResultFile.objects.filter(pk=file.pk, state=State.UPLOADED).update(state=State.CHECKED)
    _record(actor, file, audit.Action.CHANGE, f"selesai diperiksa: {done_counts(file)['fit']} baris cocok")


def apply_finish(*, actor: User, file: ResultFile, now: datetime) -> None:
    ResultFile.objects.filter(pk=file.pk, state=State.APPLYING).update(state=State.APPLIED, applied_at=now)
    _record(actor, file, audit.Action.CHANGE, f"selesai diterapkan: {done_counts(file)['applied']} baris")


# --- shared ---------------------------------------------------------------------


def _locked(actor: User, file: ResultFile) -> ResultFile:
    """The file as it is now. The right is asked for first: row security hides from a lock what may not be changed."""
    require_entry(actor, file.region_id, file.programme)
    rows = ResultFile.objects.visible_to(actor).select_related("programme")
    return rows.select_for_update(of=("self",), no_key=True).get(pk=file.pk)


def _require_step(file: ResultFile, then: ResultFile.State) -> None:
    if not RESULT_FILE.may_follow(file.state, then):
        raise wrong_step(RESULT_FILE, f"Berkas hasil {file.name}", file.state, then)


def _queue(actor: User, file: ResultFile, act: str, *, expected: int, note: str = "") -> None:
    params = {"file": file.pk, "act": act, "note": note}
    jobs.job_open(kind=KIND, key=str(file.pk), region=file.region_id, user=actor, params=params, expected=expected)


def _record(actor: User, file: ResultFile, action: str, what: str, reason: str = "") -> None:
    audit.record(
        actor=actor, action=action, target=file, region=file.region_id, summary=f"Berkas hasil {file.name} {what}",
        reason=reason,
    )  # fmt: skip
