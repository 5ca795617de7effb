"""The half year that tali asih is proposed for, written "2024-S1"."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

_TEXT = re.compile(r"^(\d{4})-S([12])$")


@dataclass(frozen=True, order=True)
class Semester:
    year: int
    half: int

    @classmethod
    def read(cls, text: str) -> "Semester":
        """Raises ValueError for anything but "2024-S1" or "2024-S2"."""
        found = _TEXT.match(text.strip().upper())
        if found is None:
            raise ValueError(f"Semester ditulis seperti 2024-S1 atau 2024-S2, bukan “{text}”.")
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, day: date) -> "Semester":
        return cls(day.year, 1 if day.month <= 6 else 2)

    @property
    def before(self) -> "Semester":
        return Semester(self.year, 1) if self.half == 2 else Semester(self.year - 1, 2)

    @property
    def code(self) -> str:
        return f"{self.year}-S{self.half}"

    @property
    def label(self) -> str:
        return f"semester {self.half} {self.year}"

    @property
    def month_ends(self) -> list[date]:
        """A month counts for whoever serves on its last day, as in the headcount."""
        months = range(1, 7) if self.half == 1 else range(7, 13)
        return [date(self.year, month, monthrange(self.year, month)[1]) for month in months]

    @property
    def first(self) -> date:
        return date(self.year, 1 if self.half == 1 else 7, 1)

    @property
    def last(self) -> date:
        return self.month_ends[-1]


def label_of(code: str) -> str:
    """ "2024-S1" -> "semester 1 2024"."""
    return Semester.read(code).label
