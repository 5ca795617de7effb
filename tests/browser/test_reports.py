"""Laporan in a real browser: chosen from the menu and taken away as PDF with the letterhead of the office."""

import pytest
from playwright.sync_api import expect

from targets.engine.drain import drain_all
from tests import factories as make
from tests.harness.browser import DESK, PHONE, sound

pytestmark = pytest.mark.browser


@pytest.fixture
def paid(committed):
    for month in (2, 3, 8):
        person = make.make_beneficiary(groups=[3])
        make.make_line(make.make_batch(), person, group=3, amount=1_500_000, paid_on=f"2024-{month:02}-10")
    make.make_target(value=6_000_000, indicator="RUPIAH_SALUR", breakdown=1)
    drain_all()


def record_profile(page) -> None:
    page.click("text=Profil dinas")
    page.click("text=Catat profil")
    for name, text in (
        ("place", "Bengkulu"),
        ("signatory_name", "Umi Kalsum"),
        ("signatory_nip", "19700101 199503 2 001"),
    ):
        page.fill(f"[name={name}]", text)
    page.click("button:has-text('Catat profil')")
    expect(page.locator("tbody tr")).to_contain_text("Umi Kalsum")


def test_a_quarter_is_chosen_opened_and_taken_away(paid, sign_in):
    page = sign_in()
    page.click("nav >> text='Laporan'")
    expect(page.locator("main")).to_contain_text("Profil dinas kantor Anda belum dicatat")
    record_profile(page)
    page.click("nav >> text='Laporan'")
    page.select_option("[name=laporan]", label="Penyaluran bantuan")
    page.select_option("[name=periode]", label="Triwulan I")
    page.click("button:has-text('Terapkan')")
    expect(page.locator("h1")).to_have_text("Laporan penyaluran bantuan")
    expect(page.locator("tr", has_text="Jumlah")).to_contain_text("3.000.000")
    with page.expect_download() as download:
        page.locator("text=Unduh PDF").click()
    assert download.value.suggested_filename == "penyaluran-17.71-2024-triwulan-1.pdf"


@pytest.mark.parametrize(("screen", "scripts"), [(DESK, True), (PHONE, True), (PHONE, False)])
def test_the_pages_are_sound_on_both_screens(paid, sign_in, screen, scripts):
    page = sign_in(screen=screen, scripts=scripts)
    for address in ("/laporan/2024/17.71/capaian-pas/", "/laporan/2024/17/penyaluran/", "/profil-dinas/baru/"):
        page.goto(address)
        assert scripts is False or sound(page) == []
        expect(page.locator("h1")).to_be_visible()
