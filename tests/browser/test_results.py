"""A result file in a real browser with a real worker: download, upload, check, decide, done."""

import csv

import pytest
from playwright.sync_api import expect

from assistance.models import Batch, Disbursement
from assistance.tests.result_files import lines_of
from tests import factories as make
from tests.harness.browser import DESK, PHONE, sound

pytestmark = [pytest.mark.browser, pytest.mark.worker]


@pytest.fixture
def batch(committed) -> Batch:
    batch = make.make_batch(stage="Tahap 1")
    lines_of(batch, 6)
    return batch


def downloaded(page, batch) -> list[dict[str, str]]:
    page.goto(f"/penyaluran/{batch.pk}/")
    with page.expect_download() as download:
        page.locator("a", has_text="Unduh daftar").click()
    with open(download.value.path(), encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def filled(rows: list[dict[str, str]], folder) -> str:
    """As the bank sends it back: four received, one of them twice, one amount wrong, one word nobody knows."""
    outcomes = ("berhasil", "berhasil", "berhasil", "retur", "berhasil", "entah")
    rows = [row | {"hasil": said, "tanggal": "20/03/2024"} for row, said in zip(rows, outcomes, strict=True)]
    rows[4]["jumlah"] = "1"
    path = folder / "hasil bank.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], delimiter=";")
        writer.writeheader()
        writer.writerows([*rows, rows[0]])
    return str(path)


def upload(page, batch, path: str) -> None:
    page.goto(f"/penyaluran/{batch.pk}/hasil/")
    page.click("text=Unggah berkas hasil")
    page.set_input_files("[name=content]", path)
    page.click("button:has-text('Unggah dan periksa')")


def current(page) -> str:
    return page.locator(".stepper [aria-current]").inner_text()


def test_a_list_is_downloaded_sent_back_checked_and_applied(sign_in, start_worker, batch, tmp_path):
    page = sign_in()
    path = filled(downloaded(page, batch), tmp_path)
    upload(page, batch, path)
    expect(page.locator(".job")).to_contain_text("menunggu pekerja")
    assert current(page) == "Periksa"
    start_worker(beat=True)
    expect(page.locator("main")).to_contain_text("Terapkan 4 baris yang cocok")  # the page came anew by itself
    assert current(page) == "Putuskan"
    page.click("text=jumlahnya berbeda")
    expect(page.locator("tbody tr", has_text="Di berkas Rp1, di daftar Rp600.000")).to_be_visible()
    page.click("text=Terapkan 4 baris yang cocok")
    expect(page.locator("#akibat")).to_contain_text("4 baris daftar berubah")
    page.click("button:has-text('Terapkan baris yang cocok')")
    expect(page.locator("h2").first).to_have_text("Selesai diterapkan")
    assert current(page) == "Selesai"
    found = Disbursement.objects.filter(batch=batch).order_by("pk").values_list("state", flat=True)
    assert list(found) == ["transaksi", "transaksi", "transaksi", "retur", "salur", "salur"]
    upload(page, batch, path)
    expect(page.locator(".form-errors")).to_contain_text("sudah diunggah untuk daftar ini sebagai “hasil bank.csv”")


def test_without_scripts_the_page_is_asked_anew_by_hand(sign_in, start_worker, batch, tmp_path):
    page = sign_in(scripts=False)
    upload(page, batch, filled(downloaded(page, batch), tmp_path))
    start_worker(beat=True)
    page.wait_for_timeout(3000)
    page.click(".job noscript a")
    expect(page.locator("main")).to_contain_text("Terapkan 4 baris yang cocok")


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_every_page_is_sound_on_desk_and_phone(sign_in, start_worker, batch, tmp_path, screen):
    page = sign_in(screen=screen)
    upload(page, batch, filled(downloaded(page, batch), tmp_path))
    seen = {"waiting": sound(page)}
    url = page.url
    start_worker(beat=True)
    expect(page.locator("main")).to_contain_text("Terapkan 4 baris yang cocok")
    seen["checked"] = sound(page)
    for path in ("terapkan/", "buang/", "../", "../unggah/", "../../"):
        page.goto(url + path)
        seen[path] = sound(page)
    assert {name: found for name, found in seen.items() if found} == {}
