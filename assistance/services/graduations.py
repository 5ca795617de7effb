from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import connection, transaction

from assistance.models import Beneficiary, Graduation, GraduationCase
from assistance.services import graduation_refusals, refusals
from assistance.services.entry import day_within, require_entry, save_checked
from assistance.states import GRADUATION_KINDS_COUNTED
from pilar.core import audit
from pilar.core.formatting import tanggal
from pilar.core.models import Programme, User


@dataclass(frozen=True)
class GraduationEntry:
    """Attributes: kind one of Graduation.Kind; decided_on the day of the decision, which counts it."""

    beneficiary: Beneficiary
    programme: Programme
    kind: str
    decided_on: date


@transaction.atomic
def graduation_record(*, actor: User, entry: GraduationEntry, today: date) -> Graduation:
    """Records a decision made outside PILAR, credited to the family's companion of that day, or to nobody.

    Raises Refusal (right, graduated already, on its way out in phases) or ValidationError (day).
    """
    family = entry.beneficiary
    require_entry(actor, family.region_id, entry.programme)
    day_within("decided_on", entry.decided_on, earliest=family.birth_date, why="tanggal lahir", today=today)
    require_no_open_case(family, entry.programme)
    return decided(actor, entry)


def decided(actor: User, entry: GraduationEntry) -> Graduation:
    """The graduation of a decision whose rights and day are checked already. Raises Refusal (graduated already)."""
    family = entry.beneficiary
    require_not_graduated(family, entry.programme)
    graduation = Graduation(
        beneficiary=family,
        programme=entry.programme,
        region_id=family.region_id,
        kind=entry.kind,
        decided_on=entry.decided_on,
        credited_to_id=companion_on(family, entry.programme, entry.decided_on),
        counts=entry.kind in GRADUATION_KINDS_COUNTED,
    )
    save_checked(graduation)
    audit.record(
        actor=actor,
        action=audit.Action.CREATE,
        target=graduation,
        region=graduation.region_id,
        summary=f"{family.name}: {graduation.get_kind_display()} dari {entry.programme}, {tanggal(entry.decided_on)}",
    )
    return graduation


@transaction.atomic
def graduation_cancel(*, actor: User, graduation: Graduation, on: date, reason: str, today: date) -> Graduation:
    """From that day on the graduation counts for nobody; the row stays.

    Raises Refusal (right, cancelled already, in transition) or ValidationError (day, no reason).
    """
    require_entry(actor, graduation.region_id, graduation.programme)
    graduation = locked(actor, graduation.pk)
    if graduation.cancelled_on:
        raise refusals.cancelled_already(graduation.cancelled_on)
    if GraduationCase.objects.filter(graduation=graduation, state=GraduationCase.State.TRANSITION).exists():
        raise graduation_refusals.cancel_in_case()
    if not reason.strip():
        raise ValidationError({"reason": "Tulis sebab pembatalan; tersimpan di jejak audit."})
    day_within("on", on, earliest=graduation.decided_on, why="tanggal keputusan", today=today)
    return withdrawn(actor, graduation, on=on, reason=reason)


def locked(actor: User, pk: int) -> Graduation:
    rows = Graduation.objects.visible_to(actor).select_related("programme")
    return rows.select_for_update(of=("self",)).get(pk=pk)


def withdrawn(actor: User, graduation: Graduation, *, on: date, reason: str) -> Graduation:
    """The locked graduation counts no more; right, day and reason are checked already."""
    graduation.cancelled_on = on
    graduation.save(update_fields=["cancelled_on"])
    audit.record(
        actor=actor,
        action=audit.Action.CHANGE,
        target=graduation,
        region=graduation.region_id,
        summary=f"Graduasi {refusals.who(graduation)} dari {graduation.programme} dibatalkan per {tanggal(on)}",
        reason=reason,
    )
    return graduation


def require_not_graduated(family: Beneficiary, programme: Programme) -> None:
    earlier = Graduation.objects.filter(beneficiary=family, programme=programme, cancelled_on__isnull=True)
    if known := earlier.select_related("programme").first():
        raise refusals.graduated_already(family, known)


def require_no_open_case(family: Beneficiary, programme: Programme) -> None:
    running = GraduationCase.objects.filter(beneficiary=family, programme=programme, state__in=GraduationCase.OPEN)
    if case := running.select_related("programme").first():
        raise graduation_refusals.case_open(case, family.name)


def companion_on(family: Beneficiary, programme: Programme, day: date) -> int | None:
    """Personnel id of whoever looked after the family in that programme on that day (`sql/companion.sql`)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pilar_companion_on(%s, %s, %s)", [family.pk, programme.pk, day])
        found: int | None = cursor.fetchone()[0]
    return found
