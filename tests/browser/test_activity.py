"""Kegiatan in a real browser: a P2K2 session on a phone, sent back, mended, verified."""

import pytest
from playwright.sync_api import expect

from tests import factories as make
from tests.harness.browser import DESK, PHONE, sound

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("companion")]


@pytest.fixture
def companion(committed):
    person = make.make_person(name="Rina Marlina")
    make.make_assignment(person, pillar="PKH", position="Pendamping sosial")
    return person


def fill(page) -> str:
    page.goto("/kegiatan/")
    page.click("text=Catat kegiatan")
    page.click("th a:has-text('Rina Marlina')")
    page.click("a:has-text('Pertemuan P2K2')")
    page.fill("[name=quantity]", "25")
    page.select_option("[name=isian_modul]", "Kesehatan dan gizi")
    page.fill("[name=isian_anggota]", "30")
    page.click("button:has-text('Ajukan')")
    expect(page.locator(".headline")).to_contain_text("menunggu pemeriksaan")
    return page.url


def act(page, label: str) -> None:
    page.click(f"a.button:has-text('{label}')")
    page.click(f"button:has-text('{label}')")


def test_filed_on_a_phone_sent_back_mended_and_verified(sign_in):
    page = sign_in(screen=PHONE)
    url = fill(page)
    checker = sign_in("colleague")
    checker.goto(url)
    checker.click("a.button:has-text('Kembalikan dengan catatan')")
    checker.fill("[name=note]", "Daftar hadir 22 orang")
    checker.click("button:has-text('Kembalikan dengan catatan')")
    page.goto(url)
    expect(page.locator("main")).to_contain_text("Daftar hadir 22 orang")
    page.click("a.button:has-text('Ubah')")
    page.fill("[name=quantity]", "22")
    page.click("button:has-text('Ajukan')")
    checker.goto(url)
    act(checker, "Verifikasi")
    expect(checker.locator(".headline")).to_contain_text("terverifikasi")


def test_filed_without_scripts(sign_in):
    fill(sign_in(screen=PHONE, scripts=False))


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_every_page_is_sound_on_desk_and_phone(sign_in, companion, screen):
    page = sign_in(screen=screen)
    url = fill(page)
    seen = {"detail": sound(page)}
    start = f"/kegiatan/baru/{companion.pk}/"
    for place in ("/kegiatan/", "/kegiatan/baru/", start, f"{start}PKH/p2k2/"):
        page.goto(place)
        seen[place] = sound(page)
    checker = sign_in("colleague", screen=screen)
    for place in (url, f"{url}verifikasi/", f"{url}kembalikan/"):
        checker.goto(place)
        seen[place] = sound(checker)
    assert {place: found for place, found in seen.items() if found} == {}
