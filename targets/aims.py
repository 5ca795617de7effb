"""Where targets lie: the areas right below one, the years of one, and what figures are held against."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from personnel.models import Personnel
from pilar.core import regions
from pilar.core.models import Region
from targets.closed import kept_targets
from targets.models import Indicator, Target


@dataclass(frozen=True)
class Aimed:
    """What a figure is held against. `pending`: no version is approved yet, the newest submitted one counts."""

    value: int
    version: int
    pending: bool

    @classmethod
    def of(cls, target: Target) -> "Aimed":
        return cls(target.value, target.version, target.state != Target.State.APPROVED)


#: by area, indicator and breakdown
Aims = dict[tuple[int, int, int], Aimed]


def aims_of(
    user: Any, year: int, areas: Sequence[int], chosen: Sequence[Indicator], version: int | None = None
) -> Aims:
    """Targets of areas: those in force, in a closed year those it closed with; or those of one version."""
    if version is None and (kept := kept_targets(user, year)) is not None:
        kept = kept.filter(region_id__in=areas, indicator_id__in=[i.pk for i in chosen], person_id__isnull=True)
        return {(t.region_id, t.indicator_id, t.breakdown): Aimed(t.value, t.version, t.pending) for t in kept}
    rows = Target.objects.visible_to(user).filter(
        year=year, region__in=areas, indicator__in=chosen, person__isnull=True
    )
    rows = rows.in_force() if version is None else rows.counted().filter(version=version)
    return {(t.region_id, t.indicator_id, t.breakdown): Aimed.of(t) for t in rows}


def aims_of_people(
    user: Any, year: int, people: Sequence[Personnel], chosen: Sequence[Indicator], version: int | None = None
) -> dict[tuple[int | None, int], Aimed]:
    """By person and indicator."""
    if version is None and (kept := kept_targets(user, year)) is not None:
        kept = kept.filter(person_id__in=[p.pk for p in people], indicator_id__in=[i.pk for i in chosen])
        return {(t.person_id, t.indicator_id): Aimed(t.value, t.version, t.pending) for t in kept}
    rows = Target.objects.visible_to(user).filter(year=year, person__in=people, indicator__in=chosen)
    rows = rows.in_force() if version is None else rows.counted().filter(version=version)
    return {(t.person_id, t.indicator_id): Aimed.of(t) for t in rows}


def aimed_below(user: Any, year: int, region: Region) -> list[Region]:
    """Areas one level down with targets of their own in the year, by code."""
    inside = regions.in_range("region_id", *regions.bounds(region.code))
    aimed = (
        Target.objects.visible_to(user)
        .counted()
        .filter(inside, year=year, person__isnull=True, region__level=region.level + 1)
    )
    return list(Region.objects.filter(pk__in=aimed.order_by().values("region")).order_by("code"))


def aimed_years(user: Any, region: int) -> list[int]:
    """Years in which the area has targets of its own, newest first."""
    own = Target.objects.visible_to(user).counted().filter(region=region, person__isnull=True)
    return list(own.values_list("year_id", flat=True).distinct().order_by("-year_id"))
