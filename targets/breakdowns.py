"""What indicators are broken down by, and the names of the parts."""

from collections.abc import Sequence

from pilar.core.measures import Dim, get
from pilar.core.models import Pillar, Programme, TargetGroup
from targets.models import Indicator

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


def is_counted(indicator: Indicator, breakdown: int) -> bool:
    """Whether there is such a figure: a part of the indicator's catalogue, or all together where that is counted."""
    return breakdown in catalogue(dim_of(indicator, breakdown)) and (breakdown != 0 or has_whole(indicator))


def indicators(codes: Sequence[str] = ()) -> list[Indicator]:
    rows = Indicator.objects.all()
    return list(rows.filter(code__in=codes) if codes else rows)
