"""Dampingan: a family is taken into a companion's care, let go, or handed over with all others when he leaves.

A day belongs to one companion only (`caseload_one_companion`): whoever held it on the day of a decision is credited.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import connection, transaction

from assistance.models import Beneficiary, Caseload
from assistance.services.entry import day_within, require_entry
from assistance.services.refusals import NOBODY_LIFTS
from personnel.models import Assignment, FamilyTie
from pilar.core import audit
from pilar.core.errors import Refusal
from pilar.core.formatting import tanggal
from pilar.core.models import Programme, User
from pilar.core.rights import Right
from pilar.core.scoping import reach_of

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class CaseloadEntry:
    """`since`: the first day in his care."""

    assignment: Assignment
    beneficiary: Beneficiary
    programme: Programme
    since: date


@dataclass(frozen=True)
class HandedOver:
    """Attributes: moved: families that the successor has now; kept: his own family, and those of other areas."""

    moved: int
    kept: int


@transaction.atomic
def caseload_start(*, actor: User, entry: CaseloadEntry, today: date) -> Caseload:
    """Raises Refusal (right, conflict of interest) or ValidationError (position, days, somebody has the family)."""
    person = entry.beneficiary
    require_entry(actor, person.region_id, entry.programme)
    day_within("since", entry.since, earliest=person.birth_date, why="tanggal lahir", today=today)
    _require_companion(entry.assignment, entry.since, field="assignment")
    if conflicts([person], entry.assignment):
        raise Refusal(
            f"Tidak bisa dicatat: {person.name} adalah pendamping itu sendiri atau keluarga dekatnya.",
            f"Pilih pendamping lain. {NOBODY_LIFTS}",
            rule="benturan_kepentingan",
        )
    row = Caseload(
        assignment=entry.assignment,
        beneficiary=person,
        programme=entry.programme,
        region_id=person.region_id,
        valid_from=entry.since,
    )
    row.validate_constraints()
    row.save()
    _audited(actor, row, f"{person.name} didampingi sejak {tanggal(entry.since)}", created=True)
    return row


@transaction.atomic
def caseload_end(*, actor: User, caseload: Caseload, on: date, today: date) -> Caseload:
    """`on` is the last day in his care. Raises Refusal (right, ended already) or ValidationError (day)."""
    require_entry(actor, caseload.region_id, caseload.programme)
    rows = Caseload.objects.select_for_update(of=("self",), no_key=True).select_related("beneficiary")
    row = rows.get(pk=caseload.pk)
    if row.valid_until is not None and row.valid_until <= today:
        raise Refusal(
            f"Dampingan ini sudah berakhir pada {tanggal(row.valid_until)}.",
            "Catat dampingan baru bila keluarganya didampingi lagi.",
            rule="sudah_berakhir",
        )
    row.valid_until = day_within("on", on, earliest=row.valid_from, why="mulainya", today=today)
    row.save(update_fields=["valid_until"])
    _audited(actor, row, f"{row.beneficiary.name} didampingi sampai {tanggal(on)}")
    return row


@transaction.atomic
def caseload_hand_over(
    *, actor: User, assignment: Assignment, successor: Assignment, on: date, today: date
) -> HandedOver:
    """From `on` the successor looks after every family that the companion has then; the days before stay his.

    Raises Refusal (right, nobody to hand over) or ValidationError (`successor`, `on`).
    """
    if on > today:
        raise ValidationError({"on": f"Tanggal {tanggal(on)} belum tiba; serahkan pada harinya."})
    if successor.pk == assignment.pk or successor.person_id == assignment.person_id:
        raise ValidationError({"successor": "Penerus harus orang lain."})
    if successor.pillar_id != assignment.pillar_id:
        raise ValidationError({"successor": "Penerus bertugas di pilar lain. Pilih pendamping di pilar yang sama."})
    _require_companion(successor, on, field="successor")
    held = _held(assignment, on)
    mine = [row for row in held if reach_of(actor).can(Right.ENTER, row.region_id)]
    if not mine:
        raise Refusal(
            "Tidak ada dampingan yang bisa diserahkan: pada hari itu tidak ada keluarga dampingannya di wilayah Anda.",
            "Periksa tanggalnya. Keluarga di wilayah lain diserahkan kantor wilayah itu.",
            rule="tanpa_dampingan",
        )
    barred = conflicts([row.beneficiary for row in mine], successor)
    moving = [row for row in mine if row.beneficiary_id not in barred]
    for row in moving:
        require_entry(actor, row.region_id, row.programme)
    _move(moving, successor, on)
    audit.record(
        actor=actor,
        action=audit.Action.CHANGE,
        target=assignment,
        region=assignment.region_id,
        summary=f"{len(moving)} dampingan diserahkan kepada penugasan {successor.pk} sejak {tanggal(on)}",
    )
    return HandedOver(len(moving), len(held) - len(moving))


def _held(assignment: Assignment, on: date) -> list[Caseload]:
    """What he has on that day or takes on later, in sight."""
    rows = Caseload.objects.filter(assignment=assignment).exclude(valid_until__lt=on)
    return list(rows.select_related("beneficiary", "programme").order_by("id"))


def _move(rows: Sequence[Caseload], successor: Assignment, on: date) -> None:
    """Rows of an earlier day are closed and followed by a new one; those that had not begun pass over whole."""
    ahead = [row.pk for row in rows if row.valid_from >= on]
    running = [row for row in rows if row.valid_from < on]
    Caseload.objects.filter(pk__in=ahead).update(assignment=successor)
    ends = {row.pk: row.valid_until for row in running}
    Caseload.objects.filter(pk__in=list(ends)).update(valid_until=on - ONE_DAY)
    Caseload.objects.bulk_create(
        Caseload(
            assignment=successor,
            beneficiary_id=row.beneficiary_id,
            programme_id=row.programme_id,
            region_id=row.region_id,
            valid_from=on,
            valid_until=ends[row.pk],
        )
        for row in running
    )


def conflicts(people: Sequence[Beneficiary], companion: Assignment) -> set[int]:
    """Ids of those who are the companion himself (past row security) or his close family. Two queries."""
    ties = FamilyTie.objects.filter(person=companion.person_id, ended_on=None).values_list("nik_index", flat=True)
    family = {bytes(index) for index in ties}
    with connection.cursor() as cursor:
        asked = ([person.pk for person in people], companion.pk)
        cursor.execute("SELECT p FROM unnest(%s::bigint[]) p WHERE pilar_same_person(p, %s)", asked)
        own = {row[0] for row in cursor.fetchall()}
    return own | {person.pk for person in people if bytes(person.nik_index) in family}


def _require_companion(assignment: Assignment, on: date, *, field: str) -> None:
    """In office that day, in a position that looks after families. Raises ValidationError on `field`."""
    if not assignment.pillar.looks_after(assignment.position):
        raise ValidationError(
            {field: f"Jabatan {assignment.position} tidak memiliki dampingan. Pilih pendamping keluarga atau klien."}
        )
    if assignment.valid_from > on or (assignment.valid_until and assignment.valid_until < on):
        raise ValidationError({field: f"Orang itu tidak bertugas di jabatan ini pada {tanggal(on)}."})


def _audited(actor: User, row: Caseload, what: str, *, created: bool = False) -> None:
    audit.record(
        actor=actor,
        action=audit.Action.CREATE if created else audit.Action.CHANGE,
        target=row,
        region=row.region_id,
        summary=f"Dampingan: {what}",
    )
