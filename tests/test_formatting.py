"""Indonesian forms: the exact examples, and what must hold for every number."""

from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum

import pytest
from django.http import QueryDict
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from pilar.core import formatting as f
from pilar.core.templatetags import geometry
from pilar.core.templatetags.pilar import format_as, kueri, status_key, status_word

WHOLE = st.integers(min_value=-(10**16), max_value=10**16)
MONEY = st.decimals(min_value=-(10**14), max_value=10**14, allow_nan=False, places=2)


def read_back(text: str) -> Decimal:
    """The number that an Indonesian reader sees in a text."""
    return Decimal(text.replace("Rp", "").replace(".", "").replace(",", "."))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (999, "999"),
        (1234567, "1.234.567"),
        (-1234567, "-1.234.567"),
        (Decimal("0.5"), "1"),
        (Decimal("-0.4"), "0"),
    ],
)
def test_angka(value: Decimal, text: str) -> None:
    assert f.angka(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (879_770_000, "Rp879,77 juta"),
        (1_130_000_000, "Rp1,13 miliar"),
        (2_216_670_000, "Rp2,22 miliar"),
        (2_215_000_000, "Rp2,22 miliar"),
        (2_214_999_999, "Rp2,21 miliar"),
        (999_999_999, "Rp1,00 miliar"),
        (1_000_000, "Rp1,00 juta"),
        (999_999, "Rp999.999"),
        (0, "Rp0"),
        (-206_900_000, "-Rp206,90 juta"),
        (3_500_000_000_000, "Rp3,50 triliun"),
    ],
)
def test_rupiah_ringkas(value: int, text: str) -> None:
    assert f.rupiah_ringkas(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (61.24, "61,2%"),
        (61.25, "61,3%"),
        (Decimal("66.6667"), "66,7%"),
        (0, "0,0%"),
        (103.4, "103,4%"),
    ],
)
def test_persen(value: float, text: str) -> None:
    assert f.persen(value) == text


@pytest.mark.parametrize("form", ["angka", "rupiah", "rupiah_ringkas", "persen"])
def test_four_empties_stay_apart(form: str) -> None:
    texts = [format_as(value, form) for value in (None, 0, f.Blank.SUPPRESSED, f.Blank.NOT_APPLICABLE)]
    assert texts[0] == "belum ada data"
    assert texts[1].lstrip("Rp").startswith("0")
    assert texts[2:] == ["disamarkan (jumlah kecil)", "tidak berlaku"]


def test_dates_in_jakarta_time() -> None:
    late_in_london = datetime(2026, 11, 23, 18, 15, tzinfo=UTC)
    assert f.tanggal(date(2026, 11, 24)) == "24 November 2026"
    assert f.tanggal(late_in_london) == "24 November 2026"
    assert f.tanggal_ringkas(date(2026, 8, 1)) == "1 Agu 2026"
    assert f.waktu(late_in_london) == "24 Nov 2026 01.15 WIB"
    assert f.tanggal(None) == "belum ada data"


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (0, "Nasional"),
        (1700000000, "17"),
        (1771000000, "17.71"),
        (1771010000, "17.71.01"),
        (1771011003, "17.71.01.1003"),
    ],
)
def test_region_code_there_and_back(code: int, text: str) -> None:
    assert f.kode_wilayah(code) == text
    assert f.region_code_of(text) == code
    assert f.region_code_of(f" {text} ") == code


def test_region_code_of_what_was_picked_or_typed() -> None:
    assert f.region_code_of("17.71.01 Selebar, Kota Bengkulu, Bengkulu") == 1771010000
    assert f.region_code_of("Selebar") is None
    assert f.region_code_of("17.7") is None
    assert f.region_code_of("1771") is None


@given(WHOLE)
def test_angka_and_rupiah_lose_nothing(value: int) -> None:
    assert read_back(f.angka(value)) == value
    assert read_back(f.rupiah(value)) == value


@given(MONEY)
def test_short_money_is_within_half_of_its_last_place(value: Decimal) -> None:
    number, _, word = f.rupiah_ringkas(value).partition(" ")
    size = {
        "": Decimal(100),
        "juta": Decimal(10**6),
        "miliar": Decimal(10**9),
        "triliun": Decimal(10**12),
    }[word]
    assert abs(read_back(number) * (size if word else 1) - value) <= size / 200


@given(MONEY)
def test_sign_of_short_money_mirrors(value: Decimal) -> None:
    assert f.rupiah_ringkas(abs(value)) == f.rupiah_ringkas(-abs(value)).lstrip("-")


class Word(Enum):
    BEHIND = "tertinggal"
    NO_TARGET = "belum ada target"


def test_status_is_known_by_its_word_or_its_member() -> None:
    assert {status_key(x) for x in (Word.BEHIND, "tertinggal")} == {"behind"}
    assert status_word(Word.BEHIND) == "tertinggal"
    assert (status_key(Word.NO_TARGET), status_word(Word.NO_TARGET)) == (
        "unknown",
        "belum ada target",
    )
    assert (status_key(None), status_word(None)) == ("unknown", "belum ada data")


def test_percent_of_unknown_or_nothing_is_unknown() -> None:
    assert f.percent_of(1, 3) == Decimal(100) / 3
    assert f.percent_of(None, 3) is None
    assert f.percent_of(1, 0) is None


@given(
    st.one_of(st.none(), st.floats(min_value=0, max_value=10**6)),
    st.floats(min_value=0, max_value=100),
)
def test_bullet_marks_stay_on_the_scale(realised: float | None, pace: float) -> None:
    marks = geometry.bullet(realised, pace)
    places = [float(marks[key].rstrip("%")) for key in ("bar", "target", "pace")]
    assert min(places) >= 0
    assert max(places) <= 100


@given(st.integers(min_value=0, max_value=10**12))
def test_axis_ends_on_or_over_the_highest_value_and_halves_whole(highest: int) -> None:
    top = geometry.nice_top(Decimal(highest))
    assert top >= highest
    assert top / 2 == int(top / 2)


def test_trend_keeps_gaps() -> None:
    marks = geometry.trend(
        [
            {"label": "Jan", "value": 1},
            {"label": "Feb"},
            {"label": "Mar", "value": 3},
            {"label": "Apr", "value": 4},
        ]
    )
    assert len(marks["dots"]) == 3
    assert len(marks["lines"]) == 1


def test_map_classes_and_their_words() -> None:
    assert [geometry.class_of(v) for v in (None, 0, 39.9, 40, 80, 100, 140)] == [
        0,
        1,
        1,
        2,
        4,
        5,
        5,
    ]
    assert [item["class"] for item in geometry.legend_of()] == [1, 2, 3, 4, 5]


def test_province_tiles_do_not_overlap() -> None:
    places = {(row, col) for _, row, col in geometry.PROVINCE_TILES.values()}
    assert len(places) == len(geometry.PROVINCE_TILES) == 38


def test_query_string_changes_one_key_and_keeps_the_rest() -> None:
    query = QueryDict("tahun=2026&pilar=tksk&pilar=pkh&after=9")
    assert kueri(query, after=None, tahun=2024) == "?pilar=tksk&pilar=pkh&tahun=2024"
    assert kueri(None, tahun=2024) == "?tahun=2024"


def test_filters_are_known_to_templates() -> None:
    page = Template("{% load pilar %}{{ n|rupiah }} {{ p|persen }} {{ w|kode_wilayah }} {{ s|status_word }}")
    text = page.render(Context({"n": 1500, "p": 5, "w": 1771000000, "s": "tercapai"}))
    assert text == "Rp1.500 5,0% 17.71 tercapai"
