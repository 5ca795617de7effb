"""A report as tables of cells, before it becomes a page, a sheet, a PDF or an answer of the API."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from pilar.core.formatting import Blank, angka, blank_text, persen
from pilar.core.models import Region
from targets.periods import Period

Value = int | Decimal | str | Blank | None


class Form(StrEnum):
    TEXT = "teks"
    CODE = "kode"
    NUMBER = "angka"
    PERCENT = "persen"


@dataclass(frozen=True)
class Column:
    """Attributes:
    key: name in the API.
    short: heading where the table is printed in many columns; the heading without it.
    """

    key: str
    heading: str
    form: Form = Form.NUMBER
    short: str = ""

    @property
    def is_number(self) -> bool:
        return self.form in (Form.NUMBER, Form.PERCENT)


@dataclass(frozen=True)
class Cell:
    """Attributes:
    value: None where nothing is known, which is not zero; a Blank says why it is not shown.
    url: the rows behind it.
    mark: a sign that the notes explain.
    """

    value: Value
    url: str = ""
    mark: str = ""

    @property
    def is_blank(self) -> bool:
        return blank_text(self.value) is not None

    def text(self, form: Form) -> str:
        if isinstance(self.value, str) and self.value:
            return self.value
        return f"{persen(self.value) if form == Form.PERCENT else angka(self.value)}{self.mark}"  # type: ignore[arg-type]


@dataclass(frozen=True)
class Section:
    """One table; its last `totals` rows are totals.

    `closed` says why there is no table at all.
    """

    key: str
    heading: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    totals: int = 0
    closed: str = ""


@dataclass(frozen=True)
class Report:
    """Attributes:
    period_text: the period's name, and until when it counts while it still runs.
    as_of: when the figures were last brought up to date; None while the year is not counted.
    facts: label and value above the tables.
    """

    kind: str
    title: str
    region: Region
    place: str
    period: Period
    period_text: str
    as_of: datetime | None
    sections: Sequence[Section]
    facts: Sequence[tuple[str, str]] = ()
    notes: Sequence[str] = ()

    @property
    def head(self) -> list[tuple[str, str]]:
        """What stands above the tables of a document, `facts` included."""
        place = f"{self.region.dotted} {self.place}".strip()
        return [("Wilayah", place), ("Periode", self.period_text), *self.facts]

    @property
    def name(self) -> str:
        """For files: "capaian-pas-17.71-2024-triwulan-1"."""
        part = "" if self.period.number == 0 else f"-{self.period.slug}"
        return f"{self.kind}-{self.region.dotted or 'nasional'}-{self.period.year}{part}"
