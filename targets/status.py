"""Pace and status words: four states, each with a word and a shape, never colour alone."""

from calendar import isleap
from datetime import date
from decimal import Decimal
from enum import Enum

#: below this share of the pace a figure is critical; a reading of the trade, one place to change it
CRITICAL_SHARE = Decimal("0.75")


class Status(Enum):
    REACHED = "tercapai"
    ON_PACE = "sesuai rencana"
    BEHIND = "tertinggal"
    CRITICAL = "kritis"
    NO_TARGET = "belum ada target"


def pace_of(year: int, today: date) -> Decimal:
    """Percent of the year gone by; 100 for a past year, 0 for a coming one."""
    if today.year != year:
        return Decimal(100 if today.year > year else 0)
    days = 366 if isleap(year) else 365
    return Decimal(100 * today.timetuple().tm_yday) / days


def status_of(percent: Decimal | None, pace: Decimal, *, fewer_is_better: bool = False) -> Status:
    """`percent` of the target reached; where fewer is better the target is a limit, reached when the year is over."""
    if percent is None:
        return Status.NO_TARGET
    if fewer_is_better:
        return _within(percent, pace)
    if percent >= 100:
        return Status.REACHED
    if percent >= pace:
        return Status.ON_PACE
    return Status.BEHIND if percent >= pace * CRITICAL_SHARE else Status.CRITICAL


def _within(percent: Decimal, pace: Decimal) -> Status:
    """Above the limit nothing can be made good in the year; below it, the pace says whether it will hold."""
    if percent > 100:
        return Status.CRITICAL
    if pace >= 100:
        return Status.REACHED
    return Status.ON_PACE if percent <= pace else Status.BEHIND
