"""Peta wilayah: a year's figures on its own map, or on today's.

Rows keep the code under which they were recorded, so a year's own map never changes. Today's map is worked out from the
decrees that replaced areas (`RegionSuccession`): an old area that went into a new one whole is counted there. What was
divided is not guessed at: the figure then says so instead of a number.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from pilar.core import regions
from pilar.core.measures import get
from pilar.core.models import Region, RegionSuccession
from targets import achievement
from targets.achievement import Figure
from targets.models import Indicator


@dataclass
class Origin:
    """Old areas of one area of today: `whole` lie in it entirely, of `split` only a part does."""

    whole: list[int] = field(default_factory=list)
    split: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Mapped:
    """A figure on today's map.

    Attributes:
        origin: the old areas it is counted from; the area itself where nothing changed.
        realised: None where it cannot be told exactly; `why` says why not, in a sentence.
        figure: the one old figure where the area is a single old one, with its target; else None.
    """

    region: Region
    origin: Sequence[Region]
    realised: int | None
    why: str
    figure: Figure | None


@dataclass
class Changes:
    """Successions after a year's end, and what they say about areas of its map."""

    year: int
    today: date

    @cached_property
    def links(self) -> list[tuple[int, int]]:
        since = RegionSuccession.objects.filter(valid_from__gt=date(self.year, 12, 31), valid_from__lte=self.today)
        return list(since.values_list("old_id", "new_id"))

    @cached_property
    def ended(self) -> frozenset[int]:
        """Asked for only where an area is traced; whether anything changed needs no more than the links."""
        codes = {code for link in self.links for code in link}
        ended = Region.objects.filter(code__in=codes, valid_until__lte=self.today)
        return frozenset(ended.values_list("code", flat=True))

    def touch(self, region: int) -> bool:
        """Whether the two maps differ in the area or below it."""
        return any(regions.contains(region, code) for link in self.links for code in link)

    def origin_of(self, region: int) -> Origin:
        level = regions.level_of(region)
        found = Origin()
        olds = {regions.at_level(old, level) for old, new in self.links if regions.contains(region, new)}
        for area in sorted({region, *olds}):
            self._walk(area, region, found)
        return found

    def _walk(self, area: int, region: int, found: Origin) -> None:
        images = self._images_below(area)
        inside = {code for code in images if regions.contains(region, code)}
        if inside == images:
            found.whole.append(area)
        elif inside or regions.contains(area, region):
            below = self._below(area)
            if not below:
                found.split.append(area)
            for child in below:
                self._walk(child, region, found)

    def _images_below(self, area: int) -> set[int]:
        """Where the area, and whatever of it was replaced by itself, lies today."""
        parts = {old for old, _ in self.links if regions.contains(area, old)} | {area}
        return {code for part in parts for code in self._images(part)}

    def _images(self, code: int) -> set[int]:
        after = [new for old, new in self.links if old == code]
        found = {image for new in after for image in self._images(new)}
        return found if code in self.ended and found else found | {code}

    def _below(self, area: int) -> list[int]:
        if regions.level_of(area) >= regions.Level.DISTRICT:
            return []
        return list(Region.objects.valid_on(date(self.year, 12, 31)).children_of(area).values_list("code", flat=True))


def on_todays_map(
    user: Any, *, year: int, region: int, indicator: Indicator, breakdown: int, today: date
) -> list[Mapped]:
    """The areas right below a region as they are today, with the year's figures; the region itself for a kecamatan."""
    changes = Changes(year, today)
    areas = list(Region.objects.valid_on(today).children_of(region).filter(level__lte=regions.Level.DISTRICT))
    areas = areas or list(Region.objects.filter(pk=region))
    origins = {area.code: changes.origin_of(area.code) for area in areas}
    codes = sorted({code for origin in origins.values() for code in (*origin.whole, *origin.split)})
    figures = achievement.each(user, year=year, areas=codes, indicator=indicator, breakdown=breakdown, today=today)
    found = {figure.cell.region: figure for figure in figures}
    names = Region.objects.in_bulk(codes)
    return [_mapped(area, origins[area.code], found, names, indicator) for area in areas]


def _mapped(
    area: Region, origin: Origin, found: dict[int, Figure], names: dict[int, Region], indicator: Indicator
) -> Mapped:
    counted = [found[code] for code in origin.whole if _says(found[code])] or [found[code] for code in origin.whole[:1]]
    divided = [found[code] for code in origin.split if _says(found[code])]
    olds = [names[f.cell.region] for f in (*counted, *divided) if f.cell.region in names]
    single = counted[0] if len(counted) == 1 and not divided else None
    why = _why(counted, divided, names, indicator)
    realised = None if why else sum(f.realised or 0 for f in counted)
    return Mapped(area, olds, realised, why, single)


def _says(figure: Figure) -> bool:
    return bool(figure.realised) or figure.suppressed or figure.closed or figure.target is not None


def _why(counted: list[Figure], divided: list[Figure], names: dict[int, Region], indicator: Indicator) -> str:
    if divided:
        split = ", ".join(names[f.cell.region].name for f in divided)
        return f"{split} terbagi ke beberapa wilayah; angkanya tidak dapat dibagi dengan tepat."
    if any(f.closed for f in counted):
        return "Sebagian asalnya kecamatan di luar wilayah Anda; angkanya tertutup bagi Anda."
    if any(f.suppressed for f in counted):
        return "Sebagian asalnya disamarkan karena jumlahnya kecil."
    if len(counted) > 1 and not get(indicator.measure).additive:
        return "Gabungan beberapa wilayah lama: orang berbeda tidak dapat dijumlahkan."
    return ""
