"""One dashboard, put together from the rollup's readers. No queries of its own."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pilar.core.measures import Unit, get
from pilar.core.models import Region
from pilar.dashboard.headline import Facts, worst_group
from pilar.dashboard.sums import Sum, summed
from targets import achievement, breakdowns
from targets.achievement import Figure
from targets.maps import Changes
from targets.models import Indicator
from targets.months import by_month
from targets.openness import require_open
from targets.place import full_name

MONEY, GROUPS, SERVED = "RUPIAH_SALUR", "PENERIMA_PAS", "PENERIMA_PROGRAM"
REGISTERED, ACTS, GRADUATED = "PERSONEL_TERDAFTAR", "KEGIATAN", "GRADUASI"


@dataclass(frozen=True)
class Choice:
    """Which indicator and breakdown map and trend show."""

    indicator: Indicator
    breakdown: int


@dataclass
class Board:
    """Figures of one region and year as one reader may see them."""

    user: Any
    year: int
    region: Region
    today: date
    indicators: dict[str, Indicator] = field(init=False)
    figures: list[Figure] = field(init=False)
    served: Figure | None = field(init=False)

    def __post_init__(self) -> None:
        require_open(self.user, self.region)
        self.indicators = {i.code: i for i in breakdowns.indicators()}
        code, today = self.region.code, self.today
        self.figures = achievement.figures(
            self.user, year=self.year, region=code, today=today, only=list(self.indicators.values())
        )
        self.served = achievement.whole(
            self.user, year=self.year, region=code, indicator=self.indicators[SERVED], today=today
        )

    def of(self, code: str) -> list[Figure]:
        return [f for f in self.figures if f.indicator.code == code]

    def sum_of(self, code: str) -> Sum:
        return summed(self.of(code))

    def default_choice(self) -> Choice:
        """The PAS group with the largest shortfall, since the headline names it; else all recipients together."""
        group = worst_group(self.of(GROUPS))
        return Choice(group.indicator, group.breakdown) if group else Choice(self.indicators[SERVED], 0)

    def choice(self, code: str, breakdown: str) -> Choice | None:
        """What the address asks for; None when there is no such thing."""
        indicator = self.indicators.get(code)
        if indicator is None or not breakdown.isdigit():
            return None
        choice = Choice(indicator, int(breakdown))
        return choice if self.figure_of(choice) else None

    def figure_of(self, choice: Choice) -> Figure | None:
        if choice.breakdown == 0:
            return self.served if choice.indicator.code == SERVED else None
        return next((f for f in self.of(choice.indicator.code) if f.breakdown == choice.breakdown), None)

    def areas(self, choice: Choice) -> list[tuple[Region, Figure]]:
        return achievement.children(
            self.user,
            year=self.year,
            region=self.region.code,
            indicator=choice.indicator,
            breakdown=choice.breakdown,
            today=self.today,
        )

    def months(self, choice: Choice, year: int) -> list[int | None]:
        """Twelve figures of the region; months to come are None."""
        found = by_month(
            self.user,
            year=year,
            region=self.region.code,
            indicator=choice.indicator,
            breakdown=choice.breakdown,
            today=self.today,
        )
        last = 12 if year < self.today.year else self.today.month if year == self.today.year else 0
        return [value if month <= last else None for month, value in enumerate(found, start=1)]

    def map_changed(self) -> bool:
        """Whether areas here were replaced since the year."""
        return self.year < self.today.year and Changes(self.year, self.today).touch(self.region.code)

    def facts(self, areas_of_worst: Sequence[tuple[Region, Figure]]) -> Facts:
        return Facts(
            place=full_name(self.region),
            year=self.year,
            today=self.today,
            money=self.sum_of(MONEY),
            served=self.served,
            groups=self.of(GROUPS),
            areas=areas_of_worst,
        )


def form_of(indicator: Indicator, *, short: bool = False) -> str:
    """The name of the number form the templates use."""
    if indicator.unit != Unit.RUPIAH:
        return "angka"
    return "rupiah_ringkas" if short else "rupiah"


def is_additive(indicator: Indicator) -> bool:
    return get(indicator.measure).additive
