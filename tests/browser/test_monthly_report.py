"""Laporan bulanan in a real browser: a member hands one in on a phone, the office accepts it and prints it."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from personnel.forms.monthly import ended
from tests import factories as make
from tests.harness.browser import DESK, PHONE, sound

pytestmark = pytest.mark.browser


@pytest.fixture
def companion(committed):
    person = make.make_person(name="Rina Marlina")
    make.make_assignment(person, pillar="PKH", position="Pendamping sosial")
    day = ended(timezone.localdate())[0].replace(day=9)
    make.make_activity(person, pillar="PKH", kind="p2k2", on=day, by=make.make_verifier())
    make.member_of(person)
    return person


def hand_in(page) -> str:
    page.goto("/laporan-bulanan/")
    page.click("text=Ajukan laporan")
    page.fill("[name=note]", "Jalan ke desa putus")
    page.click("button:has-text('Ajukan laporan')")
    expect(page.locator(".headline")).to_contain_text("menunggu diterima")
    return page.url


def test_handed_in_on_a_phone_accepted_and_printed(sign_in, companion):
    url = hand_in(sign_in("anggota", screen=PHONE, start="saya"))
    office = sign_in()
    office.goto(url)
    with office.expect_download() as paper:
        office.click("text=Cetak PDF")
    assert paper.value.suggested_filename.endswith(".pdf")
    office.click("a.button:has-text('Terima')")
    office.click("button:has-text('Terima')")
    expect(office.locator(".headline")).to_contain_text("diterima")


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_every_page_is_sound_on_desk_and_phone(sign_in, companion, screen):
    page = sign_in("anggota", screen=screen, start="saya")
    url = hand_in(page)
    seen = {"detail": sound(page)}
    for place in ("/laporan-bulanan/", f"/laporan-bulanan/baru/{companion.pk}/"):
        page.goto(place)
        seen[place] = sound(page)
    office = sign_in(screen=screen)
    for place in ("/laporan-bulanan/", url, f"{url}kembalikan/"):
        office.goto(place)
        seen[f"office {place}"] = sound(office)
    assert {place: found for place, found in seen.items() if found} == {}
