"""Writing XLSX so that nothing in a cell can run: text stays text, also when somebody edits the cell."""

from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import IO, Any

import xlsxwriter

from pilar.core.tables import FORMULA

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: a text is never taken for a formula, a number or an address
OPTIONS = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
LONGEST = 32_767  # characters that a cell holds


@contextmanager
def workbook(file: IO[bytes]) -> Iterator[Any]:
    """A workbook written row by row in constant memory; an error leaves it unfinished.

    Rows that wait for the end lie in clear in a folder that nobody else may open, which goes with the block.
    """
    with TemporaryDirectory(prefix="pilar-xlsx-") as folder:
        book = xlsxwriter.Workbook(file, {"constant_memory": True, "tmpdir": folder, **OPTIONS})
        yield book
        book.close()


class Looks:
    """Cell formats of one workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def of(self, **properties: Any) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]

    def text(self, value: str, **properties: Any) -> Any:
        """For a cell with this text: what looks like a formula is marked as text for good."""
        return self.of(**properties, quote_prefix=True) if value.startswith(FORMULA) else self.of(**properties)


def one_line(value: Any) -> str:
    """The cell's text, on one line and no longer than a cell may be; empty for None."""
    return " ".join(str(value).split())[:LONGEST] if value is not None else ""
