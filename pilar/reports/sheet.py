"""A report as XLSX: figures are numbers, whatever is not known stands in words, the page is set up for printing."""

import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import xlsxwriter

from pilar.core.formatting import waktu
from pilar.core.offices import Issuer
from pilar.core.sheets import OPTIONS, Looks, one_line
from pilar.reports.layout import Cell, Column, Form, Report, Section

LANDSCAPE_FROM = 7
WIDTHS = {Form.TEXT: 34, Form.CODE: 12, Form.NUMBER: 18, Form.PERCENT: 12}
NUMBERS = {Form.NUMBER: "#,##0", Form.PERCENT: "0.0%"}
A4 = 9


def workbook(report: Report, issuer: Issuer) -> bytes:
    """One sheet for each table; each carries letterhead, title, notes and signature, so that it can be printed."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, **OPTIONS}) as book:
        book.set_properties({"title": report.title, "company": issuer.letterhead.office})
        looks = Looks(book)
        for section in report.sections:
            sheet = book.add_worksheet(section.heading.replace("/", "-")[:31])
            _Page(sheet, looks, report, issuer, section).write()
    return out.getvalue()


class _Page:
    """One table written row by row; `self.row` is the next free one."""

    def __init__(self, sheet: Any, looks: Looks, report: Report, issuer: Issuer, section: Section) -> None:
        self.sheet, self.looks, self.report, self.issuer, self.section = sheet, looks, report, issuer, section
        self.width = len(section.columns)
        self.row = 0

    def write(self) -> None:
        self._set_up()
        head = self.issuer.letterhead
        for text, size in ((head.government, 12), (head.office, 14), (head.address, 9), (head.contact, 9)):
            if text:
                self._across(text, bold=size > 9, font_size=size, align="center")
        self.row += 1
        for text in (self.report.title, self.report.place, self.report.period.name):
            self._across(text, bold=text == self.report.title, align="center")
        self.row += 1
        for label, value in (*self.report.head, ("Data per", waktu(self.report.as_of))):
            self._across(f"{label}: {value}")
        self._across(self.section.heading, bold=True)
        self._table()
        self.row += 1
        for note in self.report.notes:
            self._note(note)
        self._signature()

    def _set_up(self) -> None:
        for index, column in enumerate(self.section.columns):
            self.sheet.set_column(index, index, WIDTHS[column.form])
        self.sheet.set_paper(A4)
        if self.width >= LANDSCAPE_FROM:
            self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_footer(f"&LData per {waktu(self.report.as_of)}&RHalaman &P dari &N")

    def _across(self, value: str, **properties: Any) -> None:
        text = one_line(value)
        look = self.looks.text(text, **properties)
        self.sheet.merge_range(self.row, 0, self.row, self.width - 1, "", look)
        self.sheet.write_string(self.row, 0, text, look)
        self.row += 1

    def _note(self, text: str) -> None:
        self.sheet.set_row(self.row, 13 * (1 + len(text) // 110))
        self._across(text, text_wrap=True, font_size=9, valign="top")

    def _table(self) -> None:
        if not self.section.rows:
            self._across(self.section.closed or "Belum ada data.", italic=True)
            return
        head = self.looks.of(bold=True, border=1, bg_color="#E8E8E8", text_wrap=True, align="center", valign="vcenter")
        for index, column in enumerate(self.section.columns):
            self.sheet.write_string(self.row, index, column.heading, head)
        self.sheet.repeat_rows(self.row)
        self.row += 1
        self.sheet.freeze_panes(self.row, 2)
        totals_from = len(self.section.rows) - self.section.totals
        for number, cells in enumerate(self.section.rows):
            self._cells(cells, bold=number >= totals_from)

    def _cells(self, cells: Sequence[Cell], *, bold: bool) -> None:
        for index, (column, cell) in enumerate(zip(self.section.columns, cells, strict=True)):
            number = number_of(cell, column.form)
            if number is None:
                text = one_line(cell.text(column.form))
                self.sheet.write_string(self.row, index, text, self.looks.text(text, **_looks(column, cell, bold=bold)))
            else:
                self.sheet.write_number(self.row, index, number, self.looks.of(**_looks(column, cell, bold=bold)))
        self.row += 1

    def _signature(self) -> None:
        one = self.issuer.signature
        self.row += 1
        named = [one.name, one.rank, one.number] if one.name else ["." * 40, "NIP " + "." * 36]
        for value in (one.place_and_day, f"{one.title},", "", "", "", *named):
            text = one_line(value)
            self.sheet.write_string(self.row, max(self.width - 2, 0), text, self.looks.text(text))
            self.row += 1


def _looks(column: Column, cell: Cell, *, bold: bool) -> dict[str, Any]:
    looks: dict[str, Any] = {"border": 1, "bold": bold, "valign": "top", "italic": cell.is_blank}
    if column.form in NUMBERS:
        looks |= {"num_format": NUMBERS[column.form] + (f'"{cell.mark}"' if cell.mark else ""), "align": "right"}
    return looks


def number_of(cell: Cell, form: Form) -> int | float | None:
    """What a spreadsheet reckons with; shares as parts of one. None for words."""
    if isinstance(cell.value, int):
        return cell.value if form == Form.NUMBER else cell.value / 100
    if isinstance(cell.value, Decimal):
        return float(cell.value / 100 if form == Form.PERCENT else cell.value)
    return None
