"""Cells and rows made of figures: what may be shown of each, and the rows behind it."""

from collections.abc import Callable, Sequence

from pilar.core.formatting import Blank, percent_of
from pilar.core.models import Region
from pilar.dashboard import marks
from pilar.dashboard.sums import Sum, summed
from pilar.dashboard.tilemap import CLOSED
from pilar.reports.layout import Cell, Column, Form, Section
from pilar.reports.source import Choice, Source
from targets.achievement import Figure
from targets.openness import who_opens
from targets.place import full_name, short_name

PENDING_MARK = "*"
NO_CODE = "–"
CODE, AREA = Column("kode", "Kode", Form.CODE), Column("wilayah", "Wilayah", Form.TEXT)
NUMBER, GROUP_NUMBER = Column("no", "No", Form.CODE), Column("nomor", "No", Form.CODE)


def realised(figure: Figure | None) -> Cell:
    if figure is None:
        return Cell(None)
    if figure.closed:
        return Cell(CLOSED)
    if figure.suppressed:
        return Cell(Blank.SUPPRESSED)
    return Cell(figure.realised, url=_rows_url(figure))


def _rows_url(figure: Figure) -> str:
    """The rows of a year or a month; a quarter's have no page of their own."""
    period = figure.cell.period
    if figure.realised is None or period > 12:
        return ""
    return marks.rows_url(figure, bulan=period) if period else marks.rows_url(figure)


def aim(figure: Figure) -> Cell:
    if figure.closed:
        return Cell(CLOSED)
    return Cell(figure.target, mark=PENDING_MARK if figure.pending else "")


def share(figure: Figure) -> Cell:
    if figure.suppressed and not figure.closed and figure.target is not None:
        return Cell(Blank.SUPPRESSED)
    return Cell(figure.percent)


def total(figures: Sequence[Figure]) -> Sum | None:
    """Additive figures together; None as soon as one of them is not known."""
    return None if not figures or any(f.realised is None for f in figures) else summed(figures)


def total_cells(figures: Sequence[Figure], *, of_year: bool) -> list[Cell]:
    """Target, realised and share of all of them, or realised alone for a part of a year."""
    if figures and all(f.closed for f in figures):
        return [Cell(CLOSED)] * (3 if of_year else 1)
    added = total(figures)
    if added is None:
        return [Cell(None)] * (3 if of_year else 1)
    value = Cell(added.realised, url=_rows_url(figures[0]) if len(figures) == 1 else "")
    if not of_year:
        return [value]
    return [Cell(added.target, mark=PENDING_MARK if added.pending else ""), value, Cell(added.percent)]


def ratio(part: Sum | None, of: Sum | None) -> Cell:
    return Cell(percent_of(part.realised, of.realised) if part and of else None)


def percent(part: Figure, of: Figure) -> Cell:
    return Cell(percent_of(part.realised, of.realised))


def against_target(figure: Figure, *, of_year: bool) -> list[Cell]:
    """Target, realised, share of the target; realised alone for a part of a year."""
    return [aim(figure), realised(figure), share(figure)] if of_year else [realised(figure)]


def targeted(key: str, heading: str, *, of_year: bool, unit: str) -> list[Column]:
    """Columns of `against_target`."""
    middle = Column(key, f"{heading} ({unit})")
    if not of_year:
        return [middle]
    return [
        Column(f"target_{key}", f"Target ({unit})"),
        middle,
        Column(f"persen_{key}", "% target", Form.PERCENT),
    ]


# --- areas -------------------------------------------------------------------------

AreaCells = Callable[[dict[Choice, Figure]], Sequence[Cell]]


def by_area(
    source: Source,
    columns: Sequence[Column],
    choices: Sequence[Choice],
    cells: AreaCells,
    here: Sequence[Cell],
    *,
    said: str = "",
) -> list[Section]:
    """Areas one level down and, last, the region itself (`here`); nothing below a kecamatan.

    `said` ends the heading.
    """
    if not source.below_name:
        return []
    heads = [CODE, AREA, *columns]
    heading = f"Menurut {source.below_name}{said}"
    areas = source.below(choices)
    if areas and all(f.closed for _, row in areas for f in row.values()):
        words = f"Angka {source.below_name} tertutup bagi Anda. {who_opens(source.region.code)}."
        return [Section("wilayah", heading, heads, [], closed=words)]
    rows = [[*_named(area, source), *cells(row)] for area, row in areas]
    rows.append([Cell(source.region.dotted or NO_CODE), Cell(full_name(source.region)), *here])
    return [Section("wilayah", heading, heads, rows, totals=1)]


def _named(area: Region, source: Source) -> list[Cell]:
    if area.code == source.region.code:
        return [Cell(NO_CODE), Cell("Langsung di tingkat ini")]
    return [Cell(area.dotted), Cell(short_name(area.name))]
