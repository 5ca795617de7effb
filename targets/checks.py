"""What a printed figure says about itself, worked out again: its multiplication and its percentage.

A printed percentage is kept as text and always computed anew (domain.md 3.5, 8.2); nothing is repaired.
"""

from dataclasses import dataclass
from decimal import Decimal

from pilar.core.formatting import angka, half_up
from targets.models import PublishedFigure
from targets.printed import read_arithmetic, read_percent, read_printed
from targets.published import Interval, Verdict, in_unit


@dataclass(frozen=True)
class Check:
    """`printed` and `computed` as text; `gap` is computed minus printed as text, empty when there is none."""

    label: str
    printed: str
    computed: str
    gap: str
    verdict: Verdict


def checks(figure: PublishedFigure) -> list[Check]:
    """The multiplication first, then the percentage; what the source does not give is left out."""
    found = []
    if figure.arithmetic:
        found.append(_arithmetic(figure))
    if figure.target_printed:
        found.append(_percent(figure))
    return found


def _arithmetic(figure: PublishedFigure) -> Check:
    product = read_arithmetic(figure.arithmetic)
    exact, close = product == figure.headline, Interval.around(figure.headline, figure.headline_step).holds(product)
    return Check(
        label=figure.arithmetic,
        printed=figure.headline_printed,
        computed=in_unit(product, figure.unit),
        gap="" if exact else in_unit(product - figure.headline, figure.unit),
        verdict=Verdict.EQUAL
        if exact and figure.headline_step == 1
        else Verdict.ROUNDING
        if close
        else Verdict.DIFFERENT,
    )


def _percent(figure: PublishedFigure) -> Check:
    target = read_printed(figure.target_printed).value
    label = f"{figure.headline_printed} dari target {figure.target_printed}"
    if not target:
        return Check(label, figure.percent_printed, "tidak berlaku", "", Verdict.UNKNOWN)
    computed = Decimal(100 * figure.headline) / target
    if not figure.percent_printed:
        return Check(label, "tidak dicetak", f"{angka(computed, 1)}%", "", Verdict.UNKNOWN)
    printed, decimals = read_percent(figure.percent_printed)
    same = half_up(computed, decimals) == printed
    shown = max(decimals, 1)
    return Check(
        label=label,
        printed=figure.percent_printed,
        computed=f"{angka(computed, shown)}%",
        gap="" if same else f"{angka(half_up(computed, shown) - printed, shown)} poin",
        verdict=Verdict.ROUNDING if same else Verdict.DIFFERENT,
    )
