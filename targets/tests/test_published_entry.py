"""Printed figures written down by officers: read as printed, worked out again, never repaired.

The cases are press figures about permakanan, YAPI and ATENSI as printed; the sources stand with them.
"""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from pilar.core.errors import Refusal
from pilar.core.models import Region
from pilar.core.scoping import CONSOLE
from targets.checks import checks
from targets.models import PublishedFigure
from targets.printed import Printed, read_arithmetic, read_percent, read_printed
from targets.published import Verdict, compare
from targets.services.published import FigureEntry, PartEntry, figure_enter
from tests import factories as make

TODAY = date(2026, 11, 24)
NATION, BENGKULU_SELATAN = 0, 1701000000
YAPI_PARTS = (
    PartEntry("LKS, belum sekolah", "4.000 orang"),
    PartEntry("LKS, bersekolah", "41.000 orang"),
    PartEntry("Keluarga, belum sekolah", "1.312.946 orang"),
    PartEntry("Keluarga, bersekolah", "2.665.676 orang"),
)


def entry(headline: str, *, region: int = NATION, **given) -> FigureEntry:
    fields = {
        "title": "Angka tercetak",
        "published_on": date(2023, 12, 21),
        "year": 2023,
        "definition": "rencana",
        "unit": "orang",
        "source_name": "Kementerian Sosial, 21 Desember 2023",
        "source_url": "https://kemensos.go.id/",
    }
    return FigureEntry(headline=headline, region=Region.objects.get(pk=region), **{**fields, **given})


def enter(cast, headline: str, **given) -> PublishedFigure:
    return figure_enter(actor=cast.admin, entry=entry(headline, **given), today=TODAY)


@pytest.mark.parametrize(
    ("text", "value", "step"),
    [
        ("Rp879,77 juta", 879_770_000, 10_000),
        ("Rp2,22 miliar", 2_220_000_000, 10_000_000),
        ("Rp787.661.312.000", 787_661_312_000, 1),
        ("Rp1.166.127.400", 1_166_127_400, 1),
        ("125 ribu", 125_000, 1_000),
        ("4.023.622 orang", 4_023_622, 1),
        ("64", 64, 1),
    ],
)
def test_value_and_precision_are_read_from_the_print(text, value, step):
    assert read_printed(text) == Printed(value, step)


@pytest.mark.parametrize("text", ["", "banyak", "12,5", "1.23.456", "-5", "Rp"])
def test_what_is_no_number_is_said(text):
    with pytest.raises(ValueError, match="Tulis"):
        read_printed(text)


def test_factors_and_percentages_are_read_as_written():
    assert read_arithmetic("133.774 orang × 184 hari × Rp32.000") == 787_661_312_000
    assert read_arithmetic("4.023.622 x Rp200.000 x 12") == 9_656_692_800_000
    assert read_percent("119,3%")[1] == 1
    with pytest.raises(ValueError, match="bukan perkalian"):
        read_arithmetic("133.774 orang")


@pytest.mark.parametrize(
    ("headline", "unit", "arithmetic", "verdict", "gap"),
    [
        ("Rp787.661.312.000", "rupiah", "133.774 orang × 184 hari × Rp32.000", Verdict.EQUAL, ""),
        ("Rp9.656.692.800.000", "rupiah", "4.023.622 anak × Rp200.000 × 12 bulan", Verdict.EQUAL, ""),
        ("Rp9,66 triliun", "rupiah", "4.023.622 anak × Rp200.000 × 12 bulan", Verdict.ROUNDING, "-Rp3.307.200.000"),
        ("1.100 keluarga", "keluarga", "111 pendamping × 10 keluarga", Verdict.DIFFERENT, "10 keluarga"),
    ],
)
def test_arithmetic_is_worked_out_again_and_the_difference_shown(cast, headline, unit, arithmetic, verdict, gap):
    [check] = checks(enter(cast, headline, unit=unit, arithmetic=arithmetic))
    assert (check.verdict, check.gap) == (verdict, gap)


@pytest.mark.parametrize(
    ("reached", "target", "percent", "computed", "verdict"),
    [
        ("61.097 orang", "51.200 orang", "119%", "119,3%", Verdict.ROUNDING),
        ("43.400 orang", "33.400 orang", "130%", "129,9%", Verdict.ROUNDING),
        ("60.239 orang", "29.000 orang", "208%", "207,7%", Verdict.ROUNDING),
        ("42.705 orang", "20.000 orang", "214%", "213,5%", Verdict.ROUNDING),
        ("56.050 orang", "55.000 orang", "110%", "101,9%", Verdict.DIFFERENT),
        ("212 ribu", "125 ribu", "", "169,6%", Verdict.UNKNOWN),
    ],
)
def test_printed_percentages_of_atensi_stand_beside_computed_ones(cast, reached, target, percent, computed, verdict):
    [check] = checks(enter(cast, reached, definition="diterima", target=target, percent=percent))
    assert (check.computed, check.verdict) == (computed, verdict)


def test_the_parts_of_yapi_2022_add_up(cast):
    c = compare(enter(cast, "4.023.622 orang", parts=YAPI_PARTS), CONSOLE, today=TODAY)
    assert (c.parts_sum, c.difference, c.difference_word) == (4_023_622, 0, "rincian sama dengan total")


def test_atensi_of_bengkulu_selatan_adds_up(cast):
    parts = [PartEntry("Disabilitas", "84"), PartEntry("Lansia", "29"), PartEntry("Anak", "10")]
    c = compare(enter(cast, "123 orang", region=BENGKULU_SELATAN, parts=parts), CONSOLE, today=TODAY)
    assert (c.parts_sum, c.difference) == (123, 0)


def test_two_prints_of_one_fact_are_two_figures(cast):
    """Sentra Dharma Guna 2023: two outlets, two digits swapped; both stay."""
    first, second = (enter(cast, text, unit="rupiah") for text in ("Rp1.166.127.400", "Rp1.166.270.400"))
    assert second.headline - first.headline == 143_000
    assert {first.code, second.code} == {"R20231221-1", "R20231221-2"}


def test_a_part_named_like_a_programme_is_compared_with_it(cast):
    parts = [PartEntry("Permakanan", "Rp235 miliar"), PartEntry("YAPI", "Rp134 miliar"), PartEntry("Lainnya", "Rp1")]
    figure = enter(cast, "Rp14 triliun", unit="rupiah", measure="rupiah_salur", parts=parts)
    assert list(figure.parts.values_list("programme__code", flat=True)) == ["PERMAKANAN", "YAPI", None]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"headline": "banyak"}, "headline"),
        ({"headline": "5", "published_on": date(2027, 1, 1)}, "published_on"),
        ({"headline": "5", "measure": "rupiah_salur"}, "measure"),
        ({"headline": "5", "percent": "10%"}, "target"),
        ({"headline": "5", "parts": [PartEntry("a", "1"), PartEntry("A", "2")]}, "parts"),
    ],
)
def test_a_field_that_does_not_hold_is_named(cast, given, field):
    with pytest.raises(ValidationError) as error:
        enter(cast, **given)
    assert set(error.value.message_dict) == {field}


def test_a_dinsos_notes_figures_of_its_own_area_only(cast):
    with pytest.raises(Refusal, match="tidak berwenang"):
        figure_enter(actor=cast.owner, entry=entry("5", region=make.REJANG_LEBONG), today=TODAY)
    assert figure_enter(actor=cast.owner, entry=entry("5", region=make.KOTA), today=TODAY).pk


def test_the_page_keeps_a_figure_as_printed(cast, client_of):
    client = client_of(cast.admin)
    sent = {
        "title": "Permakanan nasional 2023", "region": "0", "year": "2023", "headline": "Rp787.661.312.000",
        "unit": "rupiah", "definition": "rencana", "arithmetic": "133.774 orang × 184 hari × Rp32.000",
        "source_name": "IDX Channel, 26 Juni 2023", "source_url": "https://www.idxchannel.com/x",
        "published_on": "2023-06-26", "parts": "tanpa titik dua",
    }  # fmt: skip
    sent["region"] = "nasional"
    refused = client.post("/angka-rilis/baru/", sent)
    assert refused.status_code == 422
    assert "tulis nama bagian, titik dua" in refused.content.decode()
    done = client.post("/angka-rilis/baru/", sent | {"parts": ""}, follow=True)
    html = done.content.decode()
    assert "133.774 orang × 184 hari × Rp32.000" in html
    assert "Rp787.661.312.000" in html
    assert "Hitungan sumber, dihitung ulang" in html


def test_the_api_keeps_a_figure_as_printed(cast, api_of):
    client = api_of(cast.owner)
    sent = {
        "judul": "Graduasi", "wilayah": "17.71", "terbit": "2024-11-19", "tahun": 2024, "pengertian": "rencana",
        "satuan": "keluarga", "tercetak": "1.100 keluarga", "hitungan": "111 pendamping × 10 keluarga",
        "sumber": "Radar", "alamat_sumber": "https://example.id/a", "bagian": [{"bagian": "PKH", "tercetak": "lima"}],
    }  # fmt: skip
    refused = client.post("/api/v1/angka-rilis/", sent, format="json")
    assert (refused.status_code, set(refused.json()["errors"])) == (400, {"bagian"})
    made = client.post("/api/v1/angka-rilis/", sent | {"bagian": []}, format="json")
    assert made.status_code == 201
    assert made.json()["pemeriksaan"][0]["selisih"] == "10 keluarga"
    assert (
        client.post("/api/v1/angka-rilis/", sent | {"wilayah": "17.02", "bagian": []}, format="json").status_code == 403
    )
