"""Verval as it is done: on a phone, at the door of a house; and the clock of an objection."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from assistance.models import Verification
from tests import factories as make
from tests.harness.browser import DESK, PHONE, picture, sound

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("field")]


@pytest.fixture
def field(committed):
    """A proposal with its companion, two participants of whom one was verified, and objections of three ages."""
    today = timezone.localdate()
    companion = make.make_assignment(make.make_person(name="Rina Marlina"))
    proposed = make.make_beneficiary(name="Zubaidah binti Ahmad", groups=[12])
    make.make_proposal(
        proposed, programme="PERMAKANAN", group=12, state="diajukan", on=today - timedelta(days=12),
        assigned_to=companion,
    )  # fmt: skip
    fresh, due = make.make_beneficiary(name="Rohaya"), make.make_beneficiary(name="Mahmud", region=make.TELUK_SEGARA)
    for person in (fresh, due):
        make.make_participation(person, programme="YAPI")
    make.make_verification(fresh, companion, on=today - timedelta(days=40))
    for days, name in ((2, "Rohaya"), (12, "Mahmud"), (17, "Zubaidah")):
        make.make_objection(fresh, on=today - timedelta(days=days), filed_by=f"Ketua RT, tetangga {name}")


def fill_in(page) -> None:
    page.check("[name=result][value=layak]")
    page.fill("[name=evidence]", "Tinggal sendiri, lantai tanah, ditemui bersama Ketua RT 03")
    page.fill("[name=latitude]", "-3,795512")
    page.fill("[name=longitude]", "102,259223")


def test_a_verval_is_recorded_on_a_phone(sign_in):
    page = sign_in(screen=PHONE)
    page.goto("/verval/")
    page.click("text=Catat verval")
    expect(page.locator("h1")).to_have_text("Verval Zubaidah binti Ahmad")
    expect(page.locator("[name=companion] option:checked")).to_have_text("Rina Marlina, TKSK, Selebar")
    assert not page.is_visible("[name=reason]")
    page.check("[name=result][value=tidak_layak]")
    assert page.is_visible("[name=reason]")
    fill_in(page)
    assert not page.is_visible("[name=reason]")
    assert sound(page) == []
    picture(page, "verval_form_phone")
    page.click("button:has-text('Simpan')")
    expect(page.locator(".headline")).to_contain_text("Menjadi calon penerima")
    expect(page.locator("main")).to_contain_text("-3,795512; 102,259223")
    picture(page, "verval_detail_phone")
    assert Verification.objects.latest("id").companion.person.name == "Rina Marlina"
    page.goto("/verval/")
    expect(page.locator("main")).to_contain_text("Tidak ada usulan yang menunggu verval")


def test_the_phone_says_where_it_is(sign_in):
    page = sign_in(screen=PHONE)
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": -3.8001234, "longitude": 102.265, "accuracy": 12})
    page.goto("/verval/")
    page.click("text=Catat verval")
    page.click("text=Isi dari lokasi ponsel ini")
    expect(page.locator("[name=latitude]")).to_have_value("-3,800123")
    expect(page.locator("[name=longitude]")).to_have_value("102,265000")


def test_a_verval_without_scripts_and_a_reason_forgotten(sign_in):
    page = sign_in(screen=PHONE, scripts=False)
    page.goto("/verval/")
    page.click("text=Catat verval")
    assert not page.is_visible("text=Isi dari lokasi ponsel ini")
    fill_in(page)
    page.check("[name=result][value=tidak_layak]")
    page.click("button:has-text('Simpan')")
    expect(page.locator(".form-errors")).to_contain_text("harus menyebut kode alasannya")
    page.select_option("[name=reason]", "mampu")
    page.click("button:has-text('Simpan')")
    expect(page.locator(".headline")).to_contain_text("tidak layak")


def test_an_objection_is_answered(sign_in):
    page = sign_in()
    page.goto("/usul-sanggah/")
    expect(page.locator(".headline")).to_contain_text("2 menunggu, 1 lewat waktu")
    page.click("tbody a >> nth=0")
    expect(page.locator(".headline")).to_contain_text("lewat 3 hari")
    page.click("main a.button:has-text('Jawab')")
    page.check("[name=outcome][value=ditolak]")
    page.fill("[name=answer]", "Diperiksa di rumahnya, tetap layak")
    page.click("text=Simpan jawaban")
    expect(page.locator(".headline")).to_contain_text("terlambat 3 hari")


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_every_page_is_sound_on_desk_and_phone(sign_in, screen):
    page = sign_in(screen=screen)
    size = "desk" if screen == DESK else "phone"
    paths = (
        "/verval/", "/verval/peserta/", "/verval/tercatat/", "/verval/cakupan/", "/usul-sanggah/",
        "/usul-sanggah/cari/?nama=roh",
    )  # fmt: skip
    seen = {}
    for path in paths:
        page.goto(path)
        seen[path] = sound(page)
        picture(page, f"verval_{path.strip('/').replace('/', '_').split('?')[0]}_{size}")
    page.goto("/usul-sanggah/cari/?nama=roh")
    page.click("td >> text=Catat usul-sanggah")
    seen["objection-create"] = sound(page)
    picture(page, f"verval_sanggah_form_{size}")
    for path, click in (("/usul-sanggah/", "tbody a >> nth=0"), ("/verval/tercatat/", "tbody a >> nth=0")):
        page.goto(path)
        page.click(click)
        page.wait_for_url(re.compile(r"/\d+/$"))
        seen[page.url] = sound(page)
        picture(page, f"verval_{path.strip('/').split('/')[-1]}_detail_{size}")
    page.goto("/usul-sanggah/")
    page.click("tbody a >> nth=0")
    page.click("main a.button:has-text('Jawab')")
    seen["answer"] = sound(page)
    picture(page, f"verval_jawab_{size}")
    assert {path: found for path, found in seen.items() if found} == {}
