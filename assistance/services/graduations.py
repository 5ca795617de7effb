from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import connection, transaction

from assistance.models import Beneficiary, Graduation
from assistance.services import refusals
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
    """Records that a family left a programme, credited to its companion of that day, or to nobody.

    Raises Refusal (right, graduated already) or ValidationError (day).
    """
    family = entry.beneficiary
    require_entry(actor, family.region_id, entry.programme)
    day_within("decided_on", entry.decided_on, earliest=family.birth_date, why="tanggal lahir", today=today)
    earlier = Graduation.objects.filter(beneficiary=family, programme=entry.programme, cancelled_on__isnull=True)
    if known := earlier.select_related("programme").first():
        raise refusals.graduated_already(family, known)
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

    Raises Refusal (right, cancelled already) or ValidationError (day, no reason).
    """
    require_entry(actor, graduation.region_id, graduation.programme)
    rows = Graduation.objects.visible_to(actor).select_related("programme")
    graduation = rows.select_for_update(of=("self",)).get(pk=graduation.pk)
    if graduation.cancelled_on:
        raise refusals.cancelled_already(graduation.cancelled_on)
    if not reason.strip():
        raise ValidationError({"reason": "Tulis sebab pembatalan; tersimpan di jejak audit."})
    day_within("on", on, earliest=graduation.decided_on, why="tanggal keputusan", today=today)
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


def companion_on(family: Beneficiary, programme: Programme, day: date) -> int | None:
    """Personnel id of whoever looked after the family in that programme on that day (`sql/companion.sql`)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pilar_companion_on(%s, %s, %s)", [family.pk, programme.pk, day])
        found: int | None = cursor.fetchone()[0]
    return found
