"""Tables that people exchange as CSV: read with bounds, written so that a spreadsheet runs nothing in them."""

import codecs
import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any

from django.core.exceptions import ValidationError

MAX_BYTES = 50 * 1024 * 1024
LINE_LENGTH = 4000
DELIMITERS = (";", ",", "\t")
SAVE_AS_CSV = "Simpan sebagai “CSV UTF-8” dari Excel atau LibreOffice, lalu unggah berkas itu."
#: what a file begins with -> what it is
SIGNATURES = {
    b"PK\x03\x04": "berkas Excel (.xlsx) atau ZIP",
    b"\xd0\xcf\x11\xe0": "berkas Excel lama (.xls)",
    b"%PDF": "berkas PDF",
    codecs.BOM_UTF16_LE: "teks UTF-16",
    codecs.BOM_UTF16_BE: "teks UTF-16",
}
BLOCK = 1 << 16


@dataclass(frozen=True)
class Scan:
    """What one pass over the bytes tells: SHA-256 in hex, and the encoding to read with."""

    digest: str
    encoding: str


@dataclass(frozen=True)
class Table:
    """The head, and the rows below it: (line of the file from 1, cells), None for a line that is too long.

    One line is one row: a quotation mark that is never closed spoils its own line and no other.
    """

    head: list[str]
    rows: Iterator[tuple[int, list[str] | None]]


def scan(content: IO[bytes]) -> Scan:
    """Reads everything once, in blocks. Raises ValidationError for what is no text, empty or too big."""
    content.seek(0)
    digest, decoder = hashlib.sha256(), codecs.getincrementaldecoder("utf-8")()
    size, nothing, breaks, returns, utf8, start = 0, 0, 0, 0, True, b""
    while block := content.read(BLOCK):
        start = start or block[:4]
        size += len(block)
        if size > MAX_BYTES:
            raise too_big()
        digest.update(block)
        nothing, breaks, returns = nothing + block.count(0), breaks + block.count(10), returns + block.count(13)
        utf8 = utf8 and _decodes(decoder, block)
    utf8 = utf8 and _decodes(decoder, b"", final=True)
    _require_text(start, size, nothing)
    if returns and not breaks:
        raise ValidationError(f"Baris-baris berkas ini tidak terpisah. {SAVE_AS_CSV}", code="baris")
    return Scan(digest.hexdigest(), "utf-8-sig" if utf8 else "cp1252")


def too_big() -> ValidationError:
    return ValidationError(
        f"Berkas ini lebih besar dari {MAX_BYTES // 1024**2} MB. Pecah menjadi beberapa berkas, lalu unggah satu per "
        "satu. Batas ini tidak dapat dikecualikan.",
        code="ukuran",
    )


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True


def _require_text(start: bytes, size: int, nothing: int) -> None:
    if not size:
        raise ValidationError(f"Berkas ini kosong. Pilih berkas yang berisi. {SAVE_AS_CSV}", code="kosong")
    for signature, kind in SIGNATURES.items():
        if start.startswith(signature):
            raise ValidationError(f"Ini {kind}; yang dibaca hanya CSV. {SAVE_AS_CSV}", code="jenis")
    if nothing > size // 10:
        raise ValidationError(f"Isi berkas ini bukan teks. {SAVE_AS_CSV}", code="jenis")


def read_table(content: IO[bytes], encoding: str, *, known: Callable[[list[str]], int]) -> Table:
    """The first line that is not blank is the head.

    Args:
        known: how many columns of such a head are known; the delimiter with the most of them is taken.
    Raises ValidationError when there is no head.
    """
    lines = lines_of(content, encoding)
    for _number, text in lines:
        if text is None or text.strip(" ;,\t"):
            break
    else:
        raise ValidationError(f"Berkas ini kosong. Pilih berkas yang berisi. {SAVE_AS_CSV}", code="kosong")
    if text is None:
        raise ValidationError(f"Baris judul terlalu panjang. {SAVE_AS_CSV}", code="judul")
    delimiter = max(DELIMITERS, key=lambda sign: known(cells_of(text, sign)))
    return Table(cells_of(text, delimiter), rows_of_lines(lines, delimiter))


def lines_of(content: IO[bytes], encoding: str) -> Iterator[tuple[int, str | None]]:
    """(number from 1, text) of every line; None for one that is too long."""
    content.seek(0)
    number = 0
    while raw := content.readline(LINE_LENGTH):
        number += 1
        if len(raw) == LINE_LENGTH and not raw.endswith(b"\n"):
            while (rest := content.readline(BLOCK)) and not rest.endswith(b"\n"):
                pass
            yield number, None
            continue
        text = raw.decode(encoding if number == 1 else encoding.removesuffix("-sig"), "replace")
        yield number, text.rstrip("\r\n").replace("\r", " ")


def rows_of_lines(lines: Iterable[tuple[int, str | None]], delimiter: str) -> Iterator[tuple[int, list[str] | None]]:
    """Blank lines are passed over; their numbers still count, so that a row is found in the sheet."""
    blank = f" {delimiter}"
    for number, text in lines:
        if text is None:
            yield number, None
        elif text.strip(blank):
            yield number, cells_of(text, delimiter)


def cells_of(text: str, delimiter: str) -> list[str]:
    cells = text.split(delimiter) if '"' not in text else next(csv.reader([text], delimiter=delimiter))
    return [cell.strip() for cell in cells]


# --- writing --------------------------------------------------------------------

#: a spreadsheet takes a cell that begins so for a formula
FORMULA = ("=", "+", "-", "@", "\t", "\r")
BOM = "\ufeff"  # without it Excel takes UTF-8 for windows-1252


def neutral(cell: Any) -> str:
    """The cell's text, on one line, harmless in a spreadsheet; empty for None."""
    text = " ".join(str(cell).split()) if cell is not None else ""
    return f"'{text}" if text.startswith(FORMULA) else text


def written(rows: Iterable[Sequence[Any]]) -> str:
    """Lines of CSV with semicolons, as a spreadsheet in Indonesia opens them."""
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows([neutral(cell) for cell in row] for row in rows)
    return out.getvalue()
