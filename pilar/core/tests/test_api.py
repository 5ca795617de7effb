"""Regions and catalogues through the API: read only, for every signed-in reader."""

import pytest
from rest_framework.test import APIClient

from tests import factories as make


def codes(response):
    return [row["kode"] for row in response.json()["results"]]


def test_areas_below_a_code(cast, api_of):
    found = codes(api_of(cast.owner).get("/api/v1/wilayah/?di_bawah=17.71&tingkat=3"))
    assert len(found) == 9
    assert "17.71.01" in found


def test_one_area_is_found_by_its_number(cast, api_of):
    assert api_of(cast.owner).get(f"/api/v1/wilayah/{make.SELEBAR}/").json()["nama"] == "Selebar"


@pytest.mark.parametrize("query", ["di_bawah=ngawur", "di_bawha=17", "tingkat=abc"])
def test_a_wrong_filter_is_an_error_that_names_it(cast, api_of, query):
    response = api_of(cast.owner).get(f"/api/v1/wilayah/?{query}")
    assert response.status_code == 400
    assert query.split("=")[0] in response.json()["errors"]


@pytest.mark.parametrize(("path", "count"), [("pilar", 5), ("program", 5), ("tahun-anggaran", 4), ("kelompok-pas", 35)])
def test_catalogues_are_whole(cast, api_of, path, count):
    assert len(api_of(cast.stranger).get(f"/api/v1/{path}/").json()["results"]) == count


@pytest.mark.parametrize("path", ["wilayah", "pilar", "program", "tahun-anggaran", "kelompok-pas"])
def test_nobody_reads_or_writes_without_leave(cast, api_of, path):
    assert APIClient().get(f"/api/v1/{path}/").status_code == 401
    assert api_of(cast.admin).post(f"/api/v1/{path}/", {}).status_code == 405


def test_accounts_are_not_in_the_api(cast, api_of):
    assert api_of(cast.admin).get("/api/v1/pengguna/").status_code == 404
