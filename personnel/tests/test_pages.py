"""The personnel pages: who sees whom, what is refused and how, conflicts, the masked NIK."""

from datetime import date

import pytest

from personnel.models import Assignment, Personnel
from pilar.core.models import AuditEvent, Pillar
from tests import factories as make

URL = "/personel/"


def entry(**changes):
    return {
        "name": "Dewi Lestari", "nik": make.nik(day=52, month=3, year=90), "sex": "P", "birth_date": "1990-03-12",
        "employment": "relawan", "region": "17.71", "pillar": Pillar.objects.get(code="TKSK").pk,
        "position": "anggota", "work_region": "17.71.01", "is_primary": "on", "valid_from": "2024-01-02",
        "sk_number": "SK-1", "sk_date": "2024-01-01", **changes,
    }  # fmt: skip


@pytest.fixture
def browser(cast, client_of):
    return client_of(cast.owner)


def test_an_officer_registers_a_tksk(browser):
    response = browser.post(f"{URL}baru/", entry())
    person = Personnel.objects.get(name="Dewi Lestari")
    assert response["Location"] == f"{URL}{person.pk}/"
    assert person.assignments.get().region_id == make.SELEBAR


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"nik": "177101520390001"}, "NIK harus 16 angka; yang ditulis 15 tanda."),
        ({"nik": "1771013102900001"}, "Tanggal lahir di NIK (310290) tidak ada di kalender."),
        ({"birth_date": "31/02/1990"}, "Tanggal ini tidak ada."),
        ({"sk_until": "2023-01-01"}, "SK tidak boleh berakhir sebelum tanggalnya."),
        ({"work_region": "17.02.09"}, "Anda tidak berwenang mengisi data di"),
        ({"work_region": "17.71.01.1001"}, "di sini diperlukan"),
        ({"pillar": ""}, "Bidang ini"),
    ],
)
def test_wrong_input_is_answered_in_plain_words_and_nothing_is_saved(browser, changes, sentence):
    response = browser.post(f"{URL}baru/", entry(**changes))
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Personnel.objects.exists()


def test_a_nik_known_elsewhere_is_refused_with_the_place_only(browser):
    other = make.make_person(region=make.REJANG_LEBONG, name="Orang Lain")
    response = browser.post(f"{URL}baru/", entry(nik=other.reveal_nik()))
    page = response.content.decode()
    assert "terdaftar di Kabupaten Rejang Lebong" in page
    assert "Orang Lain" not in page


def test_submitting_twice_registers_once(browser):
    data = entry()
    browser.post(f"{URL}baru/", data)
    assert browser.post(f"{URL}baru/", data).status_code == 422
    assert Personnel.objects.count() == 1


def test_an_overlapping_assignment_is_refused(browser):
    person = make.make_person()
    make.make_assignment(person)
    response = browser.post(f"{URL}{person.pk}/penugasan/", entry())
    assert "sudah bertugas di pilar, jabatan, dan wilayah yang sama" in response.content.decode()
    assert person.assignments.count() == 1


def test_an_assignment_ends_with_a_reason_and_not_twice(browser):
    assignment = make.make_assignment(make.make_person())
    url = f"{URL}{assignment.person_id}/penugasan/{assignment.pk}/akhiri/"
    browser.post(url, {"on": "2024-06-30", "reason": "mundur"})
    assert Assignment.objects.get().valid_until == date(2024, 6, 30)
    assert "sudah diakhiri" in browser.post(url, {"on": "2024-07-30", "reason": "mundur"}).content.decode()


def test_a_second_officers_save_is_shown_and_overwrites_nothing(browser):
    person = make.make_person(name="Semula")
    Personnel.objects.filter(pk=person.pk).update(name="Dari Rekan", version=2)
    response = browser.post(f"{URL}{person.pk}/ubah/", entry(name="Dari Saya", version="1"))
    page = response.content.decode()
    assert "Orang lain menyimpan data ini lebih dahulu" in page
    assert "Dari Rekan" in page
    assert Personnel.objects.get().name == "Dari Rekan"
    browser.post(f"{URL}{person.pk}/ubah/", entry(name="Dari Saya", version="2"))
    assert Personnel.objects.get().name == "Dari Saya"


@pytest.mark.parametrize("part", ["", "ubah/", "penugasan/"])
def test_a_person_of_another_region_is_not_found(cast, client_of, part):
    person = make.make_person(region=make.REJANG_LEBONG)
    assert client_of(cast.owner).get(f"{URL}{person.pk}/{part}").status_code == 404


def test_a_person_of_another_region_is_not_found_by_the_api(cast, api_of):
    person = make.make_person(region=make.REJANG_LEBONG)
    assert api_of(cast.owner).get(f"/api/v1/personel/{person.pk}/").status_code == 404
    assert api_of(cast.owner).get("/api/v1/personel/").data["results"] == []


def test_the_nik_is_masked_until_a_reason_is_given_and_the_reading_is_recorded(browser):
    person = make.make_person()
    assert person.reveal_nik() not in browser.get(f"{URL}{person.pk}/").content.decode()
    page = browser.post(f"{URL}{person.pk}/nik/", {"reason": "Mencocokkan dengan KTP"}).content.decode()
    assert person.reveal_nik() in page
    assert AuditEvent.objects.get(action="buka_data").reason == "Mencocokkan dengan KTP"


def test_without_the_right_no_nik_is_shown(cast, client_of):
    person = make.make_person()
    response = client_of(cast.clerk).post(f"{URL}{person.pk}/nik/", {"reason": "Mencocokkan dengan KTP"})
    assert response.status_code == 403
    assert person.reveal_nik() not in response.content.decode()


def test_a_gap_and_a_missing_sk_are_shown(browser):
    person = make.make_person()
    make.make_assignment(person, valid_from=date(2020, 1, 1), valid_until=date(2021, 12, 31), sk_number="SK-1")
    make.make_assignment(person, valid_from=date(2023, 1, 1))
    page = browser.get(f"{URL}{person.pk}/").content.decode()
    assert "Tanpa penugasan" in page
    assert "bekerja tanpa SK berlaku" in page


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("nama=an", {"Andi"}),
        ("pilar=TAGANA", {"Budi"}),
        ("region=17.71.03", {"Budi"}),
        ("sk=berlaku", {"Andi"}),
        ("sk=tanpa", {"Budi"}),
        ("pada=2021-01-01", set()),
    ],
)
@pytest.mark.parametrize("door", ["page", "api"])
def test_filters_are_the_same_in_both_doors(cast, client_of, api_of, query, seen, door):
    make.make_assignment(make.make_person(name="Andi"), sk_number="SK-9")
    make.make_assignment(make.make_person(name="Budi"), pillar="TAGANA", region=make.TELUK_SEGARA)
    if door == "page":
        rows = [item["person"].name for item in client_of(cast.owner).get(f"{URL}?{query}").context["people"]]
    else:
        rows = [row["nama"] for row in api_of(cast.owner).get(f"/api/v1/personel/?{query}").data["results"]]
    assert set(rows) == seen


def test_the_api_registers_through_the_same_service(cast, api_of):
    data = {
        "nik": make.nik(), "nama": "Lewat API", "jenis_kelamin": "L", "tanggal_lahir": "1990-03-12",
        "status_kepegawaian": "relawan", "wilayah": "17.71",
        "penugasan": {"pilar": "TKSK", "jabatan": "anggota", "wilayah": "17.71.01", "mulai": "2024-01-02"},
    }  # fmt: skip
    assert api_of(cast.owner).post("/api/v1/personel/", data, format="json").status_code == 201
    refused = api_of(cast.owner).post("/api/v1/personel/", data | {"nik": "123"}, format="json")
    assert refused.status_code == 400
    assert (
        api_of(cast.neighbour).post("/api/v1/personel/", data | {"nik": make.nik()}, format="json").status_code == 403
    )


@pytest.mark.parametrize("size", [3, 40])
def test_the_list_asks_the_same_number_of_questions_for_any_length(cast, client_of, django_assert_num_queries, size):
    for number in range(size):
        make.make_assignment(make.make_person(name=f"Orang {number:03d}"))
    browser = client_of(cast.owner)
    browser.get(URL)
    with django_assert_num_queries(LIST_QUERIES):
        browser.get(URL)


LIST_QUERIES = 15
