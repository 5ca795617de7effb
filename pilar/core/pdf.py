"""Official documents as tagged PDF: letterhead, title, facts, tables, notes and signatures.

What people wrote reaches typst as data, never as source: no text of theirs can become markup.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

import typst

from pilar.core.formatting import waktu

TEMPLATE = Path(__file__).parent / "typst" / "document.typ"
PDF = "application/pdf"


@dataclass(frozen=True)
class Letterhead:
    """Kop surat. `government` stands above the office and is empty for a ministry."""

    office: str
    government: str = ""
    address: str = ""
    contact: str = ""


@dataclass(frozen=True)
class Signature:
    """Who signs. Without a name, dotted lines are printed to write on.

    Attributes:
        title: the signatory's office, e.g. "Kepala Dinas Sosial Kota Bengkulu".
        place_and_day: "Bengkulu, 24 November 2026"; empty beside one that says it.
        preamble: a line before the title, e.g. "Mengetahui" or "a.n. Wali Kota Bengkulu".
        number: "NIP 1970...", or another number under the name.
    """

    title: str
    place_and_day: str = ""
    preamble: str = ""
    name: str = ""
    rank: str = ""
    number: str = ""


@dataclass(frozen=True)
class Column:
    """`share` of the width that is left; 0 takes what the text needs."""

    heading: str
    align: Literal["left", "right", "center"] = "left"
    share: int = 0


@dataclass(frozen=True)
class Table:
    """Cells are texts in their Indonesian form; the last `totals` rows are totals."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    heading: str = ""
    totals: int = 0
    empty: str = "Belum ada data."


@dataclass(frozen=True)
class Document:
    """Attributes:
    subtitle: lines below the title, e.g. area and period.
    facts: label and value, before the tables.
    paragraphs: sentences between facts and tables.
    as_of: until when the data are counted; stands in each page's foot with "Halaman n dari m".
    """

    title: str
    letterhead: Letterhead
    as_of: datetime | None
    subtitle: Sequence[str] = ()
    facts: Sequence[tuple[str, str]] = ()
    paragraphs: Sequence[str] = ()
    tables: Sequence[Table] = ()
    notes: Sequence[str] = ()
    signatures: Sequence[Signature] = field(default_factory=tuple)
    landscape: bool = False


def printed(document: Document, *, at: datetime) -> bytes:
    """The document as PDF/UA-1. `at` becomes its creation time.

    Raises ValueError for a row whose cells do not fit its table's columns.
    """
    for table in document.tables:
        if any(len(row) != len(table.columns) for row in table.rows):
            raise ValueError(f"a row of “{table.heading}” does not have {len(table.columns)} cells")
    made = typst.Compiler(TEMPLATE, ignore_system_fonts=True, sys_inputs=inputs(document)).compile(
        format="pdf", pdf_standards=["ua-1"], timestamp=int(at.timestamp())
    )
    if not isinstance(made, bytes):
        raise TypeError("typst gives one file of bytes")
    return made


def inputs(document: Document) -> dict[str, str]:
    """What the template reads."""
    return {"document": json.dumps(asdict(document) | {"as_of": f"Data per {waktu(document.as_of)}"})}
