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
        pending: some target in it is submitted and not approved yet.
    """

    realised: int
    aimed: int
    target: int | None
    percent: Decimal | None
    pace: Decimal
    status: Status
    carry_over: int
    pending: bool = False


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
        status=status_of(percent, pace, fewer_is_better=any(f.indicator.fewer_is_better for f in figures)),
        carry_over=sum(f.carry_over for f in figures),
        pending=any(f.pending for f in with_target),
    )


def behind(figure: Figure) -> Decimal | None:
    """How much is missing to the plan up to now, in the indicator's unit; negative when ahead of it.

    Where fewer is better: how much lies above it.
    """
    if figure.target is None or figure.realised is None:
        return None
    missing = figure.target * figure.pace / 100 - figure.realised
    return -missing if figure.indicator.fewer_is_better else missing


def by_shortfall(figures: Sequence[Figure]) -> list[Figure]:
    """The largest shortfall first; what has no target (or no open figure) last."""

    def key(figure: Figure) -> tuple[bool, Decimal, Decimal, int]:
        gap = behind(figure)
        return gap is None, -(gap or Decimal(0)), figure.percent or Decimal(0), figure.breakdown

    return sorted(figures, key=key)


def missed(figure: Figure) -> bool:
    return figure.status in (Status.BEHIND, Status.CRITICAL)
