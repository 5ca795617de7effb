"""Indonesian forms of numbers, money, dates and region codes.

Pure functions, shared by the page filters, the exports and the commands.
Four kinds of "no number" are kept apart: unknown, zero, suppressed, not applicable.
"""

from __future__ import annotations

import enum
import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

WIB = ZoneInfo("Asia/Jakarta")
NATIONAL = "Nasional"

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
MONTHS_SHORT = (
    "Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des",
)  # fmt: skip

_SCALES = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"))
_CODE_PARTS = ((10**8, 2), (10**6, 2), (10**4, 2), (1, 4))
_CODE_TEXT = re.compile(r"^\s*(\d{2})(?:\.(\d{2})(?:\.(\d{2})(?:\.(\d{4}))?)?)?(?=$|\s)")


class Blank(enum.Enum):
    """Why a figure is not shown. Zero is not one of them: zero is a figure."""

    NO_DATA = "belum ada data"
    SUPPRESSED = "disamarkan (jumlah kecil)"
    NOT_APPLICABLE = "tidak berlaku"
    NOT_SUMMED = "tidak dijumlahkan"  # people of several programmes or groups may be the same people


Figure = int | float | Decimal | Blank | None


def blank_text(value: object) -> str | None:
    """The words for a figure that is not there; None when there is one."""
    if value is None or value == "":
        return Blank.NO_DATA.value
    return str(value.value) if isinstance(value, Blank) else None


def _decimal(value: int | float | Decimal | str) -> Decimal:
    """Floats go by their shortest text, so that 2.675 stays 2.675."""
    return value if isinstance(value, Decimal) else Decimal(str(value))


def half_up(value: int | float | Decimal | str, decimals: int = 0) -> Decimal:
    """Rounded as people round by hand: halves go away from zero."""
    return _decimal(value).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def _grouped(value: Decimal, decimals: int) -> str:
    """Point between thousands, comma before decimals; no minus before a rounded zero."""
    rounded = half_up(value, decimals)
    text = f"{abs(rounded):,.{decimals}f}".translate(str.maketrans(",.", ".,"))
    return f"-{text}" if rounded < 0 else text


def angka(value: Figure, decimals: int = 0) -> str:
    """1234567 -> "1.234.567"; with decimals=1, 12.35 -> "12,4"."""
    return blank_text(value) or _grouped(_decimal(value), decimals)  # type: ignore[arg-type]


def rupiah(value: Figure) -> str:
    """Whole rupiah: 1234567 -> "Rp1.234.567"; negative as "-Rp500"."""
    if text := blank_text(value):
        return text
    text = angka(value)
    return f"-Rp{text[1:]}" if text.startswith("-") else f"Rp{text}"


def rupiah_ringkas(value: Figure) -> str:
    """Two decimals and a word: 2216660000 -> "Rp2,22 miliar". Below one million in full.

    A sum that rounds up to the next word takes it: 999999999 -> "Rp1,00 miliar".
    """
    if text := blank_text(value):
        return text
    amount = _decimal(value)  # type: ignore[arg-type]
    if abs(amount) < 10**6:
        return rupiah(amount)
    sign = "-" if amount < 0 else ""
    scaled = [(half_up(abs(amount) * 100 / size), word) for size, word in _SCALES]
    hundredths, word = next(pair for pair in scaled if pair[0] >= 100)
    return f"{sign}Rp{_grouped(hundredths / 100, 2)} {word}"


def percent_of(part: int | Decimal | None, whole: int | Decimal | None) -> Decimal | None:
    """Share in percent, unrounded; None when either is unknown or the whole is zero."""
    if part is None or not whole:
        return None
    return _decimal(part) * 100 / _decimal(whole)


def persen(value: Figure) -> str:
    """A percentage with one decimal: 61.24 -> "61,2%"."""
    return blank_text(value) or f"{angka(value, 1)}%"


def _local(value: date | datetime) -> date | datetime:
    """Aware times are moved to Jakarta; naive ones are taken as Jakarta already."""
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(WIB)
    return value


def tanggal(value: date | datetime | None) -> str:
    """24 November 2026."""
    if value is None or value == "":
        return Blank.NO_DATA.value
    day = _local(value)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def tanggal_ringkas(value: date | datetime | None) -> str:
    """24 Nov 2026."""
    if value is None or value == "":
        return Blank.NO_DATA.value
    day = _local(value)
    return f"{day.day} {MONTHS_SHORT[day.month - 1]} {day.year}"


def waktu(value: datetime | None) -> str:
    """24 Nov 2026 08.15 WIB."""
    if value is None or value == "":
        return Blank.NO_DATA.value
    return f"{tanggal_ringkas(value)} {_local(value):%H.%M} WIB"


def nama_bulan(month: int) -> str:
    """1 -> "Januari"."""
    return MONTHS[month - 1]


def kode_wilayah(code: int | None) -> str:
    """Dotted code of a ten-digit region: 1771010000 -> "17.71.01"; 0 -> "Nasional"."""
    if code is None:
        return Blank.NO_DATA.value
    if int(code) == 0:
        return NATIONAL
    parts, rest = [], int(code)
    for size, width in _CODE_PARTS:
        part, rest = divmod(rest, size)
        parts.append(f"{part:0{width}d}")
        if rest == 0:
            break
    return ".".join(parts)


def region_code_of(text: str) -> int | None:
    """The code at the start of what a person typed or picked: "17.71 Kota Bengkulu" -> 1771000000.

    "Nasional" gives 0. None when the text does not start with a dotted code.
    """
    if text.strip().lower() == NATIONAL.lower():
        return 0
    found = _CODE_TEXT.match(text)
    if found is None:
        return None
    widths = (2, 2, 2, 4)
    return int("".join((part or "").ljust(width, "0") for part, width in zip(found.groups(), widths, strict=True)))


def masked_nik(last_four: str | None) -> str:
    """Sixteen places with only the last four legible."""
    return f"•••• •••• •••• {last_four}" if last_four else Blank.NO_DATA.value


# The four words for a figure against its target, and the keys of their colour and shape.
# What earns which word is decided in targets; anything else is drawn as unknown.
STATUS_KEYS = {
    "tercapai": "achieved",
    "sesuai rencana": "on_track",
    "tertinggal": "behind",
    "kritis": "critical",
}
