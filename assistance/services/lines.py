"""Lines of a list: who gets what, and what became of the money (`assistance.states`)."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from assistance.models import Batch, Beneficiary, Disbursement, Participation, Step
from assistance.services import line_parts as parts
from assistance.services import refusals, refusals_batch
from assistance.services.eligibility import require_eligible
from assistance.services.entry import day_within, require_group, require_note, require_valid
from assistance.services.history import Move, record, step
from pilar.core import audit, regions
from pilar.core.formatting import rupiah, tanggal
from pilar.core.models import Region, TargetGroup, User

State = Disbursement.State
#: what history says of a line that is there no more; no state of its machine
REMOVED = "dihapus"
FIRST_STATES = (State.DECIDED, State.PAID)


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
    """Adds a line. Raises Refusal (right, approval, ceiling, second line, region, group, payee), ValidationError."""
    batch = parts.locked_batch(actor, batch.pk)
    require_note(batch.year, entry.detail, field="detail", today=today)
    region = entry.region or entry.beneficiary.region
    _check_entry(actor, batch, entry, region, today)
    _check_approval(actor, batch, entry, today)
    parts.check_once(batch, entry.beneficiary.pk)
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
    if line.paid_on:
        parts.require_payee(line, line.paid_on)
    return parts.insert(actor, line, f"Baris {refusals.who(line)}", today=today)


@transaction.atomic
def disbursement_pay(*, actor: User, line: Disbursement, on: date | None, today: date, note: str = "") -> Disbursement:
    """sk -> salur: the money left the treasury, or the goods went to Pokmas or Sentra, on that day."""
    line, was = parts.moved(actor, line, State.PAID, note, today)
    line.paid_on = day_within("on", on, earliest=line.batch.sk_date, why="tanggal SK", today=today)
    parts.require_payee(line, line.paid_on)
    move = Move(was, line.state, line.paid_on, note=note)
    return parts.save(actor, line, f"disalurkan {tanggal(line.paid_on)}", move=move, note=note)


@transaction.atomic
def disbursement_receive(
    *, actor: User, line: Disbursement, on: date | None, today: date, note: str = ""
) -> Disbursement:
    """salur | tidak_transaksi -> transaksi: the beneficiary has the money or the goods since that day."""
    line, was = parts.moved(actor, line, State.RECEIVED, note, today)
    line.received_on = day_within("on", on, earliest=parts.paid_on(line), why="tanggal salur", today=today)
    move = Move(was, line.state, line.received_on, note=note)
    return parts.save(actor, line, f"diterima {tanggal(line.received_on)}", move=move, note=note)


@transaction.atomic
def disbursement_unclaimed(*, actor: User, line: Disbursement, today: date, note: str = "") -> Disbursement:
    """salur -> tidak_transaksi: paid out, but the beneficiary did not take it."""
    line, was = parts.moved(actor, line, State.UNCLAIMED, note, today)
    return parts.save(actor, line, "belum diambil", move=Move(was, line.state, today, note=note), note=note)


@transaction.atomic
def disbursement_return(
    *, actor: User, line: Disbursement, on: date | None, today: date, note: str = ""
) -> Disbursement:
    """salur | tidak_transaksi -> retur: the money came back on that day and counts no more."""
    line, was = parts.moved(actor, line, State.RETURNED, note, today)
    line.returned_on = day_within("on", on, earliest=parts.paid_on(line), why="tanggal salur", today=today)
    move = Move(was, line.state, line.returned_on, note=note)
    return parts.save(actor, line, f"retur {tanggal(line.returned_on)}", move=move, note=note)


@transaction.atomic
def disbursement_deposit(
    *, actor: User, line: Disbursement, on: date | None, number: str, today: date, note: str = ""
) -> Disbursement:
    """retur -> setor_kas: what came back was paid into the treasury (goods: given back) and is never paid again.

    `number` is that of the deposit slip; it is kept in the line's detail.
    """
    if not number.strip():
        raise ValidationError({"number": "Tulis nomor bukti setor; tersimpan bersama baris ini."})
    slip = "; ".join(filter(None, (f"bukti setor {number.strip()}", note.strip())))
    line, was = parts.moved(actor, line, State.DEPOSITED, slip, today)
    if again := Disbursement.objects.filter(repays_id=line.pk, year=line.year).first():
        raise refusals.repaid_already(line, again)
    returned_on = line.returned_on or parts.paid_on(line)
    line.deposited_on = day_within("on", on, earliest=returned_on, why="tanggal retur", today=today)
    move = Move(was, line.state, line.deposited_on, note=slip)
    return parts.save(actor, line, f"disetor {tanggal(line.deposited_on)}", move=move, note=slip)


@transaction.atomic
def disbursement_repay(
    *, actor: User, line: Disbursement, on: date | None, today: date, note: str = ""
) -> Disbursement:
    """A new line (salur) that pays a returned one again; returns the new line."""
    batch = parts.locked_batch(actor, line.batch_id)
    parts.require_paying(batch)
    old = parts.locked_line(actor, line)
    if old.state == State.DEPOSITED:
        raise refusals_batch.deposited_already(refusals.who(old), old.deposited_on, old.detail)
    if old.state != State.RETURNED:
        raise refusals.not_returned(old)
    if again := Disbursement.objects.filter(repays_id=old.pk, year=old.year).first():
        raise refusals.repaid_already(old, again)
    require_note(batch.year, note, field="note", today=today)
    parts.check_live_twin(batch, old.beneficiary_id)
    returned_on = old.returned_on or batch.sk_date
    paid_on = day_within("on", on, earliest=returned_on, why="tanggal retur", today=today)
    parts.require_payee(old, paid_on)
    new = Disbursement(
        year=old.year,
        batch=batch,
        beneficiary_id=old.beneficiary_id,
        programme_id=old.programme_id,
        group_id=old.group_id,
        region=old.region,
        amount=old.amount,
        detail=parts.noted(old.detail, note),
        state=State.PAID,
        paid_on=paid_on,
        repays_id=old.pk,
    )
    return parts.insert(actor, new, f"Bayar ulang baris {old.pk}, {refusals.who(old)}", today=today, note=note)


@transaction.atomic
def disbursement_correct(
    *, actor: User, line: Disbursement, amount: int, on: date | None, note: str, today: date
) -> Disbursement:
    """Mends a typing error in amount or payment date; the reason is kept with the line and in the audit trail.

    Raises Refusal for a returned line (its history stays), when the ceiling would be passed, and for another
    amount after final closing.
    """
    batch = parts.locked_batch(actor, line.batch_id)
    line = parts.locked_line(actor, line)
    if line.state in Disbursement.BACK:
        raise refusals.returned_is_history(line)
    if line.state == State.DECIDED or amount != line.amount:
        parts.require_open(batch)
    else:
        parts.require_paying(batch)
    if not note.strip():
        raise ValidationError({"note": "Tulis sebab koreksi; tersimpan bersama baris ini."})
    before = _sum_and_day(line)
    if line.state != State.DECIDED:
        latest = line.received_on or today
        line.paid_on = day_within("on", on, earliest=batch.sk_date, why="tanggal SK", today=latest)
        parts.require_payee(line, line.paid_on)
    parts.check_amount(amount)
    parts.check_ceiling(batch, more=amount - line.amount)
    line.amount, line.detail = amount, parts.noted(line.detail, note)
    return parts.save(actor, line, f"koreksi: {before} menjadi {_sum_and_day(line)}", note=note)


@transaction.atomic
def disbursement_remove(*, actor: User, line: Disbursement, note: str, today: date) -> None:
    """Takes back a line that was entered by mistake and never paid. Raises Refusal once money moved."""
    parts.require_open(_held_list(actor, line))
    line = parts.locked_line(actor, line)
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
    move = Move(line.state, REMOVED, today, note=note.strip())
    record([step(actor=actor, kind=Step.Kind.LINE, row=line, move=move)])
    Disbursement.objects.filter(pk=line.pk, year=line.year).delete()


def _held_list(actor: User, line: Disbursement) -> Batch:
    """A drafted list is held, so that nobody proposes it meanwhile; a recorded one needs no holding."""
    batch = parts.visible_batch(actor, line.batch_id)
    return batch if batch.recorded else parts.locked_batch(actor, batch.pk)


def _sum_and_day(line: Disbursement) -> str:
    return f"{rupiah(line.amount)}, salur {tanggal(line.paid_on) if line.paid_on else '-'}"


def _check_approval(actor: User, batch: Batch, entry: LineEntry, today: date) -> None:
    """A drafted list takes active participants only, none of them paid yet."""
    parts.require_open(batch)
    if batch.recorded:
        return
    if entry.state == State.PAID:
        raise refusals_batch.not_payable(batch)
    taken_in = Participation.objects.visible_to(actor).active().filter(programme=batch.programme_id)
    if not taken_in.filter(beneficiary=entry.beneficiary).exists():
        raise refusals_batch.not_a_participant(entry.beneficiary.name, batch)
    require_eligible(person=entry.beneficiary, programme=batch.programme, on=today)


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
    if len(entry.detail.strip()) > parts.DETAIL_LENGTH:
        raise ValidationError({"detail": f"Rincian paling panjang {parts.DETAIL_LENGTH} huruf."})
    parts.check_amount(entry.amount)
    parts.check_ceiling(batch, more=entry.amount)
