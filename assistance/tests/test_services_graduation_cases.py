"""The way out in phases: who may do what, in which order, and what counts (domain.md 4.4)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from assistance.checklist import items_of
from assistance.models import Graduation, GraduationCase, Participation, Step
from assistance.services import graduation_cases as service
from assistance.services.graduation_cases import CaseEntry, case_propose
from assistance.services.graduations import GraduationEntry, graduation_cancel, graduation_record
from assistance.tests.entries import TODAY, field_of, rule_of
from pilar.core.errors import Refusal
from pilar.core.models import AuditEvent, Programme, RegionGrant
from pilar.core.scoping import scope_transaction
from targets import achievement
from targets.engine.drain import drain_all
from targets.models import Indicator
from tests import factories as make

PROPOSED, ASSESSED, DECIDED = date(2024, 3, 1), date(2024, 4, 2), date(2024, 5, 10)
UNTIL, LEFT = date(2024, 8, 10), date(2024, 8, 12)


def answers(kind: str = "mandiri", **changes) -> dict[str, str]:
    return {item.code: "ya" for item in items_of(kind)} | changes


@pytest.fixture
def companion(cast):
    return make.make_person(name="Pendamping Desi")


@pytest.fixture
def assignment(companion):
    return make.make_assignment(companion, pillar="PKH")


@pytest.fixture
def family(assignment):
    """Looked after, and taking part since 2023."""
    family = make.make_beneficiary(name="Keluarga Umar")
    make.make_caseload(assignment, family)
    make.make_participation(family, programme="PKH")
    return family


def propose(actor, family, **changes) -> GraduationCase:
    fields = {
        "programme": Programme.objects.get(code="PKH"), "kind": "mandiri", "initiative": "keluarga",
        "proposed_on": PROPOSED,
    }  # fmt: skip
    return case_propose(actor=actor, entry=CaseEntry(beneficiary=family, **{**fields, **changes}), today=TODAY)


def assess(actor, case, assessor, **changes) -> GraduationCase:
    fields = {"on": ASSESSED, "answers": answers(case.kind), **changes}
    return service.case_assess(actor=actor, case=case, assessor=assessor, today=TODAY, **fields)


def decide(actor, case, **changes) -> GraduationCase:
    fields = {"on": DECIDED, "transition_until": UNTIL, "note": "", **changes}
    return service.case_decide(actor=actor, case=case, today=TODAY, **fields)


@pytest.fixture
def in_transition(cast, family, assignment):
    return decide(cast.colleague, assess(cast.owner, propose(cast.owner, family), assignment))


def personal_figure(cast, companion) -> int:
    drain_all()
    found = achievement.personal(cast.owner, year=2024, person=companion, today=TODAY)
    return next((f.realised for f in found if f.indicator.code == "GRADUASI"), 0)


def regional_figure(cast, month: int = 0) -> int:
    drain_all()
    indicator = Indicator.objects.get(code="GRADUASI")
    programme = Programme.objects.get(code="PKH").pk
    found = achievement.figures(cast.owner, year=2024, region=make.KOTA, today=TODAY, only=[indicator])
    return next(f.realised for f in found if f.breakdown == programme)


# --- what counts --------------------------------------------------------------


def test_a_family_counts_once_at_the_decision_for_the_companion_of_that_day(cast, family, companion, assignment):
    later = make.make_person(name="Pendamping Baru")
    case = propose(cast.owner, family)
    assert (personal_figure(cast, companion), regional_figure(cast)) == (0, 0)
    case = assess(cast.owner, case, assignment)
    assert (personal_figure(cast, companion), regional_figure(cast)) == (0, 0)
    case = decide(cast.colleague, case)
    assert (personal_figure(cast, companion), regional_figure(cast)) == (1, 1)
    assert (case.graduation.decided_on, case.graduation.credited_to) == (DECIDED, companion)
    assignment.caseload.update(valid_until=DECIDED)
    make.make_caseload(make.make_assignment(later, pillar="PKH"), family, valid_from=DECIDED + timedelta(days=1))
    service.case_leave(actor=cast.owner, case=case, on=LEFT, today=TODAY)
    assert (personal_figure(cast, companion), personal_figure(cast, later), regional_figure(cast)) == (1, 0, 1)
    assert Graduation.objects.get().decided_on == DECIDED


def test_cancelled_in_transition_it_counts_no_more_and_the_family_stays(cast, family, companion, in_transition):
    assert (personal_figure(cast, companion), regional_figure(cast)) == (1, 1)
    case = service.case_cancel(
        actor=cast.colleague, case=in_transition, on=date(2024, 6, 1), reason="penghasilan hilang", today=TODAY
    )
    assert (personal_figure(cast, companion), regional_figure(cast)) == (0, 0)
    assert (case.state, Graduation.objects.get().cancelled_on) == ("batal", date(2024, 6, 1))
    assert Participation.objects.get().state == "aktif"
    again = propose(cast.owner, family, proposed_on=date(2024, 7, 1))
    assert again.state == "diusulkan"


def test_leaving_ends_the_participation_with_its_reason(cast, family, in_transition):
    case = service.case_leave(actor=cast.owner, case=in_transition, on=LEFT, today=TODAY)
    assert (case.state, case.left_on) == ("keluar", LEFT)
    participation = Participation.objects.get()
    assert (participation.state, participation.ended_on, participation.reason) == ("berakhir", LEFT, "graduasi")
    assert rule_of(propose, actor=cast.owner, family=family) == "graduasi_sekali"


def test_a_family_without_companion_is_credited_to_nobody(cast, assignment):
    family = make.make_beneficiary()
    make.make_participation(family, programme="PKH")
    case = decide(cast.colleague, assess(cast.owner, propose(cast.owner, family), assignment))
    assert case.graduation.credited_to is None


@pytest.mark.parametrize(
    ("kind", "counts"), [("alamiah", True), ("mandiri", True), ("paksa", False), ("sistem", False)]
)
def test_which_kinds_count_is_kept_with_the_decision(cast, family, assignment, kind, counts):
    case = decide(cast.colleague, assess(cast.owner, propose(cast.owner, family, kind=kind), assignment))
    assert case.graduation.counts is counts


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


# --- order, transition, traces ------------------------------------------------


def test_a_skipped_step_is_refused_with_the_machines_sentence(cast, family, assignment):
    case = propose(cast.owner, family)
    with pytest.raises(Refusal) as caught:
        decide(cast.colleague, case)
    assert str(caught.value).startswith(
        "Proses graduasi Keluarga Umar tidak bisa menjadi “diputuskan, dalam masa transisi”: "
        "sekarang “diusulkan, menunggu asesmen”. Langkah ini hanya sesudah “dinilai, menunggu keputusan”."
    )
    kwargs = {"case": case, "on": DECIDED, "today": TODAY}
    assert rule_of(service.case_leave, actor=cast.owner, **kwargs) == "urutan_keadaan"
    assert rule_of(service.case_cancel, actor=cast.colleague, reason="x", **kwargs) == "urutan_keadaan"
    case = assess(cast.owner, case, assignment)
    assert rule_of(assess, actor=cast.owner, case=case, assessor=assignment) == "urutan_keadaan"


@pytest.mark.parametrize("on", [DECIDED - timedelta(days=1), UNTIL + timedelta(days=1), TODAY + timedelta(days=1)])
def test_a_cancellation_lies_in_the_transition(cast, in_transition, on):
    kwargs = {"actor": cast.colleague, "case": in_transition, "on": on, "reason": "x", "today": TODAY}
    assert field_of(service.case_cancel, **kwargs) == {"on"}


def test_a_cancellation_is_a_decision_with_a_reason(cast, in_transition):
    kwargs = {"case": in_transition, "on": DECIDED, "today": TODAY}
    assert rule_of(service.case_cancel, actor=cast.owner, reason="x", **kwargs) == "wewenang"
    assert field_of(service.case_cancel, actor=cast.colleague, reason="", **kwargs) == {"reason"}


def test_nobody_leaves_before_the_transition_ends(cast, in_transition):
    kwargs = {"actor": cast.owner, "case": in_transition, "today": TODAY}
    assert field_of(service.case_leave, **kwargs, on=UNTIL - timedelta(days=1)) == {"on"}


def test_the_graduation_of_a_running_case_is_cancelled_in_its_case(cast, in_transition):
    kwargs = {"actor": cast.owner, "on": DECIDED, "reason": "keliru", "today": TODAY}
    assert rule_of(graduation_cancel, graduation=in_transition.graduation, **kwargs) == "graduasi_berjalan"


def test_a_participation_of_a_hidden_group_is_not_left_running(cast, assignment):
    family = make.make_beneficiary()
    make.make_participation(family, programme="PKH", group=7)
    case = decide(cast.colleague, assess(cast.owner, propose(cast.owner, family), assignment))
    with scope_transaction(cast.clerk):
        assert rule_of(service.case_leave, actor=cast.clerk, case=case, on=LEFT, today=TODAY) == "data_pribadi"
    case.refresh_from_db()
    assert case.state == "transisi"


def test_every_step_leaves_its_history_and_audit_rows(cast, in_transition):
    service.case_leave(actor=cast.owner, case=in_transition, on=LEFT, today=TODAY)
    steps = Step.objects.filter(kind="graduasi").order_by("id").values_list("was", "became", "on", "actor_id")
    assert list(steps) == [
        ("", "diusulkan", PROPOSED, cast.owner.pk),
        ("diusulkan", "dinilai", ASSESSED, cast.owner.pk),
        ("dinilai", "transisi", DECIDED, cast.colleague.pk),
        ("transisi", "keluar", LEFT, cast.owner.pk),
    ]
    assert Step.objects.filter(kind="kepesertaan", became="berakhir", reason="graduasi").count() == 1
    assert AuditEvent.objects.filter(object_type="assistance.graduationcase").count() == 4


def test_a_foreign_case_is_not_found(cast, in_transition):
    with pytest.raises(GraduationCase.DoesNotExist):
        service.case_leave(actor=cast.neighbour, case=in_transition, on=LEFT, today=TODAY)


def test_an_unfinished_transition_has_its_graduation_in_the_database(cast, in_transition):
    with pytest.raises(IntegrityError, match="graduation_decision_complete"), transaction.atomic():
        GraduationCase.objects.filter(pk=in_transition.pk).update(graduation=None)


def test_a_change_of_days_is_never_silent(cast, family):
    with pytest.raises(ValidationError, match="belum tiba"):
        propose(cast.owner, family, proposed_on=TODAY + timedelta(days=1))
