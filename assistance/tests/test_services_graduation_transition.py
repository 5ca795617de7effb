"""The way out in phases: what counts, the transition and its two ends, order, traces (domain.md 4.4)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from assistance.models import Graduation, GraduationCase, Participation, Step
from assistance.services import graduation_cases as service
from assistance.services.graduations import graduation_cancel
from assistance.tests.entries import TODAY, field_of, rule_of
from assistance.tests.graduating import (
    ASSESSED,
    DECIDED,
    LEFT,
    PROPOSED,
    UNTIL,
    assess,
    decide,
    make_family,
    personal_figure,
    propose,
    regional_figure,
    run_to_transition,
)
from pilar.core.errors import Refusal
from pilar.core.models import AuditEvent
from pilar.core.scoping import scope_transaction
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
    steps = Step.objects.filter(kind="graduasi").order_by("at", "id").values_list("was", "became", "on", "actor_id")
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
