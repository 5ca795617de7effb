"""A year's figures month by month."""

from dataclasses import replace
from typing import Any

from pilar.core import regions
from pilar.core.measures import OUTSIDE_YEAR, Cell, Dim, get
from pilar.core.scoping import reach_of
from targets.achievement import Figure, dim_of
from targets.models import Achievement, Indicator
from targets.status import Status
from targets.suppression import close_districts, hide_small, hide_small_months

MONTHS = range(1, 13)


def by_month(user: Any, *, year: int, region: int, indicator: Indicator, breakdown: int) -> list[int | None]:
    """Twelve figures, January first; additive measures per month, distinct ones as counted in that month.

    None where the figure is suppressed.
    """
    cell = Cell(year, region, dim_of(indicator, breakdown), breakdown)
    rows = _facts(user, indicator, cell).filter(period__in=MONTHS).values_list("period", "n", "value")
    found = hide_small_months(list(rows), Dim(indicator.dim), breakdown, covered=reach_of(user).covers(region))
    return [found.get(month, 0) for month in MONTHS]


def in_month(user: Any, figure: Figure, month: int) -> Figure:
    """One month of a year's figure (13: luncuran); target, percent and pace are the year's, so it has none."""
    cell = replace(figure.cell, period=month)
    found = _facts(user, figure.indicator, cell).filter(period=month).values_list("n", "value").first()
    rows, value = found or (0, 0)
    outside = value if month == OUTSIDE_YEAR else 0
    monthly = replace(
        figure,
        cell=cell,
        realised=value,
        rows=rows,
        target=None,
        percent=None,
        carry_over=outside,
        status=Status.NO_TARGET,
        suppressed=False,
    )
    reach = reach_of(user)
    return close_districts(hide_small([monthly], reach), reach)[0]


def _facts(user: Any, indicator: Indicator, cell: Cell) -> Any:
    """The facts of a cell in all periods; direct rows stand one level down under the area's own code."""
    return Achievement.objects.visible_to(user).filter(
        year=cell.year,
        level=regions.level_of(cell.region) + cell.direct,
        region_id=cell.region,
        measure=get(indicator.measure).number,
        dim=cell.dim,
        breakdown=cell.breakdown,
    )
