"""Lines of a list: who gets what, and what became of the money (`assistance.states`)."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from assistance.models import Batch, Beneficiary, Disbursement
from assistance.reading import live_sum
from assistance.services import refusals
from assistance.services.entry import day_within, require_entry, require_group, require_note, require_valid
from assistance.states import LINE
from pilar.core import audit, regions
from pilar.core.formatting import rupiah, tanggal
from pilar.core.models import Region, TargetGroup, User

State = Disbursement.State
FIRST_STATES = (State.DECIDED, State.PAID)
DETAIL_LENGTH = 120


@dataclass(frozen=True)
class LineEntry:
    """What an officer writes about a line.

    Attributes:
        group: one of the 12 PAS, the one of the SK.
        amount: whole rupiah.
        detail: how the amount came about; in a closed year also why it is corrected.
        region: where it counts; the beneficiary's own when None.
        state: "sk" (decided) or "salur" (paid out, with `paid_on`).
    """

    beneficiary: Beneficiary
    group: TargetGroup
    amount: int
    detail: str = ""
    region: Region | None = None
    state: str = State.DECIDED
    paid_on: date | None = None


@transaction.atomic
def disbursement_add(*, actor: User, batch: Batch, entry: LineEntry, today: date) -> Disbursement:
    """Adds a line. Raises Refusal (right, ceiling, second line, region, group) or ValidationError (fields)."""
    batch = _locked_batch(actor, batch.pk)
    require_note(batch.year, entry.detail, field="detail", today=today)
    region = entry.region or entry.beneficiary.region
    _check_entry(actor, batch, entry, region, today)
    _check_once(batch, entry.beneficiary.pk)
    line = Disbursement(
        year=batch.year_id,
        batch=batch,
        beneficiary=entry.beneficiary,
        programme_id=batch.programme_id,
        group=entry.group,
        region=region,
        amount=entry.amount,
        detail=entry.detail.strip(),
        state=entry.state,
        paid_on=entry.paid_on,
    )
    return _insert(actor, batch, line, f"Baris {refusals.who(line)}")


@transaction.atomic
def disbursement_pay(*, actor: User, line: Disbursement, on: date | None, today: date, note: str = "") -> Disbursement:
    """sk -> salur: the money left the treasury on that day."""
    line = _moved(actor, line, State.PAID, note, today)
    line.paid_on = day_within("on", on, earliest=line.batch.sk_date, why="tanggal SK", today=today)
    return _save(actor, line, f"disalurkan {tanggal(line.paid_on)}", note)


@transaction.atomic
def disbursement_receive(
    *, actor: User, line: Disbursement, on: date | None, today: date, note: str = ""
) -> Disbursement:
    """salur | tidak_transaksi -> transaksi: the beneficiary has the money since that day."""
    line = _moved(actor, line, State.RECEIVED, note, today)
    line.received_on = day_within("on", on, earliest=_paid_on(line), why="tanggal salur", today=today)
    return _save(actor, line, f"diterima {tanggal(line.received_on)}", note)


@transaction.atomic
def disbursement_unclaimed(*, actor: User, line: Disbursement, today: date, note: str = "") -> Disbursement:
    """salur -> tidak_transaksi: paid out, but the beneficiary did not take it."""
    line = _moved(actor, line, State.UNCLAIMED, note, today)
    return _save(actor, line, "belum diambil", note)


@transaction.atomic
def disbursement_return(
    *, actor: User, line: Disbursement, on: date | None, today: date, note: str = ""
) -> Disbursement:
    """salur | tidak_transaksi -> retur: the money came back on that day and counts no more."""
    line = _moved(actor, line, State.RETURNED, note, today)
    line.returned_on = day_within("on", on, earliest=_paid_on(line), why="tanggal salur", today=today)
    return _save(actor, line, f"retur {tanggal(line.returned_on)}", note)


@transaction.atomic
def disbursement_repay(
    *, actor: User, line: Disbursement, on: date | None, today: date, note: str = ""
) -> Disbursement:
    """A new line (salur) that pays a returned one again; returns the new line."""
    batch = _locked_batch(actor, line.batch_id)
    old = _locked_line(actor, line)
    if old.state != State.RETURNED:
        raise refusals.not_returned(old)
    if again := Disbursement.objects.filter(repays_id=old.pk, year=old.year).first():
        raise refusals.repaid_already(old, again)
    require_note(batch.year, note, field="note", today=today)
    _check_live_twin(batch, old.beneficiary_id)
    returned_on = old.returned_on or batch.sk_date
    paid_on = day_within("on", on, earliest=returned_on, why="tanggal retur", today=today)
    new = Disbursement(
        year=old.year,
        batch=batch,
        beneficiary_id=old.beneficiary_id,
        programme_id=old.programme_id,
        group_id=old.group_id,
        region=old.region,
        amount=old.amount,
        detail=_noted(old.detail, note),
        state=State.PAID,
        paid_on=paid_on,
        repays_id=old.pk,
    )
    return _insert(actor, batch, new, f"Bayar ulang baris {old.pk}, {refusals.who(old)}", note)


@transaction.atomic
def disbursement_correct(
    *, actor: User, line: Disbursement, amount: int, on: date | None, note: str, today: date
) -> Disbursement:
    """Mends a typing error in amount or payment date; the reason is kept with the line and in the audit trail.

    Raises Refusal for a returned line (its history stays) and when the ceiling would be passed.
    """
    batch = _locked_batch(actor, line.batch_id)
    line = _locked_line(actor, line)
    if line.state == State.RETURNED:
        raise refusals.returned_is_history(line)
    if not note.strip():
        raise ValidationError({"note": "Tulis sebab koreksi; tersimpan bersama baris ini."})
    before = f"{rupiah(line.amount)}, salur {tanggal(line.paid_on) if line.paid_on else '-'}"
    if line.state != State.DECIDED:
        latest = line.received_on or today
        line.paid_on = day_within("on", on, earliest=batch.sk_date, why="tanggal SK", today=latest)
    _check_amount(amount)
    _check_ceiling(batch, more=amount - line.amount)
    line.amount, line.detail = amount, _noted(line.detail, note)
    after = f"{rupiah(amount)}, salur {tanggal(line.paid_on) if line.paid_on else '-'}"
    return _save(actor, line, f"koreksi: {before} menjadi {after}", note)


@transaction.atomic
def disbursement_remove(*, actor: User, line: Disbursement, note: str, today: date) -> None:
    """Takes back a line that was entered by mistake and never paid. Raises Refusal once money moved."""
    line = _locked_line(actor, line)
    if line.state != State.DECIDED:
        raise refusals.money_moved(line)
    if not note.strip():
        raise ValidationError({"note": "Tulis sebab penghapusan; tersimpan di jejak audit."})
    audit.record(
        actor=actor,
        action=audit.Action.DELETE,
        target=line,
        region=line.region_id,
        summary=f"Baris {refusals.who(line)} {rupiah(line.amount)} dihapus dari daftar {line.batch_id}",
        reason=note,
    )
    Disbursement.objects.filter(pk=line.pk, year=line.year).delete()


def _visible_batch(actor: User, pk: int) -> Batch:
    """The list, which a province may keep for lines of its kabupaten. Raises Refusal when the actor sees it not."""
    rows = Batch.objects.visible_to(actor).select_related("programme", "year", "region")
    batch = rows.filter(pk=pk).first()
    if batch is None:
        raise refusals.batch_elsewhere()
    return batch


def _locked_batch(actor: User, pk: int) -> Batch:
    """The list, held until this transaction ends: its sum cannot change meanwhile. Lock order: list, then line."""
    batch = _visible_batch(actor, pk)
    require_entry(actor, batch.region_id, batch.programme)
    rows = Batch.objects.visible_to(actor).select_related("programme", "year", "region")
    return rows.select_for_update(of=("self",), no_key=True).get(pk=pk)


def _locked_line(actor: User, line: Disbursement) -> Disbursement:
    """The line as it is now; whoever came first has changed it already."""
    require_entry(actor, line.region_id, line.programme)
    rows = Disbursement.objects.visible_to(actor).select_related("region", "programme")
    locked = rows.select_for_update(of=("self",), no_key=True).get(pk=line.pk, year=line.year)
    locked.batch = _visible_batch(actor, locked.batch_id)
    return locked


def _moved(actor: User, line: Disbursement, then: State, note: str, today: date) -> Disbursement:
    """The locked line in its new state, unsaved. Raises Refusal when the table knows no such step."""
    line = _locked_line(actor, line)
    if not LINE.may_follow(line.state, then):
        raise refusals.unknown_step(line, then)
    require_note(line.batch.year, note, field="note", today=today)
    line.state, line.detail = then, _noted(line.detail, note)
    return line


def _noted(detail: str, note: str) -> str:
    text = "; ".join(filter(None, (detail.strip(), note.strip())))
    if len(text) > DETAIL_LENGTH:
        raise ValidationError(
            {"note": f"Rincian dan catatan bersama paling panjang {DETAIL_LENGTH} huruf; ini {len(text)}. Ringkaskan."}
        )
    return text


def _paid_on(line: Disbursement) -> date:
    return line.paid_on or line.batch.sk_date


def _check_entry(actor: User, batch: Batch, entry: LineEntry, region: Region, today: date) -> None:
    if not Beneficiary.objects.visible_to(actor).filter(pk=entry.beneficiary.pk).exists():
        raise refusals.unknown_beneficiary()
    if entry.state not in FIRST_STATES:
        raise refusals.not_a_first_state(entry.state)
    if entry.state == State.PAID:
        day_within("paid_on", entry.paid_on, earliest=batch.sk_date, why="tanggal SK", today=today)
    elif entry.paid_on is not None:
        raise ValidationError({"paid_on": "Keadaannya belum disalurkan. Kosongkan tanggal, atau pilih “disalurkan”."})
    if entry.group.parent_id is not None:
        raise ValidationError({"group": "Kelompok menurut SK harus salah satu dari 12 PAS, bukan subkelompok."})
    require_group(actor, entry.group)
    require_valid(region, today=today)
    if not regions.contains(batch.region_id, region.code):
        raise refusals.outside_batch(batch, region)
    if len(entry.detail.strip()) > DETAIL_LENGTH:
        raise ValidationError({"detail": f"Rincian paling panjang {DETAIL_LENGTH} huruf."})
    _check_amount(entry.amount)
    _check_ceiling(batch, more=entry.amount)


def _check_amount(amount: int) -> None:
    if amount <= 0:
        raise ValidationError({"amount": "Jumlah harus lebih dari Rp0."})


def _check_ceiling(batch: Batch, *, more: int) -> None:
    """The database holds the same rule once more (`assistance.guards`)."""
    if more > 0 and (total := live_sum(batch) + more) > batch.ceiling:
        raise refusals.over_ceiling(batch, total)


def _lines_of(batch: Batch, person_id: int) -> QuerySet[Disbursement]:
    return Disbursement.objects.filter(batch=batch, year=batch.year_id, beneficiary_id=person_id).order_by("-id")


def _check_once(batch: Batch, person_id: int) -> None:
    """One line per person and list: neither a live one nor one that waits to be paid again."""
    if newest := _lines_of(batch, person_id).first():
        raise refusals.second_line(newest)


def _check_live_twin(batch: Batch, person_id: int) -> None:
    if live := _lines_of(batch, person_id).exclude(state=State.RETURNED).first():
        raise refusals.second_line(live)


def _insert(actor: User, batch: Batch, line: Disbursement, what: str, note: str = "") -> Disbursement:
    _check_ceiling(batch, more=line.amount)
    line.save(force_insert=True)
    audit.record(
        actor=actor,
        action=audit.Action.CREATE,
        target=line,
        region=line.region_id,
        summary=f"{what}: {rupiah(line.amount)}, {line.get_state_display()}, daftar {batch.pk}",
        reason=note,
    )
    return line


def _save(actor: User, line: Disbursement, what: str, note: str) -> Disbursement:
    """Updates by id and year, so that only one partition is looked into."""
    columns = ("state", "detail", "amount", "paid_on", "received_on", "returned_on")
    Disbursement.objects.filter(pk=line.pk, year=line.year).update(**{name: getattr(line, name) for name in columns})
    audit.record(
        actor=actor,
        action=audit.Action.CHANGE,
        target=line,
        region=line.region_id,
        summary=f"Baris {refusals.who(line)}, daftar {line.batch_id}: {what}",
        reason=note,
    )
    return line
