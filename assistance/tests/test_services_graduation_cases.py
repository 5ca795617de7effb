"""The way out in phases: who may do what, in which order, and what counts (domain.md 4.4)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from assistance.checklist import items_of
from assistance.models import Graduation, GraduationCase
from assistance.services import graduation_cases as service
from assistance.services.graduations import GraduationEntry, graduation_record
from assistance.tests.entries import TODAY, field_of, rule_of
from assistance.tests.graduating import (
    ASSESSED,
    DECIDED,
    PROPOSED,
    answers,
    assess,
    decide,
    make_family,
    propose,
    run_to_transition,
)
from pilar.core.models import Programme, RegionGrant
from tests import factories as make


@pytest.fixture
def people(cast):
    return make_family()


@pytest.fixture
def companion(people):
    return people.companion


@pytest.fixture
def assignment(people):
    return people.assignment


@pytest.fixture
def family(people):
    return people.family


@pytest.fixture
def in_transition(cast, people):
    return run_to_transition(cast, people)


# --- proposing ----------------------------------------------------------------


def test_only_who_takes_part_or_is_looked_after_is_proposed(cast, assignment):
    stranger, looked_after = make.make_beneficiary(), make.make_beneficiary()
    make.make_caseload(assignment, looked_after, valid_until=PROPOSED)
    assert rule_of(propose, actor=cast.owner, family=stranger) == "graduasi_bukan_peserta"
    assert propose(cast.owner, looked_after).state == "diusulkan"


def test_one_case_at_a_time_and_none_after_a_graduation(cast, family):
    propose(cast.owner, family)
    assert rule_of(propose, actor=cast.owner, family=family) == "graduasi_berjalan"
    other = make.make_beneficiary()
    make.make_graduation(other)
    assert rule_of(propose, actor=cast.owner, family=other) == "graduasi_sekali"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"proposed_on": TODAY + timedelta(days=1)}, "proposed_on"),
        ({"proposed_on": date(1949, 1, 1)}, "proposed_on"),
        ({"kind": "lain"}, "kind"),
        ({"initiative": ""}, "initiative"),
    ],
)
def test_a_proposal_with_a_wrong_field_is_refused(cast, family, changes, field):
    assert field_of(propose, actor=cast.owner, family=family, **changes) == {field}


def test_nobody_proposes_outside_his_area_or_programme(cast, family):
    assert rule_of(propose, actor=cast.neighbour, family=family) == "wewenang"
    RegionGrant.objects.filter(user=cast.owner).update(programmes=[Programme.objects.get(code="YAPI").pk])
    assert rule_of(propose, actor=cast.owner, family=family) == "wewenang"


def test_direct_entry_is_refused_while_a_case_runs(cast, family):
    propose(cast.owner, family)
    entry = GraduationEntry(family, Programme.objects.get(code="PKH"), "mandiri", DECIDED)
    assert rule_of(graduation_record, actor=cast.owner, entry=entry, today=TODAY) == "graduasi_berjalan"


# --- assessing ----------------------------------------------------------------


def test_the_score_is_computed_and_kept_with_its_questions(cast, family, assignment):
    case = assess(cast.owner, propose(cast.owner, family), assignment, answers=answers(rumah="sebagian", siap="tidak"))
    case.refresh_from_db()
    assert (case.score, case.answers["ambang"], case.assessor) == (85, 70, assignment)
    assert sum(row["nilai"] for row in case.answers["butir"]) == 85


@pytest.mark.parametrize("given", [{"rumah": ""}, {"rumah": "mungkin"}, {"mampu_atau_mundur": "sebagian"}, {"x": "ya"}])
def test_an_unanswered_or_unknown_question_is_refused(cast, family, assignment, given):
    case = propose(cast.owner, family)
    assert field_of(assess, actor=cast.owner, case=case, assessor=assignment, answers=answers(**given)) == {"answers"}


def test_every_checklist_sums_to_a_hundred():
    assert {sum(item.weight for item in items_of(kind)) for kind in Graduation.Kind} == {100}


def test_an_assessor_works_there_on_that_day(cast, family):
    case = propose(cast.owner, family)
    elsewhere = make.make_assignment(make.make_person(), region=make.TELUK_SEGARA)
    ended = make.make_assignment(make.make_person(), valid_until=PROPOSED)
    foreign = make.make_assignment(make.make_person(region=make.REJANG_LEBONG), region=make.CURUP)
    for assessor in (elsewhere, ended, foreign):
        assert rule_of(assess, actor=cast.owner, case=case, assessor=assessor) == "penilai"


# --- deciding -----------------------------------------------------------------


def test_the_proposer_does_not_decide_or_reject(cast, family, assignment):
    case = assess(cast.owner, propose(cast.colleague, family), assignment)
    assert rule_of(decide, actor=cast.colleague, case=case) == "empat_mata"
    rejection = {"case": case, "on": DECIDED, "reason": "belum mampu", "today": TODAY}
    assert rule_of(service.case_reject, actor=cast.colleague, **rejection) == "empat_mata"
    assert decide(cast.province, case).decided_by == cast.province


def test_four_eyes_are_held_by_the_database(cast, in_transition):
    with pytest.raises(IntegrityError, match="graduation_four_eyes"), transaction.atomic():
        GraduationCase.objects.filter(pk=in_transition.pk).update(decided_by=cast.owner)


def test_deciding_needs_its_right_and_programme(cast, family, assignment):
    case = assess(cast.owner, propose(cast.owner, family), assignment)
    assert rule_of(decide, actor=cast.clerk, case=case) == "wewenang"
    RegionGrant.objects.filter(user=cast.province).update(programmes=[Programme.objects.get(code="YAPI").pk])
    with pytest.raises(GraduationCase.DoesNotExist):
        decide(cast.province, case)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"on": ASSESSED - timedelta(days=1)}, "on"),
        ({"on": TODAY + timedelta(days=1), "transition_until": TODAY + timedelta(days=90)}, "on"),
        ({"transition_until": None}, "transition_until"),
        ({"transition_until": DECIDED}, "transition_until"),
    ],
)
def test_a_decision_has_its_days_in_order(cast, family, assignment, changes, field):
    case = assess(cast.owner, propose(cast.owner, family), assignment)
    assert field_of(decide, actor=cast.colleague, case=case, **changes) == {field}


def test_a_transition_may_end_in_days_to_come(cast, family, assignment):
    case = assess(cast.owner, propose(cast.owner, family), assignment)
    case = decide(cast.colleague, case, transition_until=TODAY + timedelta(days=90))
    leaving = {"case": case, "on": TODAY, "today": TODAY}
    assert field_of(service.case_leave, actor=cast.owner, **leaving) == {"on"}


def test_below_the_threshold_a_decision_says_why(cast, family, assignment):
    low = dict.fromkeys(("penghasilan", "usaha", "rumah", "siap"), "tidak")
    case = assess(cast.owner, propose(cast.owner, family), assignment, answers=answers(**low))
    assert field_of(decide, actor=cast.colleague, case=case) == {"note"}
    assert decide(cast.colleague, case, note="Keluarga mengundurkan diri tertulis").state == "transisi"


def test_without_its_condition_there_is_no_graduation_of_that_kind(cast, family, assignment):
    case = assess(cast.owner, propose(cast.owner, family), assignment, answers=answers(mampu_atau_mundur="tidak"))
    assert rule_of(decide, actor=cast.colleague, case=case, note="tetap") == "syarat_graduasi"


def test_a_rejection_has_a_reason_and_leaves_nothing_counted(cast, family):
    case = propose(cast.owner, family)
    kwargs = {"actor": cast.colleague, "case": case, "today": TODAY}
    assert field_of(service.case_reject, **kwargs, on=DECIDED, reason=" ") == {"reason"}
    assert field_of(service.case_reject, **kwargs, on=PROPOSED - timedelta(days=1), reason="belum") == {"on"}
    assert service.case_reject(**kwargs, on=DECIDED, reason="belum mampu").state == "ditolak"
    assert not Graduation.objects.exists()
