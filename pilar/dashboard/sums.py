"""Figures of one indicator taken together, where adding them is honest."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pilar.core.formatting import percent_of
from targets.achievement import Figure
from targets.status import Status, status_of


@dataclass(frozen=True)
class Sum:
    """Additive figures of one indicator.

    Attributes:
        realised: all of them together, in the indicator's unit.
        aimed: the part that has a target; percent compares only this part with `target`.
        carry_over: the part of `realised` paid outside the budget year.
    """

    realised: int
    aimed: int
    target: int | None
    percent: Decimal | None
    pace: Decimal
    status: Status
    carry_over: int


def summed(figures: Sequence[Figure]) -> Sum:
    """Only for additive measures: distinct people of two breakdowns may be the same people."""
    with_target = [f for f in figures if f.target is not None]
    target = sum(f.target or 0 for f in with_target) if with_target else None
    aimed = sum(f.realised or 0 for f in with_target)
    percent = percent_of(aimed, target)
    pace = figures[0].pace if figures else Decimal(100)
    return Sum(
        realised=sum(f.realised or 0 for f in figures),
        aimed=aimed,
        target=target,
        percent=percent,
        pace=pace,
        status=status_of(percent, pace),
        carry_over=sum(f.carry_over for f in figures),
    )


def by_shortfall(figures: Sequence[Figure]) -> list[Figure]:
    """What is furthest from its target first; what has no target (or no open figure) last."""
    return sorted(figures, key=lambda f: (f.percent is None, f.percent or Decimal(0), f.breakdown))


def missed(figure: Figure) -> bool:
    return figure.status in (Status.BEHIND, Status.CRITICAL)
