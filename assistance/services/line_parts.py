"""What the acts on lines share: rows held until the act ends, the rules of a list, and writing down."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from assistance.models import Batch, Disbursement, Step
from assistance.reading import live_sum
from assistance.services import refusals, refusals_batch
from assistance.services.entry import require_entry, require_note
from assistance.services.history import Move, record, step
from assistance.services.pay_rules import require_payable
from assistance.states import LINE
from pilar.core import audit
from pilar.core.formatting import rupiah
from pilar.core.models import User

State = Disbursement.State
Approval = Batch.Approval
DETAIL_LENGTH = 120
#: states of a list in which its lines come, go and change their sums; and in which its money moves
OPEN = (Approval.RECORDED, Approval.DRAFT)
PAYABLE = (Approval.RECORDED, Approval.CLOSED)


def visible_batch(actor: User, pk: int) -> Batch:
    """The list, which a province may keep for lines of its kabupaten. Raises Refusal when the actor sees it not."""
    rows = Batch.objects.visible_to(actor).select_related("programme", "year", "region")
    batch = rows.filter(pk=pk).first()
    if batch is None:
        raise refusals.batch_elsewhere()
    return batch


def locked_batch(actor: User, pk: int) -> Batch:
    """The list, held until this transaction ends: its sum cannot change meanwhile. Lock order: list, then line."""
    batch = visible_batch(actor, pk)
    require_entry(actor, batch.region_id, batch.programme)
    rows = Batch.objects.visible_to(actor).select_related("programme", "year", "region")
    return rows.select_for_update(of=("self",), no_key=True).get(pk=pk)


def locked_line(actor: User, line: Disbursement) -> Disbursement:
    """The line as it is now; whoever came first has changed it already."""
    require_entry(actor, line.region_id, line.programme)
    rows = Disbursement.objects.visible_to(actor).select_related("region", "programme")
    locked = rows.select_for_update(of=("self",), no_key=True).get(pk=line.pk, year=line.year)
    locked.batch = visible_batch(actor, locked.batch_id)
    return locked


def moved(actor: User, line: Disbursement, then: State, note: str, today: date) -> tuple[Disbursement, str]:
    """The locked line in its new state, unsaved, and the state it had.

    Raises Refusal when the table knows no such step, or the list's approval forbids it.
    """
    line = locked_line(actor, line)
    was = line.state
    if not LINE.may_follow(was, then):
        raise refusals.unknown_step(line, then)
    require_paying(line.batch)
    require_note(line.batch.year, note, field="note", today=today)
    line.state, line.detail = then, noted(line.detail, note)
    return line, was


def require_open(batch: Batch) -> None:
    if batch.approval not in OPEN:
        raise refusals_batch.contents_frozen(batch)


def require_paying(batch: Batch) -> None:
    if batch.approval not in PAYABLE:
        raise refusals_batch.not_payable(batch)


def require_payee(line: Disbursement, on: date) -> None:
    """Raises Refusal when the line's person may not be paid on that day (`services/pay_rules.py`)."""
    require_payable(person=line.beneficiary_id, name=refusals.who(line), programme=line.batch.programme, on=on)


def noted(detail: str, note: str) -> str:
    text = "; ".join(filter(None, (detail.strip(), note.strip())))
    if len(text) > DETAIL_LENGTH:
        raise ValidationError(
            {"note": f"Rincian dan catatan bersama paling panjang {DETAIL_LENGTH} huruf; ini {len(text)}. Ringkaskan."}
        )
    return text


def paid_on(line: Disbursement) -> date:
    return line.paid_on or line.batch.sk_date


def check_amount(amount: int) -> None:
    if amount <= 0:
        raise ValidationError({"amount": "Jumlah harus lebih dari Rp0."})


def check_ceiling(batch: Batch, *, more: int) -> None:
    """The database holds the same rule once more (`assistance.guards`)."""
    if more > 0 and (total := live_sum(batch) + more) > batch.ceiling:
        raise refusals.over_ceiling(batch, total)


def lines_of(batch: Batch, person_id: int) -> QuerySet[Disbursement]:
    return Disbursement.objects.filter(batch=batch, year=batch.year_id, beneficiary_id=person_id).order_by("-id")


def check_once(batch: Batch, person_id: int) -> None:
    """One line per person and list: neither a live one nor one that waits to be paid again."""
    if newest := lines_of(batch, person_id).first():
        raise refusals.second_line(newest)


def check_live_twin(batch: Batch, person_id: int) -> None:
    if live := lines_of(batch, person_id).exclude(state__in=Disbursement.BACK).first():
        raise refusals.second_line(live)


def insert(actor: User, line: Disbursement, what: str, *, today: date, note: str = "") -> Disbursement:
    check_ceiling(line.batch, more=line.amount)
    if line.batch.approval != Batch.Approval.DRAFT:
        line.decided_on = line.batch.sk_date
    line.save(force_insert=True)
    move = Move("", line.state, line.paid_on or today, note=note)
    record([step(actor=actor, kind=Step.Kind.LINE, row=line, move=move)])
    audit.record(
        actor=actor,
        action=audit.Action.CREATE,
        target=line,
        region=line.region_id,
        summary=f"{what}: {rupiah(line.amount)}, {line.get_state_display()}, daftar {line.batch_id}",
        reason=note,
    )
    return line


def save(actor: User, line: Disbursement, what: str, *, move: Move | None = None, note: str = "") -> Disbursement:
    """Updates by id and year, so that only one partition is looked into. A correction moves no state."""
    columns = ("state", "detail", "amount", "paid_on", "received_on", "returned_on", "deposited_on")
    Disbursement.objects.filter(pk=line.pk, year=line.year).update(**{name: getattr(line, name) for name in columns})
    if move:
        record([step(actor=actor, kind=Step.Kind.LINE, row=line, move=move)])
    audit.record(
        actor=actor,
        action=audit.Action.CHANGE,
        target=line,
        region=line.region_id,
        summary=f"Baris {refusals.who(line)}, daftar {line.batch_id}: {what}",
        reason=note,
    )
    return line
