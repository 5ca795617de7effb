"""A file in a real browser with a real worker: uploaded, its columns said, its faults seen, saved and taken back."""

import pytest
from playwright.sync_api import expect

from assistance.models import Beneficiary
from assistance.tests.import_files import HEAD, line
from tests.harness.browser import DESK, PHONE, sound

pytestmark = [pytest.mark.browser, pytest.mark.worker]


@pytest.fixture
def file(tmp_path) -> str:
    path = tmp_path / "penerima selebar.csv"
    rows = ["DAFTAR PENERIMA", HEAD, line(1), line(2, sex="?"), line(3, born="31/02/1950"), "JUMLAH;3"]
    path.write_text("\n".join(rows), encoding="utf-8")
    return str(path)


def upload(page, file: str) -> None:
    page.goto("/impor/baru/")
    page.select_option("[name=kind]", "penerima")
    page.set_input_files("[name=content]", file)
    page.click("button:has-text('Unggah')")


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_a_file_goes_in_and_out_again(sign_in, start_worker, file, screen):
    start_worker(beat=True)
    page = sign_in(screen=screen)
    page.goto("/impor/baru/")
    assert sound(page) == []
    upload(page, file)
    expect(page.locator("main")).to_contain_text("Judul kolom ditemukan di baris 2.")
    assert sound(page) == []
    page.click("button:has-text('Periksa berkas')")
    expect(page.locator("main")).to_contain_text("2 baris bermasalah", timeout=30_000)
    expect(page.locator("tbody tr", has_text="tanggal tidak terbaca").first).to_be_visible()
    assert sound(page) == []
    page.click("a:has-text('Simpan')")
    expect(page.locator("#akibat")).to_contain_text("1 penerima dibuat dan 0 diperbarui")
    page.click("button:has-text('Simpan')")
    expect(page.locator("h1 + p")).to_contain_text("· tersimpan", timeout=30_000)
    assert Beneficiary.objects.filter(name="Orang 1").exists()
    page.click("a:has-text('Urungkan')")
    page.fill("[name=reason]", "salah berkas")
    assert sound(page) == []
    page.click("button:has-text('Urungkan')")
    expect(page.locator("h1 + p")).to_contain_text("· diurungkan", timeout=30_000)
    assert not Beneficiary.objects.exists()
    page.goto("/impor/")
    assert sound(page) == []


def test_without_scripts_the_pages_are_asked_anew_by_hand(sign_in, start_worker, file):
    page = sign_in(scripts=False)
    upload(page, file)
    page.click("button:has-text('Periksa berkas')")
    expect(page.locator(".job")).to_contain_text("menunggu pekerja")
    start_worker(beat=True)
    for _ in range(30):
        page.reload()
        if "2 baris bermasalah" in page.content():
            break
        page.wait_for_timeout(500)
    expect(page.locator("main")).to_contain_text("2 baris bermasalah")
