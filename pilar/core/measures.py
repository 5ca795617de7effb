"""What an app counts, declared once in its `measures.py` and found by autodiscovery.

From one declaration come the ledger trigger, the full rebuild, the independent list of rows
behind a cell and the indicator's definition text; the engine knows no app's tables by name.

SQL fragments name the row alias `t`. Regions are the 10-digit bigint, years and months smallint;
month 13 is "outside the budget year" (luncuran) and is shown apart.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from django.db import models

from pilar.core import regions
from pilar.core.discovery import discover

OUTSIDE_YEAR = 13
FIRST_QUARTER = 21


class Dim(IntEnum):
    """What a cell is broken down by; the breakdown is that catalogue's id, 0 for ALL."""

    ALL = 0
    PROGRAMME = 1
    PILLAR = 2
    GROUP = 3


class Unit(models.TextChoices):
    RUPIAH = "rupiah", "rupiah"
    PEOPLE = "orang", "orang"
    FAMILIES = "keluarga", "keluarga"
    ACTS = "kegiatan", "kegiatan"


@dataclass(frozen=True)
class Cell:
    """Address of one figure.

    Attributes:
        region: any level; its whole subtree counts.
        period: 0 the year, 1-13 a month, 21-24 a quarter.
        direct: only rows that lie exactly at `region` ("langsung di tingkat ini").
    """

    year: int
    region: int
    dim: Dim
    breakdown: int
    period: int = 0
    direct: bool = False
    person: int | None = None


def months_of(period: int) -> tuple[int, ...]:
    """The months a period covers; the year has all twelve and luncuran."""
    if period == 0:
        return tuple(range(1, OUTSIDE_YEAR + 1))
    if period > OUTSIDE_YEAR:
        first = (period - FIRST_QUARTER) * 3 + 1
        return (first, first + 1, first + 2)
    return (period,)


def region_q(cell: Cell, column: str) -> models.Q:
    """The region part of a cell's predicate."""
    if cell.direct:
        return models.Q(**{column: cell.region})
    return regions.in_range(column, *regions.bounds(cell.region))


Rows = Callable[[Cell], models.QuerySet[Any]]


@dataclass(frozen=True)
class AdditiveMeasure:
    """Sums that add up over regions and months.

    Attributes:
        number: stable smallint that facts are stored under.
        where: SQL condition under which a row counts.
        year, month, region: SQL of the cell's address.
        value: SQL bigint that is summed; `n` counts rows beside it.
        dims: SQL of the breakdown id per dimension; a set-returning expression counts a row in each.
        person: SQL of the personnel id for the second fact, or None.
        rows: the same predicate as a queryset, not yet narrowed to a reader.
    """

    number: int
    code: str
    unit: Unit
    definition: str
    table: str
    where: str
    year: str
    month: str
    region: str
    value: str
    dims: dict[Dim, str]
    rows: Rows
    person: str | None = None
    additive: bool = field(default=True, init=False)


@dataclass(frozen=True)
class Watch:
    """A table whose change makes a subject's count stale.

    Attributes:
        year: SQL, "0" for every open year.
        where: SQL over `t`, the rows that count; the others make nothing stale.
        of: SQL over `t` of all that the count reads of a row beside subject and year; a change of anything else makes
            nothing stale. Empty: every change does.
    """

    table: str
    subject: str
    year: str
    where: str = "true"
    of: tuple[str, ...] = ()


@dataclass(frozen=True)
class DistinctMeasure:
    """Subjects counted once per level and period, however often and wherever they occur below it.

    Attributes:
        kind: what a subject is ("personel", "penerima"); measures of one kind are recounted together.
        select: SQL giving (year, subject, region, dim, breakdown, mask), mask bit m-1 for month m.
            {only} becomes a condition on `subject` or `region`, {years} a table of years asked for.
        subject, region: the columns, as `select` names them, that {only} restricts.
        stock: the figure of a year is that of its latest month (headcount), not of all months.
    """

    number: int
    code: str
    unit: Unit
    definition: str
    kind: str
    select: str
    subject: str
    region: str
    watches: tuple[Watch, ...]
    dims: tuple[Dim, ...]
    rows: Rows
    stock: bool = False
    additive: bool = field(default=False, init=False)


Measure = AdditiveMeasure | DistinctMeasure

_registry: dict[str, Measure] = {}


def register(measure: Measure) -> Measure:
    if any(m.number == measure.number or m.code == measure.code for m in _registry.values()):
        raise ValueError(f"measure {measure.number} {measure.code} is declared twice")
    _registry[measure.code] = measure
    return measure


def all_measures() -> list[Measure]:
    discover("measures")
    return sorted(_registry.values(), key=lambda m: m.number)


def get(code: str) -> Measure:
    discover("measures")
    return _registry[code]
