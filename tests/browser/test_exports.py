"""Taking a list away in a real browser: filtered, opened for a reason, as a file at once."""

import pytest
from playwright.sync_api import expect

from tests import factories as make
from tests.harness.browser import DESK, PHONE, sound

pytestmark = pytest.mark.browser


@pytest.fixture
def people(committed):
    return [make.make_person(name=name) for name in ("Ani", "Budi")]


@pytest.mark.parametrize("screen", [DESK, PHONE])
def test_a_filtered_list_is_taken_away(people, sign_in, screen):
    page = sign_in(screen=screen)
    page.goto("/personel/?nama=ani")
    page.click("text=Unduh daftar ini")
    expect(page.locator("main")).to_contain_text("Nama: ani")
    assert sound(page) == []
    page.check("[value=csv]")
    page.fill("[name=reason]", "Mencocokkan data dengan KTP")
    with page.expect_download() as download:
        page.locator("main button:has-text('Unduh')").click()
    text = download.value.path().read_text()
    assert people[0].reveal_nik() in text
    assert "Budi" not in text
    page.goto("/unduhan/")
    assert sound(page) == []
