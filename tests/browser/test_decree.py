"""An SK penetapan in a real browser: the kabupaten fills and proposes it, the ministry decides."""

from datetime import date

import pytest
from playwright.sync_api import expect

from tests import factories as make
from tests.harness.browser import DESK, PHONE, sound

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("candidates")]
NAMES = ("Zubaidah", "Rohaya", "Almarhum Umar")


@pytest.fixture
def candidates(committed):
    """Three candidates of PKH; the last one has died since his verval."""
    people = [make.make_beneficiary(name=name, groups=[12]) for name in NAMES]
    for person in people:
        make.make_circumstance(person, "desil", "1")
        proposal = make.make_proposal(person, programme="PKH")
        make.make_participation(person, programme="PKH", state="calon", proposal=proposal)
    make.make_circumstance(people[-1], "meninggal", "ya", on=date(2024, 2, 1))


def make_draft(page) -> None:
    page.goto("/sk/")
    page.click("text=SK baru")
    page.select_option("[name=programme]", label="PKH (Program Keluarga Harapan)")
    page.select_option("[name=year]", "2024")
    page.fill("[name=title]", "Penerima PKH tahap 1")
    page.click("text=Simpan draf")
    expect(page.locator("h1")).to_have_text("Penerima PKH tahap 1")


def fill(page) -> None:
    page.click("a:has-text('Isi dari calon penerima')")
    expect(page.locator("#akibat")).to_contain_text("Belum ada yang menjadi penerima")
    page.click("button:has-text('Isi dari calon penerima')")
    expect(page.locator("main")).to_contain_text("2 nama")


def propose(page) -> None:
    page.click("a:has-text('Ajukan penetapan')")
    page.click("button:has-text('Ajukan penetapan')")
    expect(page.locator(".headline")).to_contain_text("menunggu penetapan")


def test_the_kabupaten_proposes_and_the_ministry_decides(sign_in):
    page = sign_in()
    make_draft(page)
    fill(page)
    expect(page.locator("tr", has_text="Almarhum Umar")).to_contain_text("Tercatat meninggal dunia")
    propose(page)
    expect(page.locator("main")).to_contain_text("Anda pengusul SK ini")
    url = page.url
    staff = sign_in("staff")
    staff.goto(url)
    staff.click("a:has-text('Tetapkan')")
    expect(staff.locator("#akibat")).to_contain_text("menjadi penerima aktif")
    staff.fill("[name=number]", "460/7/2024")
    staff.fill("[name=sk_date]", "2024-02-01")
    staff.click("button:has-text('Tetapkan')")
    expect(staff.locator(".headline")).to_contain_text("ditetapkan")
    staff.click("text=Zubaidah")
    expect(staff.locator(".headline")).to_contain_text("penerima aktif")


def test_a_name_goes_back_to_verval_without_scripts(sign_in):
    page = sign_in()
    make_draft(page)
    fill(page)
    propose(page)
    url = page.url
    staff = sign_in("staff", screen=PHONE, scripts=False)
    staff.goto(url)
    staff.click("[aria-label='Kembalikan SK, Rohaya ke verval']")
    staff.fill("[name=note]", "Rumah Rohaya kosong saat didatangi")
    staff.click("button:has-text('Kembalikan dengan catatan')")
    expect(staff.locator(".notice--warning")).to_contain_text("Rumah Rohaya kosong")
    expect(staff.locator("main")).to_contain_text("1 nama")


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_every_page_is_sound_on_desk_and_phone(sign_in, screen):
    page = sign_in(screen=screen)
    make_draft(page)
    draft = page.url
    seen = {"waiting": sound(page)}
    fill(page)
    seen[draft] = sound(page)
    page.click("text=Zubaidah")
    person = page.url
    seen[person] = sound(page)
    for url in ("/sk/", "/sk/baru/", "/kepesertaan/", f"{draft}ajukan/", f"{person}akhiri/", f"{person}verval-ulang/"):
        page.goto(url)
        seen[url] = sound(page)
    page.goto(draft)
    propose(page)
    seen["proposed"] = sound(page)
    page.click("a:has-text('Tarik kembali')")
    expect(page.locator("h1")).to_have_text("Tarik kembali")
    seen["back"] = sound(page)
    assert {url: found for url, found in seen.items() if found} == {}
