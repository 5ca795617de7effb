"""Reading ratios: two figures as one reader sees them, and the share of one in the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse

from pilar.core import regions
from pilar.core.formatting import Blank, percent_of
from pilar.core.measures import Unit
from pilar.core.models import Region
from pilar.core.scoping import narrow_choices
from targets import achievement
from targets.achievement import Figure
from targets.models import Ratio
from targets.status import Status, status_of


@dataclass(frozen=True)
class RatioFigure:
    """`part` and `whole` are figures of the same place, year and breakdown; what hides one of them hides the share."""

    ratio: Ratio
    part: Figure
    whole: Figure

    @property
    def label(self) -> str:
        return self.whole.label

    @property
    def percent(self) -> Decimal | None:
        """None where either is not shown, or where there is nothing to be a share of."""
        if self.part.realised is None or not self.whole.realised:
            return None
        return percent_of(self.part.realised, self.whole.realised)

    @property
    def shown(self) -> Decimal | Blank | None:
        """The percentage, or why there is none; None: no data."""
        if self.part.closed or self.whole.closed:
            return Blank.NOT_APPLICABLE
        if self.part.suppressed or self.whole.suppressed:
            return Blank.SUPPRESSED
        return self.percent

    @property
    def status(self) -> Status:
        """Against the aim, which holds on every day of the year."""
        if self.percent is None or self.ratio.aim is None:
            return Status.NO_TARGET
        reached = 100 * self.percent / self.ratio.aim
        return status_of(reached, Decimal(100), fewer_is_better=self.ratio.fewer_is_better)

    @property
    def form(self) -> str:
        """Name of the number form of the two."""
        return "rupiah" if self.whole.indicator.unit == Unit.RUPIAH else "angka"

    @property
    def rows_urls(self) -> tuple[str, str]:
        """Pages of the rows behind the part and behind the whole."""
        return _rows_url(self.part), _rows_url(self.whole)


def _rows_url(figure: Figure) -> str:
    cell = figure.cell
    return reverse("dashboard-rows", args=[cell.year, regions.slug(cell.region), figure.indicator.code, cell.breakdown])


def ratios_seen(user: Any) -> list[Ratio]:
    return list(narrow_choices(Ratio.objects.select_related("part", "whole"), user))


def ratios_of(
    user: Any, *, year: int, region: int, today: date, only: Sequence[Ratio] | None = None
) -> list[RatioFigure]:
    """Of one region and year, for each breakdown in which anything is counted or hidden."""
    ratios = ratios_seen(user) if only is None else list(only)
    wanted = {indicator.pk: indicator for ratio in ratios for indicator in (ratio.part, ratio.whole)}
    figures = achievement.figures(user, year=year, region=region, today=today, only=list(wanted.values()))
    by_key = {(figure.indicator.pk, figure.breakdown): figure for figure in figures}
    found = [
        RatioFigure(ratio, by_key[ratio.part_id, breakdown], whole)
        for ratio in ratios
        for (indicator, breakdown), whole in by_key.items()
        if indicator == ratio.whole_id
    ]
    return [figure for figure in found if figure.whole.realised != 0 or figure.part.realised != 0]


def ratio_below(
    user: Any, ratio: Ratio, breakdown: int, *, year: int, region: int, today: date
) -> list[tuple[Region, RatioFigure]]:
    """The areas right below, without what lies directly at the region itself."""
    both = [(ratio.part, breakdown), (ratio.whole, breakdown)]
    found = achievement.below(user, year=year, region=region, choices=both, today=today)
    pairs = [(area, figure) for area, figure in found if not figure.cell.direct]
    return [
        (area, RatioFigure(ratio, part, whole))
        for (area, part), (_, whole) in zip(pairs[::2], pairs[1::2], strict=True)
    ]
