"""One figure from its address, for the pages and API calls that open the rows behind it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404

from personnel.models import Personnel
from pilar.core.measures import FIRST_QUARTER, OUTSIDE_YEAR, get
from pilar.core.models import Region
from targets import achievement
from targets.achievement import Figure
from targets.models import Indicator
from targets.months import one_part
from targets.openness import require_open


@dataclass(frozen=True)
class Address:
    """Where a figure stands.

    Attributes:
        period: 1 to 12 a month, 13 luncuran, 21 to 24 a quarter, 0 the year.
        direct: only what lies exactly at the region.
    """

    year: int
    region: Region
    indicator: Indicator
    breakdown: int
    period: int = 0
    direct: bool = False


def indicator_from(code: str) -> Indicator:
    found = Indicator.objects.filter(code=code).first()
    if found is None:
        raise Http404(f"Indikator {code} tidak ada.")
    return found


def period_from(month: str, quarter: str, indicator: Indicator | None = None) -> int:
    """The period a query asks for by month or by quarter; 13 only where sums can be carried over. Raises Http404."""
    last = OUTSIDE_YEAR if indicator is None or get(indicator.measure).additive else OUTSIDE_YEAR - 1
    for text, name, highest, before in ((month, "Bulan", last, 0), (quarter, "Triwulan", 4, FIRST_QUARTER - 1)):
        if text and (not text.isdigit() or not 1 <= int(text) <= highest):
            raise Http404(f"{name} {text} tidak ada.")
        if text:
            return before + int(text)
    return 0


def figure_at(user: Any, address: Address, today: date) -> Figure:
    """Raises Http404 for a breakdown that the indicator does not have, Refusal for a closed kecamatan."""
    require_open(user, address.region)
    figure = _direct(user, address, today) if address.direct else _at(user, address, today)
    if figure is None:
        raise Http404("Angka ini tidak ada.")
    return one_part(user, figure, address.period, today) if address.period else figure


def _at(user: Any, a: Address, today: date) -> Figure | None:
    found = achievement.each(
        user, year=a.year, areas=[a.region.code], indicator=a.indicator, breakdown=a.breakdown, today=today
    )
    return next(iter(found), None)


def _direct(user: Any, a: Address, today: date) -> Figure | None:
    found = achievement.children(
        user, year=a.year, region=a.region.code, indicator=a.indicator, breakdown=a.breakdown, today=today
    )
    return next((f for _, f in found if f.cell.direct), None)


def personal_figure(user: Any, person: Personnel, year: int, indicator: Indicator, today: date) -> Figure:
    """A named person's figure. Raises Http404 where he has neither rows nor a target."""
    found = achievement.personal(user, year=year, person=person, today=today)
    figure = next((f for f in found if f.indicator == indicator), None)
    if figure is None:
        raise Http404(f"{person.name} belum punya angka {indicator.name.lower()} tahun {year}.")
    return figure
