"""A list that goes through approval here: drafted, proposed, approved, closed, settled (`states.BATCH`).

Operator and approver are two people, also inside one Dinsos, and the level that funds decides.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, QuerySet

from assistance.models import Batch, Decree, Disbursement, Step
from assistance.plan import standard_price
from assistance.services import refusals_batch as refusals
from assistance.services.ceilings import batch_note, ceiling_revise
from assistance.services.coverage import not_accepted, unverified_lines
from assistance.services.entry import require_entry, require_for, require_valid, save_checked
from assistance.services.filling import batch_fill
from assistance.services.history import Move, record, step
from assistance.services.list_parts import held, held_by_decider, written
from assistance.services.pay_rules import never_payable
from assistance.services.proofs import require_proofs
from assistance.services.refusals import wrong_step
from assistance.states import BATCH, LINE
from pilar.core import audit, regions
from pilar.core.formatting import angka, rupiah, tanggal
from pilar.core.models import BudgetYear, Programme, Region, User
from pilar.core.rights import Right

__all__ = [
    "DraftEntry", "batch_accept_unverified", "batch_approve", "batch_close", "batch_draft", "batch_fill",
    "batch_note", "batch_propose", "batch_send_back", "batch_settle", "ceiling_revise",
]  # fmt: skip

Approval = Batch.Approval
State = Disbursement.State


@dataclass(frozen=True)
class DraftEntry:
    """What an officer writes about a list that is to be approved.

    Attributes:
        ceiling: whole rupiah; unit_price: for one unit, that of the programme when None; units: per recipient.
        decree: an SK decided in PILAR, which gives number and date; otherwise both are written here.
    """

    programme: Programme
    year: BudgetYear
    stage: str
    region: Region
    funding: str
    ceiling: int
    units: int
    unit_price: int | None = None
    decree: Decree | None = None
    sk_number: str = ""
    sk_date: date | None = None


@transaction.atomic
def batch_draft(*, actor: User, entry: DraftEntry, today: date) -> Batch:
    """Opens a list in state disusun.

    Raises Refusal (right, an SK that does not fit) or ValidationError (fields, entered already).
    """
    require_entry(actor, entry.region.code, entry.programme)
    require_valid(entry.region, today=today)
    number, day = _decided(entry, today)
    batch = Batch(
        programme=entry.programme,
        year=entry.year,
        stage=entry.stage.strip(),
        region=entry.region,
        funding=entry.funding,
        sk_number=number,
        sk_date=day,
        ceiling=entry.ceiling,
        unit_price=_unit_price(entry, day),
        units=entry.units,
        decree=entry.decree,
        approval=Approval.DRAFT,
        responsible=actor,
    )
    save_checked(batch)
    record([step(actor=actor, kind=Step.Kind.BATCH, row=batch, move=Move("", Approval.DRAFT, today))])
    audit.record(
        actor=actor,
        action=audit.Action.CREATE,
        target=batch,
        region=batch.region_id,
        summary=f"Daftar {batch} disusun: SK {number}, pagu {rupiah(batch.ceiling)}, {rupiah(batch.portion)} per orang",
    )
    return batch


@transaction.atomic
def batch_propose(*, actor: User, batch: Batch, today: date) -> Batch:
    """disusun -> diajukan. Raises Refusal: right, step, no lines."""
    batch = held(actor, batch)
    require_for(actor, Right.PROPOSE, batch.region_id, batch.programme)
    was = _step(batch, Approval.PROPOSED)
    if not Disbursement.objects.filter(batch=batch, year=batch.year_id).exists():
        raise refusals.nothing_to_propose()
    batch.proposed_by, batch.proposed_on, batch.note = actor, today, ""
    return written(actor, batch, Move(was, batch.approval, today), "diajukan untuk disetujui")


@transaction.atomic
def batch_send_back(*, actor: User, batch: Batch, note: str, today: date) -> Batch:
    """diajukan -> disusun, with what is to be mended. Raises Refusal (decider, step), ValidationError (note)."""
    batch = held_by_decider(actor, batch)
    was = _step(batch, Approval.DRAFT)
    if not note.strip():
        raise ValidationError({"note": "Tulis apa yang harus diperbaiki; pengusul membacanya di daftar ini."})
    batch.note, batch.proposed_by, batch.proposed_on = note.strip()[:300], None, None
    return written(actor, batch, Move(was, batch.approval, today, note=note.strip()), "dikembalikan dengan catatan")


@transaction.atomic
def batch_approve(*, actor: User, batch: Batch, today: date) -> Batch:
    """diajukan -> disetujui, by the level that funds and never by the proposer. Raises Refusal."""
    batch = held_by_decider(actor, batch)
    was = _step(batch, Approval.APPROVED)
    lines = Disbursement.objects.filter(batch=batch, year=batch.year_id)
    lines.update(decided_on=batch.sk_date)  # from now on their rupiah count as ditetapkan
    batch.decided_by, batch.decided_on = actor, today
    return written(actor, batch, Move(was, batch.approval, today), "disetujui")


@transaction.atomic
def batch_accept_unverified(*, actor: User, batch: Batch, reason: str, today: date) -> Batch:
    """Takes in those without a recent verval, by name of the approver and with a reason kept on the list.

    Raises Refusal (decider, not approved, nobody to accept) or ValidationError (reason).
    """
    batch = held_by_decider(actor, batch)
    if batch.approval != Approval.APPROVED:
        raise wrong_step(BATCH, f"Daftar {batch}", batch.approval, Approval.CLOSED)
    if not reason.strip():
        raise ValidationError({"reason": "Tulis alasan menerima mereka; tersimpan di daftar ini dan di riwayatnya."})
    many = unverified_lines(batch, on=today).count()
    if not many:
        raise refusals.nobody_unverified()
    batch.unverified_accepted_by, batch.unverified_count = actor, many
    batch.unverified_reason = reason.strip()[:300]
    move = Move(batch.approval, batch.approval, today, note=f"{angka(many)} tanpa verval diterima: {reason.strip()}")
    return written(actor, batch, move, f"{angka(many)} penerima tanpa verval diterima", reason=reason.strip())


@transaction.atomic
def batch_close(*, actor: User, batch: Batch, today: date) -> Batch:
    """disetujui -> ditutup (final closing): the contents stand still and money may move.

    Raises Refusal: right, step, or somebody without a recent verval whom no approver accepted.
    """
    batch = held(actor, batch)
    was = _step(batch, Approval.CLOSED)
    if many := not_accepted(batch, on=today).count():
        raise refusals.unverified(batch, many, settings.VERVAL_VALID_MONTHS)
    batch.closed_by, batch.closed_on = actor, today
    return written(actor, batch, Move(was, batch.approval, today), "final closing: isi daftar dibekukan")


@transaction.atomic
def batch_settle(*, actor: User, batch: Batch, today: date) -> Batch:
    """ditutup -> selesai, when every line is received, or its return was paid again or deposited, and proved.

    A decided line of somebody who can never be paid any more (dead, graduated, ended) stays as it was decided.
    Raises Refusal.
    """
    batch = held(actor, batch)
    was = _step(batch, Approval.SETTLED)
    lines = Disbursement.objects.filter(batch=batch, year=batch.year_id)
    people = list(lines.filter(state=State.DECIDED).order_by().values_list("beneficiary_id", flat=True))
    barred = len(never_payable(people=people, programme=batch.programme, on=today)) if people else 0
    if waiting := _waiting(lines, barred):
        raise refusals.not_settled(waiting)
    require_proofs(actor, batch, today=today)
    note = (
        f"{angka(barred)} baris tidak disalurkan: meninggal, graduasi, atau kepesertaannya berakhir" if barred else ""
    )
    return written(actor, batch, Move(was, batch.approval, today, note=note), "selesai")


def _waiting(lines: QuerySet[Disbursement], barred: int) -> dict[str, int]:
    """Words of each state that is no end -> how many lines wait in it. Two queries.

    Args:
        barred: decided lines that are never paid.
    """
    counts: Counter[str] = Counter(dict(lines.order_by().values_list("state").annotate(many=Count("pk"))))
    counts[State.RETURNED] -= lines.filter(repays_id__isnull=False).aggregate(n=Count("repays_id", distinct=True))["n"]
    counts[State.DECIDED] -= barred
    ends = (State.RECEIVED, State.DEPOSITED)
    return {f"“{LINE.label(state)}”": many for state, many in counts.items() if state not in ends and many > 0}


def _step(batch: Batch, then: Approval) -> str:
    """Moves the held list, unsaved; returns the state it had. Raises Refusal when the table knows no such step."""
    was = batch.approval
    if not BATCH.may_follow(was, then):
        raise wrong_step(BATCH, f"Daftar {batch}", was, then)
    batch.approval = then
    return was


def _unit_price(entry: DraftEntry, on: date) -> int:
    """As written, or the programme's of the day of the SK."""
    if entry.unit_price is not None:
        return entry.unit_price
    price = standard_price(entry.programme, on)
    if price is None:
        raise ValidationError({"unit_price": f"{entry.programme.name} tidak punya satu harga satuan; tulis di sini."})
    return price.amount


def _decided(entry: DraftEntry, today: date) -> tuple[str, date]:
    """Number and date of the SK: the decree's own, or as written."""
    decree = entry.decree
    if decree is None:
        return _written_sk(entry, today)
    if decree.state != Decree.State.DECIDED or decree.sk_date is None:
        raise refusals.decree_unfit("belum ditetapkan")
    if decree.programme_id != entry.programme.pk:
        raise refusals.decree_unfit(f"programnya {decree.programme}")
    if decree.funding != entry.funding:
        raise refusals.decree_unfit(f"dananya {decree.get_funding_display()}")
    if not regions.contains(decree.region_id, entry.region.code):
        raise refusals.decree_unfit(f"wilayahnya {decree.region}")
    return decree.number, decree.sk_date


def _written_sk(entry: DraftEntry, today: date) -> tuple[str, date]:
    missing = {}
    if not entry.sk_number.strip():
        missing["sk_number"] = "Pilih SK di PILAR, atau tulis nomor SK yang terbit di luar PILAR."
    if entry.sk_date is None:
        missing["sk_date"] = "Tulis tanggal SK itu."
    elif entry.sk_date > today:
        missing["sk_date"] = f"Tanggal SK {tanggal(entry.sk_date)} belum tiba."
    if missing or entry.sk_date is None:
        raise ValidationError(missing)
    return entry.sk_number.strip(), entry.sk_date
