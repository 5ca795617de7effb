"""Beban kerja and kebutuhan through both doors: counted once, absent need and norm are "belum ada data"."""

from datetime import date
from decimal import Decimal

import pytest

from assistance.reading_workload import workload
from personnel.models import Need
from personnel.services.service_rules import service_rule_set
from pilar.core.models import Pillar, Region
from pilar.core.scoping import scope_transaction
from tests import factories as make

NEEDS, LOADS = "/api/v1/kebutuhan/", "/api/v1/beban-kerja/?region=17.71&pilar=PKH"
DAY = date(2024, 6, 30)


@pytest.fixture
def browser(cast, client_of):
    return client_of(cast.owner)


@pytest.fixture
def api(cast, api_of):
    return api_of(cast.owner)


def text(response) -> str:
    return response.content.decode()


def companion(region: int = make.SELEBAR, **fields):
    return make.make_assignment(make.make_person(), pillar="PKH", position="Pendamping sosial", region=region, **fields)


def area(api, code: str) -> dict:
    return next(row for row in api.get(LOADS).json()["hasil"] if row["wilayah"] == code)


def test_companions_and_families_are_counted_once_per_kecamatan(api, browser):
    first, second = companion(), companion()
    make.make_assignment(first.person, pillar="PKH", position="Asisten pendamping")
    make.make_assignment(make.make_person(), pillar="PKH", position="Supervisor")
    families = [make.make_beneficiary() for _ in range(5)]
    [make.make_caseload(first, family) for family in families]
    make.make_caseload(second, families[0], programme="SEMBAKO")
    make.make_caseload(second, make.make_beneficiary(), valid_until=date(2024, 1, 1))
    found = area(api, "17.71.01")
    assert (found["bertugas"], found["pendamping"], found["dampingan"]) == (3, 2, 5)
    assert Decimal(found["per_pendamping"]) == Decimal("2.5")
    assert "Selebar" in text(browser.get("/beban-kerja/?region=17.71"))


def test_absent_need_and_norm_are_not_zero(api, browser):
    companion()
    found = area(api, "17.71.01")
    assert (found["kebutuhan"], found["kurang"], found["norma"], found["di_atas_norma"]) == (None, None, None, False)
    assert "belum ada data" in text(browser.get("/beban-kerja/?region=17.71"))


def test_the_latest_need_holds_and_what_is_missing_follows(cast, api):
    make.make_need(pillar="PKH", region=make.SELEBAR, people=9, since=date(2023, 1, 1))
    make.make_need(pillar="PKH", region=make.SELEBAR, people=4, since=date(2024, 1, 1))
    companion()
    found = area(api, "17.71.01")
    assert (found["kebutuhan"], found["kurang"]) == (4, 3)
    with scope_transaction(cast.owner):
        rows = workload(
            cast.owner, Region.objects.get(pk=make.KOTA), Pillar.objects.get(code="PKH"), date(2023, 12, 31)
        )
    assert next(row for row in rows if row.region.pk == make.SELEBAR).need == 9


def test_above_the_norm_says_so_in_both_doors(land, api, browser):
    pkh = Pillar.objects.get(code="PKH")
    service_rule_set(pillar=pkh, kind="beban", value=1, since=date(2024, 1, 1), source="Norma uji")
    held = companion()
    make.make_caseload(held, make.make_beneficiary())
    assert area(api, "17.71.01")["di_atas_norma"] is False
    make.make_caseload(held, make.make_beneficiary())
    assert area(api, "17.71.01")["di_atas_norma"] is True
    assert "di atas norma" in text(browser.get("/beban-kerja/?region=17.71"))


def test_who_works_for_the_whole_kabupaten_stands_on_its_own_line(api):
    companion(region=make.KOTA)
    whole = api.get(LOADS).json()["hasil"][0]
    assert (whole["wilayah"], whole["langsung"], whole["bertugas"]) == ("17.71", True, 1)
    assert area(api, "17.71.01")["bertugas"] == 0


def test_a_need_is_stated_with_its_source(browser, api):
    typed = {
        "pillar": Pillar.objects.get(code="TKSK").pk, "region": "17.71.01", "people": "1", "since": "2024-01-01",
        "source": "SK Wali Kota 7/2024",
    }  # fmt: skip
    assert browser.post("/kebutuhan/baru/", typed).status_code == 302
    assert "SK Wali Kota 7/2024" in text(browser.get("/kebutuhan/"))
    assert "sudah tercatat" in text(browser.post("/kebutuhan/baru/", typed))
    sent = {"pilar": "TKSK", "wilayah": "17.71.03", "orang": 1, "sejak": "2024-01-01", "sumber": "SK 7"}
    assert api.post(NEEDS, sent, format="json").status_code == 201
    assert [row["wilayah"] for row in api.get(f"{NEEDS}?region=17.71.03").json()["results"]] == ["17.71.03"]


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"wilayah": "17.71.01.1001"}, "wilayah", "sampai kecamatan"),
        ({"orang": -1}, "orang", "0"),
        ({"sejak": "2090-01-01"}, "sejak", "lebih dari setahun"),
        ({"sejak": "2024-02-31"}, "sejak", "format"),
        ({"sumber": " "}, "sumber", "kosong"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field(api, changes, field, sentence):
    sent = {"pilar": "TKSK", "wilayah": "17.71.03", "orang": 1, "sejak": "2024-01-01", "sumber": "SK 7", **changes}
    answer = api.post(NEEDS, sent, format="json")
    assert sentence in answer.json()["errors"][field][0]
    assert not Need.objects.exists()


def test_institutions_have_no_need_of_people(api):
    Pillar.objects.create(id=90, code="LKS", name="LKS", shape="lembaga", area_level=2)
    sent = {"pilar": "LKS", "wilayah": "17.71.03", "orang": 1, "sejak": "2024-01-01", "sumber": "SK 7"}
    assert "lembaga" in api.post(NEEDS, sent, format="json").json()["errors"]["pilar"][0]


def test_nobody_states_needs_of_another_area(cast, api_of):
    sent = {"pilar": "TKSK", "wilayah": "17.71.03", "orang": 1, "sejak": "2024-01-01", "sumber": "SK 7"}
    assert api_of(cast.neighbour).post(NEEDS, sent, format="json").status_code == 403


@pytest.mark.parametrize("size", [1, 8])
def test_the_page_asks_the_same_number_of_questions(browser, django_assert_num_queries, size):
    for _ in range(size):
        make.make_caseload(companion(), make.make_beneficiary())
    browser.get("/beban-kerja/?region=17.71")
    with django_assert_num_queries(QUERIES):
        browser.get("/beban-kerja/?region=17.71")


QUERIES = 22
