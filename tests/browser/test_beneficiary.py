"""A beneficiary in a real browser: looked for, registered although somebody looks alike, described, and read."""

from datetime import date

import pytest
from playwright.sync_api import expect

from tests import factories as make
from tests.harness.browser import DESK, PHONE, sound

pytestmark = pytest.mark.browser
LIST = "/penerima/"


def make_life():
    """A person with something of each kind on the page."""
    person = make.make_beneficiary(name="Rohaya", birth_date=date(1951, 4, 12), groups=[3, 9])
    make.make_membership(person, 12, valid_until=date(2024, 1, 31))
    make.make_participation(person, programme="YAPI")
    make.make_participation(person, programme="PERMAKANAN", state="ditangguhkan")
    make.make_line(make.make_batch(), person, state="transaksi", paid_on=date(2024, 3, 15))
    make.make_line(make.make_batch(), person, state="retur", returned_on=date(2024, 6, 1))
    make.make_graduation(person, programme="PKH")
    make.make_circumstance(person, "desil", "2", on=date(2024, 7, 1))
    make.make_circumstance(person, "desil", "4", on=date(2023, 7, 1))
    make.make_circumstance(person, "dukcapil", "padan")
    person.guardians.create(role="kuasa", name="Umar", relation="anak", valid_from=date(2024, 1, 1))
    make.make_assignment(make.make_person(region=make.REJANG_LEBONG, nik=person.reveal_nik()), region=make.CURUP)
    return person


def fill(page, **changes) -> None:
    typed = {
        "nik": make.nik(day=52, month=4, year=51), "name": "Rohaya", "birth_date": "1951-04-12",
        "region": "Selebar", "since_1": "2022-01-01", **changes,
    }  # fmt: skip
    page.check("[name=sex][value=P]")
    page.select_option("[name=group_1]", "3")
    [page.fill(f"[name={name}]", value) for name, value in typed.items()]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_an_officer_registers_somebody_who_only_looks_alike(sign_in, scripts):
    make.make_beneficiary(name="Rohaya", birth_date=date(1951, 4, 12))
    page = sign_in(scripts=scripts)
    page.goto(LIST)
    page.fill("[name=nama]", "roh")
    page.click("text=Terapkan")
    expect(page.locator("tbody tr")).to_have_count(1)
    page.click("text=Penerima baru")
    fill(page)
    page.click("main button:has-text('Simpan')")
    expect(page.locator("#mirip")).to_contain_text("lahir 12 April 1951")
    page.check("[name=different]")
    page.click("main button:has-text('Simpan')")
    expect(page.locator("h1")).to_have_text("Rohaya")
    expect(page.locator(".headline")).to_contain_text("belum pernah diusulkan")
    page.click("text=Catat keadaan")
    page.select_option("[name=fact]", label="desil 2")
    page.fill("[name=as_of]", "2024-07-01")
    page.fill("[name=source]", "DTSEN Juli 2024")
    page.click("main button:has-text('Simpan')")
    expect(page.locator("main")).to_contain_text("per 1 Jul 2024, DTSEN Juli 2024")
    page.click("a:has-text('Akhiri')")
    page.fill("[name=on]", "2024-05-31")
    page.click("main button:has-text('Akhiri')")
    expect(page.locator("main")).to_contain_text("31 Mei 2024")


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_every_page_is_sound_on_desk_and_phone(sign_in, screen):
    person = make_life()
    own = f"{LIST}{person.pk}/"
    page = sign_in(screen=screen)
    membership = person.memberships.filter(valid_until=None)[0].pk
    seen = {}
    for path in (
        LIST, f"{LIST}?nama=zzz", f"{LIST}baru/", own, f"{own}ubah/", f"{own}kelompok/",
        f"{own}kelompok/{membership}/akhiri/", f"{own}keadaan/",
        f"{own}kartu-keluarga/",
        f"{own}wali/",
    ):  # fmt: skip
        page.goto(path)
        seen[path] = sound(page)
    assert {path: found for path, found in seen.items() if found} == {}
