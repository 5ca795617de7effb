"""Registering a TKSK in a real browser, by the login that production uses: desk, phone, and without scripts."""

import pytest
from playwright.sync_api import expect

from personnel.models import Assignment, Personnel
from personnel.tests.entries import LIST, NEW, pillar
from tests import factories as make
from tests.harness.browser import DESK, PHONE, sound

pytestmark = pytest.mark.browser


def fill(page, **changes) -> None:
    """The form of a new person: 17.71 is offered already as the managing office."""
    typed = {
        "nik": make.nik(day=52, month=3, year=90), "name": "Dewi Lestari", "birth_date": "1990-03-12",
        "position": "TKSK", "work_region": "17.71.01", "valid_from": "2024-01-02", "sk_number": "460/7/2024",
        "sk_date": "2024-01-02", **changes,
    }  # fmt: skip
    page.check("[name=sex][value=P]")
    page.select_option("[name=pillar]", str(pillar("TKSK")))
    [page.fill(f"[name={name}]", value) for name, value in typed.items()]


def save(page) -> None:
    page.click("main button:has-text('Simpan')")


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_an_officer_finds_nobody_registers_a_tksk_and_finds_him(sign_in, screen):
    page = sign_in(screen=screen)
    page.goto(LIST)
    page.fill("[name=nama]", "dewi")
    page.click("text=Terapkan")
    expect(page.locator("main")).to_contain_text("Tidak ada personel yang cocok")
    page.click("text=Personel baru")
    expect(page.locator("h1")).to_have_text("Personel baru")
    assert sound(page) == []
    fill(page)
    save(page)
    expect(page.locator("h1")).to_have_text("Dewi Lestari")
    expect(page.locator("main")).to_contain_text("SK berlaku")
    assert sound(page) == []
    page.goto(f"{LIST}?nama=dewi&region=17.71.01&pilar=TKSK")
    expect(page.locator("tbody tr")).to_have_count(1)
    assert sound(page) == []


def test_a_refused_entry_keeps_what_was_typed_and_puts_the_reader_before_the_fault(sign_in):
    page = sign_in()
    page.goto(NEW)
    fill(page, nik="177101520390001")
    save(page)
    expect(page.locator("[role=alert]")).to_be_focused()
    expect(page.locator("[role=alert]")).to_contain_text("NIK harus 16 angka; yang ditulis 15 tanda.")
    expect(page.locator("[name=name]")).to_have_value("Dewi Lestari")
    assert sound(page) == []
    page.fill("[name=nik]", make.nik(day=52, month=3, year=90))
    save(page)
    expect(page.locator("h1")).to_have_text("Dewi Lestari")


def test_without_scripts_a_person_is_registered_and_the_assignment_ended(sign_in):
    page = sign_in(scripts=False)
    page.goto(NEW)
    fill(page, sk_number="", sk_date="")
    save(page)
    expect(page.locator("main")).to_contain_text("bekerja tanpa SK berlaku")
    page.click("text=akhiri penugasan ini")
    page.fill("[name=on]", "2024-06-30")
    page.select_option("[name=reason]", "mundur")
    page.click("main button:has-text('Akhiri')")
    expect(page.locator("main")).to_contain_text("Berakhir: mengundurkan diri")
    assert Assignment.objects.get().end_reason == "mundur"


def test_the_nik_opens_once_with_a_reason(sign_in):
    person = make.make_person()
    page = sign_in()
    page.goto(f"{LIST}{person.pk}/")
    expect(page.locator("main")).not_to_contain_text(person.reveal_nik())
    page.click("main summary:has-text('Tampilkan')")
    page.select_option("[name=reason]", index=1)
    page.click("text=Tampilkan NIK")
    expect(page.locator("main")).to_contain_text(person.reveal_nik())
    page.goto(f"{LIST}{person.pk}/")
    expect(page.locator("main")).not_to_contain_text(person.reveal_nik())


def test_two_officers_at_one_record_lose_nothing(sign_in):
    person = make.make_person(name="Semula", sex="P")
    mine, colleagues = sign_in(), sign_in(screen=PHONE)
    mine.goto(f"{LIST}{person.pk}/ubah/")
    colleagues.goto(f"{LIST}{person.pk}/ubah/")
    colleagues.fill("[name=phone]", "0812-3456")
    save(colleagues)
    expect(colleagues.locator("h1")).to_have_text("Semula")
    mine.fill("[name=name]", "Sesudah")
    save(mine)
    expect(mine.locator("ins")).to_have_text(["Semula", "0812-3456"])
    mine.fill("[name=phone]", "0812-3456")
    save(mine)
    expect(mine.locator("h1")).to_have_text("Sesudah")
    assert Personnel.objects.values_list("name", "phone", "version").get() == ("Sesudah", "0812-3456", 3)
