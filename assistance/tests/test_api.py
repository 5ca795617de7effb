"""The REST door of assistance, reading: the same rows as the pages, and nothing hidden slips out."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assistance.tests.entries import BATCHES, GRADUATIONS, LINES, PEOPLE
from tests import factories as make

LISTS = (BATCHES, LINES, PEOPLE, GRADUATIONS)


@pytest.fixture
def api(cast, api_of):
    return api_of(cast.owner)


@pytest.fixture
def foreign(cast):
    """One row of each kind in another kabupaten: their addresses."""
    person = make.make_beneficiary(region=make.CURUP)
    batch = make.make_batch(region=make.REJANG_LEBONG)
    line = make.make_line(batch, person)
    graduation = make.make_graduation(person)
    return (
        f"{BATCHES}{batch.pk}/", f"{LINES}2024-{line.pk}/", f"{PEOPLE}{person.pk}/", f"{GRADUATIONS}{graduation.pk}/",
    )  # fmt: skip


def cost(api, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert api.get(url).status_code == 200
    return len(queries)


def test_a_list_carries_its_four_numbers(api):
    batch = make.make_batch(ceiling=5_000_000)
    make.make_line(batch, make.make_beneficiary(), state="sk", amount=500_000)
    make.make_line(batch, make.make_beneficiary(), state="transaksi", amount=200_000)
    shown = api.get(f"{BATCHES}{batch.pk}/").json()
    assert shown == api.get(BATCHES).json()["results"][0]
    assert (shown["pagu"], shown["wilayah"], shown["tahun"]) == (5_000_000, "17.71", 2024)
    assert shown["jumlah"] == {
        "ditetapkan": 700_000,
        "salur": 200_000,
        "diterima": 200_000,
        "retur": 0,
        "setor_kas": 0,
        "baris": 2,
        "perlu_ditindaklanjuti": 1,
    }


def test_a_line_is_looked_up_with_its_year(api):
    line = make.make_line(make.make_batch(), make.make_beneficiary())
    assert api.get(LINES).json()["results"][0]["kunci"] == f"2024-{line.pk}"
    assert api.get(f"{LINES}2024-{line.pk}/").json()["jumlah"] == 600_000
    assert api.get(f"{LINES}2023-{line.pk}/").status_code == 404


def test_foreign_rows_are_404_and_in_no_list(api, foreign):
    assert {api.get(url).status_code for url in foreign} == {404}
    assert [api.get(url).json()["results"] for url in LISTS] == [[], [], [], []]


def test_a_foreign_row_cannot_be_written(api, foreign):
    line = foreign[1]
    step = {"keadaan": "transaksi", "tanggal": "2024-04-01"}
    assert api.post(f"{line}keadaan/", step, format="json").status_code == 404
    assert api.post(f"{line}bayar-ulang/", {"tanggal": "2024-04-01"}, format="json").status_code == 404


@pytest.mark.parametrize("url", LISTS)
def test_without_a_token_nothing_is_read(client, db, url):
    assert client.get(url).status_code == 401


@pytest.mark.parametrize("url", LISTS)
def test_an_unknown_filter_is_named(api, url):
    answer = api.get(url, {"salah": 1})
    assert answer.status_code == 400
    assert "salah" in answer.json()["errors"]


def test_filters_narrow_lines(api):
    person = make.make_beneficiary(region=make.TELUK_SEGARA)
    line = make.make_line(make.make_batch(programme="YAPI"), person, state="sk")
    make.make_line(make.make_batch(programme="PERMAKANAN", year=2023), make.make_beneficiary())
    queries = (
        {"tahun": 2024}, {"wilayah": "17.71.03"}, {"program": "YAPI"}, {"daftar": line.batch_id},
        {"penerima": person.pk}, {"keadaan": "sk"},
    )  # fmt: skip
    found = [[row["id"] for row in api.get(LINES, query).json()["results"]] for query in queries]
    assert found == [[line.pk]] * len(queries)
    assert len(api.get(LINES, {"wilayah": "17.71"}).json()["results"]) == 2


def test_a_nik_leaves_masked_only(api):
    person = make.make_beneficiary()
    answer = api.get(PEOPLE)
    assert answer.json()["results"][0]["nik_samar"] == person.nik_masked
    assert person.reveal_nik() not in answer.content.decode()


@pytest.mark.parametrize(
    ("who", "groups", "complete", "group"),
    [
        ("owner", ["PAS09_NAPZA_HIV", "PAS12_FAKIR_MISKIN"], True, "PAS09_NAPZA_HIV"),
        ("clerk", ["PAS12_FAKIR_MISKIN"], False, None),
    ],
)
def test_sensitive_groups_are_hidden_without_the_right(cast, api_of, who, groups, complete, group):
    person = make.make_beneficiary(groups=[9, 12])
    line = make.make_line(make.make_batch(), person, group=9)
    api = api_of(getattr(cast, who))
    shown = api.get(f"{PEOPLE}{person.pk}/").json()
    assert sorted(g["kode"] for g in shown["kelompok"]) == groups
    assert shown["kelompok_lengkap"] is complete
    assert api.get(f"{LINES}2024-{line.pk}/").json()["kelompok"] == group


def test_people_are_found_by_name_and_programme(api):
    make.make_line(make.make_batch(programme="YAPI"), make.make_beneficiary(name="Zubaidah"))
    make.make_beneficiary(name="Zulkifli")
    assert len(api.get(PEOPLE, {"nama": "zu"}).json()["results"]) == 2
    assert [p["nama"] for p in api.get(PEOPLE, {"nama": "zu", "program": "YAPI"}).json()["results"]] == ["Zubaidah"]


def test_graduations_name_their_companion_or_nobody(api):
    companion = make.make_person()
    make.make_graduation(make.make_beneficiary(name="Satu"), to=companion)
    make.make_graduation(make.make_beneficiary(name="Dua"), counts=False, on=date(2023, 6, 1))
    rows = api.get(GRADUATIONS).json()["results"]
    assert [(r["nama_penerima"], r["pendamping"], r["dihitung"]) for r in rows] == [
        ("Satu", companion.pk, True),
        ("Dua", None, False),
    ]
    queries = ({"tahun": 2024}, {"pendamping": companion.pk}, {"dihitung": "true"})
    found = [[r["nama_penerima"] for r in api.get(GRADUATIONS, query).json()["results"]] for query in queries]
    assert found == [["Satu"]] * 3


@pytest.mark.parametrize("url", LISTS)
def test_every_list_costs_the_same_for_two_and_for_twenty(api, url):
    def fill(many: int) -> None:
        for _ in range(many):
            person = make.make_beneficiary(groups=[3, 12])
            make.make_line(make.make_batch(), person)
            make.make_graduation(person)

    fill(2)
    cost(api, url)  # the first use of a token is written down
    few = cost(api, url)
    fill(18)
    assert cost(api, url) == few
