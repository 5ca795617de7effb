"""Cells of the rollup: which periods make up a year's figure, and what the facts hold of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, Sum

from pilar.core.measures import OUTSIDE_YEAR, Measure, get
from targets.models import Achievement, Indicator

Key = tuple[int, int, int]  # measure number, dim, breakdown


@dataclass(frozen=True)
class Counted:
    """What the facts hold of one cell; `outside` is the part paid outside the budget year."""

    realised: int = 0
    rows: int = 0
    outside: int = 0


def stock_period(year: int, today: date) -> int:
    """The month whose headcount is the year's: the present one, December of a past year."""
    return 12 if year < today.year else today.month if year == today.year else 1


def _counted(measures: Iterable[Measure], year: int, today: date) -> Q:
    """Which periods of which measures make up a year's figure."""
    q = Q(pk__in=[])
    for measure in measures:
        if measure.additive:
            q |= Q(measure=measure.number, period__range=(1, OUTSIDE_YEAR))
        else:
            stock = getattr(measure, "stock", False)
            q |= Q(measure=measure.number, period=stock_period(year, today) if stock else 0)
    return q


def cells_of(
    user: Any, year: int, where: Q, indicators: Sequence[Indicator], today: date
) -> dict[tuple[int, Key], Counted]:
    measures = [get(code) for code in {i.measure for i in indicators}]
    rows = (
        Achievement.objects.visible_to(user)
        .filter(where, _counted(measures, year, today), year=year)
        .values("region_id", "measure", "dim", "breakdown")
        .annotate(rows=Sum("n"), total=Sum("value"), outside=Sum("value", filter=Q(period=OUTSIDE_YEAR)))
    )
    return {
        (r["region_id"], (r["measure"], r["dim"], r["breakdown"])): Counted(r["total"], r["rows"], r["outside"] or 0)
        for r in rows
    }
