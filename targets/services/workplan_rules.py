"""Who writes a plan, who agrees for which party, who moves a step: it follows from where a grant begins.

An office acts for itself only. A grant that begins at the nation is Kemensos, at a province its Dinas Sosial, at a
kabupaten/kota that Dinas Sosial, which also writes down whom the companions send.
"""

from collections.abc import Iterator
from typing import Any

from django.db import connection

from pilar.core import regions
from pilar.core.errors import Refusal, no_right
from pilar.core.models import BudgetYear, Region, User
from pilar.core.regions import Level, level_of
from pilar.core.rights import RIGHT_NAMES, Right
from pilar.core.scoping import reach_of
from targets.models import Party, WorkPlan, WorkStep
from targets.place import office_name
from targets.workplan_states import owner_name

HIGHER_ADMIN = "admin wilayah di atas Anda"
NOBODY_LIFTS = "Aturan ini tidak dapat dikecualikan."
#: the level at which a party's office sits; companions have none and go through the Dinas Sosial kabupaten/kota
LEVEL_OF = {
    Party.MINISTRY: Level.NATION,
    Party.PROVINCE: Level.PROVINCE,
    Party.REGENCY: Level.REGENCY,
    Party.COMPANIONS: Level.REGENCY,
}


def _offices(user: User | Any, right: Right) -> Iterator[int]:
    """Areas whose office the user is; a grant for some pillars or programmes does not speak for an office."""
    for slot in reach_of(user).slots_for(right):
        if not slot.pillars and not slot.programmes:
            yield slot.lo


def may_write(user: User | Any, region: int) -> bool:
    return any(regions.contains(code, region) for code in _offices(user, Right.PROPOSE))


def require_writer(actor: User, region: int) -> None:
    if not may_write(actor, region):
        raise no_right(RIGHT_NAMES[Right.PROPOSE], HIGHER_ADMIN)


def office_for(user: User | Any, plan: WorkPlan, party: Party) -> int | None:
    """The area for which the user agrees as this party; None when he may not.

    For a province's plan any of its kabupaten/kota may be the third party.
    """
    level = LEVEL_OF[party]
    here = plan.region_id
    for code in _offices(user, Right.DECIDE):
        related = regions.contains(code, here) or (level == Level.REGENCY and regions.contains(here, code))
        if level_of(code) == level and related:
            return code
    return None


def who_agrees(plan: WorkPlan, party: Party) -> str:
    """The office that agrees as this party, in words."""
    level = LEVEL_OF[party]
    if level == Level.REGENCY and plan.region.level < Level.REGENCY:
        return f"salah satu Dinas Sosial kabupaten/kota di {plan.region.name}"
    return office_name(Region.objects.get(pk=regions.at_level(plan.region_id, level)))


def require_party(actor: User, plan: WorkPlan, party: Party) -> int:
    """The area the actor agrees for. Raises Refusal when this party is not his office."""
    if not reach_of(actor).slots_for(Right.DECIDE):
        raise no_right(RIGHT_NAMES[Right.DECIDE], HIGHER_ADMIN)
    code = office_for(actor, plan, party)
    if code is None:
        office = who_agrees(plan, party)
        raise Refusal(
            f"Kesepakatan {party.label} tidak bisa Anda catat: tiap kantor hanya menyepakati untuk dirinya sendiri.",
            f"Minta pejabat {office} mencatatnya. {NOBODY_LIFTS}",
            rule="pihak_lain",
        )
    return code


def may_move(user: User | Any, step: WorkStep) -> bool:
    return step.owner_region_id in set(_offices(user, Right.ENTER))


def require_owner(actor: User, step: WorkStep) -> None:
    if not may_move(actor, step):
        office = office_name(step.owner_region)
        raise Refusal(
            f"Langkah ini menjadi tanggung jawab {owner_name(step)}.",
            f"Kemajuannya dicatat {office}; minta petugas di sana mencatatnya.",
            rule="wewenang",
        )


def require_open_year(year: int) -> None:
    closed_on = BudgetYear.objects.values_list("closed_on", flat=True).get(pk=year)
    if closed_on:
        raise Refusal(
            f"Tahun {year} sudah ditutup; langkah bersamanya tidak berubah lagi.",
            "Minta admin pusat bila tahun itu perlu dibuka kembali.",
            rule="tahun_ditutup",
        )


def hold(year: int, region: int) -> None:
    """Until this transaction ends nobody else changes this area's plan of the year.

    An advisory lock, since a kabupaten that agrees to its province's plan may not lock that row.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"langkah {year} {region}"])


def require_unsigned(plan: WorkPlan) -> None:
    """Raises Refusal unless this is the newest version and nobody has agreed to it; the plan is held already."""
    require_newest(plan)
    if plan.agreements.exists():
        raise Refusal(
            f"Versi {plan.version} sudah disepakati sebagian atau seluruh pihak, jadi isinya tetap.",
            f"Buat versi baru dengan alasannya; keempat pihak menyepakatinya lagi. {NOBODY_LIFTS}",
            rule="sudah_disepakati",
        )


def require_newest(plan: WorkPlan) -> None:
    newest = newest_version(plan)
    if newest > plan.version:
        raise Refusal(
            f"Versi {plan.version} sudah diganti versi {newest}.",
            "Buka versi terbaru; versi lama hanya untuk dibaca.",
            rule="versi_lama",
        )


def newest_version(plan: WorkPlan) -> int:
    same = WorkPlan.objects.filter(year=plan.year_id, region=plan.region_id)
    return int(same.order_by("-version").values_list("version", flat=True)[:1].get())
