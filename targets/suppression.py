"""What of the figures a reader may not see: small numbers of sensitive groups outside the owning
region (domain.md 7), and kecamatan outside the grant."""

from dataclasses import replace
from typing import TYPE_CHECKING

from pilar.core import regions
from pilar.core.measures import Dim
from pilar.core.models import TargetGroup
from pilar.core.scoping import Reach
from targets.status import Status

if TYPE_CHECKING:
    from targets.achievement import Figure

#: counts from 1 to this, of people in a sensitive group, can point at a person
SMALL = 4


def hide_small(found: list["Figure"], reach: Reach, *, siblings: bool = False) -> list["Figure"]:
    """The figures with small sensitive ones emptied.

    With `siblings`, a lone emptied figure takes the next smallest with it: otherwise parent
    minus the others would give it back.
    """
    sensitive = _sensitive_groups() if any(f.indicator.dim == Dim.GROUP for f in found) else frozenset()
    hidden = {
        i
        for i, f in enumerate(found)
        if f.indicator.dim == Dim.GROUP
        and f.breakdown in sensitive
        and 0 < (f.rows or 0) <= SMALL
        and not reach.covers(f.cell.region)
    }
    if siblings and len(hidden) == 1:
        others = [i for i, f in enumerate(found) if i not in hidden and f.rows]
        hidden |= {min(others, key=lambda i: found[i].rows or 0)} if others else set()
    return [_emptied(f) if i in hidden else f for i, f in enumerate(found)]


def hide_small_months(
    rows: list[tuple[int, int, int]], dim: Dim, breakdown: int, *, covered: bool
) -> dict[int, int | None]:
    """(month, n, value) -> month: value, None where it can point at a person."""
    closed = dim == Dim.GROUP and not covered and breakdown in _sensitive_groups()
    return {month: None if closed and 0 < n <= SMALL else value for month, n, value in rows}


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
