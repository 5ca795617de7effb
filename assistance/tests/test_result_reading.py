"""Cells of a result file: what is understood, what is a fault, and that no NIK stays in clear."""

import io
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as some

from assistance.services import result_reading
from assistance.services.result_reading import amount_of, day_of, read_rows
from tests import factories as make

TODAY = date(2024, 11, 24)


def read(*rows: str, head: str = "kunci;nik;hasil;jumlah;tanggal", encoding: str = "utf-8"):
    return list(read_rows(io.BytesIO("\n".join((head, *rows)).encode(encoding)), encoding, today=TODAY))


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("600000", 600_000), ("600.000", 600_000), ("Rp600.000,00", 600_000), ("Rp 1.234.567,-", 1_234_567),
        ("600000.00", 600_000), ("600,000", None), ("600.00.0", None), ("-5", None), ("0", None), ("", None),
        ("9" * 20, None), ("1e6", None), ("６００", None),
    ],
)  # fmt: skip
def test_amounts_are_read_as_people_write_them(cell, amount):
    assert amount_of(cell) == amount


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2024-03-20", date(2024, 3, 20)), ("20/03/2024", date(2024, 3, 20)), ("20-03-2024", date(2024, 3, 20)),
        ("20.03.2024 10:15", date(2024, 3, 20)), ("2024-03-20T10:15:00+07:00", date(2024, 3, 20)),
        ("31/02/2024", None), ("20/03/24", None), ("kemarin", None), ("", None),
    ],
)  # fmt: skip
def test_days_are_read_as_people_write_them(cell, day):
    assert day_of(cell) == day


@pytest.mark.parametrize(
    ("word", "outcome"),
    [
        ("Diterima", "transaksi"),
        ("TIDAK  DIAMBIL", "tidak_transaksi"),
        ("tidak_transaksi", "tidak_transaksi"),
        ("Gagal", "retur"),
    ],
)  # fmt: skip
def test_outcomes_have_several_names(word, outcome):
    (row,) = read(f"2024-1;;{word};600000;20/03/2024")
    assert (row.outcome, row.faults) == (outcome, [])


def test_heads_have_several_names_in_any_order():
    (row,) = read("20/03/2024,Siti,sukses,600000,2024-7", head="Tgl. Transaksi,Nama,STATUS,Nominal (Rp),Kunci Baris")
    assert (row.line_ref, row.outcome, row.amount, row.on) == ("2024-7", "transaksi", 600_000, date(2024, 3, 20))


def test_a_key_in_other_digits_is_no_key():
    (row,) = read("٢٠٢٤-١;;diterima;600000;20/03/2024")
    assert "bukan kunci baris" in row.faults[0]


def test_a_short_row_is_broken_and_says_what_is_missing():
    (row,) = read("2024-1;;diterima")
    assert [fault.split(".")[0] for fault in row.faults] == ["Kolom jumlah: kosong", "Kolom tanggal kosong"]


def test_no_nik_is_kept_in_clear():
    number = make.nik()
    good, broken, hidden = read(
        f";{number};diterima;600000;20/03/2024", f";{number}9;entah;x;y", f"{number};;{number};{number};{number}"
    )
    assert (good.line_ref[:15], len(good.nik_index or b"")) == ("•••• •••• •••• ", 16)
    assert number not in f"{good}{broken}{hidden}"


def test_more_rows_than_the_bound_are_refused(monkeypatch):
    monkeypatch.setattr(result_reading, "MAX_ROWS", 2)
    with pytest.raises(ValidationError, match="Pecah menjadi beberapa berkas"):
        read(*["2024-1;;diterima;1;20/03/2024"] * 3)


@given(
    some.lists(some.text(some.characters(exclude_categories=["Cs"], exclude_characters="\n"), max_size=60), max_size=6)
)
def test_whatever_stands_in_a_row_it_is_read_or_its_faults_are_told(cells):
    for row in read("2024-1;;diterima;1;20/03/2024", ";".join(cells)):
        assert row.faults or (row.amount and row.outcome)
        assert len(row.line_ref) <= 40
        assert len(row.outcome) <= 40
        assert "\x00" not in f"{row.line_ref}{row.outcome}{row.written}{''.join(row.faults)}"
