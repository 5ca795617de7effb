"""What of the figures a reader may not see: small numbers of sensitive groups outside the owning
region (domain.md 7), and kecamatan outside the grant."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pilar.core import regions
from pilar.core.measures import OUTSIDE_YEAR, Dim
from pilar.core.models import TargetGroup
from pilar.core.scoping import Reach
from targets.status import Status

if TYPE_CHECKING:
    from targets.achievement import Figure

#: counts from 1 to this, of people in a sensitive group, can point at a person
SMALL = 4


#: parent area -> the counts of one measure and sensitive group in each area below it, direct rows included
Siblings = Mapping[tuple[int, int, int], Mapping[int, int]]


def hide_small(found: list["Figure"], guarded: Sequence["Figure"], siblings: Siblings) -> list["Figure"]:
    """The figures with small sensitive ones emptied, and those that would give a small one back.

    What is hidden depends on the cell alone, never on the question: a figure asked for singly is hidden
    whenever it is hidden in the list of its siblings.
    """
    hidden = {id(figure) for figure in guarded if _points_at_someone(figure, siblings)}
    return [_emptied(f) if id(f) in hidden else f for f in found]


def _points_at_someone(figure: "Figure", siblings: Siblings) -> bool:
    small = 0 < (figure.rows or 0) <= SMALL
    return small or figure.cell.region in hidden_among(siblings.get(family_of(figure), {}))


def guarded_among(found: Sequence["Figure"], reach: Reach) -> list["Figure"]:
    """Those of sensitive groups outside the reader's own area."""
    foreign = [f for f in found if f.indicator.dim == Dim.GROUP and not reach.covers(f.cell.region)]
    sensitive = _sensitive_groups() if foreign else frozenset()
    return [f for f in foreign if f.breakdown in sensitive]


def family_of(figure: "Figure") -> tuple[int, int, int]:
    """Parent area, indicator and group: among whom a lone hidden figure needs a second one."""
    cell = figure.cell
    return cell.region if cell.direct else regions.parent_of(cell.region), figure.indicator.pk, cell.breakdown


def hidden_among(counts: Mapping[int, int]) -> set[int]:
    """The areas whose count is small; a lone one takes the next smallest with it.

    Otherwise parent minus the others would give it back.
    """
    hidden = {area for area, n in counts.items() if 0 < n <= SMALL}
    if len(hidden) == 1:
        others = [area for area, n in counts.items() if area not in hidden and n]
        hidden |= {min(others, key=lambda area: (counts[area], area))} if others else set()
    return hidden


def hide_small_months(
    rows: list[tuple[int, int, int]], dim: Dim, breakdown: int, *, covered: bool
) -> dict[int, int | None]:
    """(month, n, value) -> value of each month and of luncuran; all None when one of them can point at a person.

    The year is known and the other months would give a single hidden one back; a month without rows would tell in
    which of the others they lie.
    """
    guarded = dim == Dim.GROUP and not covered and breakdown in _sensitive_groups()
    closed = guarded and has_small(n for _, n, _ in rows)
    values = {month: value for month, _, value in rows}
    return {month: None if closed else values.get(month, 0) for month in range(1, OUTSIDE_YEAR + 1)}


def has_small(counts: Iterable[int]) -> bool:
    return any(0 < n <= SMALL for n in counts)


def is_open(reach: Reach, region: int) -> bool:
    """Figures down to kabupaten/kota are open to all; below it, only inside the grant."""
    above = regions.level_of(region) <= regions.Level.REGENCY
    return above or reach.national or reach.sees(region)


def close_districts(found: list["Figure"], reach: Reach) -> list["Figure"]:
    """Figures the gate gave no rows for are closed, which is not the same as zero."""
    return [f if is_open(reach, f.cell.region) else replace(_emptied(f), target=None, closed=True) for f in found]


def _sensitive_groups() -> frozenset[int]:
    return frozenset(TargetGroup.objects.filter(sensitive=True).values_list("id", flat=True))


def _emptied(figure: "Figure") -> "Figure":
    return replace(
        figure,
        realised=None,
        rows=None,
        percent=None,
        carry_over=0,
        status=Status.NO_TARGET,
        suppressed=True,
    )
