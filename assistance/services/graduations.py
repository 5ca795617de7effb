from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Q

from assistance.models import Beneficiary, Graduation, GraduationCase, Participation
from assistance.services import graduation_refusals, refusals
from assistance.services.entry import day_within, require_entry, require_for, save_checked
from assistance.services.participation import last_days, participation_end
from assistance.states import GRADUATION_KINDS_COUNTED
from pilar.core import audit
from pilar.core.formatting import tanggal
from pilar.core.models import Programme, User
from pilar.core.rights import Right
from pilar.core.scoping import require


@dataclass(frozen=True)
class GraduationEntry:
    """Attributes: kind one of Graduation.Kind; decided_on the day of the decision, which counts it."""

    beneficiary: Beneficiary
    programme: Programme
    kind: str
    decided_on: date


@dataclass(frozen=True)
class Stay:
    """A participation, visible to the actor or not: its id, when it began, and when it ended, if it did."""

    pk: int
    since: date
    until: date | None

    def covers(self, day: date) -> bool:
        return self.until is None or self.until >= day


@transaction.atomic
def graduation_record(*, actor: User, entry: GraduationEntry, today: date) -> Graduation:
    """Records a decision made outside PILAR, credited to the family's companion of that day, or to nobody.

    It counts once another officer who may decide confirms it. Whoever took part in the programme by then does so no
    more, confirmed or not: an open participation ends with it.
    Raises Refusal (right, graduated already, on its way out in phases, participation hidden) or ValidationError (day).
    """
    family = entry.beneficiary
    require_entry(actor, family.region_id, entry.programme)
    day_within("decided_on", entry.decided_on, earliest=family.birth_date, why="tanggal lahir", today=today)
    require_no_open_case(family, entry.programme)
    graduation = decided(actor, entry, recorded_by=actor.pk)
    end_participation(actor, graduation, entry.decided_on, today=today)
    return graduation


def decided(
    actor: User, entry: GraduationEntry, *, recorded_by: int | None, confirmed_by: User | None = None
) -> Graduation:
    """The graduation of a decision whose rights and day are checked already. Raises Refusal (graduated already).

    Args:
        confirmed_by: the decider of a case, another than its proposer; without one it waits to be confirmed.
    """
    family = entry.beneficiary
    stay = require_not_graduated(family, entry.programme, entry.decided_on)
    graduation = Graduation(
        beneficiary=family,
        programme=entry.programme,
        region_id=family.region_id,
        kind=entry.kind,
        decided_on=entry.decided_on,
        credited_to_id=companion_on(family, entry.programme, entry.decided_on),
        counts=entry.kind in GRADUATION_KINDS_COUNTED,
        participation_id=stay.pk if stay else None,
        recorded_by_id=recorded_by,
        confirmed_by=confirmed_by,
        confirmed_on=entry.decided_on if confirmed_by else None,
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


def end_participation(actor: User, left: Graduation | GraduationCase, on: date, *, today: date) -> None:
    """Ends the participation that was running on that day, or on the day of its last step when that is later.

    Raises Refusal for one that is hidden from the actor: it must not run on unseen.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pilar_participation_of(%s, %s)", [left.beneficiary_id, left.programme_id])
        pk: int | None = cursor.fetchone()[0]
    if pk is None:
        return
    row = Participation.objects.visible_to(actor).filter(pk=pk).first()
    if row is None:
        raise graduation_refusals.participation_hidden()
    if row.active_from is None or row.active_from > on:
        return  # a candidate, or taken in again since: not what was left
    day = max(on, last_days([pk]).get(pk, on))
    participation_end(actor=actor, participation=row, on=day, reason="graduasi", today=today)


@transaction.atomic
def graduation_confirm(*, actor: User, graduation: Graduation, today: date) -> Graduation:
    """A second pair of eyes on a decision made outside PILAR: from now on it counts, on the day of the decision.

    Raises Refusal (right to decide, recorded by the actor, cancelled, confirmed already).
    """
    require_for(actor, Right.DECIDE, graduation.region_id, graduation.programme)
    graduation = locked(actor, graduation.pk)
    if graduation.cancelled_on:
        raise refusals.cancelled_already(graduation.cancelled_on)
    if graduation.confirmed_on:
        raise graduation_refusals.confirmed_already(graduation.confirmed_on)
    if graduation.recorded_by_id == actor.pk:
        raise graduation_refusals.recorder_confirms()
    graduation.confirmed_by, graduation.confirmed_on = actor, today
    save_checked(graduation)
    audit.record(
        actor=actor,
        action=audit.Action.CHANGE,
        target=graduation,
        region=graduation.region_id,
        summary=f"Graduasi {refusals.who(graduation)} dari {graduation.programme} dikonfirmasi",
    )
    return graduation


@transaction.atomic
def graduation_cancel(*, actor: User, graduation: Graduation, on: date, reason: str, today: date) -> Graduation:
    """From that day on the graduation counts for nobody; the row stays, and an ended participation stays ended.

    What two people decided in phases is not undone by whoever only enters data.
    Raises Refusal (right, cancelled already, in transition) or ValidationError (day, no reason).
    """
    require_entry(actor, graduation.region_id, graduation.programme)
    graduation = locked(actor, graduation.pk)
    if graduation.cancelled_on:
        raise refusals.cancelled_already(graduation.cancelled_on)
    if case := GraduationCase.objects.filter(graduation=graduation).first():
        if case.state == GraduationCase.State.TRANSITION:
            raise graduation_refusals.cancel_in_case()
        require(actor, Right.DECIDE, graduation.region_id)
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


def require_not_graduated(family: Beneficiary, programme: Programme, on: date) -> Stay | None:
    """Once per stay: whoever was taken in again after a graduation may graduate again. Returns the stay of that day.

    Raises Refusal.
    """
    stay = stay_on(family, programme, on)
    earlier = Graduation.objects.filter(beneficiary=family, programme=programme, cancelled_on__isnull=True)
    if stay is not None:
        earlier = earlier.filter(Q(decided_on__gte=stay.since) | Q(participation=stay.pk))
    if known := earlier.select_related("programme").first():
        raise refusals.graduated_already(family, known)
    return stay


def stay_on(family: Beneficiary, programme: Programme, day: date) -> Stay | None:
    """The participation that began last by that day; None for a candidate and for whoever never took part."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, since, until FROM pilar_participation_on(%s, %s, %s)", [family.pk, programme.pk, day]
        )
        found = cursor.fetchone()
    return Stay(*found) if found else None


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
