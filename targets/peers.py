"""Like regions: of one kind and with about as many recipients, ranked by what they reached.

The rule is short so that anybody can check it: kabupaten with kabupaten, kota with kota, provinces with provinces;
people served in the year between half and twice as many; of those the NEAREST by that number.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q

from pilar.core import regions
from pilar.core.errors import Refusal
from pilar.core.measures import Dim, Unit, get
from pilar.core.models import Region
from targets import achievement
from targets.achievement import Figure
from targets.cells import cells_of
from targets.models import Indicator
from targets.place import full_name

NEAREST = 20
PEOPLE_SERVED = "PENERIMA_PROGRAM"


@dataclass(frozen=True)
class Peer:
    """Attributes:
    served: people served in the year, all programmes, each once.
    rate: what was reached for each person served (rupiah) or for each 1,000 of them; None while hidden.
    rank: 1 for the best; equals share it; None where nothing can be ranked.
    own: the region that asks.
    """

    region: Region
    figure: Figure
    served: int
    rate: Decimal | None
    rank: int | None = None
    own: bool = False


@dataclass(frozen=True)
class Comparison:
    """`by_target`: ranked by percent of the target; else by rate, because most have none. Best first."""

    kind: str
    served: int
    by_target: bool
    peers: Sequence[Peer]

    @property
    def rule(self) -> str:
        return (
            f"Sejenis: sesama {self.kind} dengan penerima manfaat antara separuh dan dua kali wilayah ini pada tahun "
            f"yang sama, paling banyak {NEAREST} yang jumlahnya terdekat."
        )


def kind_of(region: Region) -> str:
    """ "provinsi", "kota" or "kabupaten"."""
    if region.level == regions.Level.PROVINCE:
        return "provinsi"
    return "kota" if region.name.startswith("Kota ") else "kabupaten"


def compare_peers(
    user: Any, *, year: int, region: Region, indicator: Indicator, breakdown: int, today: date
) -> Comparison:
    """Raises Refusal where there is nothing like it: the nation, a kecamatan."""
    if region.level not in (regions.Level.PROVINCE, regions.Level.REGENCY):
        raise Refusal(
            f"{full_name(region)} tidak dibandingkan dengan wilayah lain.",
            "Pilih provinsi atau kabupaten/kota di bagian atas halaman.",
            rule="tingkat_banding",
        )
    served = _served(user, year, region.level, today)
    mine = served.get(region.code, 0)
    others = [r for r in _alike(region, year) if r != region and mine / 2 <= served.get(r.code, 0) <= 2 * mine]
    near = sorted(others, key=lambda r: (abs(served[r.code] - mine), r.code))[:NEAREST] if mine else []
    areas = [region, *near]
    codes = [r.code for r in areas]
    figures = achievement.each(user, year=year, areas=codes, indicator=indicator, breakdown=breakdown, today=today)
    peers = [
        Peer(area, figure, served.get(area.code, 0), _rate(figure, served.get(area.code, 0)), own=area == region)
        for area, figure in zip(areas, figures, strict=True)
    ]
    by_target = 2 * sum(p.figure.target is not None for p in peers) >= len(peers)
    return Comparison(kind_of(region), mine, by_target, _ranked(peers, indicator, by_target=by_target))


def _served(user: Any, year: int, level: int, today: date) -> dict[int, int]:
    indicator = Indicator.objects.get(code=PEOPLE_SERVED)
    cells = cells_of(user, year, Q(level=level, dim=Dim.ALL), [indicator], today)
    key = (get(indicator.measure).number, int(Dim.ALL), 0)
    return {
        area: counted.rows
        for (area, found), counted in cells.items()
        if found == key and regions.level_of(area) == level
    }


def _alike(region: Region, year: int) -> list[Region]:
    same = Region.objects.valid_on(date(year, 12, 31)).filter(level=region.level)
    return [other for other in same if kind_of(other) == kind_of(region)]


def _rate(figure: Figure, served: int) -> Decimal | None:
    if figure.realised is None or not served:
        return None
    per = 1 if figure.indicator.unit == Unit.RUPIAH else 1000
    return Decimal(figure.realised * per) / served


def _ranked(peers: Sequence[Peer], indicator: Indicator, *, by_target: bool) -> list[Peer]:
    def worth(peer: Peer) -> Decimal | None:
        return peer.figure.percent if by_target else peer.rate

    sign = 1 if indicator.fewer_is_better else -1
    known = sorted((p for p in peers if worth(p) is not None), key=lambda p: (sign * (worth(p) or 0), p.region.code))
    values = [worth(p) for p in known]
    ranked = [replace(p, rank=values.index(worth(p)) + 1) for p in known]
    return ranked + sorted((p for p in peers if worth(p) is None), key=lambda p: p.region.code)
