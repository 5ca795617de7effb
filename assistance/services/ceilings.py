"""Revisions of a ceiling, and the statuses of outside systems: what is noted about a list without moving it."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from assistance.models import Batch, BatchNote, CeilingRevision
from assistance.reading import live_sum
from assistance.services import refusals_batch as refusals
from assistance.services.entry import day_within, save_checked
from assistance.services.list_parts import held, held_by_decider
from pilar.core import audit
from pilar.core.formatting import rupiah
from pilar.core.models import User


@dataclass(frozen=True)
class Revision:
    """What the budget holder's document says: its number and day, why, and the new ceiling in whole rupiah."""

    number: str
    on: date | None
    reason: str
    after: int


@transaction.atomic
def ceiling_revise(*, actor: User, batch: Batch, revision: Revision, today: date) -> CeilingRevision:
    """Changes the ceiling in force; the earlier one stays in the revision.

    Raises Refusal (not the level that funds, settled, below what is decided) or ValidationError (fields).
    """
    batch = held_by_decider(actor, batch, four_eyes=False)
    if batch.approval == Batch.Approval.SETTLED:
        raise refusals.not_payable(batch)
    _check_revision(batch, revision)
    on = day_within("on", revision.on, earliest=date(batch.year_id - 1, 1, 1), why="tahun anggaran", today=today)
    decided = live_sum(batch)
    if revision.after < decided:
        raise refusals.below_decided(batch, revision.after, decided)
    row = CeilingRevision(
        batch=batch,
        number=revision.number.strip(),
        on=on,
        reason=revision.reason.strip()[:200],
        before=batch.ceiling,
        after=revision.after,
        by=actor,
    )
    save_checked(row)
    batch.ceiling, batch.version = revision.after, batch.version + 1
    batch.save(update_fields=["ceiling", "version"])
    audit.record(
        actor=actor,
        action=audit.Action.CHANGE,
        target=batch,
        region=batch.region_id,
        summary=f"Pagu {batch}: {rupiah(row.before)} menjadi {rupiah(row.after)}, revisi {row.number}",
        reason=row.reason,
    )
    return row


def _check_revision(batch: Batch, revision: Revision) -> None:
    wrong = {}
    if not revision.number.strip():
        wrong["number"] = "Tulis nomor revisinya."
    if not revision.reason.strip():
        wrong["reason"] = "Tulis sebab revisi; tersimpan bersama pagu yang lama dan yang baru."
    if revision.after <= 0:
        wrong["after"] = "Pagu harus lebih dari Rp0."
    elif revision.after == batch.ceiling:
        wrong["after"] = f"Pagu daftar ini sudah {rupiah(batch.ceiling)}."
    if wrong:
        raise ValidationError(wrong)


@dataclass(frozen=True)
class Noted:
    """A status of an outside system: `code` one of BatchNote.Code; number or note, or both."""

    code: str
    on: date | None
    number: str = ""
    note: str = ""


@transaction.atomic
def batch_note(*, actor: User, batch: Batch, noted: Noted, today: date) -> BatchNote:
    """Notes SPM, SP2D, SI, burekol, OMSPAN or BAST with its day; it moves no state.

    Raises Refusal (right, settled) or ValidationError (fields).
    """
    batch = held(actor, batch)
    if batch.approval == Batch.Approval.SETTLED:
        raise refusals.not_payable(batch)
    if not noted.number.strip() and not noted.note.strip():
        raise ValidationError({"number": "Tulis nomornya, atau catatannya."})
    on = day_within("on", noted.on, earliest=date(batch.year_id - 1, 1, 1), why="tahun anggaran", today=today)
    row = BatchNote(
        batch=batch, code=noted.code, number=noted.number.strip(), on=on, note=noted.note.strip()[:200], by=actor
    )
    save_checked(row)
    audit.record(
        actor=actor,
        action=audit.Action.CHANGE,
        target=batch,
        region=batch.region_id,
        summary=f"Daftar {batch}: {row.get_code_display()} {row.number}",
        reason=row.note,
    )
    return row
