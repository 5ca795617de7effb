"""The pages of the way out in phases: the board, the proposal, the detail and its acts."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assistance.checklist import items_of
from assistance.models import Graduation, GraduationCase, Participation, Step
from assistance.services import graduation_cases as service
from assistance.tests.entries import TODAY
from assistance.tests.graduating import (
    DECIDED,
    answers,
    assess,
    make_family,
    personal_figure,
    propose,
    regional_figure,
    run_to_transition,
)
from pilar.core.models import Programme
from tests import factories as make

LIST = "/graduasi/proses/"


@pytest.fixture
def people(cast):
    return make_family()


@pytest.fixture
def client(cast, client_of):
    return client_of(cast.owner)


@pytest.fixture
def decider(cast, client_of):
    return client_of(cast.colleague)


def shown(client, query: str = "") -> list[str]:
    return [item["name"] for item in client.get(LIST + query).context["cases"]]


def proposal_of(family, **changes) -> dict[str, object]:
    programme = Programme.objects.get(code="PKH").pk
    return {
        "beneficiary": family.pk, "programme": programme, "proposed_on": "2024-03-01", "kind": "mandiri",
        "initiative": "keluarga", **changes,
    }  # fmt: skip


def assessment_of(people, **changes) -> dict[str, object]:
    given = {f"jawaban_{code}": answer for code, answer in answers(**changes).items()}
    return {"on": "2024-04-02", "assessor": people.assignment.pk, **given}


def cost(client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_a_family_passes_all_phases_through_the_pages_and_counts_once(cast, client, decider, people):
    done = client.post(f"{LIST}baru/?penerima={people.family.pk}", proposal_of(people.family))
    case = GraduationCase.objects.get()
    detail = f"{LIST}{case.pk}/"
    assert done["Location"] == detail
    assert client.post(f"{detail}asesmen/", assessment_of(people, rumah="tidak"))["Location"] == detail
    assert "skor 90 dari 100" in client.get(detail).content.decode()
    assert regional_figure(cast) == 0
    decision = {"on": "2024-05-10", "transition_until": "2024-08-10"}
    assert decider.post(f"{detail}putuskan/", decision)["Location"] == detail
    assert (personal_figure(cast, people.companion), regional_figure(cast)) == (1, 1)
    assert client.post(f"{detail}keluar/", {"on": "2024-08-12"})["Location"] == detail
    assert (personal_figure(cast, people.companion), regional_figure(cast)) == (1, 1)
    assert Graduation.objects.get().decided_on == DECIDED
    assert Participation.objects.get().state == "berakhir"
    titles = [event["title"] for event in client.get(detail).context["events"]]
    assert [title.split(",")[0] for title in titles] == ["Diusulkan", "Dinilai", "Diputuskan", "Keluar dari program"]


def test_cancelled_through_the_page_it_counts_no_more(cast, decider, people):
    case = run_to_transition(cast, people)
    assert regional_figure(cast) == 1
    answer = decider.post(f"{LIST}{case.pk}/batal/", {"on": "2024-06-01", "reason": "penghasilan hilang"})
    assert answer["Location"] == f"{LIST}{case.pk}/"
    assert (personal_figure(cast, people.companion), regional_figure(cast)) == (0, 0)
    page = decider.get(f"{LIST}{case.pk}/").content.decode()
    assert "tidak, dibatalkan 1 Juni 2024" in page
    assert "penghasilan hilang" in page


def test_the_board_says_what_waits_and_filters(cast, client_of, people):
    waiting = run_to_transition(cast, people)
    make.make_case(make.make_beneficiary(name="Keluarga Curup", region=make.CURUP), programme="YAPI")
    client = client_of(cast.province)
    assert shown(client) == ["Keluarga Curup", "Keluarga Umar"]
    assert shown(client, "?state=transisi") == ["Keluarga Umar"]
    assert shown(client, "?region=17.02") == ["Keluarga Curup"]
    assert shown(client, "?programme=PKH") == ["Keluarga Umar"]
    assert shown(client, "?companion_name=pendamping") == ["Keluarga Umar"]
    tabs = {tab["label"]: tab["count"] for tab in client.get(f"{LIST}?region=17.71&state=diusulkan").context["tabs"]}
    assert (tabs["Menunggu asesmen"], tabs["Masa transisi"], tabs["Keluar"]) == (0, 1, None)
    assert "sampai 10 Agu 2024" in client.get(LIST).content.decode()
    assert waiting.state == "transisi"


def test_before_the_decision_the_companion_is_who_looks_after_the_family_now(cast, client, people):
    propose(cast.owner, people.family)
    assert [item["companion"] for item in client.get(LIST).context["cases"]] == ["Pendamping Desi"]
    assert shown(client, "?companion_name=pendamping") == ["Keluarga Umar"]
    people.assignment.caseload.update(valid_until=date(2024, 4, 1))
    assert [item["companion"] for item in client.get(LIST).context["cases"]] == ["belum ada pendamping"]
    assert shown(client, "?companion_name=pendamping") == []


def test_foreign_cases_stay_unseen(cast, client_of, people):
    case = propose(cast.owner, people.family)
    neighbour = client_of(cast.neighbour)
    assert shown(neighbour) == []
    pages = [f"{LIST}{case.pk}/", *(f"{LIST}{case.pk}/{act}/" for act in ("asesmen", "putuskan", "keluar"))]
    assert [neighbour.get(page).status_code for page in pages] == [404] * 4
    assert neighbour.get(f"{LIST}baru/?penerima={people.family.pk}").status_code == 404
    assert neighbour.post(f"{LIST}{case.pk}/tolak/", {"on": "2024-04-01", "reason": "x"}).status_code == 404


def test_without_a_family_one_is_looked_for_first(client, people):
    assert client.get(f"{LIST}baru/")["Location"] == f"{LIST}cari/"
    page = client.post(f"{LIST}cari/", {"q": "keluarga"}, follow=True).content.decode()
    assert f"{LIST}baru/?penerima={people.family.pk}" in page


def test_each_reader_is_offered_his_own_acts(cast, client, decider, client_of, people):
    case = assess(cast.owner, propose(cast.owner, people.family), people.assignment)

    def acts(of) -> list[str]:
        return [act["label"] for act in of.get(f"{LIST}{case.pk}/").context["acts"]]

    assert acts(client) == []
    assert acts(decider) == ["Putuskan lulus", "Tolak"]
    assert acts(client_of(cast.auditor)) == []
    GraduationCase.objects.update(proposed_by=cast.colleague)
    assert acts(decider) == []
    assert "Anda pengusul graduasi ini" in decider.get(f"{LIST}{case.pk}/").content.decode()


def test_a_skipped_step_comes_back_with_its_sentence(cast, decider, people):
    case = propose(cast.owner, people.family)
    answer = decider.post(f"{LIST}{case.pk}/putuskan/", {"on": "2024-05-10", "transition_until": "2024-08-10"})
    assert answer.status_code == 422
    assert "Langkah ini hanya sesudah “dinilai, menunggu keputusan”" in answer.content.decode()


def test_a_low_score_asks_why_at_its_field(cast, decider, people):
    low = answers(penghasilan="tidak", usaha="tidak", rumah="tidak", siap="tidak")
    case = assess(cast.owner, propose(cast.owner, people.family), people.assignment, answers=low)
    answer = decider.post(f"{LIST}{case.pk}/putuskan/", {"on": "2024-05-10", "transition_until": "2024-08-10"})
    assert answer.context["form"].errors.keys() == {"note"}
    assert "di bawah ambang" in decider.get(f"{LIST}{case.pk}/").content.decode()


def test_an_unanswered_checklist_comes_back(cast, client, people):
    case = propose(cast.owner, people.family)
    given = assessment_of(people) | {"jawaban_rumah": ""}
    assert client.post(f"{LIST}{case.pk}/asesmen/", given).context["form"].errors.keys() == {"jawaban_rumah"}


def test_assessors_offered_work_where_the_family_lives(cast, client, people):
    case = propose(cast.owner, people.family)
    make.make_assignment(make.make_person(name="Petugas Lain"), region=make.TELUK_SEGARA)
    page = client.get(f"{LIST}{case.pk}/asesmen/").content.decode()
    assert "Pendamping Desi, PKH Selebar" in page
    assert "Petugas Lain" not in page
    assert all(item.question in page for item in items_of("mandiri"))


def test_the_direct_entry_says_what_it_is_for(client, people):
    page = client.get(f"/graduasi/baru/?penerima={people.family.pk}").content.decode()
    assert "keputusan graduasi yang dibuat di luar PILAR" in page
    assert f"{LIST}baru/?penerima={people.family.pk}" in page


def test_the_list_of_graduations_leads_to_the_case(cast, client, people):
    case = run_to_transition(cast, people)
    assert f"{LIST}{case.pk}/" in client.get("/graduasi/").content.decode()


def test_a_companions_page_shows_what_is_under_way(cast, client, people):
    case = propose(cast.owner, people.family)
    other = make.make_case(make.make_beneficiary(name="Keluarga Lain"))
    page = client.get(f"/personel/{people.companion.pk}/").content.decode()
    assert f"{LIST}{case.pk}/" in page
    assert f"{LIST}{other.pk}/" not in page
    service.case_reject(actor=cast.colleague, case=case, on=DECIDED, reason="belum mampu", today=TODAY)
    assert f"{LIST}{case.pk}/" not in client.get(f"/personel/{people.companion.pk}/").content.decode()


def test_list_and_detail_cost_the_same_however_many_there_are(cast, client, people):
    run_to_transition(cast, people)
    first = make.make_beneficiary()
    make.make_caseload(people.assignment, first)
    make.make_case(first)
    few = (cost(client, LIST), cost(client, "/graduasi/"))
    for _ in range(18):
        family = make.make_beneficiary()
        make.make_caseload(people.assignment, family)
        make.make_case(family)
        graduation = make.make_graduation(make.make_beneficiary(), to=people.companion)
        fields = {"state": "transisi", "graduation": graduation, "decided_by": cast.colleague}
        make.make_case(graduation.beneficiary, transition_until=date(2024, 9, 1), **fields)
    assert (cost(client, LIST), cost(client, "/graduasi/")) == few
    case = GraduationCase.objects.order_by("pk")[0]
    assert cost(client, f"{LIST}{case.pk}/") <= 24


def test_the_history_is_told_in_the_order_it_was_recorded(cast, client, people):
    """Each connection takes ids fifty at a time, so a later step may have a smaller one."""
    case = propose(cast.owner, people.family)
    first = Step.objects.get(object_id=case.pk, kind="graduasi")
    later = Step(**{f.attname: getattr(first, f.attname) for f in Step._meta.concrete_fields})
    later.pk, later.became, later.at = first.pk - 1, "ditolak", first.at + timedelta(minutes=1)
    Step.objects.bulk_create([later])
    titles = [event["title"] for event in client.get(f"{LIST}{case.pk}/").context["events"]]
    assert titles == ["Diusulkan, menunggu asesmen", "Ditolak"]
