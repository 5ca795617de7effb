"""Targets, indicators and printed figures through the REST door."""

import pytest

from targets.models import Target
from tests import factories as make

TARGETS = "/api/v1/target/"
NEW = {"tahun": 2024, "wilayah": "17.71", "indikator": "PENERIMA_PAS", "rincian": 3, "nilai": 80, "sumber": "SK 1"}


@pytest.fixture
def api(cast, api_of):
    return api_of(cast.owner)


def results(response) -> list:
    assert response.status_code == 200, response.content
    return response.json()["results"]


def test_indicators_with_their_definitions(api):
    found = results(api.get("/api/v1/indikator/"))
    assert [row["kode"] for row in found][:2] == ["RUPIAH_SALUR", "PENERIMA_PAS"]
    assert api.get("/api/v1/indikator/GRADUASI/").json()["untuk_orang"] is True


def test_targets_of_a_region_newest_only(api):
    make.make_target(value=300)
    make.make_target(value=400, version=2)
    assert [t["nilai"] for t in results(api.get(TARGETS, {"wilayah": "17.71"}))] == [400, 300]
    assert [t["nilai"] for t in results(api.get(TARGETS, {"wilayah": "17.71", "berlaku": "true"}))] == [400]


def test_a_foreign_persons_target_is_not_there(cast, api_of):
    target = make.make_target(value=10, indicator="GRADUASI", breakdown=4, person=make.make_person())
    assert results(api_of(cast.neighbour).get(TARGETS)) == []
    assert api_of(cast.neighbour).get(f"{TARGETS}{target.pk}/").status_code == 404
    assert api_of(cast.owner).get(f"{TARGETS}{target.pk}/").json()["orang"] == target.person_id


def test_an_unknown_filter_is_named(api):
    response = api.get(TARGETS, {"wilaya": "17.71"})
    assert response.status_code == 400
    assert response.json()["errors"] == {"wilaya": ["Saringan ini tidak dikenal."]}


def test_filing_a_target_through_the_service(api):
    response = api.post(TARGETS, NEW)
    assert (response.status_code, response.json()["versi"]) == (201, 1)
    assert Target.objects.get().set_by.username == "owner"


def test_a_second_version_without_reason_is_a_problem_with_its_rule(api):
    api.post(TARGETS, NEW)
    response = api.post(TARGETS, NEW | {"nilai": 90})
    assert (response.status_code, response.json()["type"]) == (409, "/api/galat/alasan_versi_baru")
    assert api.post(TARGETS, NEW | {"nilai": 90, "alasan": "revisi"}).json()["versi"] == 2


def test_no_right_is_403(cast, api_of):
    assert api_of(cast.neighbour).post(TARGETS, NEW).status_code == 403
    assert not Target.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("wilayah", "99.99"), ("wilayah", "abc"), ("indikator", "X"), ("nilai", -1), ("tahun", 1999)],
)
def test_faulty_fields_are_named(api, field, value):
    response = api.post(TARGETS, NEW | {field: value})
    assert response.status_code == 400
    assert list(response.json()["errors"]) == [field]


def test_a_foreign_person_cannot_be_named(cast, api_of):
    person = make.make_person()
    sent = NEW | {"wilayah": "17.02", "indikator": "GRADUASI", "rincian": 4, "orang": person.pk}
    response = api_of(cast.neighbour).post(TARGETS, sent)
    assert (response.status_code, list(response.json()["errors"])) == (400, ["orang"])


def test_printed_figures_carry_difference_interval_and_parts(api):
    found = results(api.get("/api/v1/angka-rilis/", {"wilayah": "17", "tahun": 2024}))
    by_code = {row["kode"]: row for row in found}
    assert by_code["C01-BKL-PILAR"]["selisih"] == 25
    assert by_code["C01-BKL-PILAR"]["kata_selisih"] == "tidak dirinci dalam sumber"
    assert by_code["C02-KOTABKL-BANTUAN"]["rentang"] == "Rp2.211,67–2.221,67 juta"
    assert len(by_code["C02-KOTABKL-BANTUAN"]["bagian"]) == 3


def test_without_a_token_nothing_is_read(client, cast):
    assert client.get(TARGETS).status_code == 401
