"""A list from draft to payment in a real browser: Kota drafts, the ministry sends back and approves, Kota closes."""

from datetime import date

import pytest
from playwright.sync_api import expect

from tests import factories as make
from tests import factories_lists as lists
from tests.harness.browser import DESK, PHONE, sound

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("people")]


@pytest.fixture
def people(committed):
    companion = make.make_assignment(make.make_person())
    for name, state in (("Adi Saputra", "aktif"), ("Budi Hartono", "aktif"), ("Citra Lestari", "ditangguhkan")):
        child = make.make_beneficiary(name=name, birth_date=date(2014, 1, 1))
        make.make_participation(child, state=state, group=1)
        make.make_verification(child, companion, on=date.today())  # noqa: DTZ011 - a verval of this very day


def draft(page) -> str:
    page.goto("/penyaluran/")
    page.click("text=Susun daftar")
    page.select_option("[name=programme]", label="YAPI (anak yatim, piatu, yatim piatu)")
    page.select_option("[name=year]", "2024")
    page.fill("[name=stage]", "Tahap 1")
    page.fill("[name=sk_number]", "460/1/2024")
    page.fill("[name=sk_date]", "2024-01-15")
    page.fill("[name=ceiling]", "1.200.000")
    page.fill("[name=units]", "3")
    page.click("button:has-text('Simpan daftar')")
    expect(page.locator("h1")).to_have_text("YAPI, Tahap 1 2024, Kota Bengkulu")
    return page.url


def take(page, label: str) -> None:
    """An act with its consequence: the button on the list's page, then the one on the act's own."""
    page.click(f"a:has-text('{label}')")
    expect(page.locator("#akibat")).not_to_be_empty()
    page.click(f"main button:has-text('{label}')")


def fill(page) -> None:
    take(page, "Isi dari penerima aktif")
    expect(page.locator("main")).to_contain_text("Citra Lestari")
    expect(page.locator("main")).to_contain_text("ditangguhkan")
    page.click("text=Batal")


def test_a_list_goes_from_draft_to_payment(sign_in):
    kota, pusat = sign_in(), sign_in("staff")
    url = draft(kota)
    expect(kota.locator("main")).to_contain_text("2 penerima × 3 bulan × Rp200.000 = Rp1.200.000")
    fill(kota)
    take(kota, "Ajukan persetujuan")
    expect(kota.locator(".headline")).to_contain_text("diajukan")
    expect(kota.locator("a:has-text('Setujui')")).to_have_count(0)

    pusat.goto(url)
    pusat.click("a:has-text('Kembalikan dengan catatan')")
    pusat.fill("[name=note]", "Periksa tahapnya")
    pusat.click("main button:has-text('Kembalikan dengan catatan')")
    kota.goto(url)
    expect(kota.locator(".notice")).to_contain_text("Periksa tahapnya")
    take(kota, "Ajukan persetujuan")

    pusat.goto(url)
    take(pusat, "Setujui")
    expect(pusat.locator(".headline")).to_contain_text("disetujui")
    kota.goto(url)
    take(kota, "Final closing")
    expect(kota.locator("text=Tambah penerima")).to_have_count(0)
    kota.click("a:has-text('Salurkan semua')")
    kota.fill("[name=on]", "2024-03-15")
    kota.click("main button:has-text('Salurkan semua')")
    expect(kota.locator("tbody tr", has_text="Adi Saputra")).to_contain_text("disalurkan")
    expect(kota.locator(".timeline")).to_contain_text("Periksa tahapnya")
    kota.goto("/penyaluran/?approval=ditutup")
    expect(kota.locator(".tabs a[aria-current]")).to_contain_text("Final closing 1")


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_every_page_is_sound_on_desk_and_phone(sign_in, screen):
    page = sign_in(screen=screen)
    url = draft(page)
    paths = [f"{url}langkah/isi/", "/penyaluran/susun/", f"{url}langkah/catatan/"]
    fill(page)
    paths += [url, f"{url}langkah/ajukan/", "/penyaluran/"]
    closed = lists.make_closed(make.make_beneficiary(name="Rohaya"), approval="disetujui", year=2025)
    paths += [f"/penyaluran/{closed.pk}/", f"/penyaluran/{closed.pk}/langkah/tutup/"]
    seen = {}
    for path in paths:
        page.goto(path)
        seen[path] = sound(page)
    assert {path: found for path, found in seen.items() if found} == {}
