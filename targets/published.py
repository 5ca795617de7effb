"""Printed figures held against their own parts and against what PILAR counted. Nothing is repaired.

A value v printed in steps of s may be anything from v - s/2 to v + s/2 (domain.md 0, 4).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from pilar.core.formatting import Blank, angka, rupiah
from pilar.core.measures import Unit
from pilar.core.models import BudgetYear
from targets import achievement
from targets.models import Indicator, PublishedFigure, PublishedPart

MILLION = 10**6

#: (year, region, measure, dim, breakdown) -> realised and the indicator's code
Counts = dict[tuple[int, int, str, int, int], tuple[int | None, str]]


class Verdict(StrEnum):
    EQUAL = "sesuai"
    ROUNDING = "sesuai dalam pembulatan"
    DIFFERENT = "berbeda"
    UNKNOWN = "belum ada data"


@dataclass(frozen=True)
class Interval:
    """What a printed value can stand for, in the figure's unit, both ends possible."""

    low: int
    high: int

    @classmethod
    def around(cls, value: int, step: int) -> "Interval":
        return cls(value - step // 2, value + step // 2)

    def holds(self, value: int) -> bool:
        return self.low <= value <= self.high

    def meets(self, other: "Interval") -> bool:
        return self.low <= other.high and other.low <= self.high


@dataclass(frozen=True)
class ComparedPart:
    """`counted` is None where PILAR holds no figures of that year or hides a small number.

    `indicator_code` names the indicator whose rows the counted figure opens.
    """

    part: PublishedPart
    counted: int | None
    interval: Interval
    interval_text: str
    verdict: Verdict
    indicator_code: str


@dataclass(frozen=True)
class Comparison:
    """One printed figure beside the registry's.

    Attributes:
        parts_sum: sum of the printed parts; None without parts.
        difference: headline - parts_sum, as printed.
        difference_word: what the source leaves open about it.
        interval: what the printed parts (or the headline without parts) can stand for.
        headline_text: what the printed total can stand for.
        counted: what PILAR counted for the same parts; None unless every part is known, and where several parts count
            people, who may be the same people: then only part stands beside part.
        gap: counted - parts_sum (or - headline).
    """

    figure: PublishedFigure
    parts: Sequence[ComparedPart]
    parts_sum: int | None
    difference: int | None
    difference_word: str
    interval: Interval
    interval_text: str
    headline_text: str
    counted: int | None
    gap: int | None
    verdict: Verdict

    @property
    def known(self) -> bool:
        """Whether PILAR counted any part."""
        return any(part.counted is not None for part in self.parts)

    @property
    def counted_shown(self) -> int | Blank | None:
        """Says why there is no sum where every part is known."""
        whole = all(part.counted is not None for part in self.parts)
        return Blank.NOT_SUMMED if self.counted is None and self.parts and whole else self.counted

    @property
    def form(self) -> str:
        """Name of the number form that writes the figure exactly; `short` the one for tiles."""
        return "rupiah" if self.figure.unit == Unit.RUPIAH else "angka"

    @property
    def short(self) -> str:
        return "rupiah_ringkas" if self.figure.unit == Unit.RUPIAH else "angka"


def compare(figure: PublishedFigure, user: Any, *, today: date) -> Comparison:
    """Parts against headline, and both against the same measure at the figure's region and year."""
    return compare_all([figure], user, today=today)[0]


def compare_all(figures: Sequence[PublishedFigure], user: Any, *, today: date) -> list[Comparison]:
    """The same of many figures, in a number of queries that depends on their years only."""
    counted = _counted(figures, user, today)
    return [_comparison(figure, counted) for figure in figures]


def _comparison(figure: PublishedFigure, counted: Counts) -> Comparison:
    parts = [_compared(part, figure, counted) for part in figure.parts.all()]
    known = [p.counted for p in parts if p.counted is not None]
    summed = len(parts) == 1 or figure.unit not in (Unit.PEOPLE, Unit.FAMILIES)
    total = sum(known) if parts and len(known) == len(parts) and summed else None
    parts_sum = sum(p.part.value for p in parts) if parts else None
    difference = figure.headline - parts_sum if parts_sum is not None else None
    shown, allowed = _sum_intervals(figure, parts)
    printed = figure.headline if parts_sum is None else parts_sum
    steps = max([p.part.step for p in parts] or [figure.headline_step])
    return Comparison(
        figure=figure,
        parts=parts,
        parts_sum=parts_sum,
        difference=difference,
        difference_word=_difference_word(figure, difference, allowed),
        interval=shown,
        interval_text=interval_text(shown, figure.unit),
        headline_text=interval_text(Interval.around(figure.headline, figure.headline_step), figure.unit),
        counted=total,
        gap=None if total is None else total - printed,
        verdict=_verdict(total, printed, steps, allowed) if summed else _verdict_of_parts(parts),
    )


def _sum_intervals(figure: PublishedFigure, parts: Sequence[ComparedPart]) -> tuple[Interval, Interval]:
    """What is written, and what the verdict allows.

    A sum is written as exactly as its coarsest part: Rp879,77 + 1.130 + 206,90 juta is 2.216,67
    give or take 5. The verdict also allows for the finer parts' own rounding, here Rp10.000 more.
    """
    if not parts:
        printed = Interval.around(figure.headline, figure.headline_step)
        return printed, printed
    total = sum(p.part.value for p in parts)
    coarsest = Interval.around(total, max(p.part.step for p in parts))
    return coarsest, Interval(sum(p.interval.low for p in parts), sum(p.interval.high for p in parts))


def _difference_word(figure: PublishedFigure, difference: int | None, parts: Interval) -> str:
    if difference is None:
        return ""
    if difference == 0:
        return "rincian sama dengan total"
    if Interval.around(figure.headline, figure.headline_step).meets(parts):
        return "dalam pembulatan"
    return "tidak dirinci dalam sumber" if difference > 0 else "rincian melebihi total tercetak"


def _compared(part: PublishedPart, figure: PublishedFigure, counts: Counts) -> ComparedPart:
    interval = Interval.around(part.value, part.step)
    counted, code = counts.get(_key(figure, part.dim, part.breakdown), (None, ""))
    return ComparedPart(
        part=part,
        counted=counted,
        interval=interval,
        interval_text=interval_text(interval, figure.unit),
        verdict=_verdict(counted, part.value, part.step, interval),
        indicator_code=code,
    )


def _verdict(counted: int | None, printed: int, step: int, interval: Interval) -> Verdict:
    if counted is None:
        return Verdict.UNKNOWN
    if counted == printed:
        return Verdict.EQUAL if step == 1 else Verdict.ROUNDING
    return Verdict.ROUNDING if interval.holds(counted) else Verdict.DIFFERENT


def _verdict_of_parts(parts: Sequence[ComparedPart]) -> Verdict:
    """The least agreeing of them."""
    said = {part.verdict for part in parts} or {Verdict.UNKNOWN}
    return next(v for v in (Verdict.UNKNOWN, Verdict.DIFFERENT, Verdict.ROUNDING, Verdict.EQUAL) if v in said)


def _key(figure: PublishedFigure, dim: int, breakdown: int) -> tuple[int, int, str, int, int]:
    return figure.year, figure.region_id, figure.measure, dim, breakdown


def _counted(figures: Sequence[PublishedFigure], user: Any, today: date) -> Counts:
    """What the registry counted in the figures' years and regions; years without a budget have none."""
    indicators = list(Indicator.objects.filter(measure__in={figure.measure for figure in figures}))
    years = BudgetYear.objects.filter(pk__in={figure.year for figure in figures}).values_list("year", flat=True)
    found: Counts = {}
    for year in years:
        areas = list({figure.region_id for figure in figures if figure.year == year})
        for f in achievement.figures_of(user, year=year, areas=areas, today=today, only=indicators):
            found[year, f.cell.region, f.indicator.measure, f.indicator.dim, f.breakdown] = f.realised, f.indicator.code
    return found


def interval_text(interval: Interval, unit: str) -> str:
    """ "Rp2.211,67–2.221,67 juta"; one value where the print is exact."""
    if interval.low == interval.high:
        return in_unit(interval.low, unit)
    if unit != Unit.RUPIAH:
        return f"{angka(interval.low)}–{angka(interval.high)} {unit}"
    if interval.low < MILLION:
        return f"{rupiah(interval.low)}–{angka(interval.high)}"
    decimals = next(d for d in range(2, 7) if not (interval.low % 10 ** (6 - d) or interval.high % 10 ** (6 - d)))
    low, high = (angka(Decimal(end) / MILLION, decimals) for end in (interval.low, interval.high))
    return f"Rp{low}–{high} juta"


def in_unit(value: int, unit: str) -> str:
    return rupiah(value) if unit == Unit.RUPIAH else f"{angka(value)} {unit}"
