"""Tali asih as services: four eyes, who decides at which level, and the bank's answer."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from personnel.models import AllowanceProposal, AllowanceStep
from personnel.services import allowance_lines as lines
from personnel.services import allowances as service
from personnel.tests.entitled import TODAY, filled, line_of, member, rule
from pilar.core.models import Pillar, RegionGrant


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


def test_the_province_does_not_take_back_what_the_ministry_holds(cast, forwarded):
    call = lambda: service.allowance_send_back(  # noqa: E731
        actor=cast.province, proposal=forwarded, note="Tarik", today=TODAY
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
