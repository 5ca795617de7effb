"""Langkah bersama in a real browser: the plan of Bengkulu 2024 is agreed by its four parties."""

import pytest
from playwright.sync_api import expect

from tests import factories as make
from tests.harness.browser import DESK, PHONE, sound

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("companion")]
PLAN = "/langkah/2024/17/"


@pytest.fixture
def companion(committed):
    person = make.make_person(name="Rina Marlina")
    make.make_assignment(person, pillar="PKH")
    make.make_target(value=40, region=1700000000)


def add_step(page, text: str, owner: str, day: str, regency: str = "") -> None:
    page.click("a:has-text('Tambah langkah')")
    page.fill("[name=text]", text)
    page.select_option("[name=owner]", owner)
    page.select_option("[name=regency]", regency) if regency else None
    page.fill("[name=deadline]", day)
    page.click("button:has-text('Simpan')")
    expect(page.locator("tr", has_text=text)).to_be_visible()


def write_plan(page) -> None:
    page.goto(PLAN)
    page.click("a:has-text('Susun langkah bersama')")
    page.fill("[name=strategy]", "Menjangkau lansia terlantar di Kaur dan Seluma lebih dahulu.")
    page.fill("[name=mechanism]", "Rapat bulanan di Dinas Sosial provinsi; laporan tiap tanggal 5.")
    page.click("button:has-text('Simpan draf')")
    add_step(page, "Menetapkan pagu permakanan", "kemensos", "2024-02-28")
    add_step(page, "Mendata lansia terlantar di kelurahan", "dinsos_kabkota", "2024-06-30", "1771000000")


def agree(page, party: str, name: str = "") -> None:
    page.goto(PLAN)
    page.click(f"a[aria-label='Catat kesepakatan {party}']")
    expect(page.locator("#akibat")).to_contain_text("tidak berubah lagi")
    page.fill("[name=name]", name) if name else page.check("text=Rina Marlina")
    page.fill("[name=on]", "2024-01-20")
    page.click("button:has-text('Catat kesepakatan')")


def test_bengkulu_2024_is_agreed_by_its_four_parties(sign_in):
    province = sign_in("province")
    write_plan(province)
    seen = {"draft": sound(province)}
    agree(province, "Dinas Sosial provinsi", "Budi Santoso")
    expect(province.locator("main")).to_contain_text("1 dari 4 pihak")
    agree(sign_in("staff"), "Kementerian Sosial", "Dewi Lestari")
    kota = sign_in("colleague", screen=PHONE, scripts=False)
    agree(kota, "Dinas Sosial kabupaten/kota", "Umar Said")
    expect(kota.locator(".headline")).to_contain_text("Menunggu: wakil pendamping")
    agree(kota, "Wakil pendamping")
    expect(kota.locator(".headline")).to_contain_text("Berlaku sejak 20 Januari 2024")
    expect(kota.locator("main")).to_contain_text("4 dari 4 pihak")
    late = kota.locator("tr", has_text="Mendata lansia")
    expect(late).to_contain_text("lewat tenggat")
    kota.goto("/")
    expect(kota.locator("#peringatan")).to_contain_text("Mendata lansia terlantar di kelurahan")
    kota.goto(PLAN)
    kota.click("a[aria-label='Mulai: Mendata lansia terlantar di kelurahan']")
    kota.click("button:has-text('Catat')")
    expect(kota.locator("tr", has_text="Mendata lansia")).to_contain_text("sedang berjalan")
    province.goto(PLAN)
    seen["agreed"] = sound(province)
    province.click("a:has-text('Buat versi baru')")
    seen["renew"] = sound(province)
    province.fill("[name=reason]", "Anggaran berubah")
    province.click("button:has-text('Buat versi baru')")
    expect(province.locator(".headline")).to_contain_text("Sampai itu versi 1 tetap berlaku")
    assert {name: found for name, found in seen.items() if found} == {}


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_every_page_is_sound_on_desk_and_phone(sign_in, screen):
    page = sign_in("colleague", screen=screen)
    plan = make.make_workplan()
    step = make.make_workstep(plan, text="Mendata lansia terlantar di kelurahan")
    here = "/langkah/2024/17.71/"
    pages = {
        "nation": "/langkah/2024/nasional/",
        "empty": "/langkah/2023/17.71/",
        "plan": here,
        "write": f"{here}ubah/",
        "party": f"{here}sepakat/dinsos_kabkota/",
        "companion": f"{here}sepakat/pendamping/?q=rina",
        "step": f"{here}{step.pk}/ubah/",
        "remove": f"{here}{step.pk}/hapus/",
        "move": f"{here}{step.pk}/batal/",
        "warnings": "/peringatan/17.71/",
    }
    seen = {name: (page.goto(url), sound(page))[1] for name, url in pages.items()}
    assert {name: found for name, found in seen.items() if found} == {}
