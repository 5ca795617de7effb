"""Names of areas as sentences and tiles need them, and the year a reader expects."""

from datetime import date
from typing import Any

from pilar.core import regions
from pilar.core.models import BudgetYear, Region
from targets.models import Target

_PREFIX = {regions.Level.PROVINCE: "Provinsi ", regions.Level.DISTRICT: "Kecamatan "}


def code_of(region: int) -> str:
    """The region as it stands in an address: "17.71", "nasional"."""
    return regions.dotted(region) or "nasional"


def full_name(region: Region) -> str:
    """ "Provinsi Bengkulu", "Kota Bengkulu", "Kecamatan Selebar", "Indonesia"."""
    return _PREFIX.get(regions.Level(region.level), "") + region.name


def short_name(name: str) -> str:
    return name.removeprefix("Kabupaten ")


def usual_year(user: Any, region: int, today: date) -> int:
    """The newest year up to this one with targets in the area (or anywhere), else this year, else the newest."""
    aims = Target.objects.visible_to(user).filter(year__lte=today.year).order_by("-year").values_list("year", flat=True)
    newest = aims.filter(regions.in_range("region_id", *regions.bounds(region))).first() or aims.first()
    if newest is not None:
        return newest
    years = BudgetYear.objects.order_by("-year").values_list("year", flat=True)
    return years.filter(year__lte=today.year).first() or years.first() or today.year
