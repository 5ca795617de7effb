"""A result file row by row: which columns it has, and what each cell says. Knows no list and no database."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import IO

from django.core.exceptions import ValidationError

from assistance.states import State
from pilar.core import crypto, nik
from pilar.core.formatting import angka, tanggal
from pilar.core.tables import LINE_LENGTH, Table, read_table

MAX_ROWS = 200_000
CELL_LENGTH = 200
SHOWN = 40  # letters of a faulty value that its sentence repeats
LARGEST = 10**15  # rupiah

#: column -> how its head may be written
COLUMNS: dict[str, frozenset[str]] = {
    "kunci": frozenset({"kunci", "kunci baris", "kode baris"}),
    "nik": frozenset({"nik", "no nik", "nomor nik", "no ktp"}),
    "hasil": frozenset({"hasil", "status", "hasil salur", "status transaksi", "status salur"}),
    "jumlah": frozenset({"jumlah", "nominal", "nilai", "jumlah rupiah", "nominal rp"}),
    "tanggal": frozenset({"tanggal", "tgl", "tanggal transaksi", "tgl transaksi", "tanggal hasil"}),
}
NEEDED = ("hasil", "jumlah", "tanggal")

OUTCOMES: dict[str, State] = {
    **dict.fromkeys(
        (
            "diterima",
            "transaksi",
            "berhasil",
            "sukses",
            "sudah diterima",
            "sudah diambil",
            "sudah transaksi",
            "diserahkan",
            "bast",
        ),
        State.RECEIVED,
    ),
    **dict.fromkeys(
        ("tidak diambil", "tidak transaksi", "belum diambil", "belum transaksi", "tidak ditransaksikan"),
        State.UNCLAIMED,
    ),
    **dict.fromkeys(("retur", "gagal", "gagal salur", "dikembalikan", "kembali"), State.RETURNED),
}

_KEY = re.compile(r"[0-9]{4}-[0-9]{1,18}")
_SUM = re.compile(r"(?:rp\.?\s*)?([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:[,.]00?|,-)?", re.IGNORECASE)
_DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")
_CLOCK = re.compile(r"[ T]\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?$")
_LONG_NUMBER = re.compile(r"\d{10,}")


@dataclass
class Row:
    """One row as read; `faults` are sentences, and a row with any is kept as broken."""

    number: int
    line_ref: str = ""
    nik_index: bytes | None = None
    outcome: str = ""
    amount: int | None = None
    on: date | None = None
    written: str = ""
    faults: list[str] = field(default_factory=list)


def read_rows(content: IO[bytes], encoding: str, *, today: date) -> Iterator[Row]:
    """Every row below the head, broken ones too. Raises ValidationError for a file that cannot be read at all."""
    table = read_table(content, encoding, known=lambda head: len(_places(head)))
    places = _require_columns(table)
    count = 0
    for number, cells in table.rows:
        count += 1
        if count > MAX_ROWS:
            raise ValidationError(
                f"Berkas ini berisi lebih dari {angka(MAX_ROWS)} baris. Pecah menjadi beberapa berkas, lalu unggah "
                "satu per satu.",
                code="baris",
            )
        yield _row(number, cells, places, today)
    if not count:
        raise ValidationError("Berkas ini hanya berisi judul kolom, tanpa satu baris pun.", code="kosong")


def _places(head: list[str]) -> dict[str, int]:
    """Column -> its first place in the head."""
    found: dict[str, int] = {}
    for place, cell in enumerate(head):
        name = " ".join(re.sub(r"[^a-z]+", " ", cell.lower()).split())
        for column, names in COLUMNS.items():
            if name in names:
                found.setdefault(column, place)
    return found


def _require_columns(table: Table) -> dict[str, int]:
    places = _places(table.head)
    missing = [name for name in NEEDED if name not in places]
    if "kunci" not in places and "nik" not in places:
        missing.insert(0, "kunci (atau nik)")
    if missing:
        seen = ", ".join(f"“{cell[:SHOWN]}”" for cell in table.head[:12]).replace("\x00", "␀")
        raise ValidationError(
            f"Kolom {', '.join(missing)} tidak ada di baris judul; yang tertulis: {seen}. Unduh daftarnya, isi kolom "
            "hasil, jumlah, dan tanggal di berkas itu, lalu unggah.",
            code="kolom",
        )
    return places


def _row(number: int, cells: list[str] | None, places: dict[str, int], today: date) -> Row:
    row = Row(number)
    if cells is None:
        row.faults.append(f"Baris ini lebih panjang dari {angka(LINE_LENGTH)} tanda. Hapus isi yang tidak perlu.")
        return row
    given = {name: cells[place] if place < len(cells) else "" for name, place in places.items()}
    usable = {name: cell for name, cell in given.items() if not _spoilt(row, name, cell)}
    _read_person(row, usable, spoilt=usable.keys() != given.keys())
    _read_outcome(row, usable)
    if "jumlah" in usable:
        _read_amount(row, usable["jumlah"])
    if "tanggal" in usable:
        _read_day(row, usable["tanggal"], today)
    if row.faults:
        row.written = as_written(cells, places.get("nik"))
    return row


def _spoilt(row: Row, name: str, cell: str) -> bool:
    if "\x00" in cell:
        row.faults.append(f"Kolom {name} berisi tanda kosong (NUL) yang bukan teks. Ketik ulang isinya.")
    elif len(cell) > CELL_LENGTH:
        row.faults.append(f"Kolom {name} berisi lebih dari {CELL_LENGTH} tanda. Periksa tanda kutip di baris ini.")
    else:
        return False
    return True


def _read_person(row: Row, given: dict[str, str], *, spoilt: bool) -> None:
    key, number = given.get("kunci", ""), given.get("nik", "")
    if number:
        try:
            plain = nik.validate(number.lstrip("'"))
        except ValidationError as error:
            row.faults.append(f"Kolom nik: {error.messages[0]} Cocokkan dengan KTP, atau pakai kolom kunci.")
        else:
            row.nik_index, row.line_ref = crypto.blind_index(plain), nik.mask(plain)
    if key:
        row.line_ref = _shown(key)
        if not _KEY.fullmatch(key):
            row.faults.append(
                f"Kolom kunci: “{_shown(key)}” bukan kunci baris. Salin kunci dari unduhan daftar, misalnya 2024-151."
            )
    if not key and not number and not spoilt:
        row.faults.append("Kunci dan NIK kosong. Isi salah satunya; kunci ada di unduhan daftar.")


def _read_outcome(row: Row, given: dict[str, str]) -> None:
    if "hasil" not in given:
        return
    said = given["hasil"]
    known = OUTCOMES.get(" ".join(said.lower().replace("_", " ").split()))
    row.outcome = known.value if known else _shown(said)
    if known is None:
        what = f"“{_shown(said)}” tidak dikenal" if said else "kosong"
        row.faults.append(f"Kolom hasil: {what}. Tulis diterima, tidak diambil, atau retur.")


def _read_amount(row: Row, cell: str) -> None:
    row.amount = amount_of(cell)
    if row.amount is None:
        what = f"“{_shown(cell)}” bukan rupiah penuh" if cell else "kosong"
        row.faults.append(f"Kolom jumlah: {what}. Tulis angka saja, misalnya 600000 atau 600.000.")


def _read_day(row: Row, cell: str, today: date) -> None:
    row.on = day_of(cell)
    if cell and row.on is None:
        row.faults.append(
            f"Kolom tanggal: “{_shown(cell)}” bukan tanggal. Tulis hari/bulan/tahun, misalnya 15/03/{today.year}."
        )
    elif row.on and row.on > today:
        row.faults.append(f"Kolom tanggal: {tanggal(row.on)} belum tiba. Tulis tanggal kejadiannya.")
    elif not cell and row.outcome in (State.RECEIVED, State.RETURNED):
        row.faults.append("Kolom tanggal kosong. Isi tanggal diterima atau tanggal retur.")


@lru_cache(maxsize=4096)
def amount_of(cell: str) -> int | None:
    """Whole rupiah: "600000", "600.000", "Rp600.000,00" and "600000.00"; None for anything else."""
    found = _SUM.fullmatch(cell)
    amount = int(found[1].replace(".", "")) if found else 0
    return amount if 0 < amount <= LARGEST else None


@lru_cache(maxsize=4096)
def day_of(cell: str) -> date | None:
    """2024-03-15, 15/03/2024, 15-03-2024 or 15.03.2024, with or without a time of day behind it."""
    text = _CLOCK.sub("", cell)
    for form in _DAYS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def as_written(cells: list[str], nik_place: int | None) -> str:
    """The row for the download of bad rows. No NIK stands in it, nor any long number, which may be one."""
    shown = ["(NIK)" if place == nik_place and cell else cell for place, cell in enumerate(cells)]
    text = _LONG_NUMBER.sub(lambda found: f"{found[0][:4]}***", "; ".join(shown))
    return text.replace("\x00", "␀")[:400]


def _shown(cell: str) -> str:
    plain = _LONG_NUMBER.sub(lambda found: f"{found[0][:4]}***", cell.replace("\x00", "␀"))
    return plain if len(plain) <= SHOWN else f"{plain[: SHOWN - 1]}…"
