"""Halaman saya in a real browser: the office makes the account, the member opens it and files what she did."""

import pytest
from playwright.sync_api import expect

from tests import factories as make
from tests.harness.browser import DESK, PHONE, sound
from tests.harness.people import PASSWORD

pytestmark = pytest.mark.browser


@pytest.fixture
def companion(committed):
    person = make.make_person(name="Rina Marlina")
    assignment = make.make_assignment(person, pillar="PKH", position="Pendamping sosial")
    for name in ("Keluarga Umar", "Keluarga Hasan"):
        make.make_caseload(assignment, make.make_beneficiary(name=name))
    return person


def file(page) -> None:
    page.click("a.button:has-text('Catat kegiatan')")
    page.click("a:has-text('Kunjungan rumah')")
    page.fill("[name=quantity]", "1")
    page.fill("[name=isian_tujuan]", "Anak tidak masuk sekolah")
    page.fill("[name=isian_hasil]", "Akan masuk lagi Senin")
    page.click("button:has-text('Ajukan')")
    expect(page.locator(".headline")).to_contain_text("menunggu pemeriksaan")


def test_from_the_offices_link_to_the_first_activity(sign_in, companion):
    office = sign_in()
    office.goto(f"/personel/{companion.pk}/")
    office.click("text=Buat akun anggota")
    office.fill("[name=username]", "rina.marlina")
    office.click("button:has-text('Buat akun dan tautan')")
    link = office.locator("#tautan").input_value()
    page = office.context.browser.new_context(viewport=PHONE).new_page()
    page.goto(link)
    for field in page.locator("[type=password]").all():
        field.fill(PASSWORD)
    page.click("main button[type=submit]")
    page = sign_in("rina.marlina", screen=PHONE, start="saya")
    expect(page.locator("h1")).to_have_text("Rina Marlina")
    expect(page.locator("main")).to_contain_text("Keluarga Umar")
    file(page)


def test_filed_by_herself_without_scripts(sign_in, companion):
    make.member_of(companion)
    file(sign_in("anggota", screen=PHONE, scripts=False, start="saya"))


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_every_page_is_sound_on_desk_and_phone(sign_in, companion, screen):
    make.member_of(companion)
    page = sign_in("anggota", screen=screen, start="saya")
    file(page)
    seen = {"detail": sound(page)}
    for place in ("/saya/", "/kegiatan/", f"/kegiatan/baru/{companion.pk}/"):
        page.goto(place)
        seen[place] = sound(page)
    assert {place: found for place, found in seen.items() if found} == {}
