"""Entering a list in a real browser, by the login that production uses: from the empty form to money in hand."""

import re

import pytest
from playwright.sync_api import expect

from tests import factories as make
from tests.harness.browser import DESK, PHONE, sound

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("people")]


@pytest.fixture
def people(committed):
    make.make_beneficiary(name="Zubaidah", groups=[3])


def make_list(page) -> None:
    page.goto("/penyaluran/")
    page.click("text=Catat daftar")
    page.select_option("[name=programme]", label="Permakanan")
    page.select_option("[name=year]", "2024")
    page.fill("[name=stage]", "Tahap 1")
    page.fill("[name=ceiling]", "1.200.000")
    page.fill("[name=sk_number]", "460/1/2024")
    page.fill("[name=sk_date]", "2024-01-15")
    page.click("text=Simpan daftar")
    expect(page.locator("h1")).to_have_text("Permakanan, Tahap 1 2024, Kota Bengkulu")


def add_zubaidah(page, amount: str) -> None:
    page.click("text=Tambah penerima")
    expect(page.locator("h1")).to_have_text("Tambah penerima ke daftar")
    page.fill("main [name=q]", "zub")
    page.click("main button:has-text('Cari')")
    page.click("td >> text=Pilih")
    page.fill("[name=amount]", amount)
    page.click("button:has-text('Simpan') >> nth=1")


def test_a_list_is_made_a_line_added_and_followed_to_money_in_hand(sign_in):
    page = sign_in()
    make_list(page)
    add_zubaidah(page, "600.000")
    row = page.locator("tbody tr", has_text="Zubaidah")
    expect(row).to_contain_text("belum disalurkan")
    expect(row).to_contain_text("Rp600.000")
    page.click("tbody >> text=Zubaidah")
    page.click("text=Catat disalurkan")
    page.fill("[name=on]", "2024-03-15")
    page.click("button:has-text('Catat disalurkan')")
    page.click("text=Catat diserahkan")
    page.fill("[name=on]", "2024-03-20")
    page.click("button:has-text('Catat diserahkan')")
    expect(page.locator(".headline")).to_contain_text("diserahkan")
    page.goto("/penyaluran/")
    expect(page.locator("tbody tr", has_text="Tahap 1").locator("td.num")).to_have_text(
        ["1", "Rp1.200.000", "Rp600.000", "Rp600.000", "Rp600.000"]
    )


def test_a_sum_above_the_ceiling_comes_back_with_its_words(sign_in):
    page = sign_in()
    make_list(page)
    add_zubaidah(page, "1.200.001")
    expect(page.locator(".form-errors")).to_contain_text("melebihi pagu Rp1.200.000 sebesar Rp1")
    assert page.evaluate("document.activeElement.classList.contains('form-errors')")
    assert page.input_value("[name=amount]") == "1.200.001"


def test_a_new_person_is_registered_without_scripts(sign_in):
    page = sign_in(screen=PHONE, scripts=False)
    make_list(page)
    page.click("text=Tambah penerima")
    page.click("text=Daftarkan penerima baru")
    page.fill("[name=name]", "Rohaya")
    page.fill("[name=nik]", make.nik(day=52, month=4, year=51))
    page.check("[name=sex][value=P]")
    page.fill("[name=birth_date]", "1951-04-12")
    page.fill("[name=region]", "Selebar")
    page.select_option("[name=group_1]", "3")
    page.fill("[name=since_1]", "2022-01-01")
    page.select_option("[name=group]", "3")
    page.fill("[name=amount]", "600000")
    page.click("text=Simpan dan tambah lagi")
    expect(page.locator("h1")).to_have_text("Tambah penerima ke daftar")
    expect(page.locator("main")).to_contain_text("sisa pagu Rp600.000")


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_every_page_is_sound_on_desk_and_phone(sign_in, screen):
    page = sign_in(screen=screen)
    make_list(page)
    add_zubaidah(page, "600.000")
    page.wait_for_url(re.compile(r"/penyaluran/\d+/$"))
    batch = page.url
    seen = {batch: sound(page)}
    page.click("tbody >> text=Zubaidah")
    page.wait_for_url(re.compile(r"/baris/\d+/$"))
    seen[page.url] = sound(page)
    line = page.url
    paths = ("/penyaluran/", "/penyaluran/baru/", f"{batch}baris/cari/?nama=zub", f"{batch}baris/baru/?baru=1")
    for url in (*paths, f"{line}salur/", "/graduasi/", "/graduasi/cari/?nama=zub"):
        page.goto(url)
        seen[url] = sound(page)
    assert {url: found for url, found in seen.items() if found} == {}
