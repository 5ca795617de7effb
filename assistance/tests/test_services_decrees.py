"""SK penetapan: filled, proposed, sent back, decided; each refusal by its sentence (domain.md 3.5, 3.6)."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from assistance.models import Decree, EligibilityRule, Participation, Proposal, Step
from assistance.services import decrees as service
from assistance.services.participation import candidate_enrol, participation_end
from assistance.tests.entries import TODAY, field_of, rule_of
from pilar.core.errors import Refusal
from pilar.core.models import AuditEvent, BudgetYear, Programme, Region
from pilar.core.scoping import scope_transaction
from tests import factories as make

SK_DATE = date(2024, 2, 1)


def candidate(name: str = "Siti Aminah", *, programme: str = "PKH", region: int = make.SELEBAR, **fields):
    """A candidate of PKH, with a usulan found layak, whom no rule keeps out."""
    person = make.make_beneficiary(name=name, region=region, groups=[12])
    make.make_circumstance(person, "desil", "1")
    proposal = make.make_proposal(person, programme=programme)
    return make.make_participation(person, programme=programme, state="calon", proposal=proposal, **fields)


def history(row, kind="sk") -> list[tuple[str, str]]:
    return list(Step.objects.filter(kind=kind, object_id=row.pk).order_by("id").values_list("was", "became"))


def entry(**changes) -> service.DecreeEntry:
    fields = {
        "programme": Programme.objects.get(code="PKH"),
        "year": BudgetYear.objects.get(year=2024),
        "region": Region.objects.get(pk=make.KOTA),
        "funding": "apbn",
        "title": "Penerima  PKH tahap 1",
    }
    return service.DecreeEntry(**{**fields, **changes})


def fill(cast, decree, **changes):
    return service.decree_fill(**{"actor": cast.owner, "decree": decree, "today": TODAY, **changes})


def propose(cast, decree, **changes):
    return service.decree_propose(**{"actor": cast.owner, "decree": decree, "today": TODAY, **changes})


def decide(cast, decree, **changes):
    given = {"actor": cast.staff, "decree": decree, "number": "460/7/2024", "sk_date": SK_DATE, "today": TODAY}
    return service.decree_decide(**{**given, **changes})


def send_back(cast, decree, **changes):
    given = {"actor": cast.staff, "decree": decree, "note": "periksa Siti", "today": TODAY}
    return service.decree_send_back(**{**given, **changes})


@pytest.fixture
def draft(cast):
    return make.make_decree(programme="PKH")


@pytest.fixture
def proposed(cast, draft):
    """One name, proposed by the Dinsos of Kota Bengkulu, to be decided by the ministry."""
    candidate()
    fill(cast, draft)
    return propose(cast, draft)


# --- the draft ---------------------------------------------------------------


def test_a_draft_is_made_without_number_and_date(cast):
    decree = service.decree_create(actor=cast.owner, entry=entry(), today=TODAY)
    assert (decree.state, decree.title, decree.number) == ("disusun", "Penerima PKH tahap 1", "")
    assert history(decree) == [("", "disusun")]
    assert AuditEvent.objects.filter(object_type="assistance.decree", object_id=str(decree.pk)).count() == 1


def test_a_draft_of_another_kabupaten_is_refused(cast):
    region = Region.objects.get(pk=make.REJANG_LEBONG)
    assert rule_of(service.decree_create, actor=cast.owner, entry=entry(region=region), today=TODAY) == "wewenang"


def test_filling_takes_the_candidates_of_the_area_and_programme_only(cast, draft):
    inside = candidate()
    others = (candidate(region=make.CURUP), candidate(programme="YAPI"), candidate(decree=make.make_decree()))
    assert fill(cast, draft).added == 1
    assert list(draft.participations.all()) == [inside]
    assert all(Participation.objects.get(pk=row.pk).decree_id != draft.pk for row in others)


@pytest.mark.parametrize("state", ["aktif", "ditangguhkan", "berakhir"])
def test_filling_makes_nobody_a_candidate_again(cast, draft, state):
    row = make.make_participation(make.make_beneficiary(groups=[12]), programme="PKH", state=state)
    assert fill(cast, draft).added == 0
    row.refresh_from_db()
    assert (row.state, row.decree) == (state, None)


def test_the_dead_and_graduates_are_left_out_with_their_sentence(cast, draft):
    dead, left, fine = candidate("Almarhum"), candidate("Lulusan"), candidate("Siti")
    make.make_circumstance(dead.beneficiary, "meninggal", "ya", on=date(2024, 2, 1))
    make.make_graduation(left.beneficiary, on=date(2024, 3, 1))
    filled = fill(cast, draft)
    assert (filled.added, [fault.name for fault in filled.left_out]) == (1, ["Almarhum", "Lulusan"])
    assert "Tercatat meninggal dunia" in filled.left_out[0].sentence
    assert "Sudah lulus (graduasi)" in filled.left_out[1].sentence
    assert list(draft.participations.all()) == [fine]


def test_a_rule_of_the_programme_keeps_out_too(cast, draft):
    EligibilityRule.objects.create(
        programme=Programme.objects.get(code="PKH"), kind="desil_maks", value=4, valid_from=date(2024, 1, 1)
    )
    row = candidate("Desil Tinggi")
    make.make_circumstance(row.beneficiary, "desil", "9", on=date(2024, 2, 1))
    filled = fill(cast, draft)
    assert (filled.added, len(filled.left_out)) == (0, 1)
    assert "Desilnya 9" in filled.left_out[0].sentence


def test_a_candidate_whose_usulan_was_withdrawn_is_left_out(cast, draft):
    candidate()
    Proposal.objects.update(state="ditarik")
    assert "Usulannya “ditarik pengusul”" in fill(cast, draft).left_out[0].sentence


def test_candidates_of_a_hidden_group_wait_for_somebody_who_may_see_them(cast, draft):
    hidden = candidate(group=9)
    assert fill(cast, draft, actor=cast.clerk).added == 0
    assert fill(cast, draft).added == 1
    assert list(draft.participations.all()) == [hidden]


def test_a_name_leaves_the_draft_with_a_reason_and_stays_a_candidate(cast, draft):
    row = candidate(decree=draft)
    given = {"actor": cast.owner, "decree": draft, "participation": row, "today": TODAY}
    assert field_of(service.decree_remove_candidate, note=" ", **given) == {"note"}
    service.decree_remove_candidate(note="alamat keliru", **given)
    row.refresh_from_db()
    assert (row.state, row.decree) == ("calon", None)
    assert rule_of(service.decree_remove_candidate, note="lagi", **given) == "nama_tidak_tercantum"


# --- proposing ---------------------------------------------------------------


def test_an_empty_sk_is_not_proposed(cast, draft):
    assert rule_of(propose, cast=cast, decree=draft) == "sk_kosong"


def test_proposing_names_who_and_when_and_locks_the_names(cast, proposed):
    assert (proposed.state, proposed.proposed_by, proposed.proposed_on) == ("diajukan", cast.owner, TODAY)
    assert history(proposed) == [("disusun", "diajukan")]
    assert rule_of(fill, cast=cast, decree=proposed) == "sk_terkunci"
    row = proposed.participations.get()
    given = {"actor": cast.owner, "decree": proposed, "participation": row, "note": "x", "today": TODAY}
    assert rule_of(service.decree_remove_candidate, **given) == "sk_terkunci"
    assert rule_of(propose, cast=cast, decree=proposed) == "urutan_keadaan"


def test_proposing_takes_the_right_to_propose(cast, draft):
    candidate(decree=draft)
    assert rule_of(propose, cast=cast, decree=draft, actor=cast.auditor) == "wewenang"


def test_an_sk_with_names_out_of_sight_is_neither_proposed_nor_decided(cast, draft):
    candidate(group=9, decree=draft)
    with scope_transaction(cast.clerk):
        candidate_free = rule_of(propose, cast=cast, decree=draft, actor=cast.clerk)
    assert candidate_free == "data_pribadi"


def test_a_name_that_died_since_keeps_the_sk_from_being_proposed(cast, draft):
    row = candidate("Almarhum", decree=draft)
    make.make_circumstance(row.beneficiary, "meninggal", "ya", on=date(2024, 2, 1))
    with pytest.raises(Refusal, match=r"1 nama tidak memenuhi syarat\. Almarhum: Tercatat meninggal"):
        propose(cast, draft)


# --- sending back ------------------------------------------------------------


def test_sent_back_it_is_a_draft_with_the_note(cast, proposed):
    decree = send_back(cast, proposed)
    assert (decree.state, decree.note) == ("disusun", "periksa Siti")
    assert history(decree)[-1] == ("diajukan", "disusun")
    assert propose(cast, decree).note == ""


def test_sending_back_says_what_to_mend(cast, proposed):
    assert field_of(send_back, cast=cast, decree=proposed, note=" ") == {"note"}


def test_the_proposer_may_take_it_back_but_nobody_else_of_his_office(cast, proposed):
    assert rule_of(send_back, cast=cast, decree=proposed, actor=cast.colleague) == "wewenang"
    assert send_back(cast, proposed, actor=cast.owner).state == "disusun"


def test_a_draft_is_not_sent_back(cast, draft):
    assert rule_of(send_back, cast=cast, decree=draft) == "urutan_keadaan"


def test_single_names_go_to_a_new_verval(cast, proposed):
    row = proposed.participations.get()
    send_back(cast, proposed, candidates=[row.pk])
    old, proposal = Participation.objects.get(pk=row.pk), Proposal.objects.get()
    assert (old.state, old.reason, old.decree, old.proposal) == ("berakhir", "data", None, None)
    assert (proposal.state, proposal.reason) == ("diajukan", "data")
    assert history(old, "kepesertaan") == [("calon", "berakhir")]
    assert history(proposal, "usulan") == [("layak", "diajukan")]


def test_a_name_of_another_sk_is_not_sent_back_with_it(cast, proposed):
    stranger = candidate()
    assert rule_of(send_back, cast=cast, decree=proposed, candidates=[stranger.pk]) == "nama_tidak_tercantum"
    assert rule_of(send_back, cast=cast, decree=proposed, candidates=[0]) == "nama_tidak_tercantum"


def reverify(cast, row, **changes):
    given = {"actor": cast.owner, "participation": row, "note": "rumahnya kosong", "today": TODAY}
    return service.candidate_send_back(**{**given, **changes})


def test_a_candidate_goes_to_a_new_verval_from_a_draft_or_from_none(cast, draft):
    rows = [candidate(), candidate(decree=draft)]
    for row in rows:
        reverify(cast, row)
    assert set(Participation.objects.values_list("state", "decree", "proposal")) == {("berakhir", None, None)}
    assert set(Proposal.objects.values_list("state", flat=True)) == {"diajukan"}


def test_a_new_verval_makes_a_new_candidate_of_the_same_usulan(cast):
    row = candidate()
    reverify(cast, row)
    proposal = Proposal.objects.get()
    assert rule_of(candidate_enrol, actor=cast.owner, proposal=proposal, on=SK_DATE) == "calon_tanpa_verval"
    Proposal.objects.update(state="layak")
    again = candidate_enrol(actor=cast.owner, proposal=proposal, on=SK_DATE)
    assert (again.state, again.returning, again.pk == row.pk) == ("calon", False, False)


def test_a_candidate_in_a_proposed_sk_stays_and_an_active_one_has_no_way_back(cast, proposed):
    row = proposed.participations.get()
    assert rule_of(reverify, cast=cast, row=row) == "sk_terkunci"
    active = make.make_participation(make.make_beneficiary())
    assert rule_of(reverify, cast=cast, row=active) == "urutan_keadaan"
    assert field_of(reverify, cast=cast, row=candidate(), note=" ") == {"note"}


# --- deciding ----------------------------------------------------------------


def test_deciding_makes_every_name_active_from_the_date_of_the_sk(cast, proposed):
    decree = decide(cast, proposed)
    assert (decree.state, decree.number, decree.sk_date) == ("ditetapkan", "460/7/2024", SK_DATE)
    assert (decree.decided_by, decree.decided_on) == (cast.staff, TODAY)
    row, proposal = decree.participations.get(), Proposal.objects.get()
    assert (row.state, row.active_from, proposal.state) == ("aktif", SK_DATE, "ditetapkan")
    assert history(decree)[-1] == ("diajukan", "ditetapkan")
    assert history(row, "kepesertaan") == [("calon", "aktif")]
    assert history(proposal, "usulan") == [("layak", "ditetapkan")]


def test_the_proposer_never_decides(cast, draft):
    candidate()
    fill(cast, draft)
    decree = propose(cast, draft, actor=cast.staff)
    assert rule_of(decide, cast=cast, decree=decree) == "empat_mata"
    assert decide(cast, decree, actor=cast.admin).state == "ditetapkan"


def test_the_database_holds_the_four_eyes_too(cast, proposed):
    with pytest.raises(IntegrityError, match="decree_four_eyes"), transaction.atomic():
        Decree.objects.update(state="ditetapkan", number="1", sk_date=SK_DATE, decided_on=TODAY, decided_by=cast.owner)


@pytest.mark.parametrize(("funding", "who"), [("apbn", "staff"), ("apbd_prov", "province"), ("apbd_kab", "colleague")])
def test_the_level_that_funds_decides(cast, draft, funding, who):
    Decree.objects.update(funding=funding)
    candidate()
    fill(cast, draft)
    propose(cast, draft)
    for other in {"staff", "province", "colleague"} - {who}:
        assert rule_of(decide, cast=cast, decree=draft, actor=getattr(cast, other)) == "tingkat_pendana"
    assert decide(cast, draft, actor=getattr(cast, who)).state == "ditetapkan"


def test_a_draft_is_not_decided(cast, draft):
    candidate(decree=draft)
    assert rule_of(decide, cast=cast, decree=draft) == "urutan_keadaan"


def test_a_decided_sk_stays_as_it_is(cast, proposed):
    decree = decide(cast, proposed)
    assert rule_of(send_back, cast=cast, decree=decree) == "urutan_keadaan"
    assert rule_of(decide, cast=cast, decree=decree) == "urutan_keadaan"
    assert rule_of(fill, cast=cast, decree=decree) == "sk_terkunci"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"number": " "}, "number"),
        ({"sk_date": None}, "sk_date"),
        ({"sk_date": date(2024, 11, 25)}, "sk_date"),
        ({"sk_date": date(2024, 1, 9)}, "sk_date"),
    ],
)
def test_number_and_date_are_checked(cast, proposed, changes, field):
    assert field_of(decide, cast=cast, decree=proposed, **changes) == {field}


def test_a_number_serves_once_per_programme(cast, proposed):
    make.make_decree(programme="PKH", number="460/7/2024")
    assert field_of(decide, cast=cast, decree=proposed) == {"__all__"}


def test_a_name_that_graduated_meanwhile_keeps_the_sk_from_being_decided(cast, proposed):
    make.make_graduation(proposed.participations.get().beneficiary, on=date(2024, 3, 1))
    assert rule_of(decide, cast=cast, decree=proposed) == "nama_tidak_memenuhi_syarat"
    assert Participation.objects.get().state == "calon"


def test_a_name_that_ended_meanwhile_is_not_made_active(cast, proposed):
    other = candidate()
    Participation.objects.filter(pk=other.pk).update(decree=proposed)
    first = proposed.participations.exclude(pk=other.pk).get()
    service_end(cast, first)
    decide(cast, proposed)
    assert dict(Participation.objects.values_list("pk", "state")) == {first.pk: "berakhir", other.pk: "aktif"}


def service_end(cast, row) -> None:
    participation_end(actor=cast.owner, participation=row, on=date(2024, 3, 1), reason="menolak", note="", today=TODAY)


def test_an_sk_whose_names_all_ended_is_not_decided(cast, proposed):
    service_end(cast, proposed.participations.get())
    assert rule_of(decide, cast=cast, decree=proposed) == "sk_kosong"


# --- size --------------------------------------------------------------------


def cost(call, **kwargs) -> int:
    with CaptureQueriesContext(connection) as queries:
        call(**kwargs)
    return len(queries)


def test_an_sk_of_twelve_costs_as_many_queries_as_one_of_two(cast):
    found = []
    for size in (1, 2, 12):  # the first one also reads who may do what
        decree = make.make_decree(programme="PKH")
        for _ in range(size):
            candidate()
        acts = ((fill, {}), (propose, {}), (decide, {"number": f"SK-{size}"}))
        found.append([cost(act, cast=cast, decree=decree, **given) for act, given in acts])
    assert found[1] == found[2]


def test_two_thousand_names_are_decided_in_one_act(cast, draft):
    programme = Programme.objects.get(code="PKH")
    people = make.make_many_beneficiaries(2000)
    make.make_many_candidates(people, programme)
    assert fill(cast, draft).added == 2000
    propose(cast, draft)
    decide(cast, draft)
    assert Participation.objects.filter(state="aktif", active_from=SK_DATE).count() == 2000
    assert Proposal.objects.filter(state="ditetapkan").count() == 2000
    assert Step.objects.filter(kind="kepesertaan", became="aktif").count() == 2000
