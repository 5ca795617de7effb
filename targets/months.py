"""A year's figures month by month, and one figure in a part of its year."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Q

from pilar.core import regions
from pilar.core.measures import Cell, get
from targets.achievement import Figure, made, shown
from targets.breakdowns import dim_of
from targets.cells import Counted, cells_of
from targets.closed import facts
from targets.models import Indicator
from targets.periods import as_part

MONTHS = range(1, 13)


def by_month(
    user: Any, *, year: int, region: int, indicator: Indicator, breakdown: int, today: date
) -> list[int | None]:
    """Twelve figures, January first; additive measures per month, distinct ones as counted in that month.

    All None where they are hidden.
    """
    cell = Cell(year, region, dim_of(indicator, breakdown), breakdown)
    rows = facts(user, year).filter(
        level=regions.level_of(region),
        region_id=region,
        measure=get(indicator.measure).number,
        dim=cell.dim,
        breakdown=breakdown,
        period__in=MONTHS,
    )
    found = dict(rows.values_list("period", "value"))
    month = made(indicator, "", replace(cell, period=1), Counted(), None, today)
    if shown(user, [month], year, today)[0].suppressed:
        return [None] * len(MONTHS)
    return [found.get(month, 0) for month in MONTHS]


def one_part(user: Any, figure: Figure, period: int, today: date) -> Figure:
    """A year's figure in one of its months, in a quarter, or outside the year (luncuran); without the year's target."""
    cell = figure.cell
    where = Q(level=regions.level_of(cell.region) + cell.direct, region_id=cell.region)
    cells = cells_of(user, cell.year, where, [figure.indicator], today, period)
    counted = cells.get((cell.region, (get(figure.indicator.measure).number, cell.dim, cell.breakdown)), Counted())
    part = as_part(figure, period, (counted.rows, counted.realised))
    return shown(user, [replace(part, carry_over=counted.outside, suppressed=False)], cell.year, today)[0]
