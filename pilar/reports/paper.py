"""A report as an official document: letterhead of the reader's office, its tables, notes and signature."""

from collections.abc import Sequence
from datetime import datetime

from pilar.core import pdf
from pilar.core.formatting import Blank
from pilar.core.offices import Issuer
from pilar.reports.layout import Cell, Column, Form, Report, Section

#: tables with more columns than this are printed on the long side of the paper
UPRIGHT = 6
#: words that are too long for a narrow column
SHORTER = {Blank.SUPPRESSED.value: "disamarkan"}
ALIGN = {Form.TEXT: "left", Form.CODE: "center", Form.NUMBER: "right", Form.PERCENT: "right"}


def printed(report: Report, issuer: Issuer, *, at: datetime) -> bytes:
    return pdf.printed(document_of(report, issuer), at=at)


def document_of(report: Report, issuer: Issuer) -> pdf.Document:
    return pdf.Document(
        title=report.title,
        letterhead=issuer.letterhead,
        as_of=report.as_of,
        subtitle=[report.place, report.period.name],
        facts=report.head,
        tables=[_table(section) for section in report.sections],
        notes=report.notes,
        signatures=[issuer.signature],
        landscape=any(len(section.columns) > UPRIGHT for section in report.sections),
    )


def _table(section: Section) -> pdf.Table:
    return pdf.Table(
        columns=[_column(column) for column in section.columns],
        rows=[_texts(section.columns, row) for row in section.rows],
        heading=section.heading,
        totals=section.totals,
        empty=section.closed or "Belum ada data.",
    )


def _column(column: Column) -> pdf.Column:
    share = {Form.TEXT: 4, Form.CODE: 0}.get(column.form, 2)
    return pdf.Column(column.short or column.heading, ALIGN[column.form], share)  # type: ignore[arg-type]


def _texts(columns: Sequence[Column], row: Sequence[Cell]) -> list[str]:
    texts = [cell.text(column.form) for column, cell in zip(columns, row, strict=True)]
    return [SHORTER.get(text, text) for text in texts]
