"""A family on its way out in a real browser: from the proposal to the exit, each act by its own officer."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from assistance.checklist import items_of
from assistance.models import Beneficiary, Graduation
from pilar.core.models import User
from tests import factories as make
from tests.harness.browser import DESK, PHONE, sound

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("people")]
LIST = "/graduasi/proses/"


@pytest.fixture
def people(committed):
    family = make.make_beneficiary(name="Zubaidah", groups=[3])
    assignment = make.make_assignment(make.make_person(name="Pendamping Desi"), pillar="PKH")
    make.make_caseload(assignment, family)
    make.make_participation(family, programme="PKH", active_from=date(2023, 1, 15))


def propose(page) -> str:
    """The address of the new case."""
    page.goto(LIST)
    page.click("text=Usulkan graduasi")
    page.fill("main [name=q]", "zub")
    page.click("main button:has-text('Cari')")
    page.click("td >> text=Usulkan graduasi")
    page.select_option("[name=programme]", label="PKH (Program Keluarga Harapan)")
    page.fill("[name=proposed_on]", "2024-03-01")
    page.check("[name=kind][value=mandiri]")
    page.check("[name=initiative][value=keluarga]")
    page.click("button:has-text('Ajukan usulan')")
    page.wait_for_url(re.compile(r"/proses/\d+/$"))
    return page.url


def assess(page) -> None:
    page.click("text=Catat asesmen")
    page.fill("[name=on]", "2024-04-02")
    page.select_option("[name=assessor]", label="Pendamping Desi, PKH Selebar")
    for item in items_of("mandiri"):
        page.check(f"[name=jawaban_{item.code}][value=ya]")
    page.check("[name=jawaban_rumah][value=sebagian]")
    page.click("button:has-text('Catat asesmen')")


def decide(page, case: str) -> None:
    page.goto(case)
    page.click("text=Putuskan lulus")
    page.fill("[name=on]", "2024-05-10")
    page.fill("[name=transition_until]", "2024-08-10")
    page.click("button:has-text('Putuskan lulus')")
    expect(page.locator(".headline")).to_contain_text("masa transisi")


def leave(page, case: str) -> None:
    page.goto(case)
    page.click("text=Catat keluar")
    page.fill("[name=on]", "2024-08-12")
    page.click("button:has-text('Catat keluar')")
    expect(page.locator(".headline")).to_contain_text("Sudah keluar dari program")


@pytest.mark.parametrize(("screen", "scripts"), [(DESK, True), (PHONE, False)], ids=["desk", "phone without scripts"])
def test_a_family_passes_from_proposal_to_exit(sign_in, screen, scripts):
    officer = sign_in(screen=screen, scripts=scripts)
    case = propose(officer)
    assess(officer)
    expect(officer.locator("tfoot")).to_contain_text("95")
    decide(sign_in("colleague", screen, scripts=scripts), case)
    leave(officer, case)
    officer.goto("/graduasi/")
    row = officer.locator("tbody tr", has_text="Zubaidah")
    expect(row).to_contain_text("10 Mei 2024")
    expect(row).to_contain_text("Pendamping Desi")
    expect(row).to_contain_text("Buka proses")


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_every_page_is_sound_on_desk_and_phone(sign_in, screen):
    page = sign_in("colleague", screen)
    officer = sign_in(screen=screen)
    case = propose(officer)
    seen = {}

    def look(of, url: str) -> None:
        of.goto(url)
        seen[url] = sound(of)

    for url in (LIST, f"{LIST}cari/?nama=zub", f"{LIST}baru/?penerima=1", case, f"{case}asesmen/", f"{case}tolak/"):
        look(page, url)
    officer.goto(case)
    assess(officer)
    look(page, f"{case}putuskan/")
    decide(page, case)
    for url in (f"{case}batal/", f"{case}keluar/", "/graduasi/"):
        look(page, url)
    leave(officer, case)
    look(page, case)
    assert {url: found for url, found in seen.items() if found} == {}


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_a_decision_made_outside_is_confirmed_by_a_second_officer(sign_in, people, screen):
    family = Beneficiary.objects.get()
    recorder = User.objects.get(username="owner")
    make.make_graduation(family, confirmed_on=None, recorded_by=recorder)
    page = sign_in("colleague", screen=screen)
    page.goto("/graduasi/")
    expect(page.locator("table")).to_contain_text("menunggu konfirmasi")
    on_list = sound(page)
    page.click("tbody a:has-text('Konfirmasi')")
    assert (on_list, sound(page)) == ([], [])
    page.click("button:has-text('Konfirmasi')")
    expect(page.locator("table")).to_contain_text("dihitung")
    assert Graduation.objects.counted().exists()
