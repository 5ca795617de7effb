"""What one cell says, by the type of its column: the staged values, or the rule that it breaks."""

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError

from pilar.core import crypto, nik, regions
from pilar.core.formatting import MONTHS
from pilar.core.imports.heads import shown, text_of
from pilar.core.imports.kinds import Cell, Column, plain
from pilar.core.imports.reading import Content

LARGEST_EXACT = 2**53  # a spreadsheet's number holds whole numbers up to here
_WHOLE = re.compile(r"(?:rp\.?\s*)?(-?[0-9]{1,3}(?:\.[0-9]{3})+|-?[0-9]+)(?:[,.]0{1,2}|,-)?", re.IGNORECASE)
_SCIENCE = re.compile(r"[0-9][.,]?[0-9]*[eE]\+?[0-9]+")
_DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")
_CLOCK = re.compile(r"[ T]\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?$")
_LONG_DAY = re.compile(r"(\d{1,2}) ([A-Za-z]+) (\d{4})")
_PARTS = re.compile(r"[;|\n]")
_MONTHS = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)} | {"agt": 8, "nop": 11}
YES, NO = {"ya", "y", "benar", "1", "x", "v"}, {"", "tidak", "t", "0", "bukan"}


class Fault(Exception):
    """A cell breaks a rule of `rules.py`; `detail` says more where the rule's own words do not."""

    def __init__(self, rule: str, value: str = "", detail: str = "") -> None:
        super().__init__(rule)
        self.rule, self.value, self.detail = rule, value, detail


Values = tuple[Any, ...]


def read(column: Column, cell: Content) -> Values:
    """The values to stage, in the order of `STAGED`; all None for an empty cell. Raises Fault."""
    text = text_of(cell)
    if "\x00" in text:
        raise Fault("tanda_nul", shown(cell))
    if len(text) > max(column.most, 400):
        raise Fault("terlalu_panjang", shown(cell), f"paling banyak {column.most} tanda")
    if not text:
        return EMPTY[column.cell]
    return _READERS[column.cell](column, cell)


def _text(column: Column, cell: Content) -> Values:
    text = " ".join(text_of(cell).split()).removeprefix("'")
    if len(text) > column.most:
        raise Fault("terlalu_panjang", shown(cell), f"paling banyak {column.most} tanda")
    return (text or None,)


def _nik(column: Column, cell: Content) -> Values:
    text = text_of(cell).strip().removeprefix("'").strip()
    number = not isinstance(cell, str)
    if _SCIENCE.fullmatch(text) or (number and _lost(text)):
        raise Fault("nik_excel", shown(text))
    try:
        known = nik.validate(text)
    except ValidationError as error:
        raise Fault("nik", shown(text), error.messages[0]) from error
    return crypto.blind_index(known), crypto.encrypt(known), nik.mask(known), known.endswith("0")


def _lost(text: str) -> bool:
    """Whether a number of 16 digits may have lost its last one: Excel keeps 15 and writes 0 behind them."""
    return len(text) >= nik.LENGTH and (not text.isdigit() or int(text) >= LARGEST_EXACT or text.endswith("0"))


def _day(column: Column, cell: Content) -> Values:
    if not isinstance(cell, str) and cell[0] == "n":
        raise Fault("tanggal_bilangan", shown(cell))
    day = day_of(text_of(cell).removeprefix("'"))
    if day is None:
        raise Fault("tanggal", shown(cell))
    return (day,)


@lru_cache(maxsize=8192)
def day_of(text: str) -> date | None:
    """2024-03-15, 15/03/2024, 15-03-2024, 15.03.2024 or 15 Maret 2024, with or without a time of day behind it."""
    text = _CLOCK.sub("", text.strip())
    if found := _LONG_DAY.fullmatch(text):
        month = _MONTHS.get(found[2][:3].lower())
        text = f"{found[3]}-{month}-{found[1]}" if month else text
    for form in _DAYS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def _code(column: Column, cell: Content) -> Values:
    first = text_of(cell).removeprefix("'").split()[0]
    try:
        return (regions.parse(first),)
    except ValueError as error:
        raise Fault("kode_wilayah", shown(cell)) from error


def _choice(column: Column, cell: Content) -> Values:
    found = column.values.get(plain(text_of(cell)))
    if found is None:
        offered = column.offered or tuple(dict.fromkeys(column.values))
        raise Fault("pilihan", shown(cell), f"yang dikenal: {', '.join(offered)}"[:300])
    return (found,)


def _whole(column: Column, cell: Content) -> Values:
    found = _WHOLE.fullmatch(text_of(cell).strip())
    if found is None or (not isinstance(cell, str) and "." in found[1]):
        raise Fault("bilangan", shown(cell))
    number = int(found[1].replace(".", ""))
    if not 0 <= number <= column.most:
        raise Fault("bilangan_batas", shown(cell), f"dari 0 sampai {column.most}")
    return (number,)


def _words(column: Column, cell: Content) -> Values:
    words = [" ".join(part.split()) for part in _PARTS.split(text_of(cell))]
    return ([word[: column.most] for word in words if word] or None,)


def _days(column: Column, cell: Content) -> Values:
    if not isinstance(cell, str):
        day = _day(column, cell)[0]
        return ([day.isoformat()],)
    days = [day_of(part) for part in _PARTS.split(cell) if part.strip()]
    if None in days:
        raise Fault("tanggal", shown(cell))
    return ([day.isoformat() for day in days if day],)


def _yes(column: Column, cell: Content) -> Values:
    said = plain(text_of(cell))
    if said not in YES and said not in NO:
        raise Fault("ya_tidak", shown(cell))
    return (said in YES,)


_READERS: dict[Cell, Callable[[Column, Content], Values]] = {
    Cell.TEXT: _text, Cell.NIK: _nik, Cell.DAY: _day, Cell.CODE: _code, Cell.CHOICE: _choice, Cell.WHOLE: _whole,
    Cell.WORDS: _words, Cell.DAYS: _days, Cell.YES: _yes,
}  # fmt: skip
EMPTY: dict[Cell, Values] = dict.fromkeys(Cell, (None,)) | {Cell.NIK: (None, None, None, None)}
