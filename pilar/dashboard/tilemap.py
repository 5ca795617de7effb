"""Where areas stand on the map of tiles, and their colours. No boundaries are shipped."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pilar.core import regions
from pilar.core.formatting import Blank, angka, persen, rupiah_ringkas
from pilar.core.measures import Unit
from pilar.core.models import Region
from pilar.core.templatetags.geometry import PROVINCE_TILES, class_of, legend_of, nice_top
from targets.achievement import Figure
from targets.place import short_name

COLUMNS = 5
CLASSES = 5
CLOSED = "tertutup"
NO_TARGET = "tanpa target"


@dataclass(frozen=True)
class Shade:
    """How a map is coloured: by percent of the target, or by size where too few areas have a target.

    Attributes:
        highest: the largest figure on the map; 0 leaves nothing to colour.
        closed: no area of it is open to the reader.
    """

    by_percent: bool
    step: Decimal
    unit: str
    highest: int = 0
    closed: bool = False

    def of(self, figure: Figure) -> int:
        """Class 1 to 5; 0 when there is nothing to colour."""
        if figure.realised is None:
            return 0
        if self.by_percent:
            return class_of(figure.percent)
        return min(int(figure.realised / self.step) + 1, CLASSES) if figure.realised else 0

    def text(self, figure: Figure) -> str:
        if figure.closed:
            return CLOSED
        if figure.suppressed:
            return Blank.SUPPRESSED.value
        if self.by_percent:
            return persen(figure.percent) if figure.percent is not None else NO_TARGET
        return amount(figure.realised, self.unit)

    @property
    def measure(self) -> str:
        return "persen dari target" if self.by_percent else "jumlah, karena target belum diisi"

    def legend(self) -> list[dict[str, Any]]:
        if self.by_percent:
            return [*legend_of(), {"class": 0, "text": NO_TARGET}]
        if not self.highest:
            return [{"class": 0, "text": "0"}]
        edges = [amount(int(self.step * i), self.unit) for i in range(CLASSES + 1)]
        words = [f"sampai {edges[1]}", *(f"{edges[i]} sampai {edges[i + 1]}" for i in range(1, CLASSES))]
        return [*({"class": i, "text": text} for i, text in enumerate(words, start=1)), {"class": 0, "text": "0"}]


def amount(value: int | None, unit: str) -> str:
    return rupiah_ringkas(value) if unit == Unit.RUPIAH else angka(value)


def shade_of(figures: Sequence[Figure], unit: str) -> Shade:
    """By percent when at least half of the areas with any figure have a target."""
    busy = [f for f in figures if f.realised or f.target is not None]
    aimed = [f for f in busy if f.target is not None]
    highest = max((f.realised or 0 for f in figures), default=0)
    step = nice_top(Decimal(highest) / CLASSES) if highest > CLASSES else Decimal(1)
    by_percent = bool(aimed) and 2 * len(aimed) >= len(busy)
    return Shade(by_percent, step, unit, highest, closed=bool(figures) and all(f.closed for f in figures))


def place_of(area: Region, order: int, count: int) -> tuple[int, int]:
    """Row and column, from 1: provinces on their own grid, other areas in the order of their codes."""
    if area.level == regions.Level.PROVINCE:
        number = area.code // regions.SPAN[regions.Level.PROVINCE]
        if number in PROVINCE_TILES:
            return PROVINCE_TILES[number][1:]
    columns = COLUMNS if count > COLUMNS * 2 else max(2, -(-count // 2))
    return order // columns + 1, order % columns + 1


def tile_name(area: Region) -> str:
    """Short enough for a tile: provinces by two letters."""
    if area.level == regions.Level.PROVINCE:
        number = area.code // regions.SPAN[regions.Level.PROVINCE]
        return PROVINCE_TILES[number][0] if number in PROVINCE_TILES else area.name
    return short_name(area.name)
