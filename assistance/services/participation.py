"""Kepesertaan: a candidate found eligible, and what becomes of him (`states.PARTICIPATION`).

`services/decrees.py` is the only way from candidate to active.
"""

from collections.abc import Collection, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Max, QuerySet

from assistance.models import Participation, Proposal, Step
from assistance.services import refusals_decree as refusals
from assistance.services.eligibility import DEAD, GRADUATED, against
from assistance.services.entry import day_within, require_entry, save_checked
from assistance.services.history import Move, record, step
from assistance.services.refusals import who, wrong_step
from assistance.states import PARTICIPATION
from assistance.words import REASONS
from pilar.core import audit
from pilar.core.formatting import tanggal
from pilar.core.models import Programme, User
from pilar.core.rights import Right
from pilar.core.scoping import reach_of

State = Participation.State
EARLIER_STEP = "langkah sebelumnya"
#: What an officer may choose; "graduasi" comes with its own process, and the dead are ended, not suspended.
END_REASONS = tuple(code for code in REASONS if code != "graduasi")
SUSPEND_REASONS = tuple(code for code in END_REASONS if code not in ("meninggal", "ganda"))


@transaction.atomic
def candidate_enrol(*, actor: User, proposal: Proposal, on: date) -> Participation:
    """A proposal found layak makes a candidate, who waits for an SK.

    Args:
        on: the day of the verval.
    Raises Refusal: proposal not layak, a second enrolment, or somebody coming back without a reason.
    """
    proposal = _locked_proposal(actor, proposal)
    if proposal.state != Proposal.State.FIT:
        raise refusals.not_found_fit(proposal)
    name, programme = who(proposal), proposal.programme
    open_now = Participation.objects.visible_to(actor).open()
    if known := open_now.filter(beneficiary=proposal.beneficiary_id, programme=programme).first():
        raise refusals.enrolled_already(name, programme.name, known)
    returning = received_before(proposal.beneficiary_id, programme)
    if returning and not proposal.reentry_reason.strip():
        raise refusals.needs_reentry_reason(name, programme.name)
    candidate = Participation(
        beneficiary_id=proposal.beneficiary_id,
        programme=programme,
        group_id=proposal.group_id,
        region_id=proposal.region_id,
        proposal=proposal,
        returning=returning,
    )
    try:
        with transaction.atomic():
            save_checked(candidate)
    except IntegrityError as error:
        raise refusals.enrolled_already(name, programme.name, None) from error
    record([step(actor=actor, kind=Step.Kind.PARTICIPATION, row=candidate, move=Move("", State.CANDIDATE, on))])
    _audit(actor, audit.Action.CREATE, [candidate], f"calon penerima {programme}", note=proposal.reentry_reason)
    return candidate


@transaction.atomic
def participation_suspend(
    *, actor: User, participation: Participation, on: date | None, reason: str, note: str = "", today: date
) -> Participation:
    """aktif -> ditangguhkan: nothing is paid from that day on. Raises Refusal (right, step), ValidationError."""
    row = _moved(actor, participation, State.SUSPENDED)
    require_reason(reason, note)
    day = _day(row, on, today)
    return _save(actor, row, Move(State.ACTIVE, row.state, day, reason, note), f"ditangguhkan per {tanggal(day)}")


@transaction.atomic
def participation_resume(
    *, actor: User, participation: Participation, on: date | None, reason: str = "", note: str, today: date
) -> Participation:
    """ditangguhkan -> aktif, by an explicit decision: `note` says why it may go on.

    Raises Refusal (right, step, died or graduated meanwhile) or ValidationError (day, no note).
    """
    row = _moved(actor, participation, State.ACTIVE, before=State.SUSPENDED)
    if not note.strip():
        raise ValidationError({"note": "Tulis mengapa penyaluran boleh dilanjutkan; tersimpan di riwayat."})
    hits = against(row.beneficiary_id, programme=row.programme, on=today)
    if barred := [hit.sentence for hit in hits if hit.rule in (DEAD, GRADUATED)]:
        raise refusals.not_to_be_active(f"{who(row)}: {' '.join(barred)}")
    day = _day(row, on, today)
    return _save(actor, row, Move(State.SUSPENDED, row.state, day, reason, note), f"aktif lagi per {tanggal(day)}")


@transaction.atomic
def participation_end(
    *, actor: User, participation: Participation, on: date | None, reason: str, note: str = "", today: date
) -> Participation:
    """calon | aktif | ditangguhkan -> berakhir, which is final. A candidate's proposal is closed with it.

    Raises Refusal (right, step) or ValidationError (day, reason).
    """
    participations_end(actor=actor, participations=[participation.pk], on=on, reason=reason, note=note, today=today)
    return Participation.objects.visible_to(actor).select_related("programme", "region").get(pk=participation.pk)


@transaction.atomic
def participations_end(
    *, actor: User, participations: Collection[int], on: date | None, reason: str, note: str = "", today: date
) -> int:
    """Ends many in one act (a death, graduations): all or none; returns how many.

    Raises Refusal (right, step) or ValidationError (day, reason) and names the first one it cannot end.
    """
    require_reason(reason, note)
    rows = list(_lockable(actor).filter(pk__in=participations).order_by("pk"))
    before = {row.pk: row.state for row in rows}
    for row in rows:
        require_entry(actor, row.region_id, row.programme)
        _require_step(row, State.ENDED)
    earliest = last_days([row.pk for row in rows])
    day = on or today
    for row in rows:
        day = day_within("on", on, earliest=earliest.get(row.pk, _first_day(row)), why=EARLIER_STEP, today=today)
    candidates = [row for row in rows if row.state == State.CANDIDATE]
    ended = Participation.objects.filter(pk__in=[row.pk for row in rows])
    ended.update(state=State.ENDED, ended_on=day, reason=reason, note=note.strip()[:200], version=F("version") + 1)
    # A name that ends before its SK is decided stands in that SK no more.
    Participation.objects.filter(pk__in=[row.pk for row in candidates]).update(decree=None)
    moves = [(row, Move(before[row.pk], State.ENDED, day, reason, note.strip())) for row in rows]
    record([step(actor=actor, kind=Step.Kind.PARTICIPATION, row=row, move=move) for row, move in moves])
    _withdraw(actor, [row.proposal_id for row in candidates if row.proposal_id], day, reason, note)
    _audit(actor, audit.Action.CHANGE, rows, f"berakhir per {tanggal(day)}: {REASONS[reason].meaning}", note=note)
    return len(rows)


@transaction.atomic
def candidates_release(*, actor: User, candidates: Sequence[Participation], on: date, note: str) -> None:
    """Candidates whose eligibility is doubted go to a new verval: they end, their proposals are diajukan again.

    The proposal is let go, so that a new verval may make a new candidate of it. Rows are held and checked by
    the caller.
    """
    proposals = [row.proposal_id for row in candidates if row.proposal_id]
    note = note.strip()
    rows = Participation.objects.filter(pk__in=[row.pk for row in candidates])
    rows.update(
        state=State.ENDED, ended_on=on, reason="data", note=note[:200], decree=None, proposal=None,
        version=F("version") + 1,
    )  # fmt: skip
    move = Move(State.CANDIDATE, State.ENDED, on, "data", note)
    record([step(actor=actor, kind=Step.Kind.PARTICIPATION, row=row, move=move) for row in candidates])
    _move_proposals(actor, proposals, Proposal.State.PROPOSED, Move("", "", on, "data", note))
    _audit(actor, audit.Action.CHANGE, candidates, "calon dikembalikan untuk verval ulang", note=note)


def received_before(person: int, programme: Programme) -> bool:
    """Whether the person left or graduated from the programme, anywhere in the nation (`sql/received_before.sql`)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pilar_received_before(%s, %s)", [person, programme.pk])
        return bool(cursor.fetchone()[0])


def last_days(participations: Collection[int]) -> dict[int, date]:
    """Participation id -> the latest day of its history; nothing may happen to it before."""
    steps = Step.objects.filter(kind=Step.Kind.PARTICIPATION, object_id__in=participations)
    return dict(steps.order_by().values("object_id").annotate(last=Max("on")).values_list("object_id", "last"))


def require_reason(reason: str, note: str) -> None:
    """Raises ValidationError for an unknown code, and for "lain" without words."""
    if reason not in REASONS:
        raise ValidationError({"reason": "Pilih satu alasan dari daftar."})
    if reason == "lain" and not note.strip():
        raise ValidationError({"note": "Alasan lain harus dijelaskan di sini."})


def _lockable(actor: User) -> QuerySet[Participation]:
    rows = Participation.objects.visible_to(actor).select_related("programme", "region", "proposal")
    return rows.select_for_update(of=("self",), no_key=True)


def _locked_proposal(actor: User, proposal: Proposal) -> Proposal:
    """Whoever records a verval makes the candidate: by the right to enter, or to verify."""
    if not reach_of(actor).can(Right.VERIFY, proposal.region_id):
        require_entry(actor, proposal.region_id, proposal.programme)
    rows = Proposal.objects.visible_to(actor).select_related("programme", "region")
    return rows.select_for_update(of=("self",), no_key=True).get(pk=proposal.pk)


def _moved(actor: User, participation: Participation, then: str, before: str = "") -> Participation:
    """The locked row in its new state, unsaved. `before` narrows what the table allows: an SK activates candidates."""
    require_entry(actor, participation.region_id, participation.programme)
    row = _lockable(actor).get(pk=participation.pk)
    _require_step(row, then, before)
    row.state = then
    return row


def _require_step(row: Participation, then: str, before: str = "") -> None:
    if not PARTICIPATION.may_follow(row.state, then) or (before and row.state != before):
        raise wrong_step(PARTICIPATION, f"Kepesertaan {who(row)}", row.state, then)


def _first_day(row: Participation) -> date:
    return row.active_from or (row.proposal.proposed_on if row.proposal else date.min)


def _day(row: Participation, on: date | None, today: date) -> date:
    earliest = last_days([row.pk]).get(row.pk, _first_day(row))
    return day_within("on", on, earliest=earliest, why=EARLIER_STEP, today=today)


def _save(actor: User, row: Participation, move: Move, what: str) -> Participation:
    row.reason = move.reason if row.state == State.SUSPENDED else ""
    row.note, row.version = move.note.strip()[:200], row.version + 1
    save_checked(row)
    record([step(actor=actor, kind=Step.Kind.PARTICIPATION, row=row, move=move)])
    _audit(actor, audit.Action.CHANGE, [row], what, note=move.note)
    return row


def _withdraw(actor: User, proposals: Collection[int], on: date, reason: str, note: str) -> None:
    _move_proposals(actor, proposals, Proposal.State.WITHDRAWN, Move("", "", on, reason, note.strip()))


def _move_proposals(actor: User, proposals: Collection[int], then: str, why: Move) -> None:
    """Moves those that still are layak; one that its own service has closed already stays as it is."""
    fit = Proposal.objects.filter(pk__in=proposals, state=Proposal.State.FIT)
    rows = list(fit.select_for_update(of=("self",), no_key=True).order_by("pk"))
    Proposal.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=then, reason=why.reason, note=why.note[:300], version=F("version") + 1
    )
    move = Move(Proposal.State.FIT, then, why.on, why.reason, why.note)
    record([step(actor=actor, kind=Step.Kind.PROPOSAL, row=row, move=move) for row in rows])


def _audit(actor: User, action: str, rows: Sequence[Participation], what: str, *, note: str) -> None:
    """One event per act: about the row, or about as many as there were."""
    if not rows:
        return
    single = rows[0] if len(rows) == 1 else None
    name = who(single) if single else f"{len(rows)} orang"
    audit.record(
        actor=actor,
        action=action,
        target=single or Participation,
        region=rows[0].region_id if len({row.region_id for row in rows}) == 1 else actor.region_id,
        summary=f"Kepesertaan {name}: {what}",
        reason=note,
    )
