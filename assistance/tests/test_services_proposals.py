"""Usulan: who may be proposed, withdrawn and assigned, and every refusal."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assistance.models import Participation, Proposal, Step
from assistance.services.participation import candidate_enrol
from assistance.services.proposals import (
    ProposalEntry,
    proposal_assign,
    proposal_create,
    proposal_withdraw,
    unsettled,
)
from assistance.tests.entries import field_of, rule_of
from pilar.core.errors import Refusal
from pilar.core.models import AuditEvent, Programme, RegionGrant, TargetGroup
from tests import factories as make

TODAY = date(2026, 11, 24)
MINUTES = date(2026, 11, 2)


def entry_of(person, *, programme: str = "PERMAKANAN", group: int = 3, **changes) -> ProposalEntry:
    entry = ProposalEntry(
        beneficiary=person,
        programme=Programme.objects.get(code=programme),
        group=TargetGroup.objects.get(pk=group),
        minutes_number="BA/04/2026",
        minutes_date=MINUTES,
        proposed_on=date(2026, 11, 5),
    )
    return replace(entry, **changes)


def propose(actor, person, **changes) -> Proposal:
    return proposal_create(actor=actor, entry=entry_of(person, **changes), today=TODAY)


def rule(actor, person, **changes) -> str:
    return rule_of(proposal_create, actor=actor, entry=entry_of(person, **changes), today=TODAY)


def fields(actor, person, **changes) -> set[str]:
    return field_of(proposal_create, actor=actor, entry=entry_of(person, **changes), today=TODAY)


@pytest.fixture
def elder(land):
    return make.make_beneficiary(groups=[3])


@pytest.fixture
def companion(land):
    """Works in Selebar."""
    return make.make_assignment(make.make_person(name="Desi"), pillar="TKSK", region=make.SELEBAR)


def waiting(person=None, **fields) -> Proposal:
    person = person or make.make_beneficiary(groups=[3])
    return make.make_proposal(person, programme="PERMAKANAN", group=3, state="diajukan", **fields)


# --- proposing -------------------------------------------------------------


def test_a_proposal_keeps_minutes_place_and_proposer(cast, elder):
    made = Proposal.objects.get(pk=propose(cast.owner, elder).pk)
    assert (made.state, made.region_id, made.proposed_by) == ("diajukan", make.SELEBAR, cast.owner)
    assert (made.minutes_number, made.minutes_date) == ("BA/04/2026", MINUTES)
    step = Step.objects.get(kind="usulan", object_id=made.pk)
    assert (step.was, step.became, step.on, step.beneficiary_id) == ("", "diajukan", date(2026, 11, 5), elder.pk)
    assert AuditEvent.objects.filter(object_type="assistance.proposal", object_id=str(made.pk)).count() == 1


def test_what_nobody_recorded_does_not_stop_a_proposal_but_is_named(cast, elder):
    made = propose(cast.owner, elder)
    assert [(hit.rule, hit.missing) for hit in unsettled(made, TODAY)] == [("keadaan", True)]


def test_a_second_open_proposal_is_refused(cast, elder):
    propose(cast.owner, elder)
    assert rule(cast.owner, elder) == "usulan_ganda"


def test_a_finished_proposal_leaves_room_for_another(cast, elder):
    make.make_proposal(elder, programme="PERMAKANAN", group=3, state="tidak_layak", reason="mampu")
    assert propose(cast.owner, elder).pk


def test_an_open_proposal_that_the_actor_cannot_see_is_refused_too(cast, elder):
    make.make_proposal(elder, programme="PERMAKANAN", group=2, state="diajukan", region=make.CURUP)
    assert rule(cast.clerk, elder) == "usulan_ganda"


@pytest.mark.parametrize("state", ["calon", "aktif", "ditangguhkan"])
def test_whoever_takes_part_already_is_refused(cast, elder, state):
    make.make_participation(elder, programme="PERMAKANAN", group=3, state=state)
    assert rule(cast.owner, elder) == "peserta_ganda"


def test_permakanan_for_a_pkh_recipient_is_refused(cast, elder):
    make.make_participation(elder, programme="PKH")
    with pytest.raises(Refusal, match=r"Masih menerima PKH.*Pilih salah satu"):
        propose(cast.owner, elder)


def test_the_dead_are_not_proposed_even_after_the_fact(cast, elder):
    make.make_circumstance(elder, "meninggal", "ya", on=date(2026, 11, 20))
    assert rule(cast.owner, elder) == "meninggal"


def test_a_pillar_member_is_not_proposed(cast, elder, companion):
    companion.person.nik_index, companion.person.nik_cipher = elder.nik_index, elder.nik_cipher
    companion.person.save()
    assert rule(cast.owner, elder) == "sdm_kesos"


def test_a_child_grown_up_is_not_proposed_for_yapi(cast):
    grown = make.make_beneficiary(birth_date=date(2008, 11, 5))
    assert rule(cast.owner, grown, programme="YAPI", group=1) == "umur_maks"


def test_whoever_was_there_before_needs_a_reason(cast, elder):
    make.make_participation(
        elder, programme="PERMAKANAN", group=3, state="berakhir", active_from=date(2025, 1, 1),
        ended_on=date(2025, 12, 31),
    )  # fmt: skip
    assert fields(cast.owner, elder) == {"reentry_reason"}
    made = propose(cast.owner, elder, reentry_reason="Kembali tinggal sendiri.")
    assert made.reentry_reason == "Kembali tinggal sendiri."


def test_whoever_graduated_comes_back_with_a_reason(cast):
    family = make.make_beneficiary()
    make.make_circumstance(family, "desil", "2")
    make.make_graduation(family, on=date(2026, 3, 1))
    assert fields(cast.owner, family, programme="PKH", group=12) == {"reentry_reason"}
    assert propose(cast.owner, family, programme="PKH", group=12, reentry_reason="Terkena PHK.").pk


def test_a_reason_for_coming_back_is_for_returners_only(cast, elder):
    assert fields(cast.owner, elder, reentry_reason="Salah isi") == {"reentry_reason"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"minutes_number": "  "}, "minutes_number"),
        ({"minutes_date": date(2026, 12, 1)}, "minutes_date"),
        ({"proposed_on": date(2026, 11, 1)}, "proposed_on"),
        ({"proposed_on": date(2026, 11, 25)}, "proposed_on"),
        ({"group": 202}, "group"),
    ],
)
def test_a_wrong_field_is_named(cast, elder, changes, field):
    assert fields(cast.owner, elder, **changes) == {field}


@pytest.mark.parametrize("who", ["neighbour", "auditor"])
def test_a_foreign_office_proposes_nobody(cast, elder, who):
    actor = getattr(cast, who)
    assert rule(actor, elder) in ("wewenang", "penerima_tidak_ada")


def test_a_grant_for_another_programme_does_not_propose(cast, elder):
    RegionGrant.objects.filter(user=cast.owner).update(programmes=[4])
    assert rule(cast.owner, elder) == "wewenang"


def test_a_sensitive_group_needs_the_right(cast, elder):
    assert rule(cast.clerk, elder, group=2) == "data_pribadi"


# --- withdrawing -----------------------------------------------------------


def test_a_withdrawn_proposal_says_why(cast):
    proposal = waiting()
    proposal_withdraw(actor=cast.owner, proposal=proposal, note="Salah orang.", today=TODAY)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.note) == ("ditarik", "Salah orang.")
    step = Step.objects.get(kind="usulan", object_id=proposal.pk)
    assert (step.was, step.became, step.note) == ("diajukan", "ditarik", "Salah orang.")


def test_without_a_reason_nothing_is_withdrawn(cast):
    assert field_of(proposal_withdraw, actor=cast.owner, proposal=waiting(), note=" ", today=TODAY) == {"note"}


@pytest.mark.parametrize("state", ["tidak_layak", "ditetapkan", "ditarik"])
def test_a_finished_proposal_is_not_withdrawn(cast, state):
    proposal = make.make_proposal(make.make_beneficiary(), state=state, reason="mampu")
    assert rule_of(proposal_withdraw, actor=cast.owner, proposal=proposal, note="x", today=TODAY) == "urutan_keadaan"


def test_the_candidate_ends_with_his_proposal(cast):
    proposal = make.make_proposal(make.make_beneficiary(), state="layak")
    candidate_enrol(actor=cast.owner, proposal=proposal, on=date(2026, 11, 10))
    proposal_withdraw(actor=cast.owner, proposal=proposal, note="Pindah.", today=TODAY)
    assert Participation.objects.get().state == "berakhir"
    assert list(Step.objects.filter(kind="usulan").values_list("was", "became")) == [("layak", "ditarik")]


def test_a_name_in_an_sk_is_taken_out_there_first(cast):
    proposal = make.make_proposal(make.make_beneficiary(), state="layak")
    candidate = candidate_enrol(actor=cast.owner, proposal=proposal, on=date(2026, 11, 10))
    Participation.objects.filter(pk=candidate.pk).update(decree=make.make_decree())
    assert rule_of(proposal_withdraw, actor=cast.owner, proposal=proposal, note="x", today=TODAY) == "usulan_dalam_sk"


def test_a_neighbour_withdraws_nothing(cast):
    assert rule_of(proposal_withdraw, actor=cast.neighbour, proposal=waiting(), note="x", today=TODAY) == "wewenang"


# --- naming who checks -----------------------------------------------------


def assign(actor, companion, *rows) -> int:
    return proposal_assign(actor=actor, proposals=[row.pk for row in rows], assignment=companion, today=TODAY)


def refused(actor, companion, *rows) -> str:
    ids = [row.pk for row in rows]
    return rule_of(proposal_assign, actor=actor, proposals=ids, assignment=companion, today=TODAY)


def test_several_proposals_get_one_companion_at_once(cast, companion):
    rows = [waiting(), waiting()]
    assert assign(cast.owner, companion, *rows) == 2
    assert set(Proposal.objects.values_list("assigned_to", "version")) == {(companion.pk, 2)}
    assert AuditEvent.objects.filter(summary__contains="Petugas verval Desi untuk 2 usulan").count() == 1


def test_an_area_that_does_not_cover_the_home_is_refused(cast, companion):
    near, far = waiting(), waiting(make.make_beneficiary(name="Umar Jauh", region=make.TELUK_SEGARA))
    with pytest.raises(Refusal, match="Desi bertugas di Selebar, yang tidak mencakup tempat tinggal Umar Jauh"):
        assign(cast.owner, companion, near, far)
    assert not Proposal.objects.filter(assigned_to__isnull=False).exists()


def test_only_proposals_that_wait_are_assigned(cast, companion):
    done = make.make_proposal(make.make_beneficiary(), state="layak")
    assert refused(cast.owner, companion, waiting(), done) == "urutan_keadaan"


def test_an_ended_assignment_checks_nobody(cast):
    ended = make.make_assignment(make.make_person(), valid_until=date(2026, 11, 23))
    assert refused(cast.owner, ended, waiting()) == "petugas_tidak_bertugas"


def test_a_foreign_companion_or_proposal_is_unknown(cast, companion):
    foreign = make.make_assignment(make.make_person(region=make.REJANG_LEBONG), region=make.CURUP)
    assert refused(cast.owner, foreign, waiting()) == "petugas_tidak_ada"
    there = waiting(make.make_beneficiary(region=make.CURUP))
    assert refused(cast.owner, companion, waiting(), there) == "usulan_tidak_ada"
    assert refused(cast.auditor, companion, there) == "wewenang"


def test_nothing_chosen_is_said(cast, companion):
    assert refused(cast.owner, companion) == "tanpa_pilihan"


def test_assigning_costs_the_same_for_two_and_for_forty(cast, companion):
    def cost(count: int) -> int:
        rows = [waiting() for _ in range(count)]
        with CaptureQueriesContext(connection) as queries:
            assign(cast.owner, companion, *rows)
        return len(queries)

    cost(1)  # the reach of the actor is worked out once
    assert cost(2) == cost(40)
