"""Tali asih in a real browser: a member is left out with a reason and reads it; the list goes up to the bank."""

import pytest
from playwright.sync_api import expect

from tests import factories as make
from tests.harness.browser import DESK, PHONE, sound

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("members")]


@pytest.fixture
def members(committed):
    for name, employment in (("Budi Santoso", "relawan"), ("Kartini", "relawan"), ("Umar", "pppk")):
        person = make.make_person(name=name, employment=employment)
        make.make_assignment(person, pillar="TAGANA", position="Muda")


def make_list(page) -> str:
    page.goto("/tali-asih/")
    page.click("text=Daftar baru")
    page.select_option("[name=pillar]", label="Tagana (Taruna Siaga Bencana)")
    page.fill("[name=period]", "2024-S1")
    page.click("text=Simpan daftar")
    expect(page.locator("h1")).to_have_text("Tali asih Tagana, semester 1 2024")
    return page.url


def act(page, label: str) -> None:
    page.click(f"a.button:has-text('{label}')")
    page.click(f"button:has-text('{label}')")


def leave_out(page) -> None:
    act(page, "Isi dengan semua yang berhak")
    page.click("[aria-label='Tidak diusulkan: Budi Santoso']")
    page.select_option("[name=reason]", "tanpa_laporan")
    page.fill("[name=note]", "Tidak ada laporan tiga bulan")
    page.click("button:has-text('Tidak diusulkan')")


def test_a_dropped_member_reads_why_and_the_rest_is_paid(sign_in):
    page = sign_in()
    url = make_list(page)
    leave_out(page)
    expect(page.locator("tr", has_text="Umar")).to_contain_text("tidak berlaku")
    act(page, "Usulkan semua yang belum diputuskan")
    act(page, "Ajukan daftar")
    expect(page.locator("main")).to_contain_text("Anda pengusul daftar ini")
    page.click("text=Budi Santoso")
    expect(page.locator("main")).to_contain_text("Laporan tugas tidak ada. Tidak ada laporan tiga bulan. Oleh Owner")
    province = sign_in("province")
    province.goto(url)
    act(province, "Teruskan ke Kemensos")
    staff = sign_in("staff")
    staff.goto(url)
    act(staff, "Setujui")
    page.goto(url)
    act(page, "Catat semua dibayar")
    expect(page.locator(".headline")).to_contain_text("dibayar")


def test_somebody_is_left_out_without_scripts(sign_in):
    page = sign_in(screen=PHONE, scripts=False)
    make_list(page)
    leave_out(page)
    expect(page.locator("tr", has_text="Budi Santoso")).to_contain_text("tidak diusulkan")


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_every_page_is_sound_on_desk_and_phone(sign_in, screen):
    page = sign_in(screen=screen)
    url = make_list(page)
    seen = {"empty": sound(page)}
    leave_out(page)
    seen["draft"] = sound(page)
    person = page.locator("text=Budi Santoso").first.get_attribute("href")
    line = page.locator("[aria-label='Tidak diusulkan: Kartini']").get_attribute("href")
    for place in ("/tali-asih/", "/tali-asih/baru/", f"{url}ajukan/", line, person, f"{person}status-kepegawaian/"):
        page.goto(place)
        seen[place] = sound(page)
    assert {place: found for place, found in seen.items() if found} == {}
