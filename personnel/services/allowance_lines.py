"""One person in a list (`states.ALLOWANCE_LINE`): proposed, left out, rejected, paid. Each act is signed and dated."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from personnel.models import AllowanceLine, AllowanceProposal
from personnel.rules import require_pillar
from personnel.services import allowance_parts as parts
from personnel.services.allowance_parts import Move, audited, locked, locked_line, record, save
from personnel.services.allowances import close_if_paid, draft
from personnel.words import FAIL_REASONS, LEAVE_OUT_REASONS, reason_text
from pilar.core.errors import Refusal
from pilar.core.models import User

State, ListState = AllowanceLine.State, AllowanceProposal.State
PAYABLE = (ListState.APPROVED, ListState.PAID)


@transaction.atomic
def lines_propose(*, actor: User, proposal: AllowanceProposal, today: date) -> int:
    """Everybody undecided -> diusulkan; how many. Raises Refusal (right, no draft)."""
    proposal = draft(actor, proposal)
    rows = AllowanceLine.objects.visible_to(actor).filter(proposal=proposal, state=State.UNDECIDED)
    lines = list(rows.select_for_update(of=("self",), no_key=True).order_by("pk"))
    moves = []
    for line in lines:
        moves.append(Move(proposal, line.state, State.PROPOSED, today, line))
        _sign(actor, line, State.PROPOSED, today)
    fields = ["state", "reason", "note", "acted_by", "acted_by_name", "office", "acted_on", "version"]
    AllowanceLine.objects.bulk_update(lines, fields, batch_size=1000)
    record(actor, moves)
    audited(actor, proposal, f"{len(lines)} orang diusulkan")
    return len(lines)


@transaction.atomic
def line_propose(*, actor: User, line: AllowanceLine, today: date) -> AllowanceLine:
    """belum | tidak_diusulkan | ditolak -> diusulkan. Raises Refusal (right, no draft, step)."""
    proposal = draft(actor, line.proposal)
    return _moved(actor, proposal, locked_line(actor, proposal, line), State.PROPOSED, today)


@transaction.atomic
def line_leave_out(*, actor: User, line: AllowanceLine, reason: str, note: str = "", today: date) -> AllowanceLine:
    """-> tidak_diusulkan: never by silence. The person reads by whom, when and why.

    Raises Refusal (right, no draft, step) or ValidationError (reason, note).
    """
    proposal = draft(actor, line.proposal)
    row = locked_line(actor, proposal, line)
    _check_reason(reason, note, LEAVE_OUT_REASONS)
    return _moved(actor, proposal, row, State.LEFT_OUT, today, reason, note)


@transaction.atomic
def line_reject(*, actor: User, line: AllowanceLine, reason: str, note: str = "", today: date) -> AllowanceLine:
    """diusulkan -> ditolak, by the level that holds the list: the province, or who funds it.

    Raises Refusal (list in another state, right, four eyes, step) or ValidationError (reason, note).
    """
    proposal = locked(actor, line.proposal)
    if proposal.state == ListState.PROPOSED:
        parts.require_other(actor, proposal, "menolak")
        if not (parts.may_approve(actor, proposal) or parts.may_forward(actor, proposal)):
            raise parts.no_returner(proposal)
    elif proposal.state == ListState.FORWARDED:
        parts.require_other(actor, proposal, "menolak")
        if not parts.may_approve(actor, proposal):
            raise parts.no_returner(proposal)
    else:
        raise _not_in_review(proposal)
    row = locked_line(actor, proposal, line)
    _check_reason(reason, note, LEAVE_OUT_REASONS)
    return _moved(actor, proposal, row, State.REJECTED, today, reason, note)


@transaction.atomic
def lines_pay(*, actor: User, proposal: AllowanceProposal, on: date, today: date) -> int:
    """Everybody still diusulkan -> dibayar on that day; how many. Those who failed are written down before.

    Raises Refusal (right, not approved) or ValidationError (day).
    """
    proposal = _payable(actor, proposal)
    _check_day(proposal, on, today)
    rows = AllowanceLine.objects.visible_to(actor).filter(proposal=proposal, state=State.PROPOSED)
    lines = list(rows.select_for_update(of=("self",), no_key=True).order_by("pk"))
    moves = []
    for line in lines:
        moves.append(Move(proposal, line.state, State.PAID, on, line))
        line.paid_on = on
        _sign(actor, line, State.PAID, today)
    fields = ["state", "reason", "note", "acted_by", "acted_by_name", "office", "acted_on", "paid_on", "version"]
    AllowanceLine.objects.bulk_update(lines, fields, batch_size=1000)
    record(actor, moves)
    audited(actor, proposal, f"{len(lines)} orang dibayar")
    close_if_paid(actor, proposal, today)
    return len(lines)


@transaction.atomic
def line_pay(*, actor: User, line: AllowanceLine, on: date, today: date) -> AllowanceLine:
    """diusulkan | gagal_bayar -> dibayar. Raises Refusal (right, not approved, step) or ValidationError (day)."""
    proposal = _payable(actor, line.proposal)
    _check_day(proposal, on, today)
    row = locked_line(actor, proposal, line)
    parts.require_line_step(row, State.PAID)
    row.paid_on = on
    row = _moved(actor, proposal, row, State.PAID, today)
    close_if_paid(actor, proposal, today)
    return row


@transaction.atomic
def line_fail(*, actor: User, line: AllowanceLine, reason: str, note: str = "", today: date) -> AllowanceLine:
    """diusulkan -> gagal_bayar. Raises Refusal (right, not approved, step) or ValidationError (reason, note)."""
    proposal = _payable(actor, line.proposal)
    row = locked_line(actor, proposal, line)
    _check_reason(reason, note, FAIL_REASONS)
    row = _moved(actor, proposal, row, State.FAILED, today, reason, note)
    close_if_paid(actor, proposal, today)
    return row


# --- parts --------------------------------------------------------------------


def _payable(actor: User, proposal: AllowanceProposal) -> AllowanceProposal:
    require_pillar(actor, proposal.region_id, proposal.pillar)
    proposal = locked(actor, proposal)
    if proposal.state not in PAYABLE:
        raise Refusal(
            f"Hasil bank belum bisa dicatat: daftar ini sekarang “{proposal.get_state_display()}”.",
            f"Pembayaran hanya sesudah disetujui {parts.office_of(proposal)}. {parts.NOBODY_LIFTS}",
            rule="belum_disetujui",
        )
    return proposal


def _not_in_review(proposal: AllowanceProposal) -> Refusal:
    return Refusal(
        f"Tidak bisa menolak orang di sini: daftar ini sekarang “{proposal.get_state_display()}”.",
        "Penolakan hanya selama daftar menunggu provinsi atau yang mendanai. "
        "Selama disusun, kabupaten/kota mencatat siapa yang tidak diusulkan.",
        rule="urutan_keadaan",
    )


def _check_day(proposal: AllowanceProposal, on: date, today: date) -> None:
    earliest = proposal.decided_on or today
    parts.day_until("on", on, earliest=earliest, why="tanggal persetujuan", today=today)


def _check_reason(reason: str, note: str, known: dict[str, str]) -> None:
    if reason not in known:
        raise ValidationError({"reason": f"Pilih satu alasan: {', '.join(known)}."})
    if reason == "lain" and not note.strip():
        raise ValidationError({"note": "Tulis alasannya; orang yang bersangkutan membacanya di halamannya."})


def _sign(actor: User, line: AllowanceLine, then: str, today: date, reason: str = "", note: str = "") -> None:
    line.state, line.reason, line.note = then, reason, " ".join(note.split())
    line.acted_by, line.acted_by_name, line.office, line.acted_on = actor, str(actor), actor.office, today
    line.version += 1


def _moved(
    actor: User,
    proposal: AllowanceProposal,
    line: AllowanceLine,
    then: str,
    today: date,
    reason: str = "",
    note: str = "",
) -> AllowanceLine:
    parts.require_line_step(line, then)
    was = line.state
    _sign(actor, line, then, today, reason, note)
    line.version -= 1  # `save` raises it
    save(line)
    record(actor, [Move(proposal, was, then, line.paid_on or today, line, reason, line.note)])
    why = f", {reason_text(reason)}" if reason else ""
    audited(actor, proposal, f"baris {line.pk} {line.get_state_display()}{why}", line.note)
    return line
