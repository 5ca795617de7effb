"""Freezing targets of a year: no new versions in a subtree, with exceptions that end by their date."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from pilar.core import audit, regions
from pilar.core.errors import Refusal
from pilar.core.formatting import tanggal
from pilar.core.models import Region, User
from pilar.core.regions import level_of
from pilar.core.scoping import Slot
from targets.models import FreezeException, TargetFreeze
from targets.services.authority import MINISTRY, deciding_slots, office


@dataclass(frozen=True)
class FreezeEntry:
    """Attributes: start: the first day on which no new version is taken."""

    year: int
    region: Region
    start: date
    reason: str


@transaction.atomic
def target_freeze(*, actor: User, entry: FreezeEntry, today: date) -> TargetFreeze:
    """Raises Refusal (no right to decide there, frozen already) or ValidationError (day, reason)."""
    slots = _whole_slots(actor, entry.region.code)
    if not slots:
        raise Refusal(
            f"Target {entry.region.name} tidak bisa dibekukan oleh Anda.",
            f"Minta {_offices(entry.region.code, level_of(entry.region.code))} membekukannya.",
            rule="wewenang",
        )
    if entry.start < today:
        raise ValidationError({"start": "Pembekuan mulai hari ini atau sesudahnya."})
    require_reason(entry.reason)
    freeze = TargetFreeze(
        year_id=entry.year,
        region=entry.region,
        frozen_from=entry.start,
        reason=entry.reason.strip(),
        level=min(level_of(slot.lo) for slot in slots),
        frozen_by=actor,
    )
    freeze.full_clean()
    freeze.save()
    _audit(actor, freeze, audit.Action.CREATE, f"dibekukan mulai {tanggal(entry.start)}", entry.reason)
    return freeze


@transaction.atomic
def target_freeze_lift(*, actor: User, freeze: TargetFreeze, reason: str, today: date) -> TargetFreeze:
    """Ends a freeze for everybody. Raises Refusal (lower office, lifted already) or ValidationError (reason)."""
    freeze = _held(actor, freeze)
    require_reason(reason)
    freeze.lifted_on, freeze.lifted_by, freeze.lift_reason = today, actor, reason.strip()
    freeze.full_clean()
    freeze.save(update_fields=["lifted_on", "lifted_by", "lift_reason"])
    _audit(actor, freeze, audit.Action.CHANGE, "pembekuan dicabut", reason)
    return freeze


@transaction.atomic
def target_freeze_except(
    *, actor: User, freeze: TargetFreeze, region: Region, until: date, reason: str, today: date
) -> FreezeException:
    """Lets one area below file again until that day, the day included.

    Raises Refusal (lower office, lifted already, area outside the freeze) or ValidationError (day, reason).
    """
    freeze = _held(actor, freeze)
    if not regions.contains(freeze.region_id, region.code):
        raise Refusal(
            f"{region.name} tidak termasuk wilayah yang dibekukan ini, {freeze.region.name}.",
            "Pilih wilayah di dalamnya.",
            rule="wilayah_pembekuan",
        )
    require_reason(reason)
    exception = FreezeException(
        freeze=freeze, region=region, granted_on=today, until=until, reason=reason.strip(), granted_by=actor
    )
    if until < today:
        raise ValidationError({"until": "Batas pengecualian tidak boleh sebelum hari ini."})
    exception.full_clean()
    exception.save()
    summary = f"pengecualian untuk {region.name} sampai {tanggal(until)}"
    _audit(actor, freeze, audit.Action.CHANGE, summary, reason)
    return exception


def require_unfrozen(year: int, region: int, today: date) -> None:
    """Raises Refusal while a freeze holds for the region and no exception lets it file."""
    for freeze in freezes_on(year, region, today):
        raise frozen(freeze)


def freezes_on(year: int, region: int, today: date) -> list[TargetFreeze]:
    """Freezes that hold for a region that day, exceptions taken into account; one query."""
    path = regions.path(region)
    excepted = FreezeException.objects.filter(region__in=path, granted_on__lte=today, until__gte=today)
    return list(
        TargetFreeze.objects.select_related("region")
        .filter(year=year, region__in=path, frozen_from__lte=today, lifted_on__isnull=True)
        .exclude(pk__in=excepted.values("freeze"))
        .order_by("level", "pk")
    )


def frozen(freeze: TargetFreeze) -> Refusal:
    where = "semua wilayah" if freeze.region_id == regions.NATION else freeze.region.name
    return Refusal(
        f"Target {freeze.year_id} {where} dibekukan sejak {tanggal(freeze.frozen_from)}: {freeze.reason.rstrip('.')}. "
        "Versi baru tidak diterima.",
        f"Yang dapat mencabutnya atau memberi pengecualian sampai tanggal tertentu: {who_lifts(freeze)}.",
        rule="target_dibekukan",
    )


def who_lifts(freeze: TargetFreeze) -> str:
    return _offices(freeze.region_id, freeze.level)


def may_lift(actor: User, freeze: TargetFreeze) -> bool:
    return freeze.lifted_on is None and any(
        level_of(slot.lo) <= freeze.level for slot in _whole_slots(actor, freeze.region_id)
    )


def require_lifter(actor: User, freeze: TargetFreeze) -> None:
    if freeze.lifted_on is None and not may_lift(actor, freeze):
        raise Refusal(
            "Pembekuan ini bukan wewenang Anda untuk dibuka: kantor lain, atau di atas Anda, menetapkannya.",
            f"Minta {who_lifts(freeze)}.",
            rule="wewenang",
        )


def may_freeze(actor: User, region: int) -> bool:
    return bool(_whole_slots(actor, region))


def _whole_slots(actor: User, region: int) -> list[Slot]:
    """A freeze is for all programmes and pillars, so a narrowed grant does not reach it."""
    return [s for s in deciding_slots(actor) if s.covers(region) and not s.programmes and not s.pillars]


def _offices(region: int, level: int) -> str:
    names = dict(Region.objects.filter(code__in=regions.path(region)).values_list("code", "name"))
    return offices(region, level, names)


def offices(region: int, level: int, names: dict[int, str]) -> str:
    """Offices on the path of a region down to a level; `names` of the areas on it."""
    codes = [code for code in regions.path(region) if code != regions.NATION and level_of(code) <= level]
    return " atau ".join([*(office(names[c], c) for c in reversed(codes) if c in names), MINISTRY])


def _held(actor: User, freeze: TargetFreeze) -> TargetFreeze:
    """Locked, once the actor's office may lift it."""
    if freeze.lifted_on is not None:
        raise _lifted(freeze)
    require_lifter(actor, freeze)
    locked = TargetFreeze.objects.select_for_update(of=("self",), no_key=True).select_related("region")
    freeze = locked.get(pk=freeze.pk)
    if freeze.lifted_on is not None:
        raise _lifted(freeze)
    return freeze


def _lifted(freeze: TargetFreeze) -> Refusal:
    on = tanggal(freeze.lifted_on) if freeze.lifted_on else ""
    return Refusal(
        f"Pembekuan ini sudah dicabut pada {on}.",
        "Bekukan lagi bila perlu, dengan alasan baru.",
        rule="pembekuan_dicabut",
    )


def require_reason(reason: str, field: str = "reason") -> None:
    if not reason.strip():
        raise ValidationError({field: "Alasan belum diisi."})


def _audit(actor: User, freeze: TargetFreeze, action: str, what: str, reason: str) -> None:
    summary = f"Target {freeze.year_id} {freeze.region.name}: {what}"
    audit.record(
        actor=actor, action=action, target=freeze, region=freeze.region_id, summary=summary, reason=reason.strip()
    )
