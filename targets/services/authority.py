"""Who decides about a target: a level above the region whose target it is, or Kemensos; never who proposed it."""

from typing import Any

from django.db.models import Q

from pilar.core import regions
from pilar.core.errors import Refusal
from pilar.core.measures import Dim
from pilar.core.models import Region, User
from pilar.core.regions import NATION, Level, level_of
from pilar.core.rights import Right
from pilar.core.scoping import Slot, reach_of
from targets.models import Target

#: how a narrowed grant is held against an indicator's breakdown
NARROWING = {Dim.PROGRAMME: "programmes", Dim.PILLAR: "pillars"}
MINISTRY = "Kementerian Sosial"


def admits(slot: Slot, dim: int, breakdown: int) -> bool:
    """Whether a slot, perhaps of some programmes or pillars only, holds this breakdown."""
    kept = NARROWING.get(Dim(dim))
    return (not slot.programmes and not slot.pillars) or bool(kept and breakdown in getattr(slot, kept))


def deciding_slots(user: User | Any) -> tuple[Slot, ...]:
    """Ranges in which the user decides or endorses."""
    reach = reach_of(user)
    return reach.slots_for(Right.DECIDE) or reach.slots_for(Right.ENDORSE)


def _above(slot: Slot, region: int) -> bool:
    """The nation has nothing above it: there another of its own officers decides."""
    return slot.covers(region) and (level_of(slot.lo) < level_of(region) or region == slot.lo == NATION)


def is_proposer(user: User | Any, target: Target) -> bool:
    return user.pk is not None and user.pk in (target.set_by_id, target.submitted_by_id)


def in_office(user: User | Any, target: Target) -> bool:
    """Whether the user's office decides about this target; whether he himself may is another question."""
    return any(
        _above(slot, target.region_id) and admits(slot, target.indicator.dim, target.breakdown)
        for slot in deciding_slots(user)
    )


def may_decide(user: User | Any, target: Target) -> bool:
    return in_office(user, target) and not is_proposer(user, target)


def require_decider(actor: User, target: Target) -> None:
    if not in_office(actor, target):
        raise Refusal(
            "Target ini tidak diputuskan oleh Anda: yang memutuskan adalah tingkat di atas wilayah target.",
            f"Minta {who_decides(target.region_id)} menyetujui atau mengembalikannya.",
            rule="wewenang",
        )
    if is_proposer(actor, target):
        raise Refusal(
            "Tidak bisa diputuskan: Anda pengusul target ini.",
            f"Minta pejabat lain di {who_decides(target.region_id)}. Aturan ini tidak dapat dikecualikan.",
            rule="empat_mata",
        )


def who_decides(region: int) -> str:
    """ "Dinas Sosial Bengkulu atau Kementerian Sosial": the offices above a region."""
    above = [code for code in regions.path(region)[:-1] if code != NATION]
    names = dict(Region.objects.filter(code__in=above).values_list("code", "name"))
    return " atau ".join([*(office(names[code], code) for code in reversed(above) if code in names), MINISTRY])


def office(name: str, code: int) -> str:
    """Who sits in an area: "Dinas Sosial Provinsi Bengkulu", "Dinas Sosial Kota Bengkulu"."""
    if code == NATION:
        return MINISTRY
    return f"Dinas Sosial {'Provinsi ' if level_of(code) == Level.PROVINCE else ''}{name}"


def waiting_for(user: User | Any) -> Q:
    """Submitted versions this user may decide, overtaken ones included (`filters.waiting` leaves them out)."""
    found = Q(pk__in=[])
    for slot in deciding_slots(user):
        here = regions.in_range("region_id", slot.lo, slot.hi)
        here &= Q(region__level__gt=level_of(slot.lo)) | (Q(region_id=NATION) if slot.lo == NATION else Q(pk__in=[]))
        if slot.programmes or slot.pillars:
            narrowed = Q(indicator__dim=Dim.PROGRAMME, breakdown__in=slot.programmes)
            here &= narrowed | Q(indicator__dim=Dim.PILLAR, breakdown__in=slot.pillars)
        found |= here
    mine = Q(set_by=user.pk) | Q(submitted_by=user.pk)
    return found & Q(state=Target.State.SUBMITTED) & ~mine
