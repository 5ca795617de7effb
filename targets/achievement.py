"""Reading the rollup: figures of a region and year, with target, pace, status and suppression.

Both doors and the commands read here; nothing is stored that can be computed (percent, pace).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, Sum

from personnel.models import Personnel
from pilar.core import regions
from pilar.core.measures import OUTSIDE_YEAR, Cell, Dim, Measure, get
from pilar.core.models import Pillar, Programme, Region, TargetGroup
from pilar.core.scoping import narrow_choices, reach_of
from targets.models import (
    Achievement,
    Indicator,
    PersonalAchievement,
    Target,
)
from targets.status import Status, pace_of, status_of
from targets.suppression import Siblings, close_districts, family_of, guarded_among, hide_small

Key = tuple[int, int, int]  # measure number, dim, breakdown


@dataclass(frozen=True)
class Counted:
    """What the facts hold of one cell; `outside` is the part paid outside the budget year."""

    realised: int = 0
    rows: int = 0
    outside: int = 0


@dataclass(frozen=True)
class Figure:
    """One indicator's cell.

    Attributes:
        realised: in the indicator's unit; None while suppressed.
        rows: how many source rows (or people) stand behind it; None while suppressed.
        target: newest version in force, or None.
        carry_over: the part paid outside the budget year, already in `realised`.
        percent, pace: shares of the target in percent, pace 100 for a finished year.
        suppressed: small number of a sensitive group; closed: a kecamatan outside the reader's grant.
    """

    indicator: Indicator
    breakdown: int
    label: str
    cell: Cell
    realised: int | None
    rows: int | None
    target: int | None
    carry_over: int
    percent: Decimal | None
    pace: Decimal
    status: Status
    suppressed: bool = False
    closed: bool = False

    @property
    def shortfall(self) -> int:
        """What is missing to the target; 0 without one."""
        return max((self.target or 0) - (self.realised or 0), 0) if self.target is not None else 0


#: names of all breakdowns of a dimension together
WHOLE = {Dim.ALL: "semua", Dim.PROGRAMME: "semua program", Dim.PILLAR: "semua pilar", Dim.GROUP: "semua kelompok"}


def catalogue(dim: Dim) -> dict[int, str]:
    """Breakdown id -> name, in the order officers know."""
    if dim == Dim.GROUP:
        return dict(TargetGroup.objects.filter(parent__isnull=True).values_list("id", "name"))
    if dim == Dim.PROGRAMME:
        return dict(Programme.objects.values_list("id", "name"))
    return dict(Pillar.objects.values_list("id", "name")) if dim == Dim.PILLAR else {0: "semua"}


def dim_of(indicator: Indicator, breakdown: int) -> Dim:
    """Breakdown 0 means all of them together."""
    return Dim(indicator.dim) if breakdown else Dim.ALL


def has_whole(indicator: Indicator) -> bool:
    """Whether the measure counts its subjects once across all breakdowns."""
    return Dim.ALL in get(indicator.measure).dims


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


def _cells(
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


def indicators(codes: Sequence[str] = ()) -> list[Indicator]:
    rows = Indicator.objects.all()
    return list(rows.filter(code__in=codes) if codes else rows)


def figures(user: Any, *, year: int, region: int, today: date, only: Sequence[Indicator] | None = None) -> list[Figure]:
    """Every indicator and breakdown of one region's year, in catalogue order."""
    return figures_of(user, year=year, areas=[region], today=today, only=only)


def figures_of(
    user: Any, *, year: int, areas: Sequence[int], today: date, only: Sequence[Indicator] | None = None
) -> list[Figure]:
    """The same of several regions, one after the other, in as many queries as of one."""
    chosen = list(only) if only is not None else indicators()
    where = Q(pk__in=[])
    for area in areas:
        where |= Q(level=regions.level_of(area), region_id=area)
    cells = _cells(user, year, where, chosen, today)
    targets = _targets(user, year, areas, chosen)
    names = {dim: catalogue(dim) for dim in {Dim(i.dim) for i in chosen}}
    found = [
        _figure(
            indicator,
            label,
            Cell(year, area, Dim(indicator.dim), breakdown),
            cells,
            targets,
            today,
        )
        for area in areas
        for indicator in chosen
        for breakdown, label in names[Dim(indicator.dim)].items()
    ]
    return _shown(user, found, year, today)


def _shown(user: Any, found: list[Figure], year: int, today: date) -> list[Figure]:
    """What of the figures this reader may see."""
    reach = reach_of(user)
    guarded = guarded_among(found, reach)
    return close_districts(hide_small(found, guarded, _siblings(user, guarded, year, today)), reach)


def _siblings(user: Any, guarded: Sequence[Figure], year: int, today: date) -> Siblings:
    """The counts beside each guarded figure, in one query for each level asked about."""
    counts: dict[tuple[int, int, int], dict[int, int]] = {}
    for level in sorted({regions.level_of(f.cell.region) + f.cell.direct for f in guarded} - {regions.NATION}):
        here = [f for f in guarded if regions.level_of(f.cell.region) + f.cell.direct == level]
        where = Q(pk__in=[])
        for parent in {family_of(f)[0] for f in here}:
            where |= regions.in_range("region_id", *regions.bounds(parent))
        chosen = {f.indicator.pk: f.indicator for f in here}
        cells = _cells(user, year, where & Q(level=level), list(chosen.values()), today)
        by_key = {(get(i.measure).number, int(Dim.GROUP)): i.pk for i in chosen.values()}
        for (area, (measure, dim, group)), counted in cells.items():
            if (measure, dim) in by_key:
                # direct rows stand among the children under the parent's own code
                parent = area if regions.level_of(area) < level else regions.parent_of(area)
                counts.setdefault((parent, by_key[measure, dim], group), {})[area] = counted.rows
    return counts


def whole(user: Any, *, year: int, region: int, indicator: Indicator, today: date) -> Figure | None:
    """All breakdowns together, each subject once; None where the measure does not count that."""
    if not has_whole(indicator):
        return None
    cells = _cells(user, year, Q(level=regions.level_of(region), region_id=region), [indicator], today)
    targets = _targets(user, year, [region], [indicator])
    figure = _figure(indicator, WHOLE[Dim(indicator.dim)], Cell(year, region, Dim.ALL, 0), cells, targets, today)
    return close_districts([figure], reach_of(user))[0]


def children(
    user: Any, *, year: int, region: int, indicator: Indicator, breakdown: int, today: date
) -> list[tuple[Region, Figure]]:
    """The areas one level down; the area itself stands among them for its direct rows, if any.

    Children and direct rows add up to the parent for additive measures.
    """
    level = regions.level_of(region) + 1
    if level > regions.Level.DISTRICT:
        return []
    areas = [*Region.objects.valid_on(date(year, 12, 31)).children_of(region)]
    lo, hi = regions.bounds(region)
    cells = _cells(user, year, Q(level=level, region_id__range=(lo, hi)), [indicator], today)
    own = [code for code, _ in cells if code == region or code not in {a.code for a in areas}]
    areas += Region.objects.filter(code__in=own)
    targets = _targets(user, year, [a.code for a in areas if a.code != region], [indicator])
    dim = dim_of(indicator, breakdown)
    label = catalogue(dim).get(breakdown, WHOLE[Dim(indicator.dim)])
    pairs = [
        (
            area,
            _figure(
                indicator,
                label,
                Cell(year, area.code, dim, breakdown, direct=area.code == region),
                cells,
                targets,
                today,
            ),
        )
        for area in areas
        if area.code != region or (region, (get(indicator.measure).number, dim, breakdown)) in cells
    ]
    shown = _shown(user, [f for _, f in pairs], year, today)
    return [(area, figure) for (area, _), figure in zip(pairs, shown, strict=True)]


def personal(user: Any, *, year: int, person: Personnel, today: date) -> list[Figure]:
    """A person's own figures, from the second fact."""
    return personal_of(user, year=year, people=[person], today=today)


def personal_of(user: Any, *, year: int, people: Sequence[Personnel], today: date) -> list[Figure]:
    """The same of several people, one after the other, in as many queries as of one."""
    chosen = list(Indicator.objects.filter(personal=True))
    sums = {
        (r["person_id"], r["measure"]): Counted(r["total"], r["rows"])
        for r in PersonalAchievement.objects.visible_to(user)
        .filter(year=year, person_id__in=[p.pk for p in people])
        .values("person_id", "measure")
        .annotate(rows=Sum("n"), total=Sum("value"))
    }
    aims = Target.objects.visible_to(user).filter(year=year, person__in=people, indicator__in=chosen).in_force()
    targets = {(t.person_id, t.indicator_id): t.value for t in aims}
    found = []
    for person in people:
        for indicator in chosen:
            counted = sums.get((person.pk, get(indicator.measure).number))
            target = targets.get((person.pk, indicator.pk))
            if counted is not None or target is not None:
                cell = Cell(year, regions.NATION, Dim.ALL, 0, person=person.pk)  # wherever the rows lie
                found.append(_made(indicator, person.name, cell, counted or Counted(), target, today))
    return found


def rows_behind(user: Any, figure: Figure, today: date) -> Any:
    """The rows a figure counted, narrowed to what the reader may see."""
    measure = get(figure.indicator.measure)
    cell = figure.cell
    if getattr(measure, "stock", False) and cell.period == 0:
        cell = Cell(
            cell.year,
            cell.region,
            cell.dim,
            cell.breakdown,
            stock_period(cell.year, today),
            cell.direct,
        )
    return narrow_choices(measure.rows(cell), user)


def _targets(
    user: Any, year: int, codes: Sequence[int], chosen: Sequence[Indicator]
) -> dict[tuple[int, int, int], int]:
    rows = Target.objects.visible_to(user).filter(
        year=year, region__in=codes, indicator__in=chosen, person__isnull=True
    )
    return {(t.region_id, t.indicator_id, t.breakdown): t.value for t in rows.in_force()}


def _figure(
    indicator: Indicator,
    label: str,
    cell: Cell,
    cells: dict[tuple[int, Key], Counted],
    targets: dict[tuple[int, int, int], int],
    today: date,
) -> Figure:
    key = (get(indicator.measure).number, cell.dim, cell.breakdown)
    target = None if cell.direct else targets.get((cell.region, indicator.pk, cell.breakdown))
    return _made(indicator, label, cell, cells.get((cell.region, key), Counted()), target, today)


def _made(indicator: Indicator, label: str, cell: Cell, counted: Counted, target: int | None, today: date) -> Figure:
    percent = Decimal(100 * counted.realised) / target if target else None
    stock = getattr(get(indicator.measure), "stock", False)
    pace = Decimal(100) if stock else pace_of(cell.year, today)
    return Figure(
        indicator=indicator,
        breakdown=cell.breakdown,
        label=label,
        cell=cell,
        realised=counted.realised,
        rows=counted.rows,
        target=target,
        carry_over=counted.outside,
        percent=percent,
        pace=pace,
        status=status_of(percent, pace),
    )
