"""Where the marks of the small charts stand. Numbers in, ready attribute texts out.

All positions are percentages with a decimal point ("61.20%"), so an SVG without a viewBox
stretches with the page while its text keeps its size.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from pilar.core import formatting

BULLET_FULL = Decimal(120)
ACHIEVEMENT_BREAKS = (40, 60, 80, 100)
_NICE_SMALL = (2, 4, 6, 8, 10)
_NICE = (1, 2, 3, 4, 5, 6, 8, 10)

# Own tile grid of the 38 provinces: code -> (short name, row, column).
PROVINCE_TILES: dict[int, tuple[str, int, int]] = {
    11: ("AC", 1, 1), 12: ("SU", 2, 2), 13: ("SB", 3, 2), 14: ("RI", 3, 3), 15: ("JA", 4, 3),
    16: ("SS", 4, 4), 17: ("BE", 5, 3), 18: ("LA", 5, 4), 19: ("BB", 4, 5), 21: ("KR", 2, 4),
    31: ("JK", 6, 5), 32: ("JB", 7, 5), 33: ("JT", 6, 6), 34: ("YO", 7, 6), 35: ("JI", 6, 7),
    36: ("BT", 6, 4), 51: ("BA", 7, 8), 52: ("NB", 7, 9), 53: ("NT", 7, 10), 61: ("KB", 2, 6),
    62: ("KT", 2, 7), 63: ("KS", 3, 7), 64: ("KI", 2, 8), 65: ("KU", 1, 8), 71: ("SA", 2, 11),
    72: ("ST", 3, 10), 73: ("SN", 4, 9), 74: ("SG", 4, 10), 75: ("GO", 2, 10), 76: ("SR", 3, 9),
    81: ("MA", 4, 12), 82: ("MU", 2, 12), 91: ("PA", 3, 15), 92: ("PB", 3, 14), 93: ("PS", 5, 15),
    94: ("PT", 4, 14), 95: ("PE", 4, 15), 96: ("PD", 3, 13),
}  # fmt: skip


def place(value: Decimal | float | int, full: Decimal | float | int) -> str:
    """Position of a value on a scale from 0 to full, kept inside it."""
    share = Decimal(str(value)) / Decimal(str(full)) * 100 if full else Decimal(0)
    return f"{min(max(share, Decimal(0)), Decimal(100)):.2f}%"


def bullet(realised_pct: formatting.Figure, pace_pct: formatting.Figure) -> dict[str, Any]:
    """Marks of one bar on the common scale 0 to 120 percent; "over" when the bar is cut there."""
    known = not formatting.blank_text(realised_pct)
    has_pace = not formatting.blank_text(pace_pct)
    return {
        "known": known,
        "bar": place(realised_pct, BULLET_FULL) if known else "0%",  # type: ignore[arg-type]
        "over": known and realised_pct > BULLET_FULL,  # type: ignore[operator]
        "target": place(100, BULLET_FULL),
        "pace": place(pace_pct, BULLET_FULL) if has_pace else "",  # type: ignore[arg-type]
    }


def nice_top(highest: Decimal) -> Decimal:
    """The next round number at or over the highest value: 3 -> 4, 61 -> 80, 1730 -> 2000.

    Its half is whole, so that the middle of the axis can be written as a count.
    """
    power = max(highest.adjusted(), 0)
    steps = _NICE if power else _NICE_SMALL
    return next(Decimal(step).scaleb(power) for step in steps if Decimal(step).scaleb(power) >= highest)


def _segments(spots: Sequence[tuple[str, str] | None]) -> list[dict[str, str]]:
    """Straight lines between neighbouring known points; a gap stays a gap."""
    pairs = itertools.pairwise(spots)
    return [{"x1": a[0], "y1": a[1], "x2": b[0], "y2": b[1]} for a, b in pairs if a and b]


def trend(points: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Lines, dots and axis of a series.

    A point is {label, value, compare, value_text, compare_text, url};
    all but label may be missing or None.
    """
    values = [Decimal(str(p[key])) for p in points for key in ("value", "compare") if p.get(key) is not None]
    top = nice_top(max(values, default=Decimal(0)))
    last = max(len(points) - 1, 1)

    def spot(index: int, value: Any) -> tuple[str, str] | None:
        if value is None:
            return None
        return place(index, last), place(top - Decimal(str(value)), top)

    now = [spot(i, p.get("value")) for i, p in enumerate(points)]
    before = [spot(i, p.get("compare")) for i, p in enumerate(points)]
    dots = [{"x": s[0], "y": s[1], "point": p} for s, p in zip(now, points, strict=True) if s]
    return {
        "lines": _segments(now),
        "compare_lines": _segments(before),
        "dots": dots,
        "last": dots[-1] if dots else None,
        "axis": [{"y": place(4 - i, 4), "value": top * i / 4} for i in (0, 2, 4)],
        "has_compare": any(before),
    }


def funnel(stages: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Each stage with its bar (share of the largest) and its share of the stage before."""
    top = max((s["value"] for s in stages if s.get("value") is not None), default=0)
    rows, before = [], None
    for stage in stages:
        value = stage.get("value")
        rows.append(
            {
                "stage": stage,
                "width": place(value, top) if value is not None else "0%",
                "share": formatting.percent_of(value, before),
                "first": stage is stages[0],
            }
        )
        before = value
    return rows


def class_of(value: formatting.Figure, breaks: Sequence[int] = ACHIEVEMENT_BREAKS) -> int:
    """Colour class 1 to 5 of a map value; 0 when there is no value to show."""
    if formatting.blank_text(value):
        return 0
    return 1 + sum(value >= edge for edge in breaks)  # type: ignore[operator]


def legend_of(breaks: Sequence[int] = ACHIEVEMENT_BREAKS) -> list[dict[str, Any]]:
    """Words of the five classes for percent values."""
    words = [f"di bawah {breaks[0]}%"]
    words += [f"{low} sampai {high - 1},9%" for low, high in itertools.pairwise(breaks)]
    words.append(f"{breaks[-1]}% ke atas")
    return [{"class": number, "text": text} for number, text in enumerate(words, start=1)]


def tile_grid(tiles: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The tiles in order of their codes, and the columns; "wide" when a phone must refold them."""
    ordered = sorted(tiles, key=lambda t: str(t["code"]))
    columns = max((t["col"] for t in ordered), default=1)
    return {"tiles": ordered, "columns": columns, "wide": columns > 6}
