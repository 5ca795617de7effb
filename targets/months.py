"""A year's figures month by month."""

from dataclasses import replace
from typing import Any

from pilar.core import regions
from pilar.core.measures import OUTSIDE_YEAR, Cell, Dim, get
from pilar.core.scoping import reach_of
from targets.achievement import Figure, dim_of
from targets.models import Achievement, Indicator
from targets.status import Status
from targets.suppression import close_districts, hide_small_months

MONTHS = range(1, 13)


def by_month(user: Any, *, year: int, region: int, indicator: Indicator, breakdown: int) -> list[int | None]:
    """Twelve figures, January first; additive measures per month, distinct ones as counted in that month.

    None where the figure is suppressed.
    """
    cell = Cell(year, region, dim_of(indicator, breakdown), breakdown)
    rows = _facts(user, indicator, cell).filter(period__in=MONTHS).values_list("period", "n", "value")
    found = hide_small_months(list(rows), Dim(indicator.dim), breakdown, covered=reach_of(user).covers(region))
    return [found[month] for month in MONTHS]


def in_month(user: Any, figure: Figure, month: int) -> Figure:
    """One month of a year's figure (13: luncuran); target, percent and pace are the year's, so it has none."""
    cell = replace(figure.cell, period=month)
    facts = list(_facts(user, figure.indicator, cell).filter(period__range=(1, OUTSIDE_YEAR)))
    rows, value = next(((f.n, f.value) for f in facts if f.period == month), (0, 0))
    covered = reach_of(user).covers(cell.region)
    months = [(f.period, f.n, f.value) for f in facts]
    hidden = (
        hide_small_months(months, Dim(cell.dim), cell.breakdown, covered=covered)[month] is None or figure.suppressed
    )
    monthly = replace(
        figure,
        cell=cell,
        realised=None if hidden else value,
        rows=None if hidden else rows,
        target=None,
        percent=None,
        carry_over=value if month == OUTSIDE_YEAR and not hidden else 0,
        status=Status.NO_TARGET,
        suppressed=hidden,
    )
    return close_districts([monthly], reach_of(user))[0]


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
