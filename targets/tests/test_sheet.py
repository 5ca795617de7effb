"""The sheet through both doors: saved row by row, faults at their cells, submitted all at once."""

import pytest

from targets.models import Indicator, Target
from tests import factories as make

SHEET = "/target/2024/17.71/lembar/?kolom=PENERIMA_PAS:3&kolom=PENERIMA_PAS:4"
API = "/api/v1/target/lembar/"


@pytest.fixture
def name(cast):
    pas = Indicator.objects.get(code="PENERIMA_PAS").pk
    return lambda region, breakdown: f"c{region}-{pas}-{breakdown}"


def page(client, address: str = SHEET) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def values() -> list[tuple]:
    rows = Target.objects.order_by("region_id", "breakdown")
    return list(rows.values_list("region_id", "breakdown", "value", "state"))


def test_areas_stand_down_and_chosen_columns_across(cast, client_of, name):
    html = page(client_of(cast.owner))
    for region in (make.KOTA, make.SELEBAR, make.TELUK_SEGARA):
        for breakdown in (3, 4):
            assert f'name="{name(region, breakdown)}"' in html
    assert name(make.REJANG_LEBONG, 3) not in html


def test_saved_as_drafts_then_submitted_all(cast, client_of, name):
    client = client_of(cast.owner)
    sent = {name(make.SELEBAR, 3): "1.250", name(make.TELUK_SEGARA, 4): "30", "source": "Rapat", "act": "simpan"}
    html = client.post(SHEET, sent, follow=True).content.decode()
    assert "2 sel tersimpan sebagai draf." in html
    assert 'value="1.250"' in html
    assert sorted(row[2:] for row in values()) == [(30, "draf"), (1250, "draf")]
    sent |= {"source": "", "act": "ajukan"}
    assert "2 target diajukan." in client.post(SHEET, sent, follow=True).content.decode()
    assert {row[3] for row in values()} == {"diajukan"}


def test_a_fault_stands_at_its_cell_keeps_its_row_back_and_lets_the_others_through(cast, client_of, name):
    make.make_target(value=9, region=make.SELEBAR)
    sent = {
        name(make.SELEBAR, 3): "10",
        name(make.SELEBAR, 4): "5",
        name(make.TELUK_SEGARA, 3): "7",
        name(make.KOTA, 3): "tujuh",
        name(make.KOTA, 4): "8",
        "source": "Rapat",
        "act": "ajukan",
    }
    response = client_of(cast.owner).post(SHEET, sent)
    html = response.content.decode()
    assert response.status_code == 422
    assert f'id="e{name(make.SELEBAR, 3)}">Target ini sudah ada; versi baru perlu alasan.' in html
    assert f'id="e{name(make.KOTA, 3)}">Tulis bilangan bulat' in html
    assert 'value="tujuh"' in html
    assert [row for row in values() if row[3] == "draf"] == [(make.TELUK_SEGARA, 3, 7, "draf")]


def test_changed_cells_need_a_source(cast, client_of, name):
    response = client_of(cast.owner).post(SHEET, {name(make.SELEBAR, 3): "1", "source": ""})
    assert (response.status_code, values()) == (422, [])
    assert "Sumber belum diisi" in response.content.decode()


def test_an_emptied_cell_drops_its_draft_and_nothing_that_was_submitted(cast, client_of, name):
    make.make_target(value=9, region=make.SELEBAR, state="draf")
    make.make_target(value=9, region=make.TELUK_SEGARA)
    sent = {name(make.SELEBAR, 3): "", name(make.TELUK_SEGARA, 3): "", "source": "Rapat"}
    html = client_of(cast.owner).post(SHEET, sent).content.decode()
    assert "pernah diajukan, jadi tidak bisa dihapus" in html
    assert values() == [(make.TELUK_SEGARA, 3, 9, "disetujui")]


def test_a_version_filed_meanwhile_is_told_at_its_cell(cast, client_of, name):
    make.make_target(value=9, region=make.SELEBAR)
    cell = name(make.SELEBAR, 3)
    sent = {cell: "10", f"s{cell}": "0", "source": "Rapat", "reason": "x"}
    assert "sekarang versi 1 dengan nilai 9" in client_of(cast.owner).post(SHEET, sent).content.decode()


def test_a_frozen_period_is_told_at_the_cells(cast, client_of, name):
    make.make_freeze(cast.province, year=2024)
    html = client_of(cast.owner).post(SHEET, {name(make.SELEBAR, 3): "1", "source": "Rapat"}).content.decode()
    assert "dibekukan sejak" in html
    assert values() == []


def test_who_proposes_elsewhere_has_no_cells_and_saves_nothing(cast, client_of, name):
    client = client_of(cast.neighbour)
    assert "Tidak ada wilayah yang dapat Anda isi" in page(client)
    client.post(SHEET, {name(make.SELEBAR, 3): "1", "source": "Rapat"})
    assert values() == []


def cell(region: str, nilai: int | None, rincian: int = 3) -> dict:
    return {"wilayah": region, "indikator": "PENERIMA_PAS", "rincian": rincian, "nilai": nilai}


def test_the_same_by_rest(cast, api_of):
    sent = {
        "tahun": 2024,
        "sumber": "Rapat",
        "sel": [cell("17.71.01", 5), cell("17.71.02", 6), cell("17.71.02", 7, 99), cell("17.02", 1)],
    }
    answer = api_of(cast.owner).post(API, sent, format="json").json()
    assert answer["tersimpan"] == 1
    assert [(f["wilayah"], f["rincian"]) for f in answer["galat"]] == [("17.71.02", 99), ("17.02", 3)]
    assert "tidak berwenang" in answer["galat"][1]["sebab"]
    assert [row[2:] for row in values()] == [(5, "draf")]


def test_a_wider_sheet_costs_no_more_queries(cast, client_of, django_assert_num_queries):
    client = client_of(cast.owner)
    page(client)
    with django_assert_num_queries(23):
        page(client)
    [make.make_target(value=n, region=code, breakdown=n) for code in (make.SELEBAR, make.KOTA) for n in (3, 4)]
    with django_assert_num_queries(23):
        page(client, SHEET)
