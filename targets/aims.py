"""Where targets lie: the areas right below one and the years of one that have any."""

from typing import Any

from pilar.core import regions
from pilar.core.models import Region
from targets.models import Target


def aimed_below(user: Any, year: int, region: Region) -> list[Region]:
    """Areas one level down with targets of their own in the year, by code."""
    inside = regions.in_range("region_id", *regions.bounds(region.code))
    aimed = Target.objects.visible_to(user).filter(
        inside, year=year, person__isnull=True, region__level=region.level + 1
    )
    return list(Region.objects.filter(pk__in=aimed.order_by().values("region")).order_by("code"))


def aimed_years(user: Any, region: int) -> list[int]:
    """Years in which the area has targets of its own, newest first."""
    own = Target.objects.visible_to(user).filter(region=region, person__isnull=True)
    return list(own.values_list("year_id", flat=True).distinct().order_by("-year_id"))
