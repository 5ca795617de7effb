"""Programmes as everybody reads them: pages and API."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assistance.models import EligibilityRule, ProgrammePrice
from assistance.reading_programmes import names, rule_sentence
from pilar.core.models import Programme


@pytest.fixture
def client(cast, client_of):
    return client_of(cast.stranger)


def add_rule(**fields) -> EligibilityRule:
    defaults = {"kind": "umur_min", "value": 75, "valid_from": date(2099, 1, 1), "source": "Kepdirjen uji"}
    return EligibilityRule.objects.create(programme=Programme.objects.get(code="PERMAKANAN"), **{**defaults, **fields})


def test_the_list_says_price_and_number_of_conditions(client):
    page = client.get("/program/").content.decode()
    assert "makanan Rp30.000 per hari" in page
    assert "makanan Rp21.000 per hari" not in page
    assert "tidak ada harga satuan yang berlaku" in page


def test_a_programme_shows_rules_in_force_with_their_source(client):
    page = client.get("/program/PERMAKANAN/").content.decode()
    assert "Tercatat sebagai Lanjut usia terlantar atau Penyandang disabilitas." in page
    assert "Tidak sedang menerima PKH atau Sembako." in page
    assert "Tinggal seorang diri (KK tunggal): ya." in page
    assert "Kepdirjen Rehsos 74/4/HK.01/6/2023" in page


def test_old_prices_stay_readable_with_their_time(client):
    page = client.get("/program/PERMAKANAN/").content.decode()
    assert "Rp21.000 per hari" in page
    assert "1 Oktober 2022 sampai 22 Juni 2023" in page
    assert "tidak berlaku lagi" in page


def test_a_rule_to_come_is_shown_but_not_in_force(client):
    add_rule()
    page = client.get("/program/PERMAKANAN/")
    assert "umur_min" not in {row["label"] for row in page.context["now"]}
    assert "Umur paling sedikit 75 tahun." in page.content.decode()
    assert "belum berlaku" in page.content.decode()


def test_a_programme_without_price_or_rule_says_so(client):
    page = client.get("/program/ATENSI/").content.decode()
    assert "Belum ada harga satuan dengan sumber yang pasti." in page
    assert "Tidak ada syarat khusus yang berlaku" in page


def test_an_unknown_programme_is_404(client):
    assert client.get("/program/NGAWUR/").status_code == 404


@pytest.mark.parametrize("kind", EligibilityRule.Kind.values)
def test_every_kind_of_rule_has_its_words(land, kind):
    values = {"bukan_penerima": ["PKH"], "kelompok_pas": ["PAS12_FAKIR_MISKIN"], "keadaan": {"tinggal_sendiri": ["ya"]}}
    rule = EligibilityRule(kind=kind, value=values.get(kind, 5))
    assert rule_sentence(rule, names()).endswith(".")


@pytest.mark.parametrize("url", ["/program/", "/program/PERMAKANAN/"])
def test_pages_cost_the_same_however_many_versions(client, url):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        return len(queries)

    few = cost()
    for year in range(2100, 2120):
        add_rule(valid_from=date(year, 1, 1))
    assert cost() == few


def test_the_api_gives_prices_and_rules(cast, api_of):
    api = api_of(cast.stranger)
    prices = api.get("/api/v1/harga-satuan/?program=PERMAKANAN&berlaku=2023-07-01").json()["results"]
    assert [(row["komponen"], row["harga"], row["keadaan"]) for row in prices] == [
        ("makanan", 30_000, "berlaku"), ("antar", 2_000, "berlaku"),
    ]  # fmt: skip
    (rule,) = api.get("/api/v1/aturan-kelayakan/?program=YAPI").json()["results"]
    assert (rule["jenis"], rule["nilai"], rule["kalimat"]) == ("umur_maks", 17, "Umur paling banyak 17 tahun.")
    assert rule["sumber"]
    assert api.get("/api/v1/program/").json()["results"][0]["saluran"] == "Pokmas (satu per kecamatan)"


def test_the_api_filters_by_day(cast, api_of):
    ProgrammePrice.objects.filter(programme__code="YAPI").update(valid_until=date(2024, 12, 31))
    api = api_of(cast.stranger)
    assert api.get("/api/v1/harga-satuan/?program=YAPI&berlaku=2025-01-01").json()["results"] == []
    assert len(api.get("/api/v1/harga-satuan/?program=YAPI&berlaku=2024-12-31").json()["results"]) == 1
