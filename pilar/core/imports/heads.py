"""Where the table of a real file begins and ends: its heading below titles, and the rows that are no data."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pilar.core.imports.kinds import Kind
from pilar.core.imports.reading import Content, Found

HEADING_LINES = 2
SHOWN = 60
_TOTAL = re.compile(r"\s*(grand\s+)?(jumlah|total|rekapitulasi|sub\s*total)\b", re.IGNORECASE)
_LONG_NUMBER = re.compile(r"\d{8,}")


@dataclass
class Layout:
    """Attributes:
    row: of the heading's first line, from 1; `lines`: how many it has.
    heads: one text per column, "" where none stands.
    samples: what stands in the first rows below, masked; per column.
    """

    sheet: str
    row: int
    lines: int
    heads: list[str]
    known: int
    samples: list[list[str]] = field(default_factory=list)


def text_of(cell: Content) -> str:
    return cell if isinstance(cell, str) else cell[1]


def shown(cell: Content | str) -> str:
    """At most SHOWN letters, long numbers cut: one of them may be a NIK."""
    text = " ".join(text_of(cell).replace("\x00", "␀").split())
    text = _LONG_NUMBER.sub(lambda found: f"{found[0][:4]}***", text)
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


def find(kind: Kind, found: Found, *, sheet: str | None = None, row: int | None = None) -> Layout:
    """The heading that names most columns of the kind; the sheet and row that a person chose come first."""
    tops = {name: rows for name, rows in found.tops.items() if sheet is None or name == sheet} or found.tops
    best: Layout | None = None
    for name, rows in tops.items():
        for at in range(len(rows)) if row is None else [min(row, len(rows)) - 1]:
            for lines in range(1, HEADING_LINES + 1):
                layout = _layout(kind, name, rows, at, lines)
                if best is None or (layout.known, -layout.lines) > (best.known, -best.lines):
                    best = layout
    if best is None:
        raise ValueError("a file without rows was let through")
    best.samples = _samples(tops[best.sheet], best)
    return best


def _layout(kind: Kind, sheet: str, rows: list[list[Content]], at: int, lines: int) -> Layout:
    heads = _heads(rows[at : at + lines])
    known = len({key for head in heads if (key := kind.column_of(head))})
    return Layout(sheet, at + 1, lines, heads, known)


def _heads(lines: Sequence[list[Content]]) -> list[str]:
    """One heading per column. Of two lines the lower one counts where it is filled, with the merged one above it."""
    texts = [[" ".join(text_of(cell).split()) for cell in line] for line in lines]
    if len(texts) == 1:
        return texts[0]
    if len(texts) < HEADING_LINES:
        return []
    upper, lower = texts
    width = max(len(upper), len(lower))
    upper, lower = upper + [""] * (width - len(upper)), lower + [""] * (width - len(lower))
    heads, above = [], ""
    for top, below in zip(upper, lower, strict=True):
        above = top or (above if below else "")
        heads.append(below or top)
    return heads


def _samples(rows: list[list[Content]], layout: Layout) -> list[list[str]]:
    below = [row for row in rows[layout.row - 1 + layout.lines :] if any(row) and not is_numbering(row)][:3]
    return [[shown(row[at]) if at < len(row) else "" for row in below] for at in range(len(layout.heads))]


def is_numbering(cells: Sequence[Content]) -> bool:
    """A row of column numbers: 1, 2, 3 ... below the heading."""
    numbers = [text_of(cell).strip("() .") for cell in cells if text_of(cell)]
    return len(numbers) > 1 and numbers == [str(n) for n in range(1, len(numbers) + 1)]


def why_no_data(kind: Kind, cells: Sequence[Content], places: dict[str, int]) -> str:
    """Why a row below the heading is not one of the kind's; empty when it is one."""
    given = {key for key, at in places.items() if at < len(cells) and text_of(cells[at])}
    first = next((text_of(cell) for cell in cells if text_of(cell)), "")
    named = [text_of(cells[places[key]]) for key in kind.key or kind.required[:1] if key in given]
    without_key = all(_TOTAL.match(text) for text in named)
    if _TOTAL.match(first) and without_key:
        return "baris jumlah"
    if is_numbering(cells):
        return "nomor kolom"
    if not given:
        return "tidak ada isi di kolom yang dipakai"
    if (len(given) == 1 and len(places) > HEADING_LINES) or (without_key and 2 * len(given) < len(places)):
        return "bukan baris data: hampir semua kolomnya kosong"
    return ""


def excluded(number: int, why: str, cells: Sequence[Content]) -> dict[str, Any]:
    text = " | ".join(filter(None, (shown(cell) for cell in cells)))
    return {"row": number, "why": why, "text": text[: 2 * SHOWN]}


def letter(at: int) -> str:
    """0 -> "A", 27 -> "AB"."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
