"""Langkah bersama: written by an office of the area, agreed by four parties, changed by a new version."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from personnel.models import Assignment, Personnel
from pilar.core import audit, regions
from pilar.core.errors import Refusal
from pilar.core.models import Region, User
from pilar.core.regions import Level
from pilar.core.scoping import narrow_choices
from targets.models import Party, WorkAgreement, WorkPlan, WorkStep
from targets.place import full_name
from targets.services.workplan_rules import (
    NOBODY_LIFTS,
    hold,
    newest_version,
    require_newest,
    require_open_year,
    require_party,
    require_unsigned,
    require_writer,
)


@dataclass(frozen=True)
class PlanText:
    strategy: str
    mechanism: str


@dataclass(frozen=True)
class Assent:
    """Attributes:
    name: who agreed for an office; ignored for the companions, whose representative is `person`.
    on: the day of the agreement, not ahead.
    """

    party: str
    on: date
    name: str = ""
    person: Personnel | None = None


@transaction.atomic
def plan_create(*, actor: User, year: int, region: Region, text: PlanText, today: date) -> WorkPlan:
    """The first version of an area's plan of a year.

    Raises Refusal (right, level, closed year, a plan is there already) or ValidationError (texts).
    """
    if region.level not in (Level.PROVINCE, Level.REGENCY):
        raise Refusal(
            "Langkah bersama disusun per provinsi atau per kabupaten/kota.",
            "Pilih provinsi atau kabupaten/kota di bagian atas halaman.",
            rule="tingkat_langkah",
        )
    require_writer(actor, region.code)
    require_open_year(year)
    hold(year, region.code)
    if WorkPlan.objects.filter(year=year, region=region).exists():
        raise Refusal(
            f"Langkah bersama {full_name(region)} tahun {year} sudah ada.",
            "Buka, lalu ubah atau buat versi baru di sana.",
            rule="langkah_sudah_ada",
        )
    plan = WorkPlan(year_id=year, region=region, made_by=actor, made_on=today)
    _write(plan, text)
    _record(actor, plan, audit.Action.CREATE, f"langkah bersama {year} {full_name(region)} disusun")
    return plan


@transaction.atomic
def plan_write(*, actor: User, plan: WorkPlan, text: PlanText) -> WorkPlan:
    """Changes the texts of a version to which nobody has agreed yet."""
    require_writer(actor, plan.region_id)
    require_open_year(plan.year_id)
    hold(plan.year_id, plan.region_id)
    require_unsigned(plan)
    _write(plan, text)
    _record(actor, plan, audit.Action.CHANGE, f"{plan}: strategi dan mekanisme diubah")
    return plan


@transaction.atomic
def plan_renew(*, actor: User, plan: WorkPlan, reason: str, today: date) -> WorkPlan:
    """A new version with the same texts and steps, which needs all four parties again.

    The version in force stays in force until then. Raises Refusal for a version that can still be
    changed as it is, or that is not the newest.
    """
    require_writer(actor, plan.region_id)
    require_open_year(plan.year_id)
    hold(plan.year_id, plan.region_id)
    require_newest(plan)
    if not plan.agreements.exists():
        raise Refusal(
            f"Versi {plan.version} belum disepakati siapa pun.",
            "Ubah langsung; versi baru belum diperlukan.",
            rule="belum_disepakati",
        )
    if not reason.strip():
        raise ValidationError({"reason": "Tulis mengapa langkah bersama berubah."})
    renewed = WorkPlan(
        year_id=plan.year_id,
        region_id=plan.region_id,
        version=newest_version(plan) + 1,
        reason=" ".join(reason.split())[:300],
        made_by=actor,
        made_on=today,
    )
    _write(renewed, PlanText(plan.strategy, plan.mechanism))
    WorkStep.objects.bulk_create([_carried(step, renewed) for step in plan.steps.order_by("deadline", "id")])
    _record(actor, renewed, audit.Action.CREATE, f"{renewed} dibuat: {renewed.reason}")
    return renewed


def _carried(step: WorkStep, plan: WorkPlan) -> WorkStep:
    """The same step in a new version; how far it is comes with the fourth agreement (sql/workplan.sql)."""
    return WorkStep(
        plan=plan,
        origin_id=step.key,
        region_id=step.region_id,
        text=step.text,
        owner=step.owner,
        office=step.office,
        owner_region_id=step.owner_region_id,
        deadline=step.deadline,
        indicator_id=step.indicator_id,
    )


def _write(plan: WorkPlan, text: PlanText) -> None:
    plan.strategy, plan.mechanism = text.strategy.strip(), text.mechanism.strip()
    plan.full_clean(exclude=["year", "region", "made_by"], validate_unique=False, validate_constraints=False)
    plan.save()


@transaction.atomic
def plan_agree(*, actor: User, plan: WorkPlan, assent: Assent, today: date) -> WorkAgreement:
    """One party's word; with the fourth the database makes the plan agreed and `plan` is read anew.

    Raises Refusal (not the actor's party, agreed already, an old version, no steps yet, a companion without
    an assignment there) or ValidationError (name, day, person).
    """
    party = _party(assent.party)
    code = require_party(actor, plan, party)
    require_open_year(plan.year_id)
    hold(plan.year_id, plan.region_id)
    require_newest(plan)
    _require_absent(plan, party)
    _require_steps(plan)
    if assent.on > today:
        raise ValidationError({"on": "Tanggal kesepakatan tidak boleh di depan hari ini."})
    person = _companion(actor, code, assent) if party == Party.COMPANIONS else None
    agreement = WorkAgreement(
        plan=plan,
        region_id=code,
        party=party,
        name=person.name if person else " ".join(assent.name.split()),
        person=person,
        agreed_on=assent.on,
        recorded_by=actor,
    )
    agreement.full_clean(exclude=["plan", "region", "person", "recorded_by"])
    agreement.save()
    audit.record(
        actor=actor,
        action=audit.Action.CHANGE,
        target=plan,
        region=code,
        summary=f"{plan}: disepakati {party.label}, {agreement.name}",
    )
    plan.refresh_from_db()
    return agreement


def _party(text: str) -> Party:
    if text not in Party.values:
        raise ValidationError({"party": "Pilih pihak yang menyepakati."})
    return Party(text)


def _require_absent(plan: WorkPlan, party: Party) -> None:
    earlier = plan.agreements.filter(party=party).first()
    if earlier:
        raise Refusal(
            f"{party.label} sudah menyepakati versi {plan.version}, oleh {earlier.name}.",
            f"Satu kesepakatan per pihak untuk tiap versi; perubahan dibuat sebagai versi baru. {NOBODY_LIFTS}",
            rule="sudah_menyepakati",
        )


def _require_steps(plan: WorkPlan) -> None:
    if not plan.steps.exists():
        raise Refusal(
            "Belum ada langkah yang bisa disepakati.",
            "Tambahkan sedikitnya satu langkah dengan penanggung jawab dan tenggatnya.",
            rule="tanpa_langkah",
        )


def _companion(actor: User, code: int, assent: Assent) -> Personnel:
    """The representative, who serves inside the agreeing kabupaten/kota on that day."""
    if assent.person is None:
        raise ValidationError({"person": "Pilih pendamping yang mewakili."})
    serves = narrow_choices(Assignment.objects.current(on=assent.on).within(code), actor)
    if not serves.filter(person=assent.person).exists():
        place = Region.objects.get(pk=code)
        raise ValidationError(
            {"person": f"{assent.person.name} tidak punya penugasan yang berlaku di {place.name} pada tanggal itu."}
        )
    return assent.person


def _record(actor: User, plan: WorkPlan, action: audit.Action, summary: str) -> None:
    audit.record(actor=actor, action=action, target=plan, region=plan.region_id, summary=summary, reason=plan.reason)


def province_of(plan: WorkPlan) -> int:
    return regions.at_level(plan.region_id, Level.PROVINCE)
