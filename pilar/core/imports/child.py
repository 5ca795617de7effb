"""Reads a workbook in a process of its own, with a bound on its memory and time. Knows nothing of PILAR.

Standard input: the file. Standard output: lines of JSON. The first one is {"sheets": [...], "notes": [...]} or
{"error": sentence}; then, per sheet asked for, {"sheet": name} and one list of cells per row of the sheet from row 1.
A cell is a text, or ["n", number as text], ["d", "2024-03-15"], ["b", "ya"].
"""

import datetime
import io
import json
import re
import resource
import sys
import zipfile
from typing import Any

MEMORY, SECONDS = 900 * 1024 * 1024, 90
MOST_PARTS, MOST_UNZIPPED, MOST_COLUMNS, MOST_CELLS = 3000, 400 * 1024 * 1024, 256, 6_000_000
BLOCK = 1 << 20
_FAR_COLUMN = re.compile(rb'<c [^>]*?r="([A-Z]{1,3})([0-9]{1,7})"')
_ENTITY = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
AS_CSV = "Salin isinya ke berkas baru, atau simpan sebagai “CSV UTF-8”, lalu unggah berkas itu."


class Unreadable(Exception):
    pass


def bound() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def look_inside(content: bytes) -> list[str]:
    """What stands in an .xlsx beside cells. Raises Unreadable for what would not fit into memory, or is no workbook."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(content))
        found = parts.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise Unreadable(f"Berkas Excel ini rusak. {AS_CSV}") from error
    if len(found) > MOST_PARTS or sum(part.file_size for part in found) > MOST_UNZIPPED:
        raise Unreadable(
            "Isi berkas ini sesudah dibuka jauh lebih besar dari ukurannya, jadi tidak dibaca. "
            f"Hapus lembar dan gambar yang tidak perlu. {AS_CSV}"
        )
    for part in found:
        if part.filename.endswith((".xml", ".rels")):
            _look_at(parts, part)
    names = [part.filename for part in found]
    notes = []
    if any("vbaProject" in name for name in names):
        notes.append("Berkas memuat makro; makro tidak dijalankan, yang dibaca hanya isi sel.")
    if any(name.startswith("xl/externalLinks/") for name in names):
        notes.append("Berkas merujuk berkas lain; rujukan tidak dibuka, yang dibaca nilai terakhirnya.")
    return notes


def _look_at(parts: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    sheet = part.filename.startswith("xl/worksheets/")
    before, far, low, read = b"", 0, 0, 0
    try:
        with parts.open(part) as stream:
            while block := stream.read(BLOCK):
                read += len(block)
                text = before + block
                if read > MOST_UNZIPPED:
                    raise Unreadable(f"Isi berkas ini terlalu besar sesudah dibuka. {AS_CSV}")
                if _ENTITY.search(text):
                    raise Unreadable(
                        f"Berkas ini memuat definisi XML yang tidak dipakai Excel, jadi tidak dibaca. {AS_CSV}"
                    )
                if sheet:
                    for column, row in _FAR_COLUMN.findall(text):
                        far, low = max(far, _number(column)), max(low, int(row))
                before = text[-200:]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise Unreadable(f"Berkas Excel ini rusak atau dilindungi sandi. {AS_CSV}") from error
    if far > MOST_COLUMNS:
        raise Unreadable(f"Lembar ini memakai {far} kolom; paling banyak {MOST_COLUMNS}. Hapus kolom yang kosong.")
    if far * low > MOST_CELLS:
        raise Unreadable(
            f"Lembar ini terbentang sampai baris {low} dan {far} kolom. Hapus baris kosong di bawah tabel. {AS_CSV}"
        )


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def cell_of(value: object) -> object:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return ["b", "ya" if value else "tidak"]
    if isinstance(value, float):
        return ["n", str(int(value)) if value.is_integer() and abs(value) < 1e18 else repr(value)]
    if isinstance(value, int):
        return ["n", str(value)]
    if isinstance(value, datetime.datetime | datetime.date):
        return ["d", value.isoformat()[:10]]
    return str(value)


def main(want: str, sheet: str) -> None:
    bound()
    content = sys.stdin.buffer.read()
    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", write_through=False)
    try:
        notes = look_inside(content) if content.startswith(b"PK") else []
        from python_calamine import CalamineWorkbook, PasswordError  # noqa: PLC0415 - after the bounds are set

        try:
            book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        except PasswordError as error:
            raise Unreadable(
                "Berkas ini dilindungi sandi. Hapus sandinya di Excel, simpan, lalu unggah lagi."
            ) from error
        shown = [one.name for one in book.sheets_metadata if "Work" in str(one.typ)]
        out.write(json.dumps({"sheets": shown, "notes": notes}) + "\n")
        for name in shown if not sheet else [sheet]:
            _write(book.get_sheet_by_name(name), name, int(want or 0), out)
    except Unreadable as error:
        out.write(json.dumps({"error": str(error)}) + "\n")
    except MemoryError:
        out.write(json.dumps({"error": f"Berkas ini terlalu besar untuk dibaca. {AS_CSV}"}) + "\n")
    except Exception as error:  # whatever the file is, it is answered with a sentence
        name = type(error).__name__
        out.write(json.dumps({"error": f"Berkas Excel ini tidak terbaca ({name}). {AS_CSV}"}) + "\n")
    out.flush()


def _write(sheet: Any, name: str, most: int, out: io.TextIOWrapper) -> None:
    out.write(json.dumps({"sheet": name}) + "\n")
    if sheet.start is None:
        return
    if (sheet.end[0] + 1) * (sheet.end[1] + 1) > MOST_CELLS or sheet.end[1] >= MOST_COLUMNS:
        raise Unreadable(f"Lembar “{name}” terlalu luas. Hapus baris dan kolom kosong di sekitar tabel. {AS_CSV}")
    ahead = [""] * sheet.start[1]
    for number, row in enumerate(sheet.iter_rows(), 1):
        if most and number > most:
            return
        out.write(json.dumps(ahead + [cell_of(value) for value in row], ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(*[*sys.argv[1:], "", ""][:2])
