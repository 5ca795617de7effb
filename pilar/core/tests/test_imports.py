"""Real and hostile files: where their table is found, and what is refused, within bounds and with a sentence."""

import io
import time
import zipfile
from dataclasses import dataclass

import pytest
import xlsxwriter
from django.core.exceptions import ValidationError

from pilar.core import discovery
from pilar.core.imports import cells, heads
from pilar.core.imports.kinds import Cell, Column, Kind, all_kinds
from pilar.core.imports.reading import look, rows_of

KIND = Kind(
    code="uji", label="Uji", row="baris", intro="", key=("nik",), checks=lambda run: [], save=lambda run: None,
    undo=lambda run: None, changed="", recorded=lambda user: [], cells=lambda user, rows: [],
    columns=(
        Column("nik", "NIK", Cell.NIK, required=True), Column("nama", "Nama lengkap", aliases=("nama",)),
        Column("lahir", "Tanggal lahir", Cell.DAY), Column("jumlah", "Jumlah bantuan", Cell.WHOLE, most=10**12),
    ),
)  # fmt: skip
NIK = "1771014101500001"


def book(rows, *, sheets=("Data",), merges=()) -> io.BytesIO:
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out)
    for name in sheets:
        page = made.add_worksheet(name)
        for at, row in enumerate(rows if name == sheets[-1] else []):
            page.write_row(at, 0, row)
        for merge in merges if name == sheets[-1] else ():
            page.merge_range(*merge)
    made.close()
    return out


def data(content: io.BytesIO) -> list[list[str]]:
    found = look(content)
    layout = heads.find(KIND, found)
    below = layout.row + layout.lines
    shape = {"format": found.format, "encoding": found.encoding, "delimiter": found.delimiter, "sheet": layout.sheet}
    places = {key: at for at, head in enumerate(layout.heads) if (key := KIND.column_of(head))}
    return [
        [heads.text_of(cell) for cell in row or []]
        for number, row in rows_of(content, shape)
        if number >= below and not heads.why_no_data(KIND, row or [], places)
    ]


TITLED = [
    ["DAFTAR PENERIMA BANTUAN"], ["KOTA BENGKULU TAHUN 2024"], [],
    ["No", "NIK", "Nama", "Tanggal lahir", "Jumlah bantuan"], ["1", "2", "3", "4", "5"],
    ["1", NIK, "Siti", "01/01/1950", "600000"], ["2", NIK, "Budi", "01/01/1950", "600000"],
    ["JUMLAH", "", "", "", "1200000"], [], ["", "", "", "Bengkulu, 3 Maret 2024"], ["", "", "", "Kepala Dinas,"],
    ["", "", "", "NIP. 197001011990011001"],
]  # fmt: skip


@pytest.mark.parametrize("sign", [";", ",", "\t", "|"])
@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "cp1252"])
def test_the_table_of_a_text_file_is_found(sign, coding):
    text = "\r\n".join(sign.join(f'"{cell}"' if "," in cell else cell for cell in row) for row in TITLED)
    assert [row[2] for row in data(io.BytesIO(text.encode(coding)))] == ["Siti", "Budi"]


def test_the_table_of_a_workbook_is_found_on_its_sheet():
    assert [row[1:3] for row in data(book(TITLED, sheets=("Petunjuk", "Isi")))] == [[NIK, "Siti"], [NIK, "Budi"]]


def test_a_heading_of_two_merged_lines_is_read_as_one():
    rows = [["Daftar"], ["", "", ""], ["", "Nama", "Tanggal lahir"], [NIK, "Siti", "01/01/1950"]]
    content = book(rows, merges=[(1, 0, 2, 0, "NIK"), (1, 1, 1, 2, "Data diri")])
    layout = heads.find(KIND, look(content))
    assert (layout.row, layout.lines, layout.heads) == (2, 2, ["NIK", "Nama", "Tanggal lahir"])


def test_every_row_left_out_says_why():
    whys = [heads.why_no_data(KIND, row, {"nik": 1, "nama": 2, "lahir": 3, "jumlah": 4}) for row in TITLED[4:] if row]
    assert [why.partition(":")[0] for why in whys] == [
        "nomor kolom", "", "", "baris jumlah", "bukan baris data", "bukan baris data", "bukan baris data",
    ]  # fmt: skip


# --- cells ------------------------------------------------------------------------


def fault(column: Column, cell) -> str:
    with pytest.raises(cells.Fault) as caught:
        cells.read(column, cell)
    return caught.value.rule


@pytest.mark.parametrize("cell", [("n", "1771014101500000"), ("n", "9171014101500001"), "1,77101E+15", "1.77101e15"])
def test_a_nik_that_excel_cut_is_never_guessed(cell):
    assert fault(KIND.columns[0], cell) == "nik_excel"


@pytest.mark.parametrize("cell", [NIK, f"'{NIK}", f" {NIK} ", ("n", NIK)])
def test_a_whole_nik_is_read_also_from_a_number(cell):
    assert cells.read(KIND.columns[0], cell)[2] == "•••• •••• •••• 0001"


@pytest.mark.parametrize("cell", ["31/02/2024", "2024", ("n", "45366"), "satu"])
def test_what_is_no_day_is_said_to_be_none(cell):
    assert fault(KIND.columns[2], cell) in ("tanggal", "tanggal_bilangan")


@pytest.mark.parametrize(
    "cell", ["2024-03-15", "15/03/2024", "15-03-2024", "15.03.2024", "15 Maret 2024", ("d", "2024-03-15")]
)
def test_days_are_read_as_they_are_written_here(cell):
    assert cells.read(KIND.columns[2], cell)[0].isoformat() == "2024-03-15"


@pytest.mark.parametrize(("cell", "is_"), [("600.000", 600000), ("Rp600.000,00", 600000), (("n", "600000"), 600000)])
def test_sums_are_read(cell, is_):
    assert cells.read(KIND.columns[3], cell) == (is_,)


@pytest.mark.parametrize("cell", ["1,5", ("n", "0.5"), "=1+1", "-5", "9" * 30])
def test_what_is_no_sum_is_refused(cell):
    assert fault(KIND.columns[3], cell) in ("bilangan", "bilangan_batas")


# --- hostile files ----------------------------------------------------------------


def zipped(**parts: bytes) -> io.BytesIO:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out


def swapped(content: io.BytesIO, old: bytes, new: bytes) -> io.BytesIO:
    """The same workbook with other bytes in its sheet."""
    out = io.BytesIO()
    with zipfile.ZipFile(content) as was, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for part in was.infolist():
            text = was.read(part)
            made.writestr(part.filename, text.replace(old, new) if "sheet1" in part.filename else text)
    return out


@dataclass(frozen=True)
class Bad:
    name: str
    content: io.BytesIO
    says: str


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
BAD = [
    Bad("a zip bomb", zipped(xl__worksheets__sheet1_xml=b"0" * (401 << 20)), "jauh lebih besar"),
    Bad("a billion laughs", zipped(xl__worksheets__sheet1_xml=LAUGHS), "definisi XML"),
    Bad("16,384 columns", swapped(book([["x"]]), b'r="A1"', b'r="XFD1"'), "16384 kolom"),
    Bad("a cell far below", swapped(book([["x", "y"] * 20]), b'r="A1"', b'r="A1048576"'), "baris 1048576"),
    Bad("no workbook", zipped(a_xml=b"<a/>"), "tidak terbaca"),
    Bad("a broken zip", io.BytesIO(b"PK\x03\x04" + b"x" * 500), "rusak"),
    Bad("an old workbook that is none", io.BytesIO(b"\xd0\xcf\x11\xe0" + b"x" * 5000), "tidak terbaca"),
    Bad("nothing", io.BytesIO(b""), "kosong"),
    Bad("a picture", io.BytesIO(bytes(range(256)) * 8 + b"\0" * 2000), "bukan teks"),
    Bad("an empty workbook", book([]), "kosong"),
]


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.name)
def test_what_cannot_be_read_is_refused_in_bounds_and_with_a_sentence(bad):
    began = time.monotonic()
    with pytest.raises(ValidationError) as caught:
        look(bad.content)
    assert bad.says in caught.value.messages[0]
    assert time.monotonic() - began < 30  # its memory is bounded by the kernel: `child.MEMORY`


def test_broken_utf8_and_a_huge_cell_spoil_their_own_row_only():
    text = f"NIK;Nama\n{NIK};Siti\n{NIK};".encode() + b"\xff\xfe" + b"x" * 9000 + f"\n{NIK};Budi\n".encode()
    assert [row[1] for row in data(io.BytesIO(text)) if len(row) > 1] == ["Siti", "Budi"]


def test_a_formula_is_read_as_the_value_that_was_saved():
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out)
    page = made.add_worksheet()
    page.write_row(0, 0, ["NIK", "Nama"])
    page.write_string(1, 0, NIK)
    page.write_formula(1, 1, '=HYPERLINK("http://x","y")', None, "Siti")
    made.close()
    assert data(out) == [[NIK, "Siti"]]


def test_kinds_are_looked_for_also_when_one_of_them_is_known_already(monkeypatch):
    asked = []
    monkeypatch.setattr(discovery, "autodiscover_modules", asked.append)
    assert all_kinds()
    discovery.discover.cache_clear()
    all_kinds()
    assert asked == ["imports"]
