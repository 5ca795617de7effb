"""The REST door of personnel: the same rows, filters, service and refusals as the pages."""

from functools import reduce
from operator import getitem

import pytest

from personnel.models import Assignment, Personnel
from personnel.tests.entries import API, body, pillar
from pilar.core.models import AuditEvent, Pillar, RegionGrant
from tests import factories as make


@pytest.fixture
def api(cast, api_of):
    return api_of(cast.owner)


def post(api, **changes):
    return api.post(API, body(**changes), format="json")


def test_a_person_is_registered_with_the_first_assignment(api):
    entry = body()
    answer = api.post(API, entry, format="json")
    person = Personnel.objects.get()
    assert answer.status_code == 201
    assert person.assignments.get().region_id == make.SELEBAR
    assert answer.json()["id"] == person.pk
    assert entry["nik"] not in answer.content.decode()


def test_differences_of_the_nik_are_told(api):
    answer = post(api, jenis_kelamin="L")
    assert answer.status_code == 201
    assert answer.json()["peringatan"] == ["Jenis kelamin menurut NIK berbeda dari yang diisi."]


@pytest.mark.parametrize(
    ("changes", "place", "sentence"),
    [
        ({"nik": "123"}, ("nik",), "NIK harus 16 angka; yang ditulis 3 tanda."),
        ({"tanggal_lahir": "1990-02-31"}, ("tanggal_lahir",), "format"),
        ({"wilayah": "17.71.01"}, ("wilayah",), "Pengelola adalah kabupaten/kota atau provinsi"),
        ({"wilayah": "99"}, ("wilayah",), "tidak ada"),
        ({"assignment": {"wilayah": "17.71.01.1001"}}, ("penugasan", "wilayah"), "paling rendah di kecamatan"),
        ({"assignment": {"mulai": "1980-01-01"}}, ("penugasan", "mulai"), "tidak sesudah tanggal lahir"),
        (
            {"assignment": {"nomor_sk": "SK", "tanggal_sk": "2024-01-01", "sk_sampai": "2023-01-01"}},
            ("penugasan", "sk_sampai"),
            "SK tidak boleh berakhir sebelum tanggalnya.",
        ),
        ({"assignment": {"pilar": "TIDAK"}}, ("penugasan", "pilar"), "TIDAK"),
    ],
)
def test_a_refusal_stands_at_the_field_as_the_client_named_it(api, changes, place, sentence):
    answer = post(api, **changes)
    assert answer.status_code == 400
    assert sentence in reduce(getitem, place, answer.json()["errors"])[0]
    assert not Personnel.objects.exists()


def test_a_known_nik_is_answered_with_the_place_and_recorded(api):
    other = make.make_person(region=make.REJANG_LEBONG, name="Orang Lain")
    answer = post(api, nik=other.reveal_nik())
    assert answer.status_code == 400
    assert "sudah terdaftar di Kabupaten Rejang Lebong" in answer.json()["errors"]["nik"][0]
    assert "Orang Lain" not in answer.content.decode()
    assert AuditEvent.objects.filter(action="periksa_nik").count() == 1


def test_nobody_registers_outside_the_own_area(cast, api_of):
    answer = post(api_of(cast.neighbour))
    assert answer.status_code == 403
    assert "tidak berwenang mengisi data" in answer.json()["title"]


def test_a_grant_narrowed_to_a_pillar_registers_only_that_one(cast, api):
    RegionGrant.objects.filter(user=cast.owner).update(pillars=[pillar("TKSK")])
    refused = post(api, assignment={"pilar": "TAGANA"})
    assert refused.status_code == 403
    assert "tidak mencakup pilar Tagana" in refused.json()["title"]
    assert post(api).status_code == 201


def test_a_person_of_another_region_is_not_found_and_not_listed(api):
    person = make.make_person(region=make.REJANG_LEBONG)
    make.make_assignment(person, region=make.CURUP)
    make.make_activity(person, region=make.CURUP)
    assert api.get(f"{API}{person.pk}/").status_code == 404
    lists = [api.get(url).json()["results"] for url in (API, "/api/v1/penugasan/", "/api/v1/kegiatan/")]
    assert lists == [[], [], []]


def test_assignments_and_activities_are_read_by_person(api):
    person = make.make_person()
    make.make_assignment(person, sk_number="SK-7")
    make.make_assignment(make.make_person())
    make.make_activity(person)
    assignments = api.get(f"/api/v1/penugasan/?personel={person.pk}").json()["results"]
    activities = api.get(f"/api/v1/kegiatan/?personel={person.pk}&tahun=2024").json()["results"]
    assert [(row["pilar"], row["wilayah"], row["nomor_sk"]) for row in assignments] == [("TKSK", "17.71.01", "SK-7")]
    assert [row["keadaan"] for row in activities] == ["diajukan"]


def test_a_position_with_a_caseload_says_so(api):
    make.make_assignment(make.make_person(), pillar="PKH", position="Pendamping Sosial")
    make.make_assignment(make.make_person(), pillar="PKH", position="Supervisor")
    answer = api.get("/api/v1/penugasan/").json()["results"]
    assert {row["jabatan"]: row["memiliki_dampingan"] for row in answer} == {
        "Pendamping Sosial": True,
        "Supervisor": False,
    }
    held = Assignment.objects.looking_after(Pillar.objects.all())
    assert [row.position for row in held] == ["Pendamping Sosial"]


def test_no_answer_holds_a_plain_nik(api):
    person = make.make_person()
    answer = api.get(f"{API}{person.pk}/")
    assert person.reveal_nik() not in answer.content.decode()
    assert answer.json()["nik_samar"].endswith(person.reveal_nik()[-4:])


@pytest.mark.parametrize("size", [3, 40])
def test_a_list_asks_the_same_number_of_questions_for_any_length(api, django_assert_num_queries, size):
    for number in range(size):
        make.make_assignment(make.make_person(name=f"Orang {number:03d}"))
    api.get(API)
    with django_assert_num_queries(API_QUERIES):
        api.get(API)


API_QUERIES = 10
