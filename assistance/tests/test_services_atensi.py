"""ATENSI cases: assessment, plan by component, services, closure, and how late money came (domain.md 3.3)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from assistance.dossier import dossier_of
from assistance.models import AtensiCase, AtensiItem, Step
from assistance.reading_atensi import care_of
from assistance.services import atensi as service
from assistance.services.atensi import AtensiEntry, PlanItem, atensi_assess
from assistance.tests.entries import TODAY, field_of, rule_of
from assistance.timeline import timeline_of
from pilar.core.errors import Refusal
from pilar.core.models import AuditEvent, Region, TargetGroup
from tests import factories as make

ASSESSED, PLANNED, SERVED, CLOSED = date(2024, 2, 1), date(2024, 3, 1), date(2024, 4, 2), date(2024, 6, 30)
ITEMS = (PlanItem(7, "Kursi roda", 2_500_000), PlanItem(1, "Sembako dan nutrisi", 600_000))


@pytest.fixture
def person(cast):
    return make.make_beneficiary(name="Zubaidah", groups=[12])


@pytest.fixture
def assessor(cast):
    return make.make_assignment(make.make_person(name="Pendamping Rehsos"), pillar="REHSOS", region=make.KOTA)


def assess(actor, person, assessor, **changes) -> AtensiCase:
    fields = {
        "group": TargetGroup.objects.get(pk=12), "assessed_on": ASSESSED, "setting": "residensial",
        "needs": "Kursi roda dan nutrisi", "sentra": "Sentra Dharma Guna",
        "sentra_region": Region.objects.get(pk=make.REJANG_LEBONG),
    }  # fmt: skip
    entry = AtensiEntry(beneficiary=person, assessor=assessor, **{**fields, **changes})
    return atensi_assess(actor=actor, entry=entry, today=TODAY)


def plan(actor, case, **changes) -> AtensiCase:
    return service.atensi_plan(actor=actor, case=case, today=TODAY, **{"items": ITEMS, "on": PLANNED, **changes})


def serve(actor, case, component: int, **changes) -> AtensiCase:
    fields = {"on": SERVED, "note": "BAST 12/2024", **changes}
    return service.atensi_serve(actor=actor, case=case, component=component, today=TODAY, **fields)


def end(how, actor, case, **changes) -> AtensiCase:
    return how(actor=actor, case=case, today=TODAY, **{"on": CLOSED, "note": "Mandiri di rumah", **changes})


@pytest.fixture
def planned(cast, person, assessor):
    return plan(cast.owner, assess(cast.owner, person, assessor))


def test_a_case_passes_from_assessment_to_closure(cast, planned):
    care = care_of(cast.owner, [planned])[planned.pk]
    assert (planned.state, care.value, care.components, care.served) == ("direncanakan", 3_100_000, 2, 0)
    case = serve(cast.owner, serve(cast.owner, planned, 7), 1)
    case = end(service.atensi_close, cast.owner, case)
    assert (case.state, case.closed_on) == ("selesai", CLOSED)
    steps = Step.objects.filter(kind="atensi", object_id=case.pk).order_by("at", "id").values_list("was", "became")
    assert list(steps) == [
        ("", "dinilai"), ("dinilai", "direncanakan"), ("direncanakan", "dilayani"), ("dilayani", "dilayani"),
        ("dilayani", "selesai"),
    ]  # fmt: skip
    assert AuditEvent.objects.filter(object_type="assistance.atensicase").count() == 5


def test_a_sentra_may_lie_in_another_kabupaten(planned):
    assert (planned.region_id, planned.sentra_region_id) == (make.SELEBAR, make.REJANG_LEBONG)


def test_the_lag_runs_from_assessment_to_first_payment(cast, person, planned):
    assert care_of(cast.owner, [planned])[planned.pk].lag(planned) is None
    batch = make.make_batch(programme="ATENSI")
    make.make_line(batch, person, amount=1_000_000, paid_on=ASSESSED - timedelta(days=1))
    make.make_line(make.make_batch(programme="ATENSI"), person, amount=2_000_000, paid_on=ASSESSED + timedelta(days=45))
    make.make_line(make.make_batch(programme="YAPI"), person, paid_on=ASSESSED + timedelta(days=3))
    care = care_of(cast.owner, [planned])[planned.pk]
    assert (care.lag(planned), care.paid) == (45, 2_000_000)


def test_a_payment_belongs_to_the_latest_assessment_before_it(cast, person, assessor):
    first = assess(cast.owner, person, assessor, assessed_on=date(2022, 5, 1))
    end(service.atensi_stop, cast.owner, first, on=date(2022, 12, 1))
    second = assess(cast.owner, person, assessor)
    make.make_line(make.make_batch(programme="ATENSI"), person, paid_on=SERVED)
    care = care_of(cast.owner, [first, second])
    assert (care[first.pk].first_paid, care[second.pk].first_paid) == (None, SERVED)


def test_one_case_of_a_person_at_a_time(cast, person, assessor):
    case = assess(cast.owner, person, assessor)
    assert rule_of(assess, actor=cast.owner, person=person, assessor=assessor) == "atensi_berjalan"
    end(service.atensi_stop, cast.owner, case)
    assert assess(cast.owner, person, assessor).state == "dinilai"
    with pytest.raises(IntegrityError, match="atensi_one_open"), transaction.atomic():
        make.make_atensi(person, assessor)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"assessed_on": TODAY + timedelta(days=1)}, "assessed_on"),
        ({"sentra": " "}, "sentra"),
        ({"needs": ""}, "needs"),
        ({"setting": "lain"}, "setting"),
    ],
)
def test_an_assessment_with_a_wrong_field_is_refused(cast, person, assessor, changes, field):
    assert field_of(assess, actor=cast.owner, person=person, assessor=assessor, **changes) == {field}


def test_who_may_not_is_refused(cast, person, assessor):
    assert rule_of(assess, actor=cast.neighbour, person=person, assessor=assessor) == "wewenang"
    sensitive = TargetGroup.objects.get(pk=7)
    assert rule_of(assess, actor=cast.clerk, person=person, assessor=assessor, group=sensitive) == "data_pribadi"
    elsewhere = make.make_assignment(make.make_person(), region=make.TELUK_SEGARA)
    assert rule_of(assess, actor=cast.owner, person=person, assessor=elsewhere) == "penilai"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"items": []}, "items"),
        ({"items": [ITEMS[0], ITEMS[0]]}, "items"),
        ({"items": [PlanItem(7, "Kursi roda", -1)]}, "__all__"),
        ({"items": [PlanItem(7, " ", 1)]}, "what"),
        ({"on": ASSESSED - timedelta(days=1)}, "on"),
    ],
)
def test_a_wrong_plan_is_refused(cast, person, assessor, changes, field):
    case = assess(cast.owner, person, assessor)
    assert field_of(plan, actor=cast.owner, case=case, **changes) == {field}


def test_only_what_is_planned_is_served_and_once(cast, planned):
    assert rule_of(serve, actor=cast.owner, case=planned, component=3) == "atensi_di_luar_rencana"
    case = serve(cast.owner, planned, 7)
    assert rule_of(serve, actor=cast.owner, case=case, component=7) == "atensi_sudah_dilayani"
    assert field_of(serve, actor=cast.owner, case=case, component=1, note=" ") == {"note"}
    assert field_of(serve, actor=cast.owner, case=case, component=1, on=PLANNED - timedelta(days=1)) == {"on"}


def test_a_case_is_closed_when_everything_was_served(cast, planned):
    case = serve(cast.owner, planned, 7)
    with pytest.raises(Refusal, match="belum dilayani untuk dukungan pemenuhan kebutuhan hidup layak"):
        end(service.atensi_close, cast.owner, case)
    case = serve(cast.owner, case, 1, on=CLOSED)
    with pytest.raises(ValidationError, match="mendahului"):
        end(service.atensi_close, cast.owner, case, on=SERVED)
    assert field_of(end, how=service.atensi_close, actor=cast.owner, case=case, note="") == {"note"}


def test_skipped_steps_are_refused_with_the_machines_sentence(cast, person, assessor):
    case = assess(cast.owner, person, assessor)
    assert rule_of(serve, actor=cast.owner, case=case, component=7) == "urutan_keadaan"
    assert rule_of(end, how=service.atensi_close, actor=cast.owner, case=case) == "urutan_keadaan"
    stopped = end(service.atensi_stop, cast.owner, case)
    assert rule_of(plan, actor=cast.owner, case=stopped) == "urutan_keadaan"


def test_a_foreign_case_is_not_found(cast, planned):
    with pytest.raises(AtensiCase.DoesNotExist):
        serve(cast.neighbour, planned, 7)


def test_the_database_knows_the_seven_components(cast, planned):
    with pytest.raises(IntegrityError, match="atensi_component_known"), transaction.atomic():
        AtensiItem.objects.create(case=planned, component=8, what="x", amount=0)


def test_the_history_that_everybody_reads_names_no_needs(cast, planned):
    serve(cast.owner, planned, 7)
    notes = " ".join(Step.objects.filter(kind="atensi").values_list("note", flat=True))
    assert "Kursi roda" not in notes
    assert "aksesibilitas" not in notes


def test_the_timeline_of_a_person_shows_the_case(cast, person, planned):
    titles = [event.title for event in timeline_of(dossier_of(cast.owner, person))]
    assert titles == ["Kasus ATENSI: direncanakan, menunggu layanan", "Kasus ATENSI: dinilai, menunggu rencana"]
