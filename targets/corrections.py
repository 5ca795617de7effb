"""Koreksi sesudah penutupan: what changes in the rows of a closed year did to its live figures, and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet, Sum

from pilar.core import regions
from pilar.core.formatting import nama_bulan
from pilar.core.measures import OUTSIDE_YEAR, Dim, Unit, get
from pilar.core.scoping import reach_of
from targets.achievement import Figure
from targets.breakdowns import WHOLE, catalogue, has_whole, indicators
from targets.cells import periods_of
from targets.closed import closure_of, closures
from targets.models import Achievement, ClosedCell, Indicator, YearCorrection
from targets.models.facts import CELL_KEY
from targets.suppression import sensitive_groups

#: the address of a figure in its area
CELL = CELL_KEY[2:]


@dataclass(frozen=True)
class Correction:
    """One change of one figure.

    Attributes:
        kept: what the year closed with; `today` the live figure now, all corrections so far included.
        period: in words: a month, "luncuran" or "setahun".
    """

    row: YearCorrection
    indicator: Indicator
    label: str
    period: str
    kept: int
    today: int

    @property
    def form(self) -> str:
        """The number form the templates use."""
        return "rupiah" if self.indicator.unit == Unit.RUPIAH else "angka"


def corrections_in(user: Any, *, year: int, region: int, today: date) -> QuerySet[YearCorrection]:
    """Of exactly one area, in the periods that make up its year's figures, newest first.

    Those of sensitive groups only for a reader whose grant covers the area: the difference itself is a small number.
    """
    kept = closure_of(user, year)
    if kept is None:
        return YearCorrection.objects.none()
    chosen = indicators()
    shown = Q(pk__in=[])
    for indicator in chosen:
        dims = [indicator.dim, Dim.ALL] if has_whole(indicator) else [indicator.dim]
        shown |= Q(measure=get(indicator.measure).number, dim__in=dims)
    rows = YearCorrection.objects.visible_to(user).filter(
        shown,
        periods_of({get(i.measure).code: get(i.measure) for i in chosen}.values(), year, today),
        closure_id=kept.pk,
        region_id=region,
        level=regions.level_of(region),
    )
    if not reach_of(user).covers(region):
        rows = rows.exclude(dim=Dim.GROUP, breakdown__in=sensitive_groups())
    return rows.order_by("-id")


def described(user: Any, rows: Sequence[YearCorrection]) -> list[Correction]:
    """Rows of one area and year with the closed figure and the live one, in two queries for all of them."""
    if not rows:
        return []
    here = {"level": rows[0].level, "region_id": rows[0].region_id}
    year = next(year for year, closure in closures(user).items() if closure.pk == rows[0].closure_id)
    cells = Q(pk__in=[])
    for key in {_key(row) for row in rows}:
        cells |= Q(**dict(zip(CELL, key, strict=True)))
    kept = ClosedCell.objects.visible_to(user).filter(cells, closure_id=rows[0].closure_id, **here)
    live = Achievement.objects.visible_to(user).filter(cells, year=year, **here)
    before, now = ({_key(cell): cell.value for cell in found} for found in (kept, live))
    counted = {(get(i.measure).number, dim): i for i in reversed(indicators()) for dim in (i.dim, Dim.ALL)}
    names = {dim: catalogue(dim) for dim in {Dim(row.dim) for row in rows}}
    return [
        Correction(
            row=row,
            indicator=(indicator := counted[row.measure, row.dim]),
            label=names[Dim(row.dim)].get(row.breakdown, "") if row.dim else WHOLE[Dim(indicator.dim)],
            period=period_words(row.period),
            kept=before.get(_key(row), 0),
            today=now.get(_key(row), 0),
        )
        for row in rows
    ]


def changed_since(user: Any, figure: Figure) -> tuple[int, int]:
    """How many rows more (or fewer), and how much more, a closed figure would count today; (0, 0) in an open year.

    Also (0, 0) where the difference itself would tell of a person.
    """
    cell = figure.cell
    kept = closure_of(user, cell.year)
    guarded = cell.dim == Dim.GROUP and not reach_of(user).covers(cell.region)
    if kept is None or cell.person or (guarded and cell.breakdown in sensitive_groups()):
        return 0, 0
    measure = get(figure.indicator.measure)
    when = Q(period=cell.period) if cell.period else periods_of([measure], cell.year, date(cell.year + 1, 1, 1))
    found = YearCorrection.objects.visible_to(user).filter(
        when,
        closure_id=kept.pk,
        level=regions.level_of(cell.region) + cell.direct,
        region_id=cell.region,
        measure=measure.number,
        dim=cell.dim,
        breakdown=cell.breakdown,
    )
    more = found.aggregate(rows=Sum("n"), value=Sum("value"))
    return more["rows"] or 0, more["value"] or 0


def period_words(period: int) -> str:
    if period == OUTSIDE_YEAR:
        return "luncuran"
    return nama_bulan(period) if period else "setahun"


def _key(row: Any) -> tuple[int, ...]:
    return tuple(getattr(row, name) for name in CELL)
