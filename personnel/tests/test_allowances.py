"""Tali asih as services: who is entitled, and that nobody is left out by silence."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from personnel.models import AllowanceLine, AllowanceStep
from personnel.services import allowance_lines as lines
from personnel.services import allowances as service
from personnel.services.employment import employment_change
from personnel.tests.entitled import TODAY, filled, line_of, member, rule
from pilar.core.errors import Refusal
from pilar.core.models import AuditEvent, Pillar, Region
from tests import factories as make

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
