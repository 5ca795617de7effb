"""Profil Dinas: who records it, what holds on which day, and what documents take from it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from pilar.core import offices
from pilar.core.errors import Refusal
from pilar.core.models import AuditEvent, OfficeProfile, Region
from pilar.core.offices import OfficeEntry
from pilar.core.scoping import scope_transaction
from tests import factories as make

TODAY = date(2026, 11, 24)
FORM = {
    "region": "17.71",
    "valid_from": "2026-01-01",
    "name": "Dinas Sosial",
    "place": "Bengkulu",
    "signatory_name": "Umi Kalsum, S.Sos.",
    "signatory_title": "Kepala Dinas Sosial Kota Bengkulu",
    "signatory_nip": "19700101 199503 2 001",
}


def entry(**changes) -> OfficeEntry:
    fields = {
        "region": Region.objects.get(pk=make.KOTA),
        "valid_from": date(2026, 1, 1),
        "name": "Dinas Sosial",
        "place": "Bengkulu",
        "signatory_title": "Kepala Dinas Sosial Kota Bengkulu",
        "signatory_name": "Umi Kalsum, S.Sos.",
    }
    return OfficeEntry(**fields | changes)


def test_an_office_records_its_own_profile(cast):
    with scope_transaction(cast.owner):
        made = offices.office_profile_record(actor=cast.owner, entry=entry(signatory_nip="19700101 199503 2 001"))
    assert made.signatory_nip == "197001011995032001"
    event = AuditEvent.objects.get(object_type="core.officeprofile")
    assert "Umi Kalsum" in event.summary


@pytest.mark.parametrize("who", ["neighbour", "stranger", "auditor"])
def test_nobody_else_does(cast, who):
    with pytest.raises(Refusal, match="Profil dinas Kota Bengkulu tidak bisa Anda catat"):
        offices.office_profile_record(actor=getattr(cast, who), entry=entry())


def test_the_database_takes_no_profile_from_a_foreign_office(cast):
    with pytest.raises(Exception, match="row-level security"), scope_transaction(cast.neighbour):
        make.make_office(by=cast.neighbour)


def test_a_kecamatan_has_no_office(cast):
    with pytest.raises(ValidationError, match="hanya untuk kantor"):
        offices.office_profile_record(actor=cast.owner, entry=entry(region=Region.objects.get(pk=make.SELEBAR)))
    with pytest.raises(IntegrityError), transaction.atomic():
        make.make_office(by=cast.owner, region=make.SELEBAR)


@pytest.mark.parametrize("nip", ["1970", "19700101199503200A", "1970010119950320011"])
def test_a_nip_has_18_digits(cast, nip):
    with pytest.raises(ValidationError, match="18") as error:
        offices.office_profile_record(actor=cast.owner, entry=entry(signatory_nip=nip))
    assert list(error.value.message_dict) == ["signatory_nip"]


def test_each_day_has_its_signatory_and_a_correction_is_one_more_row(cast):
    make.make_office(by=cast.owner, since=date(2024, 1, 1), signatory_name="Lama")
    make.make_office(by=cast.owner, since=date(2026, 1, 1), signatory_name="Salah")
    make.make_office(by=cast.owner, since=date(2026, 1, 1), signatory_name="Betul")
    make.make_office(by=cast.owner, since=date(2027, 1, 1), signatory_name="Nanti")
    named = {
        day.year: offices.issuer_of(cast.owner, today=day).signature.name
        for day in (date(2023, 5, 1), date(2025, 5, 1), TODAY, date(2027, 5, 1))
    }
    assert named == {2023: "", 2025: "Lama", 2026: "Betul", 2027: "Nanti"}


def test_a_document_bears_the_readers_own_office(cast):
    make.make_office(by=cast.owner)
    issuer = offices.issuer_of(cast.owner, today=TODAY)
    assert issuer.letterhead.government == "Pemerintah Kota Bengkulu"
    assert issuer.signature.place_and_day == "Bengkulu, 24 November 2026"
    assert issuer.signature.number == "NIP 19700101 199503 2 001"
    assert offices.issuer_of(cast.province, today=TODAY).letterhead.government == "Pemerintah Provinsi Bengkulu"


def test_without_a_profile_there_are_dotted_lines_and_no_guess(cast):
    issuer = offices.issuer_of(cast.neighbour, today=TODAY)
    assert not issuer.recorded
    assert issuer.letterhead.office == "Dinas Sosial"
    assert issuer.signature.title == "Kepala Dinas Sosial Kabupaten Rejang Lebong"
    assert issuer.signature.name == ""
    ministry = offices.issuer_of(cast.staff, today=TODAY)
    assert (ministry.letterhead.office, ministry.letterhead.government) == (offices.MINISTRY, "")


def test_who_works_in_a_kecamatan_writes_on_paper_of_the_kabupaten(cast):
    make.make_office(by=cast.owner)
    cast.stranger.region_id = make.SELEBAR
    with scope_transaction(cast.stranger):
        assert offices.issuer_of(cast.stranger, today=TODAY).signature.name == "Umi Kalsum, S.Sos."


# --- the doors ---------------------------------------------------------------------


def test_the_form_begins_with_what_holds_and_records(cast, client_of):
    make.make_office(by=cast.owner, signatory_name="Pendahulu")
    browser = client_of(cast.owner)
    assert "Pendahulu" in browser.get(reverse("office-create")).content.decode()
    assert browser.post(reverse("office-create"), FORM).status_code == 302
    page = browser.get(reverse("office-list")).content.decode()
    assert "Umi Kalsum" in page
    assert "digantikan" in page
    assert OfficeProfile.objects.count() == 2


def test_the_form_says_what_is_wrong_with_it(cast, client_of):
    response = client_of(cast.owner).post(reverse("office-create"), FORM | {"signatory_nip": "1970"})
    assert response.status_code == 422
    assert "NIP terdiri dari 18 angka" in response.content.decode()


ENTRY = {
    "wilayah": "17.71",
    "berlaku_sejak": "2026-01-01",
    "nama_kantor": "Dinas Sosial",
    "tempat": "Bengkulu",
    "nama": "Umi Kalsum, S.Sos.",
    "jabatan": "Kepala Dinas Sosial Kota Bengkulu",
    "nip": "197001011995032001",
}


def test_the_api_records_and_lists(cast, api_of):
    api = api_of(cast.owner)
    assert api.post("/api/v1/profil-dinas/", ENTRY, format="json").status_code == 201
    [row] = api.get("/api/v1/profil-dinas/?wilayah=17.71").json()["results"]
    assert row["nip"] == ENTRY["nip"]
    wrong = api.post("/api/v1/profil-dinas/", ENTRY | {"nip": "12"}, format="json")
    assert (wrong.status_code, list(wrong.json()["errors"])) == (400, ["nip"])
    foreign = api.post("/api/v1/profil-dinas/", ENTRY | {"wilayah": "17.02"}, format="json")
    assert (foreign.status_code, foreign.json()["status"]) == (403, 403)
