"""Reading the rollup: figures of a region and year, with target, pace, status and suppression.

Both doors and the commands read here; nothing is stored that can be computed (percent, pace).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, Sum

from personnel.models import Personnel
from pilar.core import regions
from pilar.core.measures import OUTSIDE_YEAR, Cell, Dim, get, months_of
from pilar.core.models import Region
from pilar.core.scoping import narrow_choices, reach_of
from targets.aims import Aimed, Aims, aims_of, aims_of_people
from targets.breakdowns import WHOLE, catalogue, dim_of, has_whole, indicators
from targets.cells import Counted, Key, cells_of, stock_period
from targets.closed import personal_facts
from targets.models import Indicator
from targets.status import Status, pace_of, pace_of_period, projected, status_of
from targets.suppression import close_districts, hide_small


@dataclass(frozen=True)
class Figure:
    """One indicator's cell.

    Attributes:
        realised: in the indicator's unit; None while suppressed.
        rows: how many source rows (or people) stand behind it; None while suppressed.
        target: the version in force (or the one asked for), or None; target_version says which.
        pending: that version is submitted and not approved yet.
        carry_over: the part paid outside the budget year, already in `realised`.
        percent, pace: shares of the year's target in percent: reached, and due by now; pace 100 for a finished year.
            Of a month or quarter (`cell.period`): what was reached in it, and the share of the year that it is.
        projected: the year's end at the present rhythm, where there is a basis for it (`status.PROJECTION`).
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
    target_version: int = 0
    pending: bool = False
    projected: int | None = None

    @property
    def shortfall(self) -> int:
        """What is missing to the target, or lies above it where fewer is better; 0 without one."""
        if self.target is None:
            return 0
        missing = self.target - (self.realised or 0)
        return max(-missing if self.indicator.fewer_is_better else missing, 0)


def figures(
    user: Any,
    *,
    year: int,
    region: int,
    today: date,
    only: Sequence[Indicator] | None = None,
    version: int | None = None,
    period: int = 0,
) -> list[Figure]:
    """Every indicator and breakdown of one region's year (or a part of it), in catalogue order.

    `version`: held against that version of each target instead of the one in force.
    """
    return figures_of(user, year=year, areas=[region], today=today, only=only, version=version, period=period)


def figures_of(
    user: Any,
    *,
    year: int,
    areas: Sequence[int],
    today: date,
    only: Sequence[Indicator] | None = None,
    version: int | None = None,
    period: int = 0,
) -> list[Figure]:
    """The same of several regions, one after the other, in as many queries as of one."""
    chosen = list(only) if only is not None else indicators()
    where = _exactly(areas)
    cells = cells_of(user, year, where, chosen, today, period)
    targets = aims_of(user, year, areas, chosen, version)
    names = {dim: catalogue(dim) for dim in {Dim(i.dim) for i in chosen}}
    found = [
        _figure(
            indicator,
            label,
            Cell(year, area, Dim(indicator.dim), breakdown, period),
            cells,
            targets,
            today,
        )
        for area in areas
        for indicator in chosen
        for breakdown, label in names[Dim(indicator.dim)].items()
    ]
    return shown(user, found, year, today)


def shown(user: Any, found: list[Figure], year: int, today: date) -> list[Figure]:
    """What of the figures this reader may see."""
    return close_districts(hide_small(user, found, year, today), reach_of(user))


def whole(
    user: Any,
    *,
    year: int,
    region: int,
    indicator: Indicator,
    today: date,
    version: int | None = None,
    period: int = 0,
) -> Figure | None:
    """All breakdowns together, each subject once; None where the measure does not count that."""
    return next(iter(_wholes(user, year, [region], indicator, today, version, period)), None)


def each(
    user: Any,
    *,
    year: int,
    areas: Sequence[int],
    indicator: Indicator,
    breakdown: int,
    today: date,
    version: int | None = None,
) -> list[Figure]:
    """One breakdown (0: all together) in several regions, in their order; empty where the indicator has none such."""
    if not breakdown:
        return _wholes(user, year, areas, indicator, today, version)
    found = figures_of(user, year=year, areas=areas, only=[indicator], today=today, version=version)
    return [figure for figure in found if figure.breakdown == breakdown]


def _wholes(
    user: Any, year: int, areas: Sequence[int], indicator: Indicator, today: date, version: int | None, period: int = 0
) -> list[Figure]:
    if not has_whole(indicator):
        return []
    cells = cells_of(user, year, _exactly(areas) & Q(dim=Dim.ALL), [indicator], today, period)
    targets = aims_of(user, year, areas, [indicator], version)
    label = WHOLE[Dim(indicator.dim)]
    found = [_figure(indicator, label, Cell(year, area, Dim.ALL, 0, period), cells, targets, today) for area in areas]
    return close_districts(found, reach_of(user))


def _exactly(areas: Sequence[int]) -> Q:
    """Cells of the areas themselves, at their own levels."""
    where = Q(pk__in=[])
    for level in {regions.level_of(area) for area in areas}:
        where |= Q(level=level, region_id__in=[a for a in areas if regions.level_of(a) == level])
    return where


def children(
    user: Any,
    *,
    year: int,
    region: int,
    indicator: Indicator,
    breakdown: int,
    today: date,
    version: int | None = None,
) -> list[tuple[Region, Figure]]:
    """The areas one level down; the area itself stands among them for its direct rows, if any.

    Children and direct rows add up to the parent for additive measures.
    """
    return below(user, year=year, region=region, choices=[(indicator, breakdown)], today=today, version=version)


def parts_of(
    user: Any, cell: Cell, indicator: Indicator, *, today: date, version: int | None = None
) -> list[tuple[Region, Figure]]:
    """The same of a figure in any period."""
    return _below(user, cell, [(indicator, cell.breakdown)], today, version)


def below(
    user: Any,
    *,
    year: int,
    region: int,
    choices: Sequence[tuple[Indicator, int]],
    today: date,
    version: int | None = None,
) -> list[tuple[Region, Figure]]:
    """The same for several indicators with their breakdowns, area by area, in as many queries as for one."""
    return _below(user, Cell(year, region, Dim.ALL, 0), choices, today, version)


def _below(
    user: Any, whole: Cell, choices: Sequence[tuple[Indicator, int]], today: date, version: int | None
) -> list[tuple[Region, Figure]]:
    """`whole`: year, region and period of the figures that are taken apart."""
    year, region, level = whole.year, whole.region, regions.level_of(whole.region) + 1
    if level > regions.Level.DISTRICT:
        return []
    chosen = list({indicator.pk: indicator for indicator, _ in choices}.values())
    areas = [*Region.objects.valid_on(date(year, 12, 31)).children_of(region)]
    here = Q(level=level, region_id__range=regions.bounds(region))
    cells = cells_of(user, year, here, chosen, today, whole.period)
    own = {code for code, _ in cells} - {a.code for a in areas}
    areas += Region.objects.filter(code__in=own)
    targets = aims_of(user, year, [a.code for a in areas if a.code != region], chosen, version)
    names = {dim: catalogue(dim) for dim in {dim_of(indicator, breakdown) for indicator, breakdown in choices}}
    keys = {(get(i.measure).number, int(dim_of(i, breakdown)), breakdown) for i, breakdown in choices}
    has_direct = any((region, key) in cells for key in keys)
    pairs = [
        (
            area,
            _figure(
                indicator,
                names[dim].get(breakdown, WHOLE[Dim(indicator.dim)]),
                Cell(year, area.code, dim, breakdown, whole.period, direct=area.code == region),
                cells,
                targets,
                today,
            ),
        )
        for area in areas
        if area.code != region or has_direct
        for indicator, breakdown in choices
        for dim in [dim_of(indicator, breakdown)]
    ]
    seen = shown(user, [f for _, f in pairs], year, today)
    return [(area, figure) for (area, _), figure in zip(pairs, seen, strict=True)]


def personal(user: Any, *, year: int, person: Personnel, today: date, version: int | None = None) -> list[Figure]:
    """A person's own figures, from the second fact."""
    return personal_of(user, year=year, people=[person], today=today, version=version)


def personal_of(
    user: Any, *, year: int, people: Sequence[Personnel], today: date, version: int | None = None
) -> list[Figure]:
    """The same of several people, one after the other, in as many queries as of one."""
    chosen = list(Indicator.objects.filter(personal=True))
    sums = {
        (r["person_id"], r["measure"]): Counted(r["total"], r["rows"])
        for r in personal_facts(user, year)
        .filter(person_id__in=[p.pk for p in people])
        .values("person_id", "measure")
        .annotate(rows=Sum("n"), total=Sum("value"))
    }
    targets = aims_of_people(user, year, people, chosen, version)
    found = []
    for person in people:
        for indicator in chosen:
            counted = sums.get((person.pk, get(indicator.measure).number))
            target = targets.get((person.pk, indicator.pk))
            if counted is not None or target is not None:
                cell = Cell(year, regions.NATION, Dim.ALL, 0, person=person.pk)  # wherever the rows lie
                found.append(made(indicator, person.name, cell, counted or Counted(), target, today))
    return found


def rows_behind(user: Any, figure: Figure, today: date) -> Any:
    """The rows a figure counted, narrowed to what the reader may see."""
    measure, cell = get(figure.indicator.measure), figure.cell
    if getattr(measure, "stock", False):
        cell = replace(cell, period=stock_period(cell.year, today, cell.period))
    return narrow_choices(measure.rows(cell), user)


def _figure(
    indicator: Indicator,
    label: str,
    cell: Cell,
    cells: dict[tuple[int, Key], Counted],
    targets: Aims,
    today: date,
) -> Figure:
    key = (get(indicator.measure).number, cell.dim, cell.breakdown)
    target = None if cell.direct else targets.get((cell.region, indicator.pk, cell.breakdown))
    return made(indicator, label, cell, cells.get((cell.region, key), Counted()), target, today)


def made(indicator: Indicator, label: str, cell: Cell, counted: Counted, aimed: Aimed | None, today: date) -> Figure:
    measure = get(indicator.measure)
    target = aimed.value if aimed and cell.period != OUTSIDE_YEAR else None
    percent = Decimal(100 * counted.realised) / target if target else None
    fewer = indicator.fewer_is_better
    held = Decimal(0 if not counted.realised else 101) if fewer and target == 0 else percent  # nothing is allowed
    pace = _pace(cell, today) if measure.additive or not getattr(measure, "stock", False) else Decimal(100)
    rhythm = measure.additive and not cell.period and cell.person is None
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
        status=status_of(held, pace, fewer_is_better=fewer),
        target_version=aimed.version if aimed else 0,
        pending=aimed is not None and aimed.pending,
        projected=projected(counted.realised, counted.full, counted.busy, cell.year, today) if rhythm else None,
    )


def _pace(cell: Cell, today: date) -> Decimal:
    if cell.period in (0, OUTSIDE_YEAR):
        return pace_of(cell.year, today)
    return pace_of_period(cell.year, months_of(cell.period), today)
