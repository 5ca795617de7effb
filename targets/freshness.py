"""How fresh a year's figures are."""

from dataclasses import dataclass
from datetime import datetime

from targets.models import RollupRun, RollupYear


@dataclass(frozen=True)
class Freshness:
    """When the year's figures were last brought up to date, and how the last full rebuild ended."""

    drained_at: datetime | None
    run: RollupRun | None


def freshness(year: int) -> Freshness:
    row = RollupYear.objects.select_related("last_run__job").filter(year=year).first()
    return _of(row) if row else Freshness(None, None)


def all_years() -> list[tuple[int, Freshness]]:
    """Each counted year, newest first."""
    rows = RollupYear.objects.select_related("last_run__job").order_by("-year")
    return [(row.year, _of(row)) for row in rows]


def _of(row: RollupYear) -> Freshness:
    moments = [m for m in (row.drained_at, row.last_run.computed_at if row.last_run else None) if m]
    return Freshness(max(moments, default=None), row.last_run)
