"""The dashboard's pages: what each reader sees, where each mark leads, how many queries it costs."""

from datetime import date

import pytest
from django.utils import timezone

from pilar.core import regions
from pilar.core.models import Job
from targets.engine.drain import drain_all
from tests import factories as make

KOTA = "/dasbor/2024/17.71/"
ELDERLY = "/dasbor/2024/17.71/baris/PENERIMA_PAS/3/"
DRUGS = 9


def page(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def without_times(html: str) -> list[str]:
    """Lines of a page, without the time of the figures and the keys of its forms."""
    return [
        line for line in html.splitlines() if "diperbarui" not in line.lower() and "csrfmiddlewaretoken" not in line
    ]


def pay(*, group: int = 3, region: int = make.SELEBAR, count: int = 1, **fields) -> None:
    for _ in range(count):
        make.make_line(
            make.make_batch(region=regions.at_level(region, regions.Level.REGENCY)),
            make.make_beneficiary(region=region, groups=[group]),
            **fields,
        )


@pytest.fixture
def browser(cast, client_of):
    return client_of(cast.owner)


# --- home and the dashboard ------------------------------------------------


def test_home_is_the_dashboard_of_the_office_in_the_newest_year_with_targets(cast, client_of):
    make.make_target(value=10, year=2023)
    make.make_target(value=10, year=2024)
    assert client_of(cast.owner).get("/").url == "/dasbor/2024/17.71/"
    assert client_of(cast.staff).get("/").url == "/dasbor/2024/nasional/"


def test_home_without_any_target_is_this_year(browser):
    assert browser.get("/").url == f"/dasbor/{timezone.localdate().year}/17.71/"


def test_the_headline_says_whether_where_and_how_far(browser):
    pay(amount=400_000)
    make.make_target(value=1_000_000, indicator="RUPIAH_SALUR", breakdown=1)
    make.make_target(value=5)
    make.make_target(value=4, region=make.SELEBAR)
    drain_all()
    html = page(browser, KOTA)
    assert "Kota Bengkulu menyalurkan <b>40,0%</b> dari target rupiah tahun 2024." in html
    assert "<b>lanjut usia terlantar</b> (20,0%, kurang 4 orang), terutama di <b>Selebar</b>." in html


def test_a_region_without_target_says_so(browser):
    assert "<b>Kota Bengkulu belum punya target rupiah dan target kelompok PAS tahun 2024.</b>" in page(browser, KOTA)


@pytest.mark.parametrize(
    ("address", "below"),
    [("nasional", "/dasbor/2024/17/"), ("17", "/dasbor/2024/17.71/"), ("17.71", "/dasbor/2024/17.71.01/")],
)
def test_one_goes_down_by_the_tiles(cast, client_of, address, below):
    assert f'href="{below}?indikator=' in page(client_of(cast.province), f"/dasbor/2024/{address}/")


def test_a_kecamatan_is_the_lowest_level(browser):
    html = page(browser, "/dasbor/2024/17.71.01/")
    assert "Kecamatan Selebar, 2024" in html
    assert "maptile" not in html


@pytest.mark.parametrize("address", ["17.71.01.1001", "17.99", "abc", "17.7"])
def test_there_is_no_dashboard_of_a_village_or_of_nowhere(browser, address):
    assert browser.get(f"/dasbor/2024/{address}/").status_code == 404


def test_the_map_shows_what_the_address_asks_for(browser):
    html = page(browser, f"{KOTA}?indikator=KEGIATAN&rincian=3")
    assert '<option value="KEGIATAN:3" selected>' in html
    assert "Kegiatan terverifikasi per pilar: TKSK" in html


def test_the_form_of_the_map_leads_to_an_address_that_says_it_all(browser):
    response = browser.get(f"{KOTA}?pilih=KEGIATAN:3")
    assert response.url == f"{KOTA}?indikator=KEGIATAN&rincian=3#peta"


@pytest.mark.parametrize("query", ["indikator=X&rincian=1", "indikator=KEGIATAN&rincian=99", "indikator=KEGIATAN"])
def test_a_choice_that_does_not_exist_is_404(browser, query):
    assert browser.get(f"{KOTA}?{query}").status_code == 404


def test_rows_at_the_kabupaten_itself_stand_beside_its_kecamatan(browser):
    pay(amount=700)
    pay(region=make.KOTA, amount=300)
    drain_all()
    html = page(browser, f"{KOTA}?indikator=RUPIAH_SALUR&rincian=1")
    assert "/baris/RUPIAH_SALUR/1/?langsung=1" in html
    assert "Langsung di tingkat ini" in html


def test_luncuran_stands_apart_and_opens_its_rows(browser):
    pay(amount=2_760_000, paid_on=date(2025, 1, 14))
    drain_all()
    html = page(browser, KOTA)
    assert "termasuk luncuran Rp2,76 juta" in html
    assert "/baris/RUPIAH_SALUR/1/?bulan=13" in html


def test_printed_figures_of_the_region_stand_beside_the_counted_ones(cast, client_of):
    html = page(client_of(cast.province), "/dasbor/2024/17/")
    assert "418 orang" in html
    assert "selisih 25, tidak dirinci dalam sumber" in html


def test_small_numbers_of_sensitive_groups_are_hidden_elsewhere(cast, client_of):
    pay(group=DRUGS, count=2)
    make.make_target(value=7, breakdown=DRUGS)
    drain_all()
    assert '2 <span class="muted">dari 7</span>' in page(client_of(cast.owner), KOTA)
    html = page(client_of(cast.neighbour), KOTA)
    assert '2 <span class="muted">dari 7</span>' not in html
    assert "disamarkan" in html


def test_kecamatan_of_another_kabupaten_are_closed_and_say_who_opens_them(cast, client_of):
    pay()
    drain_all()
    html = page(client_of(cast.neighbour), KOTA)
    assert html.count('<span class="maptile__value">tertutup</span>') == 9
    assert "Yang dapat membukanya: Dinas Sosial Kota Bengkulu, Dinas Sosial Provinsi Bengkulu" in html


@pytest.mark.parametrize("address", ["", "baris/PENERIMA_PAS/3/"])
def test_a_kecamatan_of_another_kabupaten_is_refused_with_a_sentence(cast, client_of, address):
    response = client_of(cast.neighbour).get(f"/dasbor/2024/17.71.01/{address}")
    assert response.status_code == 403
    assert "hanya terbuka bagi petugas wilayah itu" in response.content.decode()


def test_a_neighbours_rows_change_nothing_here(browser):
    pay()
    drain_all()
    before = page(browser, KOTA)
    pay(region=make.CURUP, count=3)
    drain_all()
    assert without_times(page(browser, KOTA)) == without_times(before)


def test_the_dashboard_costs_as_many_queries_full_as_nearly_empty(browser, django_assert_max_num_queries):
    pay()
    make.make_target(value=9)
    drain_all()
    page(browser, KOTA)
    with django_assert_max_num_queries(46) as little:
        page(browser, KOTA)
    with django_assert_max_num_queries(51) as other_choice:  # and the areas of the group the headline names
        page(browser, f"{KOTA}?indikator=KEGIATAN&rincian=3")
    [pay(group=group, region=region) for group in range(1, 13) for region in (make.SELEBAR, make.TELUK_SEGARA)]
    [make.make_target(value=9 + group, breakdown=group) for group in range(1, 13) if group != 3]
    drain_all()
    with django_assert_max_num_queries(len(little)):
        page(browser, KOTA)
    with django_assert_max_num_queries(len(other_choice)):
        page(browser, f"{KOTA}?indikator=KEGIATAN&rincian=3")


# --- full rebuild --------------------------------------------------------------


def test_the_ministry_may_ask_for_a_full_rebuild(cast, client_of):
    client = client_of(cast.admin)
    assert "Hitung ulang</span>" in page(client, "/dasbor/2024/nasional/")
    assert client.post("/dasbor/2024/nasional/hitung-ulang/").url == "/pekerjaan/"
    assert Job.objects.get().key == "2024"


def test_a_second_request_is_told_that_one_runs(cast, client_of):
    client = client_of(cast.admin)
    client.post("/dasbor/2024/17/hitung-ulang/")
    response = client.post("/dasbor/2024/17/hitung-ulang/", follow=True)
    assert response.redirect_chain[0][0] == "/dasbor/2024/17/"
    assert "sudah berjalan" in response.content.decode()


def test_an_office_may_not_rebuild_the_nation(browser):
    assert "Hitung ulang</span>" not in page(browser, KOTA)
    assert browser.post(f"{KOTA}hitung-ulang/").status_code == 403
    assert not Job.objects.exists()


@pytest.mark.parametrize("address", ["/", KOTA, ELDERLY, "/dasbor/2024/orang/1/GRADUASI/"])
def test_pages_ask_for_a_sign_in(client, cast, address):
    response = client.get(address)
    assert (response.status_code, response.url.split("?")[0]) == (302, "/masuk/")
