"""An ATENSI case in a real browser: assessment, plan, service, closure."""

import re

import pytest
from playwright.sync_api import expect

from tests import factories as make
from tests.harness.browser import DESK, PHONE, sound

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("people")]


@pytest.fixture
def people(committed):
    make.make_beneficiary(name="Zubaidah", groups=[12])
    make.make_assignment(make.make_person(name="Pendamping Rehsos"), pillar="REHSOS", region=make.KOTA)


def find(page) -> None:
    page.goto("/atensi/")
    page.click("a:has-text('Catat asesmen')")
    page.fill("main [name=q]", "zub")
    page.click("main button:has-text('Cari')")
    page.click("td >> text=Catat asesmen")


def fill_assessment(page) -> None:
    page.fill("[name=assessed_on]", "2024-02-01")
    page.select_option("[name=assessor]", index=1)
    page.select_option("[name=group]", "12")
    page.fill("[name=needs]", "Kursi roda dan pendampingan keluarga")
    page.check("[name=setting][value=residensial]")
    page.fill("[name=sentra]", "Sentra Dharma Guna")
    page.fill("[name=sentra_region]", "17.71")


def fill_plan(page) -> None:
    page.click("a.button:has-text('Susun rencana')")
    page.fill("[name=on]", "2024-03-01")
    page.fill("[name=what_7]", "Kursi roda")
    page.fill("[name=amount_7]", "2.500.000")


def fill_service(page) -> None:
    page.click("a.button:has-text('Catat layanan')")
    page.select_option("[name=component]", "7")
    page.fill("[name=on]", "2024-04-02")
    page.fill("[name=note]", "BAST 12/2024")


def close(page) -> None:
    page.click("a.button:has-text('Selesaikan')")
    page.fill("[name=on]", "2024-06-30")
    page.fill("[name=note]", "Mandiri di rumah")
    page.click("button:has-text('Selesaikan')")
    expect(page.locator(".headline")).to_contain_text("Semua komponen rencana sudah dilayani")


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_a_case_passes_from_assessment_to_closure_on_sound_pages(sign_in, screen):
    page, seen = sign_in(screen=screen), {}

    def look(name: str) -> None:
        seen[name] = sound(page)

    find(page)
    fill_assessment(page)
    look("assessment")
    page.click("button:has-text('Simpan asesmen')")
    page.wait_for_url(re.compile(r"/atensi/\d+/$"))
    fill_plan(page)
    look("plan")
    page.click("button:has-text('Susun rencana')")
    fill_service(page)
    look("service")
    page.click("button:has-text('Catat layanan')")
    look("case")
    expect(page.locator("main")).to_contain_text("1 dari 1 komponen sudah dilayani")
    close(page)
    page.goto("/atensi/")
    look("list")
    expect(page.locator("tbody tr")).to_contain_text("Rp2.500.000")
    assert {name: found for name, found in seen.items() if found} == {}
