"""A report for programs: the same cells as JSON and as CSV."""

from decimal import Decimal
from typing import Any

from pilar.core import regions
from pilar.core.formatting import half_up
from pilar.core.tables import BOM, written
from pilar.reports.layout import Cell, Form, Report, Section


def as_data(report: Report) -> dict[str, Any]:
    """What is not a figure is null; `kosong` says why, cell by cell."""
    return {
        "laporan": report.kind,
        "judul": report.title,
        "tahun": report.period.year,
        "periode": report.period.slug,
        "wilayah": regions.slug(report.region.code),
        "nama_wilayah": report.place,
        "data_per": report.as_of,
        "bagian": [_section(section) for section in report.sections],
        "keterangan": list(report.notes),
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "bagian": section.key,
        "judul": section.heading,
        "tertutup": section.closed,
        "kolom": [{"nama": column.key, "judul": column.heading, "bentuk": column.form} for column in section.columns],
        "baris": [_row(section, number) for number in range(len(section.rows))],
    }


def _row(section: Section, number: int) -> dict[str, Any]:
    cells = dict(zip((column.key for column in section.columns), section.rows[number], strict=True))
    return {
        "jumlah": number >= len(section.rows) - section.totals,
        "nilai": {key: None if cell.is_blank else _json(cell) for key, cell in cells.items()},
        "kosong": {key: cell.text(Form.TEXT) for key, cell in cells.items() if cell.is_blank},
    }


def _json(cell: Cell) -> int | str:
    """Shares are texts, as everywhere in the API, so that no client rounds them."""
    value = plain(cell)
    return str(value) if isinstance(value, Decimal) else value


def plain(cell: Cell) -> int | str | Decimal:
    """Shares in percent with two decimals."""
    return half_up(cell.value, 2) if isinstance(cell.value, Decimal) else cell.value  # type: ignore[return-value]


def as_csv(section: Section) -> str:
    """One table with a head of one line; numbers without separators of thousands, words where there is none."""
    rows = [[cell.text(Form.TEXT) if cell.is_blank else plain(cell) for cell in row] for row in section.rows]
    return BOM + written([[column.key for column in section.columns], *rows])
