"""Pengakhiran tugas (`states.TERMINATION`): proposed, endorsed by the province, decided by the ministry.

Lock order: the termination, then its assignment.
"""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from personnel.models import Assignment, Termination, TerminationStep
from personnel.rules import AHEAD, require_pillar
from personnel.services.allowance_parts import NOBODY_LIFTS, holds, wrong_step
from personnel.services.sanctions import letters_missing
from personnel.states import TERMINATION
from pilar.core import audit
from pilar.core.errors import Refusal, no_right
from pilar.core.formatting import tanggal
from pilar.core.models import User
from pilar.core.regions import Level
from pilar.core.rights import RIGHT_NAMES, Right
from pilar.core.scoping import require

State, Kind = Termination.State, Termination.Kind


@dataclass(frozen=True)
class TerminationEntry:
    """`last_day`: the last day of service; `reason` is obligatory for a dismissal without SP1 to SP3."""

    kind: str
    last_day: date
    reason: str = ""


@transaction.atomic
def termination_propose(*, actor: User, assignment: Assignment, entry: TerminationEntry, today: date) -> Termination:
    """The person serves on until the ministry decides.

    Raises Refusal (right, ended already, dismissal without SP1 to SP3 and without a reason) or ValidationError.
    """
    require(actor, Right.PROPOSE, assignment.region_id)
    require_pillar(actor, assignment.region_id, assignment.pillar)
    rows = Assignment.objects.select_for_update(of=("self",), no_key=True).select_related("pillar", "region", "person")
    held = rows.get(pk=assignment.pk)
    _require_running(held)
    _check(entry, held, today)
    reason = " ".join(entry.reason.split())
    missing = letters_missing(held) if entry.kind == Kind.DISMISSED else []
    if missing and not reason:
        raise ValidationError(
            {
                "reason": f"{', '.join(missing)} belum tercatat. Pemberhentian tanpa SP1 sampai SP3 memerlukan alasan "
                "tertulis, dan ditandai bagi yang memutuskan."
            }
        )
    row = Termination(
        assignment=held,
        person_id=held.person_id,
        pillar_id=held.pillar_id,
        region_id=held.region_id,
        kind=entry.kind,
        last_day=entry.last_day,
        reason=reason,
        unwarned=bool(missing),
        proposed_by=actor,
        proposed_on=today,
    )
    row.validate_constraints()
    row.save()
    flagged = ", tanpa SP1 sampai SP3" if row.unwarned else ""
    _took(actor, row, "", today, f"diusulkan, {row.get_kind_display()}{flagged}", reason)
    return row


def _require_running(assignment: Assignment) -> None:
    if assignment.end_reason and assignment.valid_until:
        raise Refusal(
            f"Penugasan ini sudah berakhir pada {tanggal(assignment.valid_until)}.",
            "Tidak ada yang perlu diakhiri lagi.",
            rule="sudah_berakhir",
        )


def _check(entry: TerminationEntry, assignment: Assignment, today: date) -> None:
    errors = {}
    if entry.kind not in Kind.values:
        errors["kind"] = f"Pilih satu sebab: {', '.join(Kind.values)}."
    if entry.last_day < assignment.valid_from:
        errors["last_day"] = f"Hari terakhir tidak boleh sebelum TMT ({tanggal(assignment.valid_from)})."
    elif entry.last_day > today + AHEAD:
        errors["last_day"] = f"Tanggal {tanggal(entry.last_day)} lebih dari setahun di depan. Periksa tahunnya."
    if errors:
        raise ValidationError(dict(errors))


@transaction.atomic
def termination_endorse(*, actor: User, termination: Termination, today: date) -> Termination:
    """diusulkan -> diteruskan, by the province. Raises Refusal: step, four eyes, another level."""
    row = _locked(actor, termination, State.ENDORSED)
    _require_other(actor, row, "diteruskan")
    if not may_endorse(actor, row):
        raise Refusal(
            "Tidak bisa diteruskan di sini: yang meneruskan ke Kementerian Sosial adalah Dinas Sosial provinsi.",
            "Minta pejabat provinsi yang berwenang meneruskan usulan.",
            rule="tingkat_provinsi",
        )
    row.endorsed_by, row.endorsed_on = actor, today
    return _moved(actor, row, State.ENDORSED, today, "diteruskan provinsi")


@transaction.atomic
def termination_decide(*, actor: User, termination: Termination, number: str, today: date) -> Termination:
    """diteruskan -> diputuskan, by the ministry; the assignment ends on the last day.

    Raises Refusal: step, four eyes, another level, ended meanwhile; ValidationError without a number.
    """
    row = _locked(actor, termination, State.DECIDED)
    _require_other(actor, row, "diputuskan")
    if not may_decide(actor, row):
        raise Refusal(
            "Tidak bisa diputuskan di sini: yang memutuskan pengakhiran adalah Kementerian Sosial.",
            "Minta pejabat Kementerian Sosial yang berwenang memutuskan.",
            rule="tingkat_kemensos",
        )
    if not number.strip():
        raise ValidationError({"number": "Tulis nomor keputusan."})
    held = Assignment.objects.select_for_update(of=("self",), no_key=True).get(pk=row.assignment_id)
    _require_running(held)
    held.valid_until, held.end_reason = row.last_day, row.kind
    held.save(update_fields=["valid_until", "end_reason"])
    row.decided_by, row.decided_on, row.decree_number = actor, today, " ".join(number.split())
    return _moved(actor, row, State.DECIDED, today, f"diputuskan, {row.decree_number}")


@transaction.atomic
def termination_reject(*, actor: User, termination: Termination, note: str, today: date) -> Termination:
    """-> ditolak, by whoever has it before him. Raises Refusal: step, four eyes, level; ValidationError: no note."""
    row = _locked(actor, termination, State.REJECTED)
    _require_other(actor, row, "ditolak")
    near = row.state == State.PROPOSED and may_endorse(actor, row)
    if not near and not may_decide(actor, row):
        raise Refusal(
            "Tidak bisa ditolak di sini: usulan ini dipegang tingkat lain.",
            "Yang menolak adalah Dinas Sosial provinsi sebelum meneruskannya, atau Kementerian Sosial.",
            rule="tingkat_pemutus",
        )
    if not note.strip():
        raise ValidationError({"note": "Tulis mengapa ditolak; pengusul dan orangnya membacanya."})
    return _moved(actor, row, State.REJECTED, today, "ditolak", " ".join(note.split()))


@transaction.atomic
def termination_withdraw(*, actor: User, termination: Termination, today: date) -> Termination:
    """diusulkan -> ditarik, by the office that proposed it. Raises Refusal: step, right."""
    row = _locked(actor, termination, State.WITHDRAWN)
    require(actor, Right.PROPOSE, row.region_id)
    require_pillar(actor, row.region_id, row.pillar)
    return _moved(actor, row, State.WITHDRAWN, today, "ditarik")


# --- who may, and what each step leaves ----------------------------------------


def may_endorse(actor: User, row: Termination) -> bool:
    return holds(actor, Right.ENDORSE, row, Level.PROVINCE)


def may_decide(actor: User, row: Termination) -> bool:
    return holds(actor, Right.DECIDE, row, Level.NATION)


def acts_on(actor: User, row: Termination) -> bool:
    """Whether the actor holds any right over it; which act is his now, the act itself says."""
    return any(holds(actor, right, row) for right in (Right.PROPOSE, Right.ENDORSE, Right.DECIDE))


def _locked(actor: User, termination: Termination, then: str) -> Termination:
    """Raises Refusal for whoever holds no right over it, and for a step the table does not know."""
    if not acts_on(actor, termination):
        raise no_right(RIGHT_NAMES[Right.PROPOSE], "admin wilayah di atas Anda")
    rows = Termination.objects.visible_to(actor).select_related("pillar", "region", "person")
    row = rows.select_for_update(of=("self",), no_key=True).get(pk=termination.pk)
    if not TERMINATION.may_follow(row.state, then):
        raise wrong_step(TERMINATION, "Usulan pengakhiran ini", row.state, then)
    return row


def _require_other(actor: User, row: Termination, act: str) -> None:
    role = {row.proposed_by_id: "pengusul", row.endorsed_by_id: "yang meneruskan"}.get(actor.pk)
    if role:
        raise Refusal(
            f"Tidak bisa {act}: Anda {role} pengakhiran ini.",
            f"Minta pejabat lain yang berwenang. {NOBODY_LIFTS}",
            rule="empat_mata",
        )


def _moved(actor: User, row: Termination, then: str, today: date, what: str, note: str = "") -> Termination:
    was, row.state = row.state, then
    row.version += 1
    row.validate_constraints()
    row.save()
    _took(actor, row, was, today, what, note)
    return row


def _took(actor: User, row: Termination, was: str, today: date, what: str, note: str) -> None:
    TerminationStep.objects.create(
        termination=row,
        pillar_id=row.pillar_id,
        region_id=row.region_id,
        was=was,
        became=row.state,
        on=today,
        actor_id=actor.pk,
        actor_name=str(actor),
        office=actor.office,
        note=note,
    )
    audit.record(
        actor=actor,
        action=audit.Action.CHANGE if was else audit.Action.CREATE,
        target=row,
        region=row.region_id,
        summary=f"Pengakhiran {row.pillar} {row.person}: {what}",
        reason=note,
    )
