"""Sharing out and data dasar wilayah through both doors: pages and REST."""

import re

import pytest

from targets.models import AcceptedRest, BaseFigure, Target
from tests import factories as make

BENGKULU = 1700000000
BASE, API = "/api/v1/data-dasar/", "/api/v1/target/"
FILL = "/target/data-dasar/17.71/isi/"
PEOPLE = {"jenis": "penduduk", "keadaan_per": "2023-12-31", "sumber": "BPS"}


def page(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def target(cast) -> Target:
    return make.make_target(value=1003, region=BENGKULU, state="diajukan", set_by=cast.province)


# --- data dasar --------------------------------------------------------------


def test_a_correction_by_rest_is_a_new_version_with_a_reason(cast, api_of):
    owner = api_of(cast.owner)
    entry = PEOPLE | {"wilayah": "17.71", "jumlah": 391_117}
    assert owner.post(BASE, entry).json()["versi"] == 1
    again = owner.post(BASE, entry | {"jumlah": 391_000})
    assert (again.status_code, again.json()["type"]) == (409, "/api/galat/alasan_versi_baru")
    assert owner.post(BASE, entry | {"jumlah": 391_000, "alasan": "salah ketik"}).json()["versi"] == 2
    assert [row["jumlah"] for row in owner.get(BASE, {"wilayah": "17.71"}).json()["results"]] == [391_000]
    both = owner.get(BASE, {"wilayah": "17.71", "versi": "semua"}).json()["results"]
    assert [row["jumlah"] for row in both] == [391_000, 391_117]


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        ({"keadaan_per": "2999-01-01"}, "keadaan_per"),
        ({"jenis": "dampingan"}, "errors"),
        ({"program": "PKH"}, "errors"),
        ({"jumlah": -1}, "jumlah"),
        ({"sumber": ""}, "sumber"),
        ({"wilayah": "17.71.01.1001"}, "errors"),
    ],
)
def test_what_does_not_hold_is_refused_by_rest(cast, api_of, entry, field):
    answer = api_of(cast.owner).post(BASE, PEOPLE | {"wilayah": "17.71", "jumlah": 5} | entry)
    assert answer.status_code == 400
    assert field in answer.content.decode()
    assert not BaseFigure.objects.exists()


def test_another_area_is_refused(cast, api_of, client_of):
    entry = PEOPLE | {"wilayah": "17.71", "jumlah": 5}
    assert api_of(cast.neighbour).post(BASE, entry).status_code == 403
    assert client_of(cast.neighbour).get(FILL).status_code == 403


def test_a_kecamatan_is_for_its_own_offices(cast, api_of):
    row = make.make_base(number=5, region=make.SELEBAR)
    assert api_of(cast.owner).get(f"{BASE}{row.pk}/").status_code == 200
    assert api_of(cast.neighbour).get(f"{BASE}{row.pk}/").status_code == 404


def test_a_whole_area_is_filled_on_one_page_and_what_is_the_same_stays(cast, client_of):
    client = client_of(cast.owner)
    make.make_base(number=60_000, region=make.SELEBAR)
    sent = {
        "kind": "penduduk", "as_of": "2023-12-31", "source": "BPS",
        f"v{make.KOTA}": "391.117", f"v{make.SELEBAR}": "60.000",
    }  # fmt: skip
    answer = client.post(FILL, sent, follow=True)
    assert "1 angka tersimpan." in answer.content.decode()
    assert "391.117" in page(client, "/target/data-dasar/?wilayah=17.71")
    assert (
        "Belum ada angka yang diisi"
        in client.post(FILL, {**sent, f"v{make.KOTA}": "", f"v{make.SELEBAR}": ""}).content.decode()
    )
    assert "Pilih programnya" in client.post(FILL, sent | {"kind": "dampingan"}).content.decode()


# --- sharing out -------------------------------------------------------------


def seal_of(html: str) -> str:
    return re.search(r'name="seal" value="(\w+)"', html)[1]


def test_shared_out_on_the_page_after_a_preview(cast, client_of, target):
    client = client_of(cast.province)
    one = f"/target/versi/{target.pk}/"
    assert "Bagikan ke wilayah di bawahnya" in page(client, one)
    html = page(client, f"{one}alokasi/?cara=rata")
    assert html.count("<b>100</b>") == 7
    assert html.count("<b>101</b>") == 3
    assert not Target.objects.filter(state="draf").exists()
    answer = client.post(f"{one}alokasi/?cara=rata", {"seal": seal_of(html), "act": "terapkan"}, follow=True)
    assert "10 draf tersimpan" in answer.content.decode()
    assert "belum mulai dibagi" not in page(client, one)
    sheet = page(client, "/target/2024/17/lembar/?kolom=PENERIMA_PAS:3&kolom=PENERIMA_PAS:4")
    assert '<td class="num">0</td>' in sheet


def test_a_way_without_basis_says_where_to_fill_it(cast, client_of, target):
    html = page(client_of(cast.province), f"/target/versi/{target.pk}/alokasi/?cara=penduduk")
    assert "jumlah penduduk belum ada untuk" in html
    assert "/target/data-dasar/17/isi/" in html


def test_by_hand_the_rest_is_worked_out_before_it_is_saved(cast, client_of, target):
    client, address = client_of(cast.province), f"/target/versi/{target.pk}/alokasi/?cara=tangan"
    typed = {f"v{make.KOTA}": "1.000", "act": "pratinjau"}
    html = client.post(address, typed).content.decode()
    assert 'value="1.000"' in html
    assert "Belum dialokasikan" in html
    stale = client.post(address, typed | {f"v{make.KOTA}": "900", "seal": seal_of(html), "act": "terapkan"})
    assert stale.status_code == 422
    assert "berubah sejak pratinjau" in stale.content.decode()
    client.post(address, typed | {"seal": seal_of(html), "act": "terapkan"})
    assert Target.objects.get(region=make.KOTA).value == 1000
    assert "bilangan bulat" in client.post(address, {f"v{make.KOTA}": "x", "act": "terapkan"}).content.decode()


def test_by_rest_without_a_seal_nothing_is_saved(cast, api_of, target):
    province, one = api_of(cast.province), f"{API}{target.pk}/"
    shown = province.post(f"{one}alokasi/", {"cara": "rata"}).json()
    assert (shown["dialokasikan"], shown["belum_dialokasikan"], shown["draf"]) == (1003, 0, [])
    applied = province.post(f"{one}alokasi/", {"cara": "rata", "segel": shown["segel"]}).json()
    assert len(applied["draf"]) == 10
    assert province.get(f"{one}pembagian/").json()["sesudah_draf"] == 0
    refused = api_of(cast.staff).post(f"{one}setujui/")
    assert (refused.status_code, refused.json()["type"]) == (409, "/api/galat/belum_dialokasikan")
    stale = province.post(f"{one}alokasi/", {"cara": "rata", "segel": shown["segel"]})
    assert stale.json()["type"] == "/api/galat/pratinjau_alokasi"
    lacking = province.post(f"{one}alokasi/", {"cara": "penduduk"})
    assert lacking.json()["type"] == "/api/galat/dasar_alokasi"


def test_by_hand_by_rest(cast, api_of, target):
    province, one = api_of(cast.province), f"{API}{target.pk}/alokasi/"
    entry = {"cara": "tangan", "nilai": [{"wilayah": "17.71", "nilai": 600}]}
    shown = province.post(one, entry, format="json").json()
    assert shown["belum_dialokasikan"] == 403
    assert len(province.post(one, entry | {"segel": shown["segel"]}, format="json").json()["draf"]) == 1


@pytest.mark.parametrize("door", ["page", "rest"])
def test_the_rest_is_accepted_by_who_decides(cast, client_of, api_of, target, door):
    make.make_target(value=1000, region=make.KOTA, state="diajukan")
    staff, one = client_of(cast.staff), f"/target/versi/{target.pk}/"
    html = page(staff, one)
    assert "Terima sisa" in html
    assert "Dari 1.003 orang, 3 belum dialokasikan" in html
    assert staff.post(f"{one}terima-sisa/", {"reason": ""}).status_code == 422
    accept = {
        "page": lambda: staff.post(f"{one}terima-sisa/", {"reason": "cadangan"}).status_code == 302,
        "rest": lambda: (
            api_of(cast.staff).post(f"{API}{target.pk}/terima-sisa/", {"alasan": "cadangan"}).status_code == 201
        ),
    }[door]
    assert accept()
    assert AcceptedRest.objects.get().amount == 3
    html = page(staff, one)
    assert "Sisa diterima" in html
    assert "/terima-sisa/" not in html
    assert api_of(cast.province).get(f"{API}{target.pk}/pembagian/").json()["alasan_sisa"] == "cadangan"
    assert staff.post(f"{one}setujui/", {}).status_code == 302
    target.refresh_from_db()
    assert target.state == "disetujui"


def test_the_page_asks_the_same_number_of_questions_however_many_areas(
    cast, client_of, target, django_assert_num_queries
):
    client, address = client_of(cast.province), f"/target/versi/{target.pk}/alokasi/?cara=penduduk"
    for code in range(1701000000, 1710000000, 1_000_000):
        make.make_base(number=100, region=code)
    make.make_base(number=700)
    page(client, address)
    with django_assert_num_queries(18):
        page(client, address)
