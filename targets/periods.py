"""Parts of a year: months and quarters, their names, and what the figures of a year were in them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Q

from pilar.core import regions
from pilar.core.formatting import MONTHS
from pilar.core.measures import FIRST_QUARTER, Measure, get, months_of
from targets.achievement import Figure
from targets.cells import stock_period
from targets.closed import facts
from targets.status import Status
from targets.suppression import hide_small

YEAR = 0
ROMAN = ("I", "II", "III", "IV")
#: what a period is called in addresses -> its number in the facts
SLUGS = (
    {"setahun": YEAR}
    | {f"triwulan-{quarter + 1}": FIRST_QUARTER + quarter for quarter in range(4)}
    | {f"bulan-{month}": month for month in range(1, 13)}
)

#: month or quarter -> (rows, value)
Counts = dict[int, tuple[int, int]]
Key = tuple[int, int, int, int, int]  # level, region, measure, dim, breakdown


@dataclass(frozen=True)
class Period:
    """A year (number 0), one of its months (1 to 12) or quarters (21 to 24)."""

    year: int
    number: int = YEAR

    @property
    def name(self) -> str:
        """ "Tahun 2024", "Triwulan I 2024", "Maret 2024"."""
        return f"{part_name(self.number)} {self.year}"

    @property
    def slug(self) -> str:
        return next(slug for slug, number in SLUGS.items() if number == self.number)

    def has_begun(self, today: date) -> bool:
        return date(self.year, months_of(self.number)[0], 1) <= today

    def is_over(self, today: date) -> bool:
        last = months_of(self.number)[-1] if self.number else 12
        return (self.year, last) < (today.year, today.month)


def part_name(number: int) -> str:
    """ "Tahun", "Triwulan I", "Maret"."""
    if number == YEAR:
        return "Tahun"
    return MONTHS[number - 1] if number < FIRST_QUARTER else f"Triwulan {ROMAN[number - FIRST_QUARTER]}"


def in_period(user: Any, figures: Sequence[Figure], period: Period, today: date) -> list[Figure]:
    """What the figures of a year (as `achievement` gives them) were in a part of it, in one query.

    Targets are of the year, so a part has none. Before it has begun nothing is known: realised is None. A cell of a
    sensitive group is hidden in every part when one of its months could point at a person (as on the dashboard).
    """
    if period.number == YEAR:
        return list(figures)
    if not period.has_begun(today):
        return [as_part(figure, period.number, None) for figure in figures]
    counts = _counts(user, figures, period.year)
    parts = [as_part(f, *_counted(counts[_key(f)], f, period, today)) for f in figures]
    seen = hide_small(user, parts, period.year, today)
    return [
        replace(part, realised=None, rows=None, suppressed=True) if figure.suppressed else part
        for figure, part in zip(figures, seen, strict=True)
    ]


def _counts(user: Any, figures: Sequence[Figure], year: int) -> dict[Key, Counts]:
    found: dict[Key, Counts] = defaultdict(dict)
    where = Q(pk__in=[])
    for level in {_key(f)[0] for f in figures}:
        where |= Q(level=level, region_id__in={f.cell.region for f in figures if _key(f)[0] == level})
    rows = facts(user, year).filter(
        where,
        measure__in={_measure(f).number for f in figures},
        period__gt=YEAR,
    )
    for *key, period, n, value in rows.values_list(
        "level", "region_id", "measure", "dim", "breakdown", "period", "n", "value"
    ):
        found[tuple(key)][period] = (n, value)
    return found


def _key(figure: Figure) -> Key:
    """Direct rows stand one level down under the area's own code."""
    cell = figure.cell
    level = regions.level_of(cell.region) + cell.direct
    return level, cell.region, _measure(figure).number, int(cell.dim), cell.breakdown


def _measure(figure: Figure) -> Measure:
    return get(figure.indicator.measure)


def _counted(counts: Counts, figure: Figure, period: Period, today: date) -> tuple[int, tuple[int, int]]:
    """The period whose rows stand behind the figure, and its rows and value."""
    measure = _measure(figure)
    if getattr(measure, "stock", False):
        month = stock_period(period.year, today, period.number)
        return month, counts.get(month, (0, 0))
    if not measure.additive:
        return period.number, counts.get(period.number, (0, 0))
    parts = [counts.get(month, (0, 0)) for month in months_of(period.number)]
    return period.number, (sum(n for n, _ in parts), sum(value for _, value in parts))


def as_part(figure: Figure, period: int, counted: tuple[int, int] | None) -> Figure:
    """A year's figure with the rows and value of a part of it, without what belongs to the year alone: its target."""
    rows, value = counted or (None, None)
    return replace(
        figure,
        cell=replace(figure.cell, period=period),
        realised=value,
        rows=rows,
        target=None,
        percent=None,
        projected=None,
        carry_over=0,
        status=Status.NO_TARGET,
        pending=False,
    )
