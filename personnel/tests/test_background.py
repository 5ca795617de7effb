"""Close family held against pillar people by NIK, specialisations, and certificates that expire."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from personnel.models import Competence, FamilyTie
from personnel.services.background import serving_relatives
from personnel.tests.entries import API, LIST
from pilar.core.scoping import scope_transaction
from tests import factories as make

TIES, ABILITIES = "/api/v1/keluarga-personel/", "/api/v1/kompetensi/"


@pytest.fixture
def browser(cast, client_of):
    return client_of(cast.owner)


@pytest.fixture
def api(cast, api_of):
    return api_of(cast.owner)


@pytest.fixture
def person(cast):
    return make.make_person(name="Budi Santoso")


def text(response) -> str:
    return response.content.decode()


# --- family ------------------------------------------------------------------------


def test_a_relative_is_recorded_masked_and_found_among_pillar_people(browser, person):
    spouse = make.make_person(name="Kartini")
    browser.post(
        f"{LIST}{person.pk}/keluarga/", {"relation": "pasangan", "name": "Kartini", "nik": spouse.reveal_nik()}
    )
    page = text(browser.get(f"{LIST}{person.pk}/"))
    assert "juga anggota pilar" in page
    assert spouse.reveal_nik() not in page
    assert spouse.reveal_nik().encode() not in bytes(FamilyTie.objects.get().nik_cipher)


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"nik": "177101520390001"}, "nik", "NIK harus 16 angka; yang ditulis 15 tanda."),
        ({"nik": "own"}, "nik", "Ini NIK orangnya sendiri"),
        ({"hubungan": "teman"}, "hubungan", "teman"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field(api, person, changes, field, sentence):
    sent = {"personel": person.pk, "hubungan": "anak", "nama": "Umar", "nik": make.nik(), **changes}
    sent["nik"] = person.reveal_nik() if sent["nik"] == "own" else sent["nik"]
    answer = api.post(TIES, sent, format="json")
    assert sentence in answer.json()["errors"][field][0]
    assert not FamilyTie.objects.exists()


def test_a_tie_is_recorded_once_and_ends_on_a_day(browser, api, person):
    sent = {"personel": person.pk, "hubungan": "pasangan", "nama": "Umar", "nik": make.nik()}
    first = api.post(TIES, sent, format="json")
    assert first.status_code == 201
    assert "Hubungan dengan orang ini sudah tercatat." in text(api.post(TIES, sent, format="json"))
    url = f"{LIST}{person.pk}/keluarga/{first.json()['id']}/akhiri/"
    assert browser.post(url, {"on": "2090-01-01"}).status_code == 422
    browser.post(url, {"on": "2024-06-30"})
    assert FamilyTie.objects.get().ended_on == date(2024, 6, 30)


def test_relatives_of_who_serves_are_told_wherever_he_serves(cast, person):
    tie = make.make_tie(person)
    far = make.make_person(region=make.REJANG_LEBONG)
    make.make_assignment(far, region=make.CURUP, valid_from=date(2024, 1, 1), valid_until=date(2024, 6, 30))
    elsewhere = make.make_tie(far, relation="anak")
    asked = [bytes(tie.nik_index), bytes(elsewhere.nik_index)]
    with scope_transaction(cast.owner):
        assert serving_relatives(asked, date(2024, 6, 30)) == {bytes(elsewhere.nik_index): "anak"}
        assert serving_relatives(asked, date(2024, 7, 1)) == {}


def test_the_relatives_of_others_are_out_of_sight(cast, api_of, person):
    make.make_tie(person)
    assert api_of(cast.neighbour).get(TIES).json()["results"] == []
    with scope_transaction(cast.neighbour), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM personnel_familytie")
        assert cursor.fetchone() == (0,)


# --- competence ----------------------------------------------------------------------


def test_a_specialisation_is_recorded_and_asked_for(browser, api, person):
    typed = {"kind": "spesialisasi", "name": "Dapur umum", "valid_from": "2024-01-02"}
    browser.post(f"{LIST}{person.pk}/kompetensi/", typed)
    assert "Dapur umum" in text(browser.get(f"{LIST}{person.pk}/"))
    assert [row["id"] for row in api.get(f"{API}?kompetensi=dapur umum").json()["results"]] == [person.pk]
    assert api.get(f"{API}?kompetensi=shelter").json()["results"] == []


def test_a_certificate_has_number_and_issuer(api, person):
    sent = {"personel": person.pk, "jenis": "sertifikat", "nama": "Pekerja sosial", "sejak": "2024-01-02"}
    assert "Sertifikat memerlukan nomor dan penerbit." in text(api.post(ABILITIES, sent, format="json"))
    answer = api.post(ABILITIES, {**sent, "nomor": "LSP-1", "penerbit": "LSPS", "sampai": "2023-01-01"}, format="json")
    assert "sampai" in answer.json()["errors"]
    assert api.post(ABILITIES, {**sent, "nomor": "LSP-1", "penerbit": "LSPS"}, format="json").status_code == 201


def test_a_certificate_that_is_over_says_so_and_one_that_ends_is_warned_of(browser, api, person):
    today = timezone.localdate()
    make.make_assignment(person, pillar="TAGANA", valid_from=date(2026, 1, 1))
    named = {"kind": "sertifikat", "number": "1", "issuer": "LSPS"}
    make.make_competence(person, "Lama", valid_until=today - timedelta(days=1), **named)
    assert api.get(f"{API}?sertifikat_habis=60").json()["results"] == []
    make.make_competence(person, "Hampir", valid_until=today + timedelta(days=60), **named)
    assert "tidak berlaku lagi" in text(browser.get(f"{LIST}{person.pk}/"))
    assert [row["id"] for row in api.get(f"{API}?sertifikat_habis=60").json()["results"]] == [person.pk]
    found = api.get("/api/v1/peringatan/?wilayah=17.71").json()["hasil"]
    assert "sertifikat_habis" in [one["jenis"] for one in found]


def test_a_competence_ends_through_the_api(api, person):
    row = make.make_competence(person)
    early = api.post(f"{ABILITIES}{row.pk}/akhiri/", {"tanggal": "2023-01-01"}, format="json")
    assert "mendahului mulainya" in early.json()["errors"]["tanggal"][0]
    api.post(f"{ABILITIES}{row.pk}/akhiri/", {"tanggal": "2024-06-30"}, format="json")
    assert Competence.objects.get().valid_until == date(2024, 6, 30)
