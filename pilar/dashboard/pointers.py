"""For an area without targets of its own: how its aimed parts stand, and which of its years have targets."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pilar.core import regions
from pilar.core.context import Place
from pilar.core.models import Region
from pilar.core.rights import Right
from pilar.core.scoping import reach_of
from pilar.dashboard import marks
from pilar.dashboard.board import GROUPS, MONEY, Board
from pilar.dashboard.headline import worst_group
from pilar.dashboard.sums import Sum, summed
from targets import achievement
from targets.achievement import Figure
from targets.aims import aimed_below, aimed_years
from targets.place import short_name
from targets.status import Status


@dataclass(frozen=True)
class Part:
    """One aimed area below: its money, its PAS groups reached of those with a target, the one furthest behind."""

    name: str
    url: str
    money: Sum
    reached: int
    groups: int
    worst: Figure | None


def pointers(board: Board, place: Place) -> dict[str, Any] | None:
    """None where the area has a target of its own; else what pointers.html shows."""
    if any(f.target is not None for f in board.figures):
        return None
    region, year = board.region, board.year
    return {
        "parts": _parts(board, aimed_below(board.user, year, region)),
        "areas": len(place.children) if region.level < regions.Level.DISTRICT else 0,
        "below": marks.below_words(region),
        "years": [
            {"year": other, "url": marks.dashboard_url(other, region.code)}
            for other in aimed_years(board.user, region.code)
            if other != year
        ],
        "may_propose": reach_of(board.user).can(Right.PROPOSE, region.code),
    }


def _parts(board: Board, areas: list[Region]) -> list[Part]:
    """The furthest behind first; as many queries for forty areas as for one."""
    if not areas:
        return []
    only = [board.indicators[code] for code in (MONEY, GROUPS)]
    found: dict[int, list[Figure]] = defaultdict(list)
    for figure in achievement.figures_of(
        board.user, year=board.year, areas=[a.code for a in areas], today=board.today, only=only
    ):
        found[figure.cell.region].append(figure)
    parts = [_part(board.year, area, found[area.code]) for area in areas]
    return sorted(parts, key=lambda p: (p.money.percent is None, p.money.percent or Decimal(0), p.name))


def _part(year: int, area: Region, figures: list[Figure]) -> Part:
    groups = [f for f in figures if f.indicator.code == GROUPS and f.percent is not None]
    return Part(
        name=short_name(area.name),
        url=marks.dashboard_url(year, area.code),
        money=summed([f for f in figures if f.indicator.code == MONEY]),
        reached=sum(f.status == Status.REACHED for f in groups),
        groups=len(groups),
        worst=worst_group(groups),
    )
