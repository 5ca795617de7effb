"""The example data: work under way in 2026, for whoever opens these pages first."""

from collections import Counter
from datetime import date

import pytest

from assistance.example.places import KOTA, PROVINCE, REJANG_LEBONG, UTARA
from assistance.example.running_year import YEAR
from personnel.models import AllowanceLine, AllowanceProposal
from targets.gaps import gap_for_decision
from targets.models import BaseFigure, Target, TargetFreeze, TargetStep, WorkPlan, WorkStep
from targets.services.freezes import freezes_on
from targets.sharing import Way

TODAY = date(YEAR, 11, 24)


@pytest.fixture
def parent(example) -> Target:
    return Target.objects.get(year=YEAR, region=PROVINCE)


def test_the_provinces_target_is_shared_out_to_the_ten_with_one_in_each_state(parent):
    below = Target.objects.filter(year=YEAR, person=None).exclude(region=PROVINCE)
    assert sum(below.values_list("value", flat=True)) == parent.value == 2_570
    assert set(below.values_list("source", flat=True)) == {
        f"alokasi dari Provinsi Bengkulu versi 1, cara {Way.CASELOAD.label}"
    }
    sent_back = TargetStep.objects.get(target__in=below, became="draf")
    assert (sent_back.target.region_id, "Kepahiang" in sent_back.note) == (REJANG_LEBONG, True)
    assert Counter(below.values_list("state", flat=True)) == {"draf": 2, "diajukan": 1, "disetujui": 7}


def test_what_is_not_given_out_yet_waits_for_the_ministry(parent):
    gap = gap_for_decision(parent)
    assert parent.state == "diajukan"
    assert (gap.open, gap.drafts, gap.rest_with_drafts) == (True, 2, 0)


def test_every_companion_of_the_city_has_a_target_by_rule(example):
    people = Target.objects.filter(year=YEAR, person__isnull=False)
    assert set(people.values_list("region_id", "state")) == {(KOTA, "disetujui")}
    assert people.count() > 20
    assert all("10 keluarga per orang setahun" in source for source in people.values_list("source", flat=True))


def test_one_kabupaten_is_frozen_with_an_exception_and_the_city_is_not(example):
    exception = TargetFreeze.objects.get().exceptions.get()
    assert freezes_on(YEAR, UTARA, TODAY)
    assert not freezes_on(YEAR, exception.region_id, TODAY)
    assert not freezes_on(YEAR, KOTA, TODAY)


def test_two_plans_are_in_force_and_one_step_is_overdue(example):
    in_force = WorkPlan.objects.in_force().values_list("year_id", "region_id")
    assert set(in_force) == {(2024, KOTA), (YEAR, KOTA), (YEAR, REJANG_LEBONG)}
    late = WorkStep.objects.overdue(on=TODAY)
    assert [step.plan.region_id for step in late] == [REJANG_LEBONG]


def test_a_list_of_tali_asih_waits_with_one_person_left_out(example):
    proposal = AllowanceProposal.objects.get()
    assert (proposal.region_id, proposal.state, proposal.period) == (KOTA, "diajukan", f"{YEAR}-S1")
    states = Counter(proposal.lines.values_list("state", flat=True))
    assert states["tidak_diusulkan"] == 1
    assert states["diusulkan"] >= 1
    assert not AllowanceLine.objects.filter(is_example=False).exists()


def test_every_row_is_marked_or_says_so(parent):
    assert not Target.objects.filter(year=YEAR, is_example=False).exists()
    assert set(BaseFigure.objects.values_list("source", flat=True)) == {"data contoh"}
    assert "data contoh" in TargetFreeze.objects.get().reason
    assert all("(Data contoh.)" in text for text in WorkPlan.objects.values_list("strategy", flat=True))
