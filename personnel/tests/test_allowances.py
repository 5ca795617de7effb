"""Tali asih as services: who is entitled, that nobody is left out by silence, four eyes, who decides."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from personnel.models import AllowanceLine, AllowanceProposal, AllowanceStep
from personnel.services import allowance_lines as lines
from personnel.services import allowances as service
from personnel.services.employment import employment_change
from pilar.core.errors import Refusal
from pilar.core.models import AuditEvent, Pillar, Region, RegionGrant
from tests import factories as make

TODAY = date(2024, 7, 10)


def member(name: str = "Budi", **fields):
    person = make.make_person(name=name, **{k: fields.pop(k) for k in ("employment", "region") if k in fields})
    make.make_assignment(person, pillar="TAGANA", **fields)
    return person


def entry(**changes) -> service.AllowanceEntry:
    given = {
        "pillar": Pillar.objects.get(code="TAGANA"),
        "region": Region.objects.get(pk=make.KOTA),
        "period": "2024-S1",
        "funding": "apbn",
    }
    return service.AllowanceEntry(**given | changes)


def filled(actor, **changes) -> AllowanceProposal:
    proposal = service.allowance_create(actor=actor, entry=entry(**changes), today=TODAY)
    service.allowance_fill(actor=actor, proposal=proposal, today=TODAY)
    return proposal


def line_of(person, proposal=None) -> AllowanceLine:
    rows = AllowanceLine.objects.filter(person=person)
    return (rows.filter(proposal=proposal) if proposal else rows).get()


def rule(call) -> str:
    with pytest.raises(Refusal) as refused, transaction.atomic():
        call()
    return refused.value.rule


@pytest.fixture
def proposed(cast):
    member()
    proposal = filled(cast.owner)
    lines.lines_propose(actor=cast.owner, proposal=proposal, today=TODAY)
    return service.allowance_propose(actor=cast.owner, proposal=proposal, today=TODAY)


@pytest.fixture
def forwarded(cast, proposed):
    return service.allowance_forward(actor=cast.province, proposal=proposed, today=TODAY)


@pytest.fixture
def approved(cast, forwarded):
    return service.allowance_approve(actor=cast.staff, proposal=forwarded, today=TODAY)


# --- who is entitled ---------------------------------------------------------


def test_everybody_active_in_the_semester_is_on_the_list_with_months_and_amount(cast):
    whole, late = member("Enam"), member("Dua", valid_from=date(2024, 5, 3))
    gone = member("Pergi", valid_until=date(2024, 2, 29), end_reason="mundur")
    member("Dahulu", valid_until=date(2023, 12, 31), end_reason="mundur")
    make.make_assignment(make.make_person(name="Pilar lain"))
    filled(cast.owner)
    assert {line.person_id: (line.months, line.amount) for line in AllowanceLine.objects.all()} == {
        whole.pk: (6, 1_500_000), late.pk: (2, 500_000), gone.pk: (2, 500_000),
    }  # fmt: skip
    assert set(AllowanceLine.objects.values_list("state", flat=True)) == {"belum"}


def test_a_pppk_is_not_applicable_and_not_an_omission(cast):
    person = member(employment="pppk")
    filled(cast.owner)
    line = line_of(person)
    assert (line.state, line.reason, line.amount) == ("tidak_berlaku", "status_kepegawaian", 0)


def test_a_pppk_is_paid_for_the_months_before_his_date(cast):
    person = member()
    employment_change(actor=cast.owner, person=person, became="pppk", on=date(2024, 4, 1), today=TODAY)
    filled(cast.owner)
    line = line_of(person)
    assert (line.state, line.months, line.amount) == ("belum", 3, 750_000)


def test_the_eligible_statuses_are_a_setting(cast, settings):
    settings.ALLOWANCE_EMPLOYMENT = ["relawan", "pppk"]
    person = member(employment="pppk")
    filled(cast.owner)
    assert line_of(person).state == "belum"


def test_somebody_who_left_before_any_month_ended_is_named_with_the_reason(cast):
    person = member(valid_from=date(2024, 3, 2), valid_until=date(2024, 3, 20), end_reason="pindah")
    filled(cast.owner)
    assert (line_of(person).state, line_of(person).reason) == ("tidak_berlaku", "tanpa_bulan")


def test_a_mover_counts_in_each_kabupaten_for_his_own_months(cast):
    person = member(valid_until=date(2024, 2, 29), end_reason="pindah")
    make.make_assignment(person, pillar="TAGANA", region=make.CURUP, valid_from=date(2024, 3, 1))
    here = filled(cast.province)
    there = filled(cast.province, region=Region.objects.get(pk=make.REJANG_LEBONG))
    assert (line_of(person, here).months, line_of(person, there).months) == (2, 4)


def test_a_pillar_without_an_amount_has_no_list(cast):
    tksk = Pillar.objects.get(code="TKSK")
    assert rule(lambda: filled(cast.owner, pillar=tksk)) == "besaran_belum_ada"


def test_pordam_has_its_amount_only_where_the_source_says(cast):
    pordam, java = Pillar.objects.get(code="PORDAM"), Region.objects.get(pk=3273000000)
    make.make_assignment(make.make_person(), pillar="PORDAM")
    filled(cast.owner, pillar=pordam)
    assert AllowanceLine.objects.get().amount == 900_000
    assert rule(lambda: filled(cast.staff, pillar=pordam, region=java)) == "besaran_belum_ada"


def test_filling_again_adds_newcomers_and_keeps_decisions(cast):
    person = member()
    proposal = filled(cast.owner)
    lines.line_leave_out(actor=cast.owner, line=line_of(person), reason="sanksi", today=TODAY)
    new = member("Baru")
    done = service.allowance_fill(actor=cast.owner, proposal=proposal, today=TODAY)
    assert (done.added, done.changed) == (1, 0)
    assert (line_of(person).state, line_of(new).state) == ("tidak_diusulkan", "belum")


def test_a_person_who_becomes_pppk_is_corrected_when_filled_again(cast):
    person = member()
    proposal = filled(cast.owner)
    employment_change(actor=cast.owner, person=person, became="pppk", on=date(2024, 1, 1), today=TODAY)
    service.allowance_fill(actor=cast.owner, proposal=proposal, today=TODAY)
    assert line_of(person).state == "tidak_berlaku"
    assert list(AllowanceStep.objects.filter(line=line_of(person)).order_by("id").values_list("became", flat=True)) == [
        "belum", "tidak_berlaku",
    ]  # fmt: skip


# --- nobody is left out by silence -------------------------------------------


def test_proposing_is_refused_while_anybody_is_undecided(cast):
    member()
    proposal = filled(cast.owner)
    with pytest.raises(Refusal, match="1 orang yang berhak belum diputuskan"):
        service.allowance_propose(actor=cast.owner, proposal=proposal, today=TODAY)


def test_proposing_is_refused_while_an_eligible_person_is_missing(cast):
    member()
    proposal = filled(cast.owner)
    lines.lines_propose(actor=cast.owner, proposal=proposal, today=TODAY)
    member("Terlewat")
    call = lambda: service.allowance_propose(actor=cast.owner, proposal=proposal, today=TODAY)  # noqa: E731
    assert rule(call) == "daftar_tidak_lengkap"


def test_leaving_out_says_by_whom_when_and_why(cast):
    person = member()
    filled(cast.owner)
    lines.line_leave_out(actor=cast.owner, line=line_of(person), reason="tanpa_laporan", note="Tiga bulan", today=TODAY)
    line = line_of(person)
    assert (line.state, line.reason, line.note) == ("tidak_diusulkan", "tanpa_laporan", "Tiga bulan")
    assert (line.acted_by_name, line.office, line.acted_on) == ("Owner", "Dinas Sosial Kota Bengkulu", TODAY)
    step = AllowanceStep.objects.get(became="tidak_diusulkan")
    assert (step.was, step.actor_id, step.reason) == ("belum", cast.owner.pk, "tanpa_laporan")
    assert AuditEvent.objects.filter(summary__contains="tidak diusulkan").exists()


@pytest.mark.parametrize(("reason", "note"), [("", ""), ("bosan", ""), ("lain", " ")])
def test_leaving_out_without_a_reason_is_refused(cast, reason, note):
    person = member()
    filled(cast.owner)
    with pytest.raises(ValidationError):
        lines.line_leave_out(actor=cast.owner, line=line_of(person), reason=reason, note=note, today=TODAY)


def test_the_database_holds_that_an_omission_is_signed(cast):
    person = member()
    filled(cast.owner)
    with pytest.raises(IntegrityError, match="allowance_omission_is_signed"), transaction.atomic():
        AllowanceLine.objects.filter(person=person).update(state="tidak_diusulkan")


def test_a_list_on_which_nobody_is_proposed_is_not_sent(cast):
    person = member()
    proposal = filled(cast.owner)
    lines.line_leave_out(actor=cast.owner, line=line_of(person), reason="kuota", today=TODAY)
    assert rule(lambda: service.allowance_propose(actor=cast.owner, proposal=proposal, today=TODAY)) == "daftar_kosong"


def test_one_list_for_pillar_region_semester_and_funding(cast):
    filled(cast.owner)
    with pytest.raises(ValidationError, match="sudah ada"):
        filled(cast.owner)
    filled(cast.owner, funding="apbd_kab")


def test_one_line_for_a_person(cast):
    person = member()
    filled(cast.owner)
    line = line_of(person)
    line.pk = None
    with pytest.raises(IntegrityError, match="allowance_one_line"), transaction.atomic():
        line.save(force_insert=True)


@pytest.mark.parametrize("wrong", [{"period": "2024-S3"}, {"period": "2042-S1"}, {"region": make.SELEBAR}])
def test_a_list_with_wrong_fields_is_refused(cast, wrong):
    if "region" in wrong:
        wrong = {"region": Region.objects.get(pk=wrong["region"])}
    with pytest.raises(ValidationError) as refused:
        filled(cast.owner, **wrong)
    assert set(refused.value.message_dict) == set(wrong)


# --- kab -> prov -> Kemensos -> bank -----------------------------------------


def test_the_list_goes_from_kab_to_prov_to_kemensos(approved):
    became = AllowanceStep.objects.filter(line=None).order_by("id").values_list("became", flat=True)
    assert list(became) == ["disusun", "diajukan", "diteruskan", "disetujui"]


def test_the_proposer_neither_forwards_nor_approves(cast, forwarded):
    AllowanceProposal.objects.update(proposed_by=cast.staff)
    call = lambda: service.allowance_approve(actor=cast.staff, proposal=forwarded, today=TODAY)  # noqa: E731
    assert rule(call) == "empat_mata"
    with pytest.raises(IntegrityError, match="allowance_four_eyes"), transaction.atomic():
        AllowanceProposal.objects.update(decided_by=cast.staff)


def test_who_forwards_does_not_approve(cast, forwarded):
    with pytest.raises(IntegrityError, match="allowance_decider_is_not_endorser"), transaction.atomic():
        AllowanceProposal.objects.update(decided_by=cast.province)


def test_a_list_of_the_state_budget_passes_the_province(cast, proposed):
    call = lambda: service.allowance_approve(actor=cast.staff, proposal=proposed, today=TODAY)  # noqa: E731
    assert rule(call) == "lewat_provinsi"


def test_the_level_that_funds_approves(cast, forwarded):
    call = lambda: service.allowance_approve(actor=cast.colleague, proposal=forwarded, today=TODAY)  # noqa: E731
    assert rule(call) == "tingkat_pendana"


def test_only_the_province_forwards(cast, proposed):
    call = lambda: service.allowance_forward(actor=cast.colleague, proposal=proposed, today=TODAY)  # noqa: E731
    assert rule(call) == "tingkat_provinsi"


def test_the_kabupatens_own_money_is_approved_there_by_another_officer(cast):
    member()
    proposal = filled(cast.owner, funding="apbd_kab")
    lines.lines_propose(actor=cast.owner, proposal=proposal, today=TODAY)
    proposal = service.allowance_propose(actor=cast.owner, proposal=proposal, today=TODAY)
    call = lambda: service.allowance_forward(actor=cast.province, proposal=proposal, today=TODAY)  # noqa: E731
    assert rule(call) == "tingkat_pendana"
    assert service.allowance_approve(actor=cast.colleague, proposal=proposal, today=TODAY).state == "disetujui"


def test_sent_back_it_is_a_draft_again_with_the_note(cast, forwarded):
    with pytest.raises(ValidationError):
        service.allowance_send_back(actor=cast.staff, proposal=forwarded, note=" ", today=TODAY)
    back = service.allowance_send_back(actor=cast.staff, proposal=forwarded, note="NIA keliru", today=TODAY)
    assert (back.state, back.note, back.proposed_by, back.forwarded_by) == ("disusun", "NIA keliru", None, None)


def test_a_stranger_to_the_list_does_not_send_it_back(cast, forwarded):
    call = lambda: service.allowance_send_back(  # noqa: E731
        actor=cast.owner, proposal=forwarded, note="Tarik", today=TODAY
    )
    assert rule(call) == "tingkat_pendana"


def test_a_person_is_rejected_at_the_level_that_holds_the_list(cast, proposed):
    person = proposed.lines.get().person
    call = lambda: lines.line_reject(actor=cast.owner, line=line_of(person), reason="kuota", today=TODAY)  # noqa: E731
    assert rule(call) == "empat_mata"
    lines.line_reject(actor=cast.province, line=line_of(person), reason="data_ganda", today=TODAY)
    line = line_of(person)
    assert (line.state, line.reason, line.office) == ("ditolak", "data_ganda", "Dinas Sosial Provinsi Bengkulu")


def test_a_proposed_list_is_not_changed(cast, proposed):
    call = lambda: lines.line_leave_out(  # noqa: E731
        actor=cast.owner, line=proposed.lines.get(), reason="kuota", today=TODAY
    )
    assert rule(call) == "daftar_terkunci"


def test_the_banks_answer_closes_the_list(cast, approved):
    assert lines.lines_pay(actor=cast.owner, proposal=approved, on=TODAY, today=TODAY) == 1
    approved.refresh_from_db()
    assert (approved.state, approved.lines.get().paid_on) == ("dibayar", TODAY)


def test_a_failed_payment_is_paid_later(cast, approved):
    line = approved.lines.get()
    lines.line_fail(actor=cast.owner, line=line, reason="rekening_tutup", today=TODAY)
    line.refresh_from_db()
    assert (line.state, AllowanceProposal.objects.get().state) == ("gagal_bayar", "dibayar")
    lines.line_pay(actor=cast.owner, line=line, on=date(2024, 7, 20), today=date(2024, 7, 21))
    line.refresh_from_db()
    assert (line.state, line.reason, line.paid_on) == ("dibayar", "", date(2024, 7, 20))


def test_nothing_is_paid_before_the_decision(cast, forwarded):
    call = lambda: lines.lines_pay(actor=cast.owner, proposal=forwarded, on=TODAY, today=TODAY)  # noqa: E731
    assert rule(call) == "belum_disetujui"


@pytest.mark.parametrize("day", [date(2024, 7, 9), date(2024, 7, 11)])
def test_a_payment_lies_between_the_decision_and_today(cast, approved, day):
    with pytest.raises(ValidationError):
        lines.lines_pay(actor=cast.owner, proposal=approved, on=day, today=TODAY)


def test_another_pillars_officer_makes_no_list(cast):
    RegionGrant.objects.filter(user=cast.owner).update(pillars=[Pillar.objects.get(code="TKSK").pk])
    assert rule(lambda: filled(cast.owner)) == "wewenang"
