"""Pace and status words: four states, each with a word and a shape, never colour alone."""

from calendar import isleap, monthrange
from collections.abc import Sequence
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


def full_months(year: int, today: date) -> int:
    """Months of the year that are over on that day."""
    return 12 if year < today.year else today.month - 1 if year == today.year else 0


def pace_of_period(year: int, months: Sequence[int], today: date) -> Decimal:
    """Percent of the year that the gone part of these months is: what of the year's target was due in them."""
    first, last = date(year, months[0], 1), date(year, months[-1], monthrange(year, months[-1])[1])
    gone = (min(last, today) - first).days + 1
    return Decimal(100 * max(gone, 0)) / (366 if isleap(year) else 365)


#: months of the year that must be over, and hold rows, before they say anything of its end
MONTHS_FOR_PROJECTION = 3
PROJECTION = (
    "Perkiraan akhir tahun: realisasi bulan-bulan yang sudah selesai dibagi banyaknya, dikali 12. Hanya untuk tahun "
    "berjalan, angka yang dapat dijumlahkan, dan bila sedikitnya 3 bulan sudah selesai dan masing-masing terisi."
)


def projected(total: int, full: int, busy: int, year: int, today: date) -> int | None:
    """The year's end at the rhythm of its finished months; None without a sane basis (`PROJECTION`).

    `total`: reached so far, below which the projection cannot lie; `full`, `busy`: of the months that are over.
    """
    over = full_months(year, today)
    if year != today.year or over < MONTHS_FOR_PROJECTION or busy < over:
        return None
    return max(full * 12 // over, total)
