"""Drafting targets. A filed target is never changed: a new value is a new version, the old ones stay."""

from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from personnel.models import Personnel
from pilar.core import audit, regions
from pilar.core.errors import Refusal
from pilar.core.formatting import angka
from pilar.core.models import BudgetYear, Region, User
from pilar.core.rights import Right
from pilar.core.scoping import reach_of, require
from targets import breakdowns
from targets.models import Indicator, Target
from targets.services.authority import admits
from targets.services.freezes import require_unfrozen


@dataclass(frozen=True)
class Aim:
    """Which target is meant.

    Attributes:
        region: ignored for a named person, whose target lies at the area that manages the person.
        breakdown: id in the indicator's catalogue, 0 for all together where the measure counts that.
    """

    year: int
    region: int
    indicator: Indicator
    breakdown: int
    person: Personnel | None = None

    @property
    def area(self) -> int:
        return self.person.region_id if self.person else self.region


@transaction.atomic
def target_draft(
    *,
    actor: User,
    aim: Aim,
    value: int,
    source: str,
    today: date,
    reason: str = "",
    seen_version: int | None = None,
) -> Target:
    """Writes the next version of one target as a draft; a draft that is there already takes the new value.

    Args:
        value: in the indicator's unit.
        seen_version: the version the actor had before him (0: none); None skips that check.

    Raises:
        Refusal: no right to propose there, year closed or frozen, area too small, breakdown or person that
            the indicator does not know, a version filed meanwhile, or a new version without a reason.
        ValidationError: a field that does not hold.
    """
    require(actor, Right.PROPOSE, aim.area)
    require_narrowing(actor, aim.indicator, aim.breakdown, aim.area)
    label = _checked_address(aim)
    require_open_year(aim.year)
    require_unfrozen(aim.year, aim.area, today)
    newest = _newest(aim)
    version = newest.version if newest else 0
    if seen_version is not None and seen_version != version:
        raise _overtaken(newest)
    drafted = newest is not None and newest.state == Target.State.DRAFT
    target = newest if newest and drafted else _next_version(aim, version)
    if target.version > 1 and not reason.strip():
        raise Refusal(
            "Target ini sudah ada; versi baru perlu alasan.",
            "Isi kolom alasan: mengapa nilainya berubah.",
            rule="alasan_versi_baru",
        )
    target.value, target.source, target.reason, target.set_by = value, source, reason, actor
    target.full_clean(exclude=["submitted_by", "approved_by"])  # perhaps of an office the actor does not see
    target.save()
    audit.record(
        actor=actor,
        action=audit.Action.CHANGE if drafted else audit.Action.CREATE,
        target=target,
        region=aim.area,
        summary=f"Target {aim.year} {aim.indicator.name}, {label}: {angka(value)} (versi {target.version}, draf)",
        reason=reason,
    )
    return target


@transaction.atomic
def target_drop(*, actor: User, target: Target) -> None:
    """Throws away a draft that was never submitted; whatever was submitted once stays.

    Raises Refusal (no right to propose there, or not such a draft).
    """
    require(actor, Right.PROPOSE, target.region_id)
    require_narrowing(actor, target.indicator, target.breakdown, target.region_id)
    now = Target.objects.select_for_update(of=("self",), no_key=True).get(pk=target.pk)
    if now.state != Target.State.DRAFT or now.steps.exists():
        raise Refusal(
            "Target ini pernah diajukan, jadi tidak bisa dihapus.",
            "Ubah nilainya, lalu ajukan lagi. Aturan ini tidak dapat dikecualikan.",
            rule="hapus_target",
        )
    audit.record(
        actor=actor,
        action=audit.Action.DELETE,
        target=now,
        region=now.region_id,
        summary=f"Draf target {now.year_id} {target.indicator.name}: {angka(now.value)} dihapus",
    )
    now.delete()


def _next_version(aim: Aim, version: int) -> Target:
    return Target(
        year_id=aim.year,
        indicator=aim.indicator,
        breakdown=aim.breakdown,
        region_id=aim.area,
        person=aim.person,
        version=version + 1,
        state=Target.State.DRAFT,
    )


def require_narrowing(actor: User, indicator: Indicator, breakdown: int, area: int) -> None:
    """A grant for some programmes or pillars proposes targets for those only."""
    slots = reach_of(actor).slots_for(Right.PROPOSE)
    if not any(slot.covers(area) and admits(slot, indicator.dim, breakdown) for slot in slots):
        raise Refusal(
            "Wewenang Anda di wilayah ini hanya untuk program atau pilar tertentu, dan target ini di luarnya.",
            "Minta petugas Dinas Sosial atau staf pusat yang memegang seluruh wilayah ini mengusulkannya.",
            rule="wewenang",
        )


def _checked_address(aim: Aim) -> str:
    """The name of the breakdown, once the address holds."""
    indicator, breakdown = aim.indicator, aim.breakdown
    if regions.level_of(aim.area) > regions.Level.DISTRICT:
        district = Region.objects.get(pk=regions.at_level(aim.area, regions.Level.DISTRICT))
        raise Refusal(
            "Target ditetapkan sampai tingkat kecamatan.",
            f"Pilih Kecamatan {district.name}.",
            rule="tingkat_target",
        )
    known = breakdowns.catalogue(breakdowns.dim_of(indicator, breakdown))
    if breakdown not in known or (breakdown == 0 and not breakdowns.has_whole(indicator)):
        raise Refusal(
            f"Rincian itu tidak dikenal untuk {indicator.name.lower()}.",
            "Pilih rincian dari daftar.",
            rule="rincian_target",
        )
    if aim.person is not None and not indicator.personal:
        raise Refusal(
            f"{indicator.name} dihitung per wilayah, tidak per orang.",
            "Pilih indikator lain, atau kosongkan orangnya.",
            rule="indikator_orang",
        )
    return aim.person.name if aim.person else known[breakdown]


def require_open_year(year: int) -> None:
    closed_on = BudgetYear.objects.values_list("closed_on", flat=True).get(pk=year)
    if closed_on:
        raise Refusal(
            f"Tahun {year} sudah ditutup; targetnya tidak berubah lagi.",
            "Minta admin pusat bila tahun itu perlu dibuka kembali.",
            rule="tahun_ditutup",
        )


def _newest(aim: Aim) -> Target | None:
    """The newest version, held until this transaction ends.

    A first version has no row to lock, hence the lock on the target's address.
    """
    address = f"target {aim.year} {aim.area} {aim.indicator.pk} {aim.breakdown} {aim.person.pk if aim.person else 0}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [address])
    same = Target.objects.filter(
        year=aim.year, region=aim.area, indicator=aim.indicator, breakdown=aim.breakdown, person=aim.person
    )
    return same.order_by("-version").first()


def _overtaken(newest: Target | None) -> Refusal:
    now = f"versi {newest.version} dengan nilai {angka(newest.value)}" if newest else "belum ada target"
    by = f" oleh {newest.set_by}" if newest and newest.set_by else ""
    return Refusal(
        f"Target ini sudah diubah{by} setelah Anda membukanya; sekarang {now}.",
        "Bandingkan dahulu, lalu simpan lagi bila nilai Anda yang benar.",
        rule="versi_target",
    )
