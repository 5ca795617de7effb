"""Writing a list to a file in constant memory: CSV and JSON lines by COPY, XLSX row by row."""

import csv
import io
import json
import shutil
import tempfile
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from datetime import date
from itertools import islice
from typing import Any, Protocol

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import QuerySet

from pilar.core import crypto
from pilar.core.exports import MASKED, Column, Form, ListExport, cells_of
from pilar.core.sheets import XLSX, Looks, one_line, workbook
from pilar.core.tables import BOM, neutral

FORMATS = {"csv": "text/csv; charset=utf-8", "xlsx": XLSX, "jsonl": "application/jsonl"}
CHUNK = 2000
MOST_ROWS = 1_048_575  # of one sheet, below its head
WIDTH = 22
#: delimiter and quote of COPY that no text holds, so that JSON passes as it is
NOWHERE = ("\x02", "\x01")


Rows = Iterator[Sequence[Any]]


class Writer(Protocol):
    def write(self, content: bytes, /) -> Any: ...


class Counted(io.RawIOBase):
    """Passes bytes on and counts rows; `check` may stop the writing by raising."""

    def __init__(self, file: Writer, check: Any = None) -> None:
        self.file, self.check, self.rows = file, check, 0

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        self.file.write(content)
        self.count(bytes(content).count(b"\n"))
        return len(content)

    def count(self, rows: int) -> None:
        self.rows += rows
        if self.check is not None:
            self.check(self.rows)


def write(
    export: ListExport, rows: QuerySet[Any], user: Any, form: str, file: Writer, *, personal: bool, check: Any = None
) -> int:
    """Writes the file and returns the number of rows. Runs in the reader's own scope.

    Args:
        check: called with the rows so far; raises to stop.
    """
    out = Counted(file, check)
    cells = cells_of(export, rows, user, personal=personal)
    slowly = personal and any(column.sealed for column in export.columns)
    with closing(_opened(export, cells)) as opened:  # its cursor ends before its transaction, also when stopped
        if form == "xlsx":
            _sheet(export, opened, file, out)
        elif form == "jsonl":
            _lines(export, cells, out, opened if slowly else None)
        else:
            _table(export, cells, out, opened if slowly else None)
    return out.rows


# --- CSV ------------------------------------------------------------------------------


def _table(export: ListExport, cells: QuerySet[Any], out: Counted, opened: Rows | None) -> None:
    """`opened`: the rows where columns are that only Python can open; COPY takes the others."""
    head = io.StringIO()
    csv.writer(head, delimiter=";", lineterminator="\n").writerow([column.heading for column in export.columns])
    out.file.write((BOM + head.getvalue()).encode())
    if opened is not None:
        _slowly(opened, out)
        return
    shown = ", ".join(_safe(f"r.c{i}", column) for i, column in enumerate(export.columns))
    _copy(shown, cells, out, "DELIMITER ';'")


#: on one line, with an apostrophe before what a spreadsheet would run
SAFE = (
    r"CASE WHEN left(ltrim({0}, E' \t\r\n'), 1) IN ('=', '+', '-', '@') THEN '''' ELSE '' END "
    r"|| translate({0}, E'\r\n\t', '   ')"
)
DAY = "to_char({0}, 'DD/MM/YYYY')"


def _safe(name: str, column: Column) -> str:
    """The cell as CSV takes it, in SQL."""
    if column.form == Form.DATE and not column.personal:
        return DAY.format(name)
    return SAFE.format(name) if column.is_free else name


def _slowly(opened: Rows, out: Counted) -> None:
    for chunk in _chunks(opened):
        text = io.StringIO()
        rows = ([_csv_cell(value) for value in row] for row in chunk)
        csv.writer(text, delimiter=";", lineterminator="\n").writerows(rows)
        out.write(text.getvalue().encode())


def _csv_cell(value: Any) -> Any:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return neutral(value) if isinstance(value, str) else value


# --- JSON lines -------------------------------------------------------------------------


def _lines(export: ListExport, cells: QuerySet[Any], out: Counted, opened: Rows | None) -> None:
    keys = [column.key for column in export.columns]
    if opened is not None:
        for chunk in _chunks(opened):
            out.write("".join(_json(dict(zip(keys, row, strict=True))) for row in chunk).encode())
        return
    named = ", ".join(f"'{key}', r.c{i}" for i, key in enumerate(keys))
    delimiter, quote = NOWHERE
    _copy(f"json_build_object({named})::text", cells, out, f"DELIMITER '{delimiter}', QUOTE '{quote}'")


def _json(row: dict[str, Any]) -> str:
    return json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False) + "\n"


# --- XLSX --------------------------------------------------------------------------------


def _sheet(export: ListExport, rows: Rows, file: Writer, out: Counted) -> None:
    """What does not fit one sheet goes on in the next. Written aside first: a ZIP goes back to fill in its heads."""
    with tempfile.TemporaryFile() as aside:
        with workbook(aside) as book:
            looks, number = Looks(book), 1
            while True:
                sheet = book.add_worksheet(f"{export.title[:25]} {number}" if number > 1 else export.title[:31])
                if _one_sheet(sheet, looks, export, islice(rows, MOST_ROWS), out) < MOST_ROWS:
                    break
                number += 1
        aside.seek(0)
        shutil.copyfileobj(aside, file, 1 << 20)


def _one_sheet(sheet: Any, looks: Looks, export: ListExport, rows: Rows, out: Counted) -> int:
    head, day = looks.of(bold=True, bottom=1), looks.of(num_format="dd/mm/yyyy")
    sheet.set_column(0, len(export.columns) - 1, WIDTH)
    sheet.freeze_panes(1, 0)
    for index, column in enumerate(export.columns):
        sheet.write_string(0, index, column.heading, head)
    number = 0
    for number, row in enumerate(rows, start=1):
        for index, value in enumerate(row):
            _put(sheet, looks, number, index, value, day)
        out.count(1)
    return number


def _put(sheet: Any, looks: Looks, row: int, index: int, value: Any, day: Any) -> None:
    if value is None:
        return
    if isinstance(value, date):
        sheet.write_datetime(row, index, value, day)
    elif isinstance(value, int | float):
        sheet.write_number(row, index, value)
    else:
        text = one_line(value)
        sheet.write_string(row, index, text, looks.text(text))


# --- rows ---------------------------------------------------------------------------------


def _opened(export: ListExport, cells: QuerySet[Any]) -> Generator[Sequence[Any], None, None]:
    """Rows from a cursor on the server, what is sealed opened."""
    sealed = {index for index, column in enumerate(export.columns) if column.sealed}
    for row in cells.iterator(chunk_size=CHUNK):
        yield [_open(value) if index in sealed else value for index, value in enumerate(row)] if sealed else row


def _open(value: Any) -> str:
    return value if isinstance(value, str) else MASKED if value is None else crypto.decrypt(value)


def _chunks(rows: Iterator[Any]) -> Iterator[list[Any]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _copy(shown: str, cells: QuerySet[Any], out: Counted, options: str) -> None:
    """COPY takes no parameters: the driver writes them into the statement, quoted. `shown` is SQL of ours over `r`."""
    inner, parameters = cells.query.sql_with_params()
    with connection.cursor() as cursor:
        raw = cursor.cursor
        statement = raw.mogrify(f"SELECT {shown} FROM ({inner}) r", parameters).decode()
        raw.copy_expert(f"COPY ({statement}) TO STDOUT (FORMAT csv, {options})", out)
