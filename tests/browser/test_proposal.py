"""Usulan in a real browser: found, proposed, given to a companion, taken back; and the programme's rules."""

import re

import pytest
from playwright.sync_api import expect

from tests import factories as make
from tests.harness.browser import DESK, PHONE, sound

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("people")]


@pytest.fixture
def people(committed):
    make.make_beneficiary(name="Zubaidah", groups=[3])
    make.make_beneficiary(name="Zulkifli", groups=[3])
    make.make_assignment(make.make_person(name="Desi Pendamping"), region=make.SELEBAR)


def propose(page, name: str) -> None:
    page.goto("/usulan/")
    page.click("text=Usulan baru")
    expect(page.locator("h1")).to_have_text("Usulan baru")
    page.fill("main [name=q]", "zu")
    page.click("main button:has-text('Cari')")
    page.click(f"tr:has-text('{name}') >> text=Usulkan")
    expect(page.locator("h1")).to_have_text(f"Usulkan {name}")
    page.select_option("[name=programme]", label="Permakanan")
    page.select_option("[name=group]", "3")
    page.fill("[name=minutes_number]", "BA/04/2024")
    page.fill("[name=minutes_date]", "2024-06-01")
    page.fill("[name=proposed_on]", "2024-06-03")
    page.click("text=Ajukan usulan")
    page.wait_for_url(re.compile(r"/usulan/\d+/$"))


def test_people_are_proposed_and_given_to_one_companion(sign_in):
    page = sign_in()
    propose(page, "Zubaidah")
    expect(page.locator(".headline")).to_contain_text("Tunjuk petugas verval")
    expect(page.locator("main")).to_contain_text("Belum ada data tinggal seorang diri")
    propose(page, "Zulkifli")
    page.goto("/usulan/")
    page.check("[data-rows-all]")
    expect(page.locator("[data-ticked]")).to_have_text("2")
    page.click("text=Tunjuk petugas verval")
    page.select_option("[name=assignment]", label="Desi Pendamping, TKSK, Selebar")
    page.click("button:has-text('Tunjuk petugas')")
    expect(page.locator("main")).to_contain_text("2 usulan ditugaskan kepada Desi Pendamping.")
    expect(page.locator("tbody tr td:has-text('Desi Pendamping')")).to_have_count(2)


def test_a_second_usulan_comes_back_with_its_words(sign_in):
    page = sign_in()
    propose(page, "Zubaidah")
    page.goto("/usulan/cari/?nama=zuba")
    page.click("text=Usulkan")
    page.select_option("[name=programme]", label="Permakanan")
    page.select_option("[name=group]", "3")
    page.fill("[name=minutes_number]", "BA/05/2024")
    page.fill("[name=minutes_date]", "2024-06-01")
    page.click("text=Ajukan usulan")
    expect(page.locator(".form-errors")).to_contain_text("Zubaidah sudah diusulkan untuk Permakanan")
    assert page.input_value("[name=minutes_number]") == "BA/05/2024"


def test_a_usulan_is_assigned_and_withdrawn_without_scripts(sign_in):
    page = sign_in(screen=PHONE, scripts=False)
    propose(page, "Zubaidah")
    page.goto("/usulan/")
    page.check("[name=row]")
    page.click("text=Tunjuk petugas verval")
    page.select_option("[name=assignment]", label="Desi Pendamping, TKSK, Selebar")
    page.click("button:has-text('Tunjuk petugas')")
    page.click("text=Tarik usulan")
    page.fill("[name=note]", "Salah orang.")
    page.click("button:has-text('Tarik usulan')")
    expect(page.locator(".headline")).to_contain_text("Usulan ditarik oleh pengusulnya.")


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_every_page_is_sound_on_desk_and_phone(sign_in, screen):
    page = sign_in(screen=screen)
    propose(page, "Zubaidah")
    usulan = page.url
    seen = {usulan: sound(page)}
    row = re.search(r"(\d+)/$", usulan).group(1)
    paths = (
        "/usulan/", "/usulan/?state=layak", "/usulan/cari/?nama=zu", f"/usulan/petugas/?row={row}", f"{usulan}tarik/",
        "/program/", "/program/PERMAKANAN/", "/program/ATENSI/",
    )  # fmt: skip
    for url in paths:
        page.goto(url)
        seen[url] = sound(page)
    assert {url: found for url, found in seen.items() if found} == {}
