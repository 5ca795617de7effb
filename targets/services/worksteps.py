"""The steps of a plan: written while nobody has agreed, moved by their owner once all four have."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from pilar.core import audit, regions
from pilar.core.errors import Refusal
from pilar.core.models import Region, User
from pilar.core.regions import NATION, Level
from targets.models import Indicator, WorkMove, WorkPlan, WorkStep
from targets.services.workplan import province_of
from targets.services.workplan_rules import (
    NOBODY_LIFTS,
    hold,
    require_open_year,
    require_owner,
    require_unsigned,
    require_writer,
)
from targets.workplan_states import STEP

Owner, State = WorkStep.Owner, WorkStep.State


@dataclass(frozen=True)
class StepEntry:
    """Attributes:
    owner: one of WorkStep.Owner; office: the name when it is another office.
    regency: whose Dinas Sosial or companions, in a province's plan; elsewhere it is the plan's own.
    deadline: a day of the plan's year.
    """

    text: str
    owner: str
    deadline: date
    office: str = ""
    regency: Region | None = None
    indicator: Indicator | None = None


@transaction.atomic
def step_add(*, actor: User, plan: WorkPlan, entry: StepEntry) -> WorkStep:
    """One more step. Raises Refusal (right, closed year, agreed already) or ValidationError per field."""
    _open(actor, plan)
    step = WorkStep(plan=plan)
    _fill(step, plan, entry)
    _record(actor, plan, f"langkah ditambah: {step.text}")
    return step


@transaction.atomic
def step_change(*, actor: User, step: WorkStep, entry: StepEntry) -> WorkStep:
    _open(actor, step.plan)
    _fill(step, step.plan, entry)
    _record(actor, step.plan, f"langkah diubah: {step.text}")
    return step


@transaction.atomic
def step_remove(*, actor: User, step: WorkStep) -> None:
    """Takes a step out of a version to which nobody has agreed; in earlier versions it stays."""
    _open(actor, step.plan)
    _record(actor, step.plan, f"langkah dihapus: {step.text}")
    step.delete()


def _open(actor: User, plan: WorkPlan) -> None:
    require_writer(actor, plan.region_id)
    require_open_year(plan.year_id)
    hold(plan.year_id, plan.region_id)
    require_unsigned(plan)


def _fill(step: WorkStep, plan: WorkPlan, entry: StepEntry) -> None:
    if entry.owner not in Owner.values:
        raise ValidationError({"owner": "Pilih penanggung jawab."})
    if entry.deadline.year != plan.year_id:
        raise ValidationError({"deadline": f"Tenggat harus di tahun {plan.year_id}, tahun langkah bersama ini."})
    owner = Owner(entry.owner)
    office = " ".join(entry.office.split())
    if (owner == Owner.OFFICE) != bool(office):
        raise ValidationError(
            {"office": "Isi nama kantornya bila penanggung jawabnya kantor lain, dan kosongkan bila bukan."}
        )
    step.text, step.owner, step.office = " ".join(entry.text.split()), owner, office
    step.owner_region_id = _owner_area(owner, plan, entry.regency)
    step.region_id = max(step.owner_region_id, plan.region_id)  # the narrower: a part's code is never the smaller one
    step.deadline, step.indicator = entry.deadline, entry.indicator
    step.full_clean(exclude=["plan", "origin", "region", "owner_region", "indicator"])
    step.save()


def _owner_area(owner: WorkStep.Owner, plan: WorkPlan, regency: Region | None) -> int:
    """Where the office sits that must act and that says how far the step is."""
    if owner == Owner.MINISTRY:
        return NATION
    if owner == Owner.PROVINCE:
        return province_of(plan)
    if owner == Owner.OFFICE or plan.region.level == Level.REGENCY:
        return plan.region_id
    if regency is None or regency.level != Level.REGENCY or not regions.contains(plan.region_id, regency.code):
        raise ValidationError({"regency": f"Pilih kabupaten/kota di {plan.region.name} yang bertanggung jawab."})
    return regency.code


@transaction.atomic
def step_move(*, actor: User, step: WorkStep, then: str, on: date, today: date, reason: str = "") -> WorkStep:
    """The next state of a step in a plan in force, by the office that owns it.

    Raises Refusal (not the owner, not in force, no such step in the table) or ValidationError (day, reason).
    """
    require_owner(actor, step)
    hold(step.plan.year_id, step.plan.region_id)
    step = WorkStep.objects.select_for_update(of=("self",), no_key=True).get(pk=step.pk)
    _require_in_force(step)
    if not STEP.may_follow(step.state, then):
        raise _wrong(step, then)
    if on > today:
        raise ValidationError({"on": "Tanggalnya tidak boleh di depan hari ini."})
    reason = " ".join(reason.split())
    if then == State.CANCELLED and not reason:
        raise ValidationError({"reason": "Tulis mengapa langkah ini dibatalkan."})
    was, step.state = step.state, then
    step.reason = reason if then == State.CANCELLED else ""
    step.save(update_fields=["state", "reason"])
    WorkMove.objects.create(
        step=step,
        region_id=step.region_id,
        was=was,
        became=then,
        on=on,
        actor=actor,
        actor_name=str(actor),
        reason=reason,
    )
    audit.record(
        actor=actor,
        action=audit.Action.CHANGE,
        target=step,
        region=step.region_id,
        summary=f"langkah “{step.text[:120]}”: {STEP.label(was)} → {STEP.label(then)}",
        reason=reason,
    )
    return step


def _require_in_force(step: WorkStep) -> None:
    if not WorkPlan.objects.in_force().filter(pk=step.plan_id).exists():
        raise Refusal(
            "Langkah ini ada di versi yang tidak berlaku: belum disepakati keempat pihak, atau sudah diganti.",
            "Buka versi yang berlaku, atau lengkapi kesepakatannya dahulu. " + NOBODY_LIFTS,
            rule="versi_tidak_berlaku",
        )


def _wrong(step: WorkStep, then: str) -> Refusal:
    before = " atau ".join(f"“{STEP.label(state)}”" for state in STEP.sources_of(then))
    only = f"Keadaan itu hanya sesudah {before}." if before else "Keadaan itu tidak pernah menyusul keadaan lain."
    return Refusal(
        f"Langkah ini tidak bisa menjadi “{STEP.label(then)}”: sekarang “{STEP.label(step.state)}”.",
        f"{only} {NOBODY_LIFTS}",
        rule="urutan_keadaan",
    )


def _record(actor: User, plan: WorkPlan, summary: str) -> None:
    audit.record(actor=actor, action=audit.Action.CHANGE, target=plan, region=plan.region_id, summary=summary)
