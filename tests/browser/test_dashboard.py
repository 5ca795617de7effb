"""The dashboard in a real browser: from sign-in to the rows, on a desk and on a phone, with and without scripts."""

import pytest

from targets.engine.drain import drain_all
from tests import factories as make
from tests.harness.browser import DESK, PHONE, picture, sound

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("rows")]


@pytest.fixture
def rows(committed):
    """Two groups behind, one more than the other; the larger shortfall lies in Selebar."""
    for group, target, served in ((3, 10, 4), (12, 3, 2)):
        make.make_target(value=target, breakdown=group)
        make.make_target(value=target, breakdown=group, region=1700000000)
        for n in range(served):
            person = make.make_beneficiary(name=f"Penerima {group} {n}", groups=[group])
            make.make_line(make.make_batch(), person, amount=100_000)
    make.make_target(value=8, breakdown=3, region=make.SELEBAR)
    make.make_target(value=1_000_000, indicator="RUPIAH_SALUR", breakdown=1)
    make.make_line(make.make_batch(), make.make_beneficiary(region=make.KOTA), region=make.KOTA, amount=50_000)
    drain_all()


def test_from_sign_in_to_the_rows_of_the_worst_group_in_two_clicks(sign_in):
    page = sign_in()
    assert page.url.endswith("/dasbor/2024/17.71/")
    assert "Kekurangan terbesar: lanjut usia terlantar (40,0%, kurang 6 orang)" in page.inner_text(".headline")
    page.click("#pas .barrow >> nth=0 >> a")
    assert "Lanjut usia terlantar, 2024" in page.inner_text("h1")
    assert page.locator("tbody tr").count() == 4
    picture(page, "baris")


def test_one_screen_answers_the_three_questions(sign_in):
    page = sign_in()
    bottoms = page.evaluate(
        "['.headline', '.tiles', '#pas .barrow:nth-child(10)', '#peta .tilemap']"
        ".map(s => document.querySelector(s).getBoundingClientRect().bottom)"
    )
    assert max(bottoms) <= DESK["height"]
    picture(page, "dasbor-1366")


def test_down_from_the_nation_to_a_kecamatan_by_the_tiles(sign_in):
    page = sign_in("staff")
    for name in ("Bengkulu:", "Kota Bengkulu:", "Selebar:"):
        page.click(f".maptile:has(> .visually-hidden:text-is('{name}'))")
    assert "/dasbor/2024/17.71.01/" in page.url
    assert "Kecamatan Selebar, 2024" in page.inner_text("h1")


def test_the_map_changes_with_the_choice_and_the_address_keeps_it(sign_in):
    page = sign_in()
    page.select_option("#pilih", "RUPIAH_SALUR:1")
    page.click("#peta button")
    assert "indikator=RUPIAH_SALUR&rincian=1" in page.url
    page.goto(page.url)
    assert page.input_value("#pilih") == "RUPIAH_SALUR:1"
    page.click("#peta >> text=Langsung di tingkat ini >> a")
    assert page.locator("tbody tr").count() == 1
    assert "Rp50.000" in page.inner_text("tbody")


def test_a_target_filed_in_the_browser_stands_on_the_dashboard(sign_in):
    page = sign_in()
    page.click(".page__head >> text=Target")
    page.click("text=Target baru")
    page.select_option("[name=address]", "PENERIMA_PAS:5")
    page.fill("[name=value]", "1.250")
    page.fill("[name=source]", "Rapat kerja")
    page.click("text=Simpan dan ajukan")
    assert "Target diajukan." in page.inner_text(".messages")
    page.click(".sidenav >> text=Dasbor")
    assert "dari 1.250" in page.inner_text("#pas .barrow >> nth=0")


def test_a_phone_shows_all_without_sideways_scrolling(sign_in):
    page = sign_in(screen=PHONE)
    for address in (
        "/dasbor/2024/17.71/",
        "/dasbor/2024/17.71/baris/RUPIAH_SALUR/1/",
        "/target/2024/17.71/",
        "/angka-rilis/",
    ):
        page.goto(address)
        assert sound(page) == [], address
    page.goto("/dasbor/2024/17.71/")
    picture(page, "dasbor-390")


def test_it_works_without_scripts(sign_in):
    page = sign_in(scripts=False)
    page.select_option("#pilih", "PENERIMA_PAS:12")
    page.click("#peta button")
    assert "rincian=12" in page.url
    page.click("#pas .barrow >> nth=1 >> a")
    page.select_option("#bulan", "4")
    page.click(".filters button")
    assert "Tidak ada baris" in page.inner_text("main")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_stands_in_the_way_of_a_screen_reader(sign_in, theme):
    page = sign_in()
    page.emulate_media(color_scheme=theme)
    for address in ("/dasbor/2024/17.71/", "/dasbor/2024/nasional/", "/target/2024/17.71/", "/angka-rilis/2/"):
        page.goto(address)
        assert sound(page) == [], address
