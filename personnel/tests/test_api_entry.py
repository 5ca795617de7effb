"""Changing people and their assignments through the API: the services of the pages, with the client's own names."""

import pytest

from personnel.models import Assignment, Personnel
from personnel.tests.entries import API, body
from tests import factories as make


@pytest.fixture
def api(cast, api_of):
    return api_of(cast.owner)


@pytest.fixture
def person(cast) -> Personnel:
    return make.make_person(name="Semula", sex="P")


def change(api, person, **changes):
    entry = body(nama="Sesudah", versi=person.version, **changes)
    return api.post(f"{API}{person.pk}/ubah/", entry, format="json")


def assign(api, person, **changes):
    place = {"pilar": "TKSK", "jabatan": "TKSK", "wilayah": "17.71.01", "mulai": "2024-01-02", **changes}
    return api.post(f"{API}{person.pk}/penugasan/", place, format="json")


def test_a_person_is_changed_with_the_version_that_was_read(api, person):
    answer = change(api, person)
    assert (answer.status_code, answer.json()["nama"], answer.json()["versi"]) == (200, "Sesudah", 2)
    assert change(api, person).json()["type"] == "/api/galat/versi"


def test_an_impossible_day_is_refused_at_its_field(api, person):
    assert "tanggal_lahir" in change(api, person, tanggal_lahir="1990-02-31").json()["errors"]


def test_an_assignment_is_added_and_ended(api, person):
    number = assign(api, person).json()["id"]
    answer = api.post(f"/api/v1/penugasan/{number}/akhiri/", {"terakhir": "2024-06-30", "sebab": "mundur"})
    assert (answer.status_code, answer.json()["selesai"]) == (200, "2024-06-30")
    assert Assignment.objects.get().end_reason == "mundur"


def test_an_overlapping_assignment_is_refused_in_words(api, person):
    assign(api, person)
    answer = assign(api, person, mulai="2024-05-01")
    assert answer.status_code == 400
    assert "Orang ini sudah bertugas di pilar, jabatan, dan wilayah yang sama" in answer.content.decode()


def test_an_sk_that_ends_before_it_starts_is_refused_at_its_field(api, person):
    answer = assign(api, person, nomor_sk="SK", tanggal_sk="2024-01-01", sk_sampai="2023-01-01")
    assert answer.json()["errors"] == {"sk_sampai": ["SK tidak boleh berakhir sebelum tanggalnya."]}


def test_nobody_changes_people_of_another_area(cast, api_of, person):
    api = api_of(cast.neighbour)
    assert {change(api, person).status_code, assign(api, person).status_code} == {404}
