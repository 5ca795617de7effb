"""SK penetapan until it is decided: filled, proposed, sent back; each refusal by its sentence (domain.md 3.5, 3.6)."""

from datetime import date

import pytest

from assistance.models import EligibilityRule, Participation, Proposal
from assistance.services import decrees as service
from assistance.services.participation import candidate_enrol
from assistance.tests.deciding import SK_DATE, candidate, entry, fill, history, propose, proposed_decree, send_back
from assistance.tests.entries import TODAY, field_of, rule_of
from pilar.core.errors import Refusal
from pilar.core.models import AuditEvent, Programme, Region
from pilar.core.scoping import scope_transaction
from tests import factories as make


@pytest.fixture
def draft(cast):
    return make.make_decree(programme="PKH")


@pytest.fixture
def proposed(cast):
    return proposed_decree(cast)


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
