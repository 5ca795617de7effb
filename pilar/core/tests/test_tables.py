"""Reading and writing CSV with bounds."""

import io

import pytest
from django.core.exceptions import ValidationError

from pilar.core import tables
from pilar.core.tables import cells_of, neutral, read_table, scan, written


def rows_of(content: bytes, known=len):
    file = io.BytesIO(content)
    table = read_table(file, scan(file).encoding, known=known)
    return table.head, list(table.rows)


@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_the_delimiter_that_makes_known_columns_is_taken(sign):
    head, rows = rows_of(f"a{sign}b\r\n1{sign}2\r\n".encode())
    assert (head, rows) == (["a", "b"], [(2, ["1", "2"])])


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("nama\nÉva\n".encode("utf-8-sig"), "Éva"),
        ("nama\nÉva\n".encode(), "Éva"),
        ("nama\nÉva\n".encode("cp1252"), "Éva"),
    ],
)
def test_utf8_with_and_without_mark_and_windows_1252_are_read(content, name):
    head, rows = rows_of(content)
    assert (head, rows) == (["nama"], [(2, [name])])


def test_blank_lines_keep_the_numbers_of_the_sheet():
    assert rows_of(b"\n;;\na;b\n\n;\n1;2\n")[1] == [(6, ["1", "2"])]


def test_a_quotation_mark_that_is_never_closed_spoils_its_own_line_only():
    rows = rows_of(b'a;b\n1;"x;y"\n2;"never\n3;z\n')[1]
    assert rows == [(2, ["1", "x;y"]), (3, ["2", "never"]), (4, ["3", "z"])]


def test_a_line_without_end_is_one_row_and_is_not_kept_in_memory():
    content = b"a;b\n" + b"x" * 3_000_000 + b"\n1;2\n"
    assert rows_of(content)[1] == [(2, None), (3, ["1", "2"])]


def test_what_is_too_big_is_refused_before_it_is_read_whole(monkeypatch):
    monkeypatch.setattr(tables, "MAX_BYTES", 1 << 17)

    class Endless(io.RawIOBase):
        asked = 0

        def seek(self, *_):
            return 0

        def read(self, size=-1):
            self.asked += size
            return b"x" * size

    source = Endless()
    with pytest.raises(ValidationError, match="lebih besar"):
        scan(source)
    assert source.asked <= (1 << 17) + 2 * tables.BLOCK


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\t=1", "  =1"])
def test_nothing_written_is_run_by_a_spreadsheet(text):
    assert neutral(text).startswith("'")


def test_what_is_written_is_read_as_it_was():
    cells = ["2024-1", 'Siti "Ani"; Aminah', "baris\ndua", None, 600_000]
    assert cells_of(written([cells]).strip(), ";") == ["2024-1", 'Siti "Ani"; Aminah', "baris dua", "", "600000"]
