"""ATENSI: assessment, plan by component, services, closure (domain.md 3.3, Permensos 15/2025)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from assistance.models import AtensiCase, AtensiItem, Beneficiary, Step
from assistance.services import graduation_refusals, history, refusals
from assistance.services import refusals_atensi as refused
from assistance.services.assessors import assessors
from assistance.services.entry import day_within, held_row, require_entry, require_group, save_checked
from assistance.states import ATENSI
from personnel.models import Assignment
from personnel.services.activity_acts import ActDone, activity_of_act
from pilar.core import audit
from pilar.core.formatting import rupiah, tanggal
from pilar.core.models import Programme, Region, TargetGroup, User

State = AtensiCase.State
CODE = "ATENSI"


@dataclass(frozen=True)
class AtensiEntry:
    """What an assessment found.

    Attributes:
        group: one of the 12 PAS.
        setting: one of AtensiCase.Setting.
        sentra, sentra_region: the centre that serves, often in another kabupaten; empty when none does.
    """

    beneficiary: Beneficiary
    group: TargetGroup
    assessor: Assignment
    assessed_on: date
    setting: str
    needs: str
    sentra: str = ""
    sentra_region: Region | None = None


@dataclass(frozen=True)
class PlanItem:
    """Attributes: component one of AtensiItem.Component; amount whole rupiah, 0 for a service without one."""

    component: int
    what: str
    amount: int


@transaction.atomic
def atensi_assess(*, actor: User, entry: AtensiEntry, today: date) -> AtensiCase:
    """Opens a case with its assessment.

    Raises Refusal (right, hidden group, assessor, a case is open) or ValidationError (fields).
    """
    person, programme = entry.beneficiary, Programme.objects.get(code=CODE)
    require_entry(actor, person.region_id, programme)
    require_group(actor, entry.group)
    day_within("assessed_on", entry.assessed_on, earliest=person.birth_date, why="tanggal lahir", today=today)
    if known := AtensiCase.objects.filter(beneficiary=person, state__in=AtensiCase.OPEN).first():
        raise refused.case_open(known, person.name)
    case = AtensiCase(
        beneficiary=person,
        programme=programme,
        group=entry.group,
        region_id=person.region_id,
        setting=entry.setting,
        sentra=entry.sentra.strip(),
        sentra_region=entry.sentra_region,
        assessed_on=entry.assessed_on,
        assessor=entry.assessor,
        needs=entry.needs.strip(),
    )
    day = entry.assessed_on
    able = assessors(person, programme, region=person.region_id, since=day, until=day).visible_to(actor)
    if not able.filter(pk=entry.assessor.pk).exists():
        raise graduation_refusals.assessor_elsewhere(person.name, day)
    if case.setting == AtensiCase.Setting.RESIDENTIAL and not case.sentra:
        raise ValidationError({"sentra": "Layanan residensial memerlukan nama Sentra."})
    save_checked(case)
    _written(actor, case, was="", on=day, note="", action=audit.Action.CREATE)
    return case


@transaction.atomic
def atensi_plan(*, actor: User, case: AtensiCase, items: Sequence[PlanItem], on: date, today: date) -> AtensiCase:
    """dinilai -> direncanakan: components with what is given and its value; the sum is the person's value.

    Raises Refusal (right, order) or ValidationError (day, items).
    """
    case = _locked(actor, case)
    _require_step(case, State.PLANNED)
    case.planned_on = day_within("on", on, earliest=case.assessed_on, why="tanggal asesmen", today=today)
    if not items:
        raise ValidationError({"items": "Rencana memerlukan sedikitnya satu komponen."})
    if len({item.component for item in items}) < len(items):
        raise ValidationError({"items": "Satu komponen ditulis sekali saja dalam rencana."})
    for item in items:
        save_checked(AtensiItem(case=case, component=item.component, what=item.what.strip(), amount=item.amount))
    value = sum(item.amount for item in items)
    return _moved(actor, case, State.PLANNED, on=on, note=f"{len(items)} komponen, {rupiah(value)}")


@transaction.atomic
def atensi_serve(*, actor: User, case: AtensiCase, component: int, on: date, note: str, today: date) -> AtensiCase:
    """direncanakan | dilayani -> dilayani: a component of the plan was given on that day.

    Raises Refusal (right, order, not planned, served already) or ValidationError (day, no note).
    """
    case = _locked(actor, case)
    if case.state != State.SERVED:
        _require_step(case, State.SERVED)
    item = AtensiItem.objects.filter(case=case, component=component).first()
    if item is None:
        raise refused.not_in_plan()
    if item.served_on:
        raise refused.served_already(item.get_component_display())
    if not note.strip():
        raise ValidationError({"note": "Tulis buktinya, misalnya nomor BAST."})
    earliest = case.planned_on or case.assessed_on
    item.served_on = day_within("on", on, earliest=earliest, why="tanggal rencana", today=today)
    item.served_note = note.strip()
    save_checked(item)
    _credit(actor, case, item, on, today)
    return _moved(actor, case, State.SERVED, on=on, note=f"komponen {item.component}: {item.served_note}")


def _credit(actor: User, case: AtensiCase, item: AtensiItem, on: date, today: date) -> None:
    """Each component given is an activity of the case's assessor, as far as he is in sight and still serves."""
    by = Assignment.objects.visible_to(actor).select_related("pillar").filter(pk=case.assessor_id).first()
    if by is None:
        return
    done = ActDone(
        key=f"layanan-atensi:{case.pk}.{item.component}",
        kind="layanan_atensi",
        by=by,
        on=on,
        region=case.region_id,
        programme=case.programme_id,
        groups=[case.group_id],
    )
    activity_of_act(actor=actor, done=done, today=today)


@transaction.atomic
def atensi_close(*, actor: User, case: AtensiCase, on: date, note: str, today: date) -> AtensiCase:
    """dilayani -> selesai, when every component of the plan was given.

    Raises Refusal (right, order, something not given) or ValidationError (day, no result).
    """
    case = _locked(actor, case)
    _require_step(case, State.CLOSED)
    waiting = [i.get_component_display() for i in AtensiItem.objects.filter(case=case, served_on__isnull=True)]
    if waiting:
        raise refused.not_served_yet(refusals.who(case), waiting)
    return _ended(actor, case, State.CLOSED, on=on, note=note, today=today)


@transaction.atomic
def atensi_stop(*, actor: User, case: AtensiCase, on: date, note: str, today: date) -> AtensiCase:
    """Any open state -> dihentikan, with its reason. Raises Refusal (right, order) or ValidationError."""
    case = _locked(actor, case)
    _require_step(case, State.STOPPED)
    return _ended(actor, case, State.STOPPED, on=on, note=note, today=today)


def last_day(case: AtensiCase) -> date:
    """Of everything recorded for the case so far; nothing may be recorded before it."""
    served = AtensiItem.objects.filter(case=case).aggregate(last=Max("served_on"))["last"]
    return max(day for day in (case.assessed_on, case.planned_on, served) if day)


def _locked(actor: User, case: AtensiCase) -> AtensiCase:
    rows = AtensiCase.objects.visible_to(actor).select_related("programme")
    case = held_row(rows, case.pk)
    require_entry(actor, case.region_id, case.programme)
    return case


def _require_step(case: AtensiCase, then: State) -> None:
    if not ATENSI.may_follow(case.state, then):
        raise refusals.wrong_step(ATENSI, f"Kasus ATENSI {refusals.who(case)}", case.state, then)


def _ended(actor: User, case: AtensiCase, then: State, *, on: date, note: str, today: date) -> AtensiCase:
    if not note.strip():
        raise ValidationError({"note": "Tulis hasil atau sebabnya; tersimpan di riwayat dan jejak audit."})
    case.closed_on = day_within("on", on, earliest=last_day(case), why="catatan terakhir", today=today)
    case.closing_note = note.strip()
    return _moved(actor, case, then, on=on, note=note)


def _moved(actor: User, case: AtensiCase, then: State, *, on: date, note: str) -> AtensiCase:
    was, case.state = case.state, then.value
    case.version += 1
    save_checked(case)
    _written(actor, case, was=was, on=on, note=note, action=audit.Action.CHANGE)
    return case


def _written(actor: User, case: AtensiCase, *, was: str, on: date, note: str, action: str) -> None:
    """History is read without the case's PAS group, so needs and names of components stay out of it."""
    move = history.Move(was, case.state, on, note=note.strip())
    history.record([history.step(actor=actor, kind=Step.Kind.ATENSI, row=case, move=move)])
    audit.record(
        actor=actor,
        action=action,
        target=case,
        region=case.region_id,
        summary=f"Kasus ATENSI {refusals.who(case)}: {ATENSI.label(case.state)}, {tanggal(on)}",
        reason=note.strip(),
    )
