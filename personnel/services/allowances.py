"""Usulan tali asih (`states.ALLOWANCE`): filled, proposed, forwarded, approved, sent back.

Lock order: the list, then its lines.
"""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from personnel.models import AllowanceLine, AllowanceProposal, Funding
from personnel.rules import require_pillar
from personnel.semesters import Semester
from personnel.services import allowance_parts as parts
from personnel.services.allowance_eligibility import Entitled, entitled, has_rate
from personnel.services.allowance_parts import Move, audited, locked, record, save
from pilar.core.models import Pillar, Region, User
from pilar.core.regions import LEVEL_NAMES, Level
from pilar.core.rights import Right
from pilar.core.scoping import require

State, LineState = AllowanceProposal.State, AllowanceLine.State
EARLIEST_YEAR = 2010


@dataclass(frozen=True)
class AllowanceEntry:
    """Attributes: period: "2024-S1"; funding: one of Funding, it says who approves."""

    pillar: Pillar
    region: Region
    period: str
    funding: str


@dataclass(frozen=True)
class Filled:
    """Attributes: added: lines made; changed: lines whose months, amount or right changed; not_applicable: in all."""

    added: int
    changed: int
    not_applicable: int


@transaction.atomic
def allowance_create(*, actor: User, entry: AllowanceEntry, today: date) -> AllowanceProposal:
    """An empty draft. Raises Refusal (right, no rate) or ValidationError (fields, the list exists)."""
    require_pillar(actor, entry.region.pk, entry.pillar)
    row = AllowanceProposal(pillar=entry.pillar, region=entry.region, period=entry.period, funding=entry.funding)
    _check(entry, today)
    row.period = Semester.read(entry.period).code
    if not has_rate(row):
        raise parts.no_rate(row)
    row.validate_constraints()
    row.save()
    record(actor, [Move(row, "", State.DRAFT, today)])
    audited(actor, row, f"daftar dibuat, dana {row.get_funding_display()}", created=True)
    return row


@transaction.atomic
def allowance_fill(*, actor: User, proposal: AllowanceProposal, today: date) -> Filled:
    """Puts everybody who is entitled on the list, undecided; whom it does not apply to is named with the reason.

    Filled again, it adds newcomers and corrects months; decisions that were taken stay.
    Raises Refusal (right, no draft, no rate).
    """
    proposal = draft(actor, proposal)
    if not has_rate(proposal):
        raise parts.no_rate(proposal)
    people = entitled(actor, proposal)
    held = {line.person_id: line for line in _lines(actor, proposal)}
    moves = _gone(proposal, [line for pk, line in held.items() if pk not in people], today)
    changed = len(moves)
    for pk, line in held.items():
        if pk in people and (found := _corrected(proposal, line, people[pk], today)) is not None:
            changed += 1
            moves += found
    new = AllowanceLine.objects.bulk_create(_line(proposal, who, today) for pk, who in people.items() if pk not in held)
    moves += [Move(proposal, "", line.state, today, line, line.reason) for line in new]
    record(actor, moves)
    none = AllowanceLine.objects.filter(proposal=proposal, state=LineState.NOT_APPLICABLE).count()
    audited(actor, proposal, f"diisi: {len(new)} orang baru, {changed} berubah, {none} tidak berlaku")
    return Filled(len(new), changed, none)


@transaction.atomic
def allowance_propose(*, actor: User, proposal: AllowanceProposal, today: date) -> AllowanceProposal:
    """disusun -> diajukan. Raises Refusal: right, step, somebody undecided or missing, nobody proposed."""
    require(actor, Right.PROPOSE, proposal.region_id)
    require_pillar(actor, proposal.region_id, proposal.pillar)
    proposal = locked(actor, proposal)
    parts.require_step(proposal, State.PROPOSED)
    _require_complete(actor, proposal)
    proposal.proposed_by, proposal.proposed_on, proposal.note = actor, today, ""
    many = AllowanceLine.objects.filter(proposal=proposal, state=LineState.PROPOSED).count()
    return _moved(actor, proposal, Move(proposal, proposal.state, State.PROPOSED, today), f"diajukan, {many} orang")


@transaction.atomic
def allowance_forward(*, actor: User, proposal: AllowanceProposal, today: date) -> AllowanceProposal:
    """diajukan -> diteruskan, by the province. Raises Refusal: step, not of APBN, the proposer, another level."""
    proposal = locked(actor, proposal)
    parts.require_step(proposal, State.FORWARDED)
    if proposal.funding != Funding.NATIONAL:
        raise parts.not_to_forward(proposal)
    parts.require_forwarder(actor, proposal)
    proposal.forwarded_by, proposal.forwarded_on = actor, today
    return _moved(actor, proposal, Move(proposal, proposal.state, State.FORWARDED, today), "diteruskan")


@transaction.atomic
def allowance_approve(*, actor: User, proposal: AllowanceProposal, today: date) -> AllowanceProposal:
    """-> disetujui, by the level that funds. Raises Refusal: step, not forwarded, four eyes, another level."""
    proposal = locked(actor, proposal)
    parts.require_step(proposal, State.APPROVED)
    if proposal.funding == Funding.NATIONAL and proposal.state != State.FORWARDED:
        raise parts.not_forwarded(proposal)
    parts.require_approver(actor, proposal)
    proposal.decided_by, proposal.decided_on = actor, today
    return _moved(actor, proposal, Move(proposal, proposal.state, State.APPROVED, today), "disetujui")


@transaction.atomic
def allowance_send_back(*, actor: User, proposal: AllowanceProposal, note: str, today: date) -> AllowanceProposal:
    """-> disusun with a note: by who funds, and before it is forwarded by the province or its own proposer.

    Raises Refusal (step, right) or ValidationError (no note).
    """
    proposal = locked(actor, proposal)
    parts.require_step(proposal, State.DRAFT)
    waiting = proposal.state == State.PROPOSED
    near = waiting and (actor.pk == proposal.proposed_by_id or parts.may_forward(actor, proposal))
    if not (near or parts.may_approve(actor, proposal)):
        raise parts.no_returner(proposal)
    note = parts.written(note, what="Tulis apa yang harus diperbaiki; penyusun membacanya di halaman daftar ini.")
    was = proposal.state
    proposal.note = note
    proposal.proposed_by = proposal.forwarded_by = None
    proposal.proposed_on = proposal.forwarded_on = None
    return _moved(actor, proposal, Move(proposal, was, State.DRAFT, today, note=note), "dikembalikan")


# --- parts --------------------------------------------------------------------


def draft(actor: User, proposal: AllowanceProposal) -> AllowanceProposal:
    """Locked. Raises Refusal: no right to enter, or no draft any more."""
    require_pillar(actor, proposal.region_id, proposal.pillar)
    proposal = locked(actor, proposal)
    if proposal.state != State.DRAFT:
        raise parts.not_a_draft(proposal)
    return proposal


def _check(entry: AllowanceEntry, today: date) -> None:
    errors = {}
    if entry.region.level != Level.REGENCY:
        errors["region"] = (
            f"Daftar tali asih dibuat per kabupaten/kota; {entry.region} adalah "
            f"{LEVEL_NAMES[Level(entry.region.level)]}."
        )
    if entry.pillar.shape != Pillar.Shape.PERSON:
        errors["pillar"] = f"{entry.pillar.name} adalah lembaga; tali asih diberikan kepada orang."
    if entry.funding not in Funding.values:
        errors["funding"] = f"Pilih satu sumber dana: {', '.join(Funding.values)}."
    try:
        year = Semester.read(entry.period).year
    except ValueError as error:
        errors["period"] = str(error)
    else:
        if not EARLIEST_YEAR <= year <= today.year + 1:
            errors["period"] = f"Tahun {year} di luar {EARLIEST_YEAR} sampai {today.year + 1}. Periksa tahunnya."
    if errors:
        raise ValidationError(errors)


def _lines(actor: User, proposal: AllowanceProposal) -> list[AllowanceLine]:
    rows = AllowanceLine.objects.visible_to(actor).filter(proposal=proposal)
    return list(rows.select_for_update(of=("self",), no_key=True).order_by("pk"))


def _line(proposal: AllowanceProposal, who: Entitled, today: date) -> AllowanceLine:
    return AllowanceLine(
        proposal=proposal,
        person_id=who.person,
        assignment_id=who.assignment,
        pillar_id=proposal.pillar_id,
        region_id=proposal.region_id,
        months=who.months,
        amount=who.amount,
        state=LineState.NOT_APPLICABLE if who.reason else LineState.UNDECIDED,
        reason=who.reason,
        acted_on=today if who.reason else None,
    )


def _corrected(proposal: AllowanceProposal, line: AllowanceLine, who: Entitled, today: date) -> list[Move] | None:
    """None when the line holds already what the person is entitled to; else its steps, if its state moves."""
    none = line.state == LineState.NOT_APPLICABLE
    became = LineState.NOT_APPLICABLE if who.reason else LineState.UNDECIDED if none else line.state
    stated = (line.months, line.amount, line.assignment_id, line.state, line.reason if none else "")
    if stated == (who.months, who.amount, who.assignment, became, who.reason):
        return None
    line.months, line.amount, line.assignment_id = who.months, who.amount, who.assignment
    was, line.state = line.state, became
    if who.reason or none:
        line.reason, line.note, line.acted_on = who.reason, "", today if who.reason else None
        line.acted_by, line.acted_by_name, line.office = None, "", ""
    save(line)
    return [Move(proposal, was, became, today, line, who.reason)] if was != became else []


def _gone(proposal: AllowanceProposal, lines: list[AllowanceLine], today: date) -> list[Move]:
    """Whose assignment no longer touches the semester: the line stays and says so."""
    moves = []
    for line in lines:
        if found := _corrected(
            proposal, line, Entitled(line.person_id, line.assignment_id, 0, 0, "tanpa_bulan"), today
        ):
            moves += found
    return moves


def _require_complete(actor: User, proposal: AllowanceProposal) -> None:
    lines = {line.person_id: line for line in _lines(actor, proposal)}
    if many := sum(line.state == LineState.UNDECIDED for line in lines.values()):
        raise parts.undecided(many)
    people = entitled(actor, proposal)
    stale = [pk for pk, who in people.items() if pk not in lines or _differs(lines[pk], who)]
    stale += [pk for pk, line in lines.items() if pk not in people and line.state != LineState.NOT_APPLICABLE]
    if stale:
        raise parts.missing(len(stale))
    if not any(line.state == LineState.PROPOSED for line in lines.values()):
        raise parts.nobody(proposal)


def _differs(line: AllowanceLine, who: Entitled) -> bool:
    none = line.state == LineState.NOT_APPLICABLE
    return none != bool(who.reason) or (not none and (line.months, line.amount) != (who.months, who.amount))


def _moved(actor: User, proposal: AllowanceProposal, move: Move, what: str) -> AllowanceProposal:
    proposal.state = move.became
    save(proposal)
    record(actor, [move])
    audited(actor, proposal, what, move.note)
    return proposal


def close_if_paid(actor: User, proposal: AllowanceProposal, today: date) -> None:
    """disetujui -> dibayar once the bank's answer about everybody is written down."""
    open_lines = AllowanceLine.objects.filter(proposal=proposal, state=LineState.PROPOSED)
    if proposal.state == State.APPROVED and not open_lines.exists():
        _moved(actor, proposal, Move(proposal, State.APPROVED, State.PAID, today), "hasil bank lengkap")
