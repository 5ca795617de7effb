"""A TKSK's working life in a real browser: registered, with an SK whose term ends, and ended by three parties."""

import pytest
from playwright.sync_api import expect

from personnel.models import Assignment, Personnel
from personnel.tests.entries import LIST, NEW, pillar
from tests import factories as make
from tests.harness.browser import DESK, PHONE, sound

pytestmark = pytest.mark.browser


def register(page) -> None:
    typed = {
        "nik": make.nik(day=52, month=3, year=95), "name": "Dewi Lestari", "birth_date": "1995-03-12",
        "position": "TKSK", "work_region": "17.71.01", "valid_from": "2021-11-01", "sk_number": "460/7/2021",
        "sk_date": "2021-11-01", "sk_until": "2026-10-31",
    }  # fmt: skip
    page.goto(NEW)
    page.check("[name=sex][value=P]")
    page.select_option("[name=pillar]", str(pillar("TKSK")))
    [page.fill(f"[name={name}]", value) for name, value in typed.items()]
    page.click("main button:has-text('Simpan')")


def act(page, label: str) -> None:
    page.click(f"a.button:has-text('{label}')")
    page.click(f"main button:has-text('{label}')")


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_from_registration_to_an_end_that_three_parties_decide(sign_in, screen):
    page = sign_in(screen=screen)
    register(page)
    expect(page.locator("main")).to_contain_text("bekerja tanpa SK berlaku sejak 1 Nov 2026")
    page.goto("/peringatan/17.71/")
    expect(page.locator("main")).to_contain_text("1 orang mencapai masa tugas paling lama (TKSK 5 tahun)")
    page.goto("/personel/penanggung-jawab/?region=17.71.01")
    expect(page.locator("tbody tr")).to_have_count(1)
    assert sound(page) == []
    page.click("text=Dewi Lestari")
    page.click("text=usulkan pengakhiran")
    page.select_option("[name=kind]", "masa_tugas")
    page.fill("[name=last_day]", "2026-10-31")
    assert sound(page) == []
    page.click("main button:has-text('Usulkan')")
    expect(page.locator("main")).to_contain_text("menunggu provinsi")
    assert sound(page) == []
    url = page.url
    province = sign_in("province", screen=screen)
    province.goto(url)
    act(province, "Teruskan ke Kemensos")
    staff = sign_in("staff", screen=screen)
    staff.goto(url)
    staff.click("a.button:has-text('Putuskan')")
    staff.fill("[name=number]", "KEP-7/2026")
    staff.click("main button:has-text('Putuskan')")
    expect(staff.locator("main")).to_contain_text("KEP-7/2026")
    page.goto(f"{LIST}{Personnel.objects.get().pk}/")
    expect(page.locator("main")).to_contain_text("Tidak ada penugasan yang berjalan")
    assert sound(page) == []
    assert Assignment.objects.get().end_reason == "masa_tugas"
