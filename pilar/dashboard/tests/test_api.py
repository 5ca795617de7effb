"""Achievement through the REST door: the numbers of the page, and no more than the page shows."""

import pytest

from targets.engine.drain import drain_all
from tests import factories as make

FIGURES = "/api/v1/capaian/"
ROWS = "/api/v1/capaian/baris/"
KOTA = {"tahun": 2024, "wilayah": "17.71"}
ELDERLY = KOTA | {"indikator": "PENERIMA_PAS", "rincian": 3}
DRUGS = KOTA | {"indikator": "PENERIMA_PAS", "rincian": 9}


@pytest.fixture
def api(cast, api_of):
    return api_of(cast.owner)


def pay(*, group: int = 3, count: int = 1, **fields) -> None:
    for _ in range(count):
        make.make_line(make.make_batch(), make.make_beneficiary(groups=[group]), **fields)


def only(response) -> dict:
    assert response.status_code == 200, response.content
    [figure] = response.json()["hasil"]
    return figure


def test_a_figure_as_on_the_page(api):
    pay(count=3)
    make.make_target(value=4)
    drain_all()
    figure = only(api.get(FIGURES, ELDERLY))
    assert (figure["target"], figure["realisasi"], figure["persen"], figure["keadaan"]) == (4, 3, "75.00", "tertinggal")
    assert (figure["wilayah"], figure["jumlah_baris"], figure["disamarkan"]) == ("17.71", 3, False)


def test_all_figures_of_a_region_say_when_they_were_brought_up_to_date(api):
    pay()
    drain_all()
    body = api.get(FIGURES, KOTA).json()
    assert body["diperbarui"]
    assert {f["indikator"] for f in body["hasil"]} >= {"RUPIAH_SALUR", "PENERIMA_PAS", "GRADUASI"}


def test_everybody_served_is_breakdown_zero(api):
    person = make.make_beneficiary()
    [make.make_line(make.make_batch(programme=code), person) for code in ("PERMAKANAN", "ATENSI")]
    drain_all()
    assert only(api.get(FIGURES, KOTA | {"indikator": "PENERIMA_PROGRAM", "rincian": 0}))["realisasi"] == 1


def test_areas_below_and_direct_rows_add_up(api):
    pay(amount=700)
    pay(amount=300, region=make.KOTA)
    drain_all()
    money = KOTA | {"indikator": "RUPIAH_SALUR", "rincian": 1}
    whole = only(api.get(FIGURES, money))
    parts = api.get(FIGURES, money | {"turunan": 1}).json()["hasil"]
    assert sum(f["realisasi"] for f in parts) == whole["realisasi"] == 1000
    assert [f["realisasi"] for f in parts if f["langsung"]] == [300]


def test_small_numbers_are_hidden_here_too(cast, api_of):
    pay(group=9, count=2)
    drain_all()
    assert only(api_of(cast.owner).get(FIGURES, DRUGS))["realisasi"] == 2
    hidden = only(api_of(cast.neighbour).get(FIGURES, DRUGS))
    assert (hidden["realisasi"], hidden["jumlah_baris"], hidden["disamarkan"]) == (None, None, True)


def test_kecamatan_outside_the_grant_are_closed(cast, api_of):
    pay()
    drain_all()
    below = api_of(cast.neighbour).get(FIGURES, ELDERLY | {"turunan": 1}).json()["hasil"]
    assert {(f["tertutup"], f["realisasi"]) for f in below} == {(True, None)}
    response = api_of(cast.neighbour).get(FIGURES, ELDERLY | {"wilayah": "17.71.01"})
    assert (response.status_code, response.json()["type"]) == (403, "/api/galat/wewenang")


def test_a_persons_figure(cast, api_of):
    rina = make.make_person()
    make.make_graduation(make.make_beneficiary(), to=rina)
    make.make_target(value=10, indicator="GRADUASI", breakdown=4, person=rina)
    drain_all()
    asked = {"tahun": 2024, "orang": rina.pk}
    assert only(api_of(cast.owner).get(FIGURES, asked))["persen"] == "10.00"
    assert api_of(cast.neighbour).get(FIGURES, asked).status_code == 404


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"tahun": 2024}, "wilayah"),
        ({"wilayah": "17"}, "tahun"),
        (KOTA | {"turunan": 1}, "turunan"),
        (KOTA | {"indicator": "X"}, "indicator"),
        (KOTA | {"tahun": "dua"}, "tahun"),
    ],
)
def test_faulty_questions_name_the_field(api, query, field):
    response = api.get(FIGURES, query)
    assert (response.status_code, list(response.json()["errors"])) == (400, [field])


@pytest.mark.parametrize("change", [{"wilayah": "99"}, {"tahun": 1999}, {"indikator": "X"}])
def test_what_does_not_exist_is_404(api, change):
    assert api.get(FIGURES, ELDERLY | change).status_code == 404


def test_the_rows_are_as_many_as_the_figure_says(api):
    pay(count=3)
    pay(group=12)
    drain_all()
    body = api.get(ROWS, ELDERLY).json()
    assert len(body["results"]) == body["angka"]["jumlah_baris"] == 3
    assert {row["jenis"] for row in body["results"]} == {"penerima"}
    assert body["tertutup"] == ""


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        ({"indikator": "RUPIAH_SALUR", "rincian": 1}, "penyaluran"),
        ({"indikator": "PERSONEL_TERDAFTAR", "rincian": 3}, "personel"),
        ({"indikator": "KEGIATAN", "rincian": 3}, "kegiatan"),
        ({"indikator": "GRADUASI", "rincian": 4}, "graduasi"),
        ({"indikator": "PENERIMA_PROGRAM", "rincian": 0}, "penerima"),
    ],
)
def test_each_kind_of_row(api, asked, kind):
    pay()
    person = make.make_person()
    make.make_assignment(person)
    make.make_activity(person, by=make.make_verifier())
    make.make_graduation(make.make_beneficiary(), to=person)
    drain_all()
    [row] = api.get(ROWS, KOTA | asked).json()["results"]
    assert (row["jenis"], row["wilayah"][:5]) == (kind, "17.71")


def test_rows_of_a_month_in_pages(api):
    pay(count=3)
    drain_all()
    money = KOTA | {"indikator": "RUPIAH_SALUR", "rincian": 1, "bulan": 3, "page_size": 2}
    first = api.get(ROWS, money).json()
    second = api.get(first["next"]).json()
    assert (len(first["results"]), len(second["results"]), second["next"]) == (2, 1, None)


def test_rows_of_another_region_are_closed_with_the_sentence(cast, api_of):
    pay()
    drain_all()
    body = api_of(cast.neighbour).get(ROWS, ELDERLY).json()
    assert body["results"] == []
    assert body["angka"]["realisasi"] == 1
    assert "barisnya tertutup karena berada di luar wilayah Anda" in body["tertutup"]


def test_a_companions_families(api):
    rina = make.make_person()
    [make.make_graduation(make.make_beneficiary(), to=rina) for _ in range(7)]
    make.make_graduation(make.make_beneficiary())
    drain_all()
    body = api.get(ROWS, {"tahun": 2024, "indikator": "GRADUASI", "orang": rina.pk}).json()
    assert len(body["results"]) == body["angka"]["realisasi"] == 7


def test_without_a_token_nothing_is_read(client, cast):
    assert client.get(FIGURES, KOTA).status_code == 401
