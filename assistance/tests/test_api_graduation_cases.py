"""The way out in phases through the REST door."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assistance.models import GraduationCase
from assistance.tests.graduating import answers, assess, make_family, propose, regional_figure, run_to_transition
from tests import factories as make

CASES = "/api/v1/proses-graduasi/"


@pytest.fixture
def people(cast):
    return make_family()


@pytest.fixture
def api(cast, api_of):
    return api_of(cast.owner)


@pytest.fixture
def decider(cast, api_of):
    return api_of(cast.colleague)


def proposal_of(family, **changes) -> dict[str, object]:
    return {
        "penerima": family.pk, "program": "PKH", "jenis": "mandiri", "prakarsa": "pendamping", "tanggal": "2024-03-01",
        **changes,
    }  # fmt: skip


def test_all_phases_pass_through_the_api(cast, api, decider, people):
    made = api.post(CASES, proposal_of(people.family), format="json")
    assert (made.status_code, made.json()["keadaan"]) == (201, "diusulkan")
    url = f"{CASES}{made.json()['id']}/"
    given = {"tanggal": "2024-04-02", "penilai": people.assignment.pk, "jawaban": answers(siap="sebagian")}
    assessed = api.post(f"{url}asesmen/", given, format="json").json()
    assert (assessed["skor"], assessed["asesmen"]["ambang"], assessed["dihitung"]) == (95, 70, False)
    decision = {"tanggal": "2024-05-10", "masa_transisi_sampai": "2024-08-10"}
    decided = decider.post(f"{url}putuskan/", decision, format="json").json()
    assert (decided["keadaan"], decided["diputuskan_pada"], decided["dihitung"]) == ("transisi", "2024-05-10", True)
    assert decided["pendamping"] == people.companion.pk
    assert regional_figure(cast) == 1
    left = api.post(f"{url}keluar/", {"tanggal": "2024-08-12"}, format="json").json()
    assert (left["keadaan"], left["keluar_pada"]) == ("keluar", "2024-08-12")
    assert left["langkah_berikut"].startswith("Selesai.")


def test_a_cancellation_counts_no_more(cast, decider, people):
    case = run_to_transition(cast, people)
    answer = decider.post(f"{CASES}{case.pk}/batal/", {"tanggal": "2024-06-01", "sebab": "keliru"}, format="json")
    assert (answer.json()["keadaan"], answer.json()["dihitung"]) == ("batal", False)
    assert regional_figure(cast) == 0


def test_a_skipped_step_is_a_conflict_with_its_rule(cast, decider, people):
    case = propose(cast.owner, people.family)
    decision = {"tanggal": "2024-05-10", "masa_transisi_sampai": "2024-08-10"}
    answer = decider.post(f"{CASES}{case.pk}/putuskan/", decision, format="json")
    assert (answer.status_code, answer.json()["type"]) == (409, "/api/galat/urutan_keadaan")


def test_the_proposer_and_those_without_the_right_do_not_decide(cast, api, decider, people):
    case = assess(cast.owner, propose(cast.colleague, people.family), people.assignment)
    decision = {"tanggal": "2024-05-10", "masa_transisi_sampai": "2024-08-10"}
    assert decider.post(f"{CASES}{case.pk}/putuskan/", decision, format="json").json()["type"].endswith("empat_mata")
    assert api.post(f"{CASES}{case.pk}/putuskan/", decision, format="json").status_code == 403


@pytest.mark.parametrize(
    ("act", "given", "field"),
    [
        ("asesmen", {"tanggal": "2024-02-01"}, "tanggal"),
        ("asesmen", {"jawaban": {"rumah": "ya"}}, "jawaban"),
        ("tolak", {"tanggal": "2024-02-01", "sebab": "x"}, "tanggal"),
        ("tolak", {"tanggal": "2024-04-01", "sebab": " "}, "sebab"),
    ],
)
def test_a_wrong_field_is_named_as_the_api_calls_it(cast, decider, people, act, given, field):
    case = propose(cast.owner, people.family)
    full = {"tanggal": "2024-04-02", "penilai": people.assignment.pk, "jawaban": answers(), **given}
    answer = decider.post(f"{CASES}{case.pk}/{act}/", full, format="json")
    assert (answer.status_code, set(answer.json()["errors"])) == (400, {field})


def test_foreign_rows_are_404_and_in_no_list(cast, api_of, people):
    case = propose(cast.owner, people.family)
    neighbour = api_of(cast.neighbour)
    assert neighbour.get(CASES).json()["results"] == []
    assert neighbour.get(f"{CASES}{case.pk}/").status_code == 404
    assert neighbour.post(f"{CASES}{case.pk}/keluar/", {"tanggal": "2024-08-12"}, format="json").status_code == 404
    refused = neighbour.post(CASES, proposal_of(people.family), format="json")
    assert (refused.status_code, set(refused.json()["errors"])) == (400, {"penerima"})


def test_a_foreign_assessor_does_not_exist(cast, api, people):
    case = propose(cast.owner, people.family)
    foreign = make.make_assignment(make.make_person(region=make.REJANG_LEBONG), region=make.CURUP)
    given = {"tanggal": "2024-04-02", "penilai": foreign.pk, "jawaban": answers()}
    assert set(api.post(f"{CASES}{case.pk}/asesmen/", given, format="json").json()["errors"]) == {"penilai"}


def test_filters_narrow_the_list(cast, api_of, people):
    run_to_transition(cast, people)
    make.make_case(make.make_beneficiary(name="Dua", region=make.CURUP), programme="YAPI", kind="paksa")
    api = api_of(cast.province)
    queries = (
        {"keadaan": "transisi"}, {"jenis": "mandiri"}, {"wilayah": "17.71"}, {"program": "PKH"},
        {"penerima": people.family.pk}, {"pendamping": people.companion.pk}, {"awal_nama_pendamping": "pendamping"},
    )  # fmt: skip
    assert len(api.get(CASES).json()["results"]) == 2
    found = [[row["nama_penerima"] for row in api.get(CASES, query).json()["results"]] for query in queries]
    assert found == [["Keluarga Umar"]] * 7


def test_the_checklist_of_each_kind_is_told(api):
    kinds = {kind["jenis"]: kind for kind in api.get(f"{CASES}daftar-periksa/").json()}
    assert set(kinds) == {"alamiah", "mandiri", "paksa", "sistem"}
    assert sum(item["bobot"] for item in kinds["mandiri"]["butir"]) == 100
    assert kinds["mandiri"]["butir"][0]["pilihan"] == ["ya", "tidak"]


def test_the_list_costs_the_same_for_two_and_for_twenty(cast, api, people):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            api.get(CASES)
        return len(queries)

    run_to_transition(cast, people)
    first = make.make_beneficiary()
    make.make_caseload(people.assignment, first)
    make.make_case(first)
    cost()  # the first use of a token is written down
    few = cost()
    for _ in range(18):
        family = make.make_beneficiary()
        make.make_caseload(people.assignment, family)
        make.make_case(family, on=date(2024, 2, 1))
    assert GraduationCase.objects.count() == 20
    assert cost() == few
