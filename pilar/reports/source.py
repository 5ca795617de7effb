"""Where a report's figures come from: the dashboard's readers, for one region and period."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from pilar.core import regions
from pilar.core.models import Region
from targets import achievement, breakdowns
from targets.achievement import Figure
from targets.freshness import freshness
from targets.models import Indicator
from targets.openness import require_open
from targets.periods import YEAR, Period, in_period

Choice = tuple[str, int]  # code of the indicator, breakdown (0: all together)


@dataclass
class Source:
    """Figures as one reader may see them. Raises Refusal for a kecamatan outside the reader's grant."""

    user: Any
    region: Region
    period: Period
    today: date
    indicators: dict[str, Indicator] = field(init=False)

    def __post_init__(self) -> None:
        require_open(self.user, self.region)
        self.indicators = {i.code: i for i in breakdowns.indicators()}

    @property
    def of_year(self) -> bool:
        return self.period.number == YEAR

    @property
    def running(self) -> bool:
        return self.period.year == self.today.year

    @cached_property
    def as_of(self) -> datetime | None:
        return freshness(self.period.year).drained_at

    def here(self, *codes: str) -> dict[str, list[Figure]]:
        """Every breakdown of these indicators in the region itself."""
        only = [self.indicators[code] for code in codes]
        found = achievement.figures(
            self.user, year=self.period.year, region=self.region.code, today=self.today, only=only
        )
        shown = self._known(found)
        return {code: [f for f in shown if f.indicator.code == code] for code in codes}

    def whole(self, code: str) -> Figure | None:
        """All breakdowns together, each subject once."""
        figure = achievement.whole(
            self.user,
            year=self.period.year,
            region=self.region.code,
            indicator=self.indicators[code],
            today=self.today,
        )
        return self._known([figure])[0] if figure else None

    def below(self, choices: Sequence[Choice]) -> list[tuple[Region, dict[Choice, Figure]]]:
        """Area by area one level down, rows that lie at the region itself last."""
        pairs = achievement.below(
            self.user,
            year=self.period.year,
            region=self.region.code,
            choices=[(self.indicators[code], breakdown) for code, breakdown in choices],
            today=self.today,
        )
        shown = self._known([f for _, f in pairs])
        found: dict[tuple[bool, int], tuple[Region, dict[Choice, Figure]]] = {}
        for (area, _), figure in zip(pairs, shown, strict=True):
            _, row = found.setdefault((figure.cell.direct, area.code), (area, {}))
            row[figure.indicator.code, figure.cell.breakdown] = figure
        return [found[key] for key in sorted(found)]

    def _known(self, found: Sequence[Figure]) -> list[Figure]:
        """In the report's period. Of a year that was never counted nothing is known, which is not zero."""
        if self.as_of is None:
            found = [replace(f, realised=None, rows=None, percent=None) for f in found]
            return found if self.of_year else [replace(f, target=None) for f in found]
        return in_period(self.user, found, self.period, self.today)

    @property
    def below_name(self) -> str:
        """What lies one level down; empty below a kecamatan, where figures end."""
        if self.region.level >= regions.Level.DISTRICT:
            return ""
        return regions.LEVEL_NAMES[regions.Level(self.region.level + 1)]
