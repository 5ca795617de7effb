"""The way out in phases: usulan, asesmen, keputusan, masa transisi, keluar (domain.md 4.4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from assistance import checklist
from assistance.models import Beneficiary, Graduation, GraduationCase, Step
from assistance.services import graduation_refusals, graduations, history, refusals
from assistance.services.assessors import assessors
from assistance.services.entry import day_within, held_row, require_entry, save_checked
from assistance.states import GRADUATION
from personnel.models import Assignment, AssignmentQuerySet
from personnel.services.activity_acts import ActDone, activity_of_act
from pilar.core import audit
from pilar.core.errors import no_right
from pilar.core.formatting import tanggal
from pilar.core.models import Programme, User
from pilar.core.rights import RIGHT_NAMES, Right
from pilar.core.scoping import reach_of

State = GraduationCase.State
NOTE_LENGTH = 200


@dataclass(frozen=True)
class CaseEntry:
    """Attributes: kind one of Graduation.Kind; initiative one of GraduationCase.Initiative."""

    beneficiary: Beneficiary
    programme: Programme
    kind: str
    initiative: str
    proposed_on: date
    note: str = ""


@transaction.atomic
def case_propose(*, actor: User, entry: CaseEntry, today: date) -> GraduationCase:
    """Proposes that a family leaves a programme.

    Raises Refusal (right, not a recipient, graduated already, a case is open) or ValidationError (fields).
    """
    family, programme = entry.beneficiary, entry.programme
    require_entry(actor, family.region_id, programme)
    day_within("proposed_on", entry.proposed_on, earliest=family.birth_date, why="tanggal lahir", today=today)
    stay = graduations.require_not_graduated(family, programme, entry.proposed_on)
    graduations.require_no_open_case(family, programme)
    taking_part = stay is not None and stay.covers(entry.proposed_on)
    if not taking_part and graduations.companion_on(family, programme, entry.proposed_on) is None:
        raise graduation_refusals.not_a_recipient(family, programme, entry.proposed_on)
    case = GraduationCase(
        beneficiary=family,
        programme=programme,
        region_id=family.region_id,
        kind=entry.kind,
        initiative=entry.initiative,
        proposed_on=entry.proposed_on,
        proposed_by=actor,
        note=entry.note.strip(),
    )
    save_checked(case)
    _written(actor, case, was="", on=entry.proposed_on, note=entry.note, action=audit.Action.CREATE)
    return case


@transaction.atomic
def case_assess(
    *, actor: User, case: GraduationCase, assessor: Assignment, on: date, answers: Mapping[str, str], today: date
) -> GraduationCase:
    """diusulkan -> dinilai: the score is computed from the answers (`assistance.checklist`).

    Raises Refusal (right, order, assessor) or ValidationError (day, answers).
    """
    case = _locked(actor, case)
    require_entry(actor, case.region_id, case.programme)
    _require_step(case, State.ASSESSED)
    case.assessed_on = day_within("on", on, earliest=case.proposed_on, why="tanggal usulan", today=today)
    if not assessors_of(case, since=on, until=on).visible_to(actor).filter(pk=assessor.pk).exists():
        raise graduation_refusals.assessor_elsewhere(refusals.who(case), on)
    case.assessor = assessor
    case.score, case.answers = checklist.scored(case.kind, answers)
    activity_of_act(actor=actor, done=_assessed(case, assessor, on), today=today)
    return _moved(actor, case, State.ASSESSED, on=on, note=f"skor {case.score} dari ambang {case.answers['ambang']}")


@transaction.atomic
def case_decide(
    *, actor: User, case: GraduationCase, on: date, transition_until: date | None, note: str, today: date
) -> GraduationCase:
    """dinilai -> transisi: makes the graduation, which counts on that day for the companion of that day.

    Args:
        transition_until: last day of the transition, after `on`; may lie ahead.
        note: why, when the score is below the threshold.
    Raises Refusal (right, proposer, order, condition, graduated already) or ValidationError (days, note).
    """
    case = _locked(actor, case)
    _require_other_decider(actor, case)
    _require_step(case, State.TRANSITION)
    day_within("on", on, earliest=case.assessed_on or case.proposed_on, why="tanggal asesmen", today=today)
    if transition_until is None or transition_until <= on:
        raise ValidationError(
            {"transition_until": f"Masa transisi wajib diisi dan berakhir sesudah keputusan ({tanggal(on)})."}
        )
    _check_assessment(case, note)
    family = Beneficiary.objects.visible_to(actor).filter(pk=case.beneficiary_id).first()
    if family is None:
        raise graduation_refusals.moved_away()
    entry = graduations.GraduationEntry(family, case.programme, case.kind, on)
    case.graduation = graduations.decided(actor, entry, recorded_by=case.proposed_by_id, confirmed_by=actor)
    case.decided_by, case.transition_until = actor, transition_until
    return _moved(actor, case, State.TRANSITION, on=on, note=note)


@transaction.atomic
def case_reject(*, actor: User, case: GraduationCase, on: date, reason: str, today: date) -> GraduationCase:
    """diusulkan | dinilai -> ditolak. Raises Refusal (right, proposer, order) or ValidationError (day, reason)."""
    case = _locked(actor, case)
    _require_other_decider(actor, case)
    _require_step(case, State.REJECTED)
    reason = _written_reason(reason)
    last, why = (case.assessed_on, "tanggal asesmen") if case.assessed_on else (case.proposed_on, "tanggal usulan")
    day_within("on", on, earliest=last, why=why, today=today)
    case.decided_by = actor
    return _moved(actor, case, State.REJECTED, on=on, note=reason)


@transaction.atomic
def case_cancel(*, actor: User, case: GraduationCase, on: date, reason: str, today: date) -> GraduationCase:
    """transisi -> batal: the graduation counts no more; the participation stays as it is.

    Raises Refusal (right, order) or ValidationError (day outside the transition, reason).
    """
    case = _locked(actor, case)
    _require_right_to_decide(actor, case)
    _require_step(case, State.CANCELLED)
    graduation, until = _decision(case)
    reason = _written_reason(reason)
    day_within("on", on, earliest=graduation.decided_on, why="tanggal keputusan", today=today)
    if on > until:
        raise ValidationError({"on": f"Masa transisi berakhir {tanggal(until)}; pembatalan hanya sampai hari itu."})
    locked = graduations.locked(actor, graduation.pk)
    case.graduation = graduations.withdrawn(actor, locked, on=on, reason=reason)
    return _moved(actor, case, State.CANCELLED, on=on, note=reason)


@transaction.atomic
def case_leave(*, actor: User, case: GraduationCase, on: date, note: str = "", today: date) -> GraduationCase:
    """transisi -> keluar: from that day the family receives no more; an open participation ends.

    Raises Refusal (right, order, participation hidden from the actor) or ValidationError (day).
    """
    case = _locked(actor, case)
    require_entry(actor, case.region_id, case.programme)
    _require_step(case, State.LEFT)
    _, until = _decision(case)
    case.left_on = day_within("on", on, earliest=until, why="akhir masa transisi", today=today)
    graduations.end_participation(actor, case, on, today=today)
    return _moved(actor, case, State.LEFT, on=on, note=note)


def assessors_of(case: GraduationCase, *, since: date, until: date) -> AssignmentQuerySet:
    return assessors(case.beneficiary_id, case.programme_id, region=case.region_id, since=since, until=until)


# --- parts --------------------------------------------------------------------


def _assessed(case: GraduationCase, assessor: Assignment, on: date) -> ActDone:
    return ActDone(
        key=f"asesmen-graduasi:{case.pk}",
        kind="asesmen_graduasi",
        by=assessor,
        on=on,
        region=case.region_id,
        programme=case.programme_id,
    )


def _locked(actor: User, case: GraduationCase) -> GraduationCase:
    rows = GraduationCase.objects.visible_to(actor).select_related("programme", "graduation")
    return held_row(rows, case.pk)


def _require_step(case: GraduationCase, then: State) -> None:
    if not GRADUATION.may_follow(case.state, then):
        raise refusals.wrong_step(GRADUATION, f"Proses graduasi {refusals.who(case)}", case.state, then)


def _require_right_to_decide(actor: User, case: GraduationCase) -> None:
    slots = reach_of(actor).slots_for(Right.DECIDE)
    fits = (
        slot.covers(case.region_id) and case.programme_id in (slot.programmes or (case.programme_id,)) for slot in slots
    )
    if not any(fits):
        raise no_right(RIGHT_NAMES[Right.DECIDE], "admin wilayah di atas Anda")


def _require_other_decider(actor: User, case: GraduationCase) -> None:
    _require_right_to_decide(actor, case)
    if case.proposed_by_id == actor.pk:
        raise graduation_refusals.proposer_decides()


def _check_assessment(case: GraduationCase, note: str) -> None:
    if conditions := checklist.unmet(case.answers):
        raise graduation_refusals.condition_unmet(case, conditions)
    threshold = case.answers["ambang"]
    if case.score is not None and case.score < threshold and not note.strip():
        raise ValidationError(
            {"note": f"Skor {case.score} di bawah ambang {threshold}. Tulis mengapa tetap diputuskan lulus."}
        )


def _decision(case: GraduationCase) -> tuple[Graduation, date]:
    """The graduation and the last day of the transition; the database holds that both are there."""
    assert case.graduation is not None  # noqa: S101 - graduation_decision_complete
    assert case.transition_until is not None  # noqa: S101 - graduation_decision_complete
    return case.graduation, case.transition_until


def _written_reason(reason: str) -> str:
    if not reason.strip():
        raise ValidationError({"reason": "Tulis sebabnya; tersimpan di riwayat dan jejak audit."})
    return reason.strip()


def _moved(actor: User, case: GraduationCase, then: State, *, on: date, note: str) -> GraduationCase:
    was, case.state = case.state, then.value
    case.version += 1
    save_checked(case)
    _written(actor, case, was=was, on=on, note=note, action=audit.Action.CHANGE)
    return case


def _written(actor: User, case: GraduationCase, *, was: str, on: date, note: str, action: str) -> None:
    move = history.Move(was, case.state, on, note=note.strip())
    history.record([history.step(actor=actor, kind=Step.Kind.GRADUATION, row=case, move=move)])
    audit.record(
        actor=actor,
        action=action,
        target=case,
        region=case.region_id,
        summary=f"Proses graduasi {refusals.who(case)} dari {case.programme}: {GRADUATION.label(case.state)}, "
        f"{tanggal(on)}",
        reason=note.strip(),
    )
