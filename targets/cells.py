"""Cells of the rollup: which periods make up a figure of a year or of a part of it, and what the facts hold of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, Sum

from pilar.core.measures import OUTSIDE_YEAR, Measure, get, months_of
from targets.closed import facts
from targets.models import Indicator
from targets.status import full_months

Key = tuple[int, int, int]  # measure number, dim, breakdown


@dataclass(frozen=True)
class Counted:
    """What the facts hold of one cell.

    Attributes:
        outside: the part paid outside the budget year.
        full, busy: what the months that are over hold, and how many of them hold anything.
    """

    realised: int = 0
    rows: int = 0
    outside: int = 0
    full: int = 0
    busy: int = 0


def stock_period(year: int, today: date, period: int = 0) -> int:
    """The month whose headcount is the period's: its last one, in a running period the present one."""
    if 1 <= period <= 12:
        return period
    last = months_of(period)[-1] if period else 12
    return min(last, today.month) if year == today.year else last if year < today.year else 1


def periods_of(measures: Iterable[Measure], year: int, today: date, period: int = 0) -> Q:
    """Which stored periods of which measures make up a figure of the year (0), a month, luncuran or a quarter."""
    q = Q(pk__in=[])
    for measure in measures:
        if measure.additive:
            q |= Q(measure=measure.number, period__in=months_of(period))
        elif getattr(measure, "stock", False):
            q |= Q(measure=measure.number, period=stock_period(year, today, period))
        else:
            q |= Q(measure=measure.number, period=period)
    return q


def cells_of(
    user: Any, year: int, where: Q, indicators: Sequence[Indicator], today: date, period: int = 0
) -> dict[tuple[int, Key], Counted]:
    measures = [get(code) for code in {i.measure for i in indicators}]
    over = Q(period__range=(1, full_months(year, today)))
    rows = (
        facts(user, year)
        .filter(where, periods_of(measures, year, today, period))
        .values("region_id", "measure", "dim", "breakdown")
        .annotate(
            rows=Sum("n"),
            total=Sum("value"),
            outside=Sum("value", filter=Q(period=OUTSIDE_YEAR)),
            full=Sum("value", filter=over),
            busy=Count("period", filter=over & Q(n__gt=0)),
        )
    )
    return {
        (r["region_id"], (r["measure"], r["dim"], r["breakdown"])): Counted(
            r["total"], r["rows"], r["outside"] or 0, r["full"] or 0, r["busy"]
        )
        for r in rows
    }
