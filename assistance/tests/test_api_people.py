"""Penerima manfaat in the REST door: the same services, filters and refusals as the pages."""

import pytest

from assistance.models import Beneficiary
from assistance.tests.entries import PEOPLE
from assistance.tests.test_api_writing import person_body, post
from tests import factories as make


@pytest.fixture
def api(cast, api_of):
    return api_of(cast.owner)


def url(person, what: str = "") -> str:
    return f"{PEOPLE}{person.pk}/{what}"


def change_body(person, **changes) -> dict[str, object]:
    body = {"nama": person.name, "jenis_kelamin": "P", "tanggal_lahir": "1950-01-01", "wilayah": "17.71.01"}
    return {**body, "versi": person.version, **changes}


def test_a_person_comes_with_everything_that_is_known(api):
    person = make.make_beneficiary(groups=[3])
    make.make_participation(person)
    make.make_circumstance(person, "desil", "2")
    twin = make.make_beneficiary()
    found = api.get(url(person)).json()
    assert found["keadaan_sekarang"]["kalimat"].startswith("Penerima aktif YAPI")
    assert [p["keadaan"] for p in found["kepesertaan"]] == ["aktif"]
    assert [c["arti"] for c in found["catatan_keadaan"]] == ["Desil DTSEN: desil 2"]
    assert found["mirip"] == [twin.pk]
    assert found["sdm_kesos"] is False
    assert person.reveal_nik() not in str(found)


def test_the_list_flags_pillar_members(api):
    person = make.make_beneficiary()
    make.make_assignment(make.make_person(region=make.REJANG_LEBONG, nik=person.reveal_nik()), region=make.CURUP)
    assert [row["sdm_kesos"] for row in api.get(PEOPLE).json()["results"]] == [True]


@pytest.mark.parametrize(
    ("query", "many"),
    [("keadaan=aktif", 1), ("program=YAPI", 1), ("kelompok=PAS03_LANSIA_TERLANTAR", 1), ("keadaan=bukan_peserta", 1)],
)
def test_the_filters_of_the_page_are_those_of_the_api(api, query, many):
    make.make_participation(make.make_beneficiary(groups=[3]))
    make.make_beneficiary()
    assert len(api.get(f"{PEOPLE}?{query}").json()["results"]) == many


def test_a_sensitive_participation_is_hidden(cast, api_of):
    person = make.make_beneficiary(groups=[9])
    make.make_participation(person, group=9)
    found = api_of(cast.clerk).get(url(person)).json()
    assert (found["kelompok"], found["kepesertaan"], found["kelompok_lengkap"]) == ([], [], False)


def test_the_line_of_time_is_read(api):
    person = make.make_beneficiary()
    make.make_line(make.make_batch(), person)
    (event,) = api.get(url(person, "riwayat/")).json()
    assert (event["tanggal"], event["jenis"], event["program"]) == ("2024-03-15", "baris", "PERMAKANAN")
    assert event["judul"] == "Penyaluran Permakanan Rp600.000: disalurkan"


def test_a_person_is_found_by_a_posted_nik(api):
    person, foreign = make.make_beneficiary(), make.make_beneficiary(region=make.CURUP)
    assert post(api, f"{PEOPLE}cari-nik/", {"nik": person.reveal_nik()}).json()["id"] == person.pk
    assert post(api, f"{PEOPLE}cari-nik/", {"nik": foreign.reveal_nik()}).status_code == 404
    assert list(post(api, f"{PEOPLE}cari-nik/", {"nik": "123"}).json()["errors"]) == ["nik"]


def test_somebody_alike_is_confirmed_first(api):
    assert post(api, PEOPLE, person_body()).status_code == 201
    refused = post(api, PEOPLE, person_body())
    assert (refused.status_code, refused.json()["type"]) == (409, "/api/galat/penerima_mirip")
    assert post(api, PEOPLE, person_body(orang_berbeda=True)).status_code == 201


def test_a_person_is_mended_once_per_version(api):
    person = make.make_beneficiary()
    changed = post(api, url(person, "ubah/"), change_body(person, nama="Siti Umar"))
    assert (changed.status_code, changed.json()["nama"], changed.json()["versi"]) == (200, "Siti Umar", 2)
    refused = post(api, url(person, "ubah/"), change_body(person, nama="Lain"))
    assert (refused.status_code, refused.json()["type"]) == (409, "/api/galat/versi")
    outside = post(api, url(person, "ubah/"), change_body(person, versi=2, wilayah="17.02.09"))
    assert outside.status_code == 403
    assert Beneficiary.objects.get().name == "Siti Umar"


def test_groups_are_added_and_ended(api):
    person = make.make_beneficiary()
    made = post(api, url(person, "kelompok/"), {"kelompok": "PAS02_DISABILITAS", "sejak": "2024-01-01"})
    assert made.status_code == 201
    end = {"keanggotaan": made.json()["id"], "sampai": "2024-02-29"}
    assert post(api, url(person, "kelompok/akhiri/"), end).json()["sampai"] == "2024-02-29"
    assert post(api, url(person, "kelompok/akhiri/"), end).json()["type"] == "/api/galat/keanggotaan_berakhir"
    other = post(api, url(make.make_beneficiary(), "kelompok/akhiri/"), end)
    assert list(other.json()["errors"]) == ["keanggotaan"]


def test_a_sensitive_group_is_not_added_without_the_right(cast, api_of):
    body = {"kelompok": "PAS09_NAPZA_HIV", "sejak": "2024-01-01"}
    refused = post(api_of(cast.clerk), url(make.make_beneficiary(), "kelompok/"), body)
    assert refused.json()["type"] == "/api/galat/data_pribadi"


def test_a_circumstance_is_recorded(api):
    person = make.make_beneficiary()
    body = {"perihal": "desil", "nilai": "2", "per_tanggal": "2024-07-01", "sumber": "DTSEN Juli 2024"}
    assert post(api, url(person, "keadaan/"), body).status_code == 201
    assert list(post(api, url(person, "keadaan/"), body | {"nilai": "12"}).json()["errors"]) == ["nilai"]
    assert post(api, url(make.make_beneficiary(region=make.CURUP), "keadaan/"), body).status_code == 404
