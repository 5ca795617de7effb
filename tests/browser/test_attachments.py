"""Proof as it is handed in: a photo from a phone at the door of a house, the paper that proves a list, a portrait."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from pilar.core.models import Attachment
from tests import factories as make
from tests import factories_lists as lists
from tests.harness.browser import DESK, PHONE, sound

pytestmark = [pytest.mark.browser]


def file(name: str, content: bytes, kind: str = "image/jpeg") -> dict:
    return {"name": name, "mimeType": kind, "buffer": content}


@pytest.fixture
def photo() -> bytes:
    """As large as a phone takes it: 12 million pixels."""
    return make.make_jpeg(width=4000, height=3000, noise=True)


def is_drawn(page, selector: str) -> bool:
    page.wait_for_selector(selector)
    return page.eval_on_selector(selector, "img => img.decode().then(() => img.naturalWidth > 0)")


def test_a_verval_takes_its_photo_from_a_phone(committed, sign_in, photo):
    companion = make.make_assignment(make.make_person(name="Rina Marlina"))
    person = make.make_beneficiary(name="Zubaidah binti Ahmad", groups=[12])
    make.make_proposal(
        person, programme="PERMAKANAN", group=12, state="diajukan", on=timezone.localdate(), assigned_to=companion
    )
    page = sign_in(screen=PHONE)
    page.goto("/verval/")
    page.click("text=Catat verval")
    page.check("[name=result][value=layak]")
    page.fill("[name=evidence]", "Tinggal sendiri, ditemui bersama Ketua RT 03")
    page.fill("[name=latitude]", "-3,795512")
    page.fill("[name=longitude]", "102,259223")
    page.set_input_files("[name=upload]", file("rumah.jpg", make.make_pdf()))
    page.click("button:has-text('Simpan')")
    expect(page.locator(".form-errors")).to_contain_text("Isi berkas “rumah.jpg” adalah dokumen PDF")
    page.set_input_files("[name=upload]", file("rumah.jpg", photo))
    page.click("button:has-text('Simpan')")
    expect(page.locator(".headline")).to_contain_text("Menjadi calon penerima")
    assert is_drawn(page, ".attachment img")
    assert sound(page) == []
    page.click(".attachment__name a")
    expect(page.locator("main")).to_contain_text("-3,795512; 102,259223")
    assert is_drawn(page, "img.attachment__picture")
    assert sound(page) == []
    assert Attachment.objects.get().size < len(photo)


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_a_list_gets_the_paper_its_programme_asks_for_and_a_wrong_one_is_withdrawn(committed, sign_in, screen):
    make.make_proof_rule(of="daftar", document="bast")
    make.make_proof_rule(of="baris", document="foto")
    batch = lists.make_closed(make.make_beneficiary(name="Siti Aminah"), programme="YAPI")
    page = sign_in(screen=screen)
    page.goto(f"/penyaluran/{batch.pk}/")
    expect(page.locator("main")).to_contain_text("belum ada")
    page.click("text=Tambah bukti")
    assert sound(page) == []
    page.select_option("[name=document]", "bast")
    page.set_input_files("[name=upload]", file("bast.pdf", make.make_pdf(), "application/pdf"))
    page.click("button:has-text('Simpan')")
    expect(page.locator("main")).to_contain_text("lengkap")
    assert sound(page) == []
    page.click("text=bast.pdf")
    page.click("text=Tarik lampiran")
    page.fill("[name=reason]", "BAST daftar yang lain")
    page.click("button:has-text('Tarik lampiran')")
    expect(page.locator("main")).to_contain_text("BAST daftar yang lain")
    assert sound(page) == []
    page.goto(f"/penyaluran/{batch.pk}/")
    expect(page.locator("main")).to_contain_text("belum ada")
    expect(page.locator(".attachments")).to_contain_text("Ditarik")


def test_a_portrait_is_shown_to_who_may_see_personal_data_only(committed, sign_in):
    person = make.make_person(name="Rina Marlina")
    page = sign_in(screen=PHONE)
    page.goto(f"/personel/{person.pk}/")
    page.click("text=Tambah foto")
    page.set_input_files("[name=upload]", file("rina.jpg", make.make_jpeg(width=600, height=800)))
    page.click("text=Simpan foto")
    assert is_drawn(page, "img.portrait")
    assert sound(page) == []
    clerk = sign_in("clerk")
    clerk.goto(f"/personel/{person.pk}/")
    expect(clerk.locator("main")).to_contain_text("Tidak ditampilkan: memuat data pribadi")
    assert clerk.locator("img.portrait").count() == 0
