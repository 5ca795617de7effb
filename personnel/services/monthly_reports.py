"""Laporan bulanan: handed in by the member or his office, accepted or sent back by who checks that pillar."""

from calendar import monthrange
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from personnel.models import Assignment, MonthlyReport, Personnel
from personnel.services.activity_parts import HIGHER_ADMIN, NOBODY_LIFTS, holds
from personnel.states import MONTHLY_REPORT
from pilar.core import audit
from pilar.core.errors import Refusal, no_right
from pilar.core.formatting import nama_bulan, tanggal
from pilar.core.models import Pillar, User
from pilar.core.rights import RIGHT_NAMES, Right
from pilar.core.scoping import reach_of

State = MonthlyReport.State


def last_day(month: date) -> date:
    return month.replace(day=monthrange(month.year, month.month)[1])


def month_text(month: date) -> str:
    """ "Juni 2024"."""
    return f"{nama_bulan(month.month)} {month.year}"


def may_write(actor: User, report: MonthlyReport) -> bool:
    """An officer who enters data there, or the person himself with an account of his own."""
    member = reach_of(actor).member
    if member is not None:
        return member == report.person_id
    return holds(actor, Right.ENTER, report.region_id, report.pillar_id, None)


def may_check(actor: User, report: MonthlyReport) -> bool:
    return holds(actor, Right.VERIFY, report.region_id, report.pillar_id, None)


@transaction.atomic
def monthly_report_submit(
    *, actor: User, person: Personnel, pillar: Pillar, month: date, note: str = "", due_day: int, today: date
) -> MonthlyReport:
    """A new report, or again one that was sent back.

    Args:
        month: any day of it. due_day: day of the following month until which it is on time.
    Raises Refusal (right, handed in already) or ValidationError (month, pillar).
    """
    month = month.replace(day=1)
    if last_day(month) >= today:
        raise ValidationError({"month": f"{month_text(month)} belum selesai; laporkan sesudah bulannya berakhir."})
    known = MonthlyReport.objects.filter(person=person, pillar=pillar, month=month).first()
    if known is not None:
        return _again(actor, known, note, today)
    row = MonthlyReport(
        person=person,
        pillar=pillar,
        region_id=_served(person, pillar, month).region_id,
        month=month,
        note=" ".join(note.split()),
        due_on=last_day(month) + timedelta(days=due_day),
        submitted_by=actor,
        submitted_on=today,
    )
    _require_writer(actor, row)
    row.validate_constraints()
    row.save()
    _recorded(actor, row, created=True)
    return row


def _again(actor: User, known: MonthlyReport, note: str, today: date) -> MonthlyReport:
    _require_writer(actor, known)
    _require_step(known, State.SUBMITTED)
    row = MonthlyReport.objects.select_for_update(of=("self",), no_key=True).get(pk=known.pk)
    _require_step(row, State.SUBMITTED)
    row.state, row.submitted_by, row.note = State.SUBMITTED, actor, " ".join(note.split())
    row.decided_by = row.decided_on = None
    row.save()
    _recorded(actor, row)
    return row


@transaction.atomic
def monthly_report_accept(*, actor: User, report: MonthlyReport, today: date) -> MonthlyReport:
    return _decided(actor, report, State.ACCEPTED, "", today)


@transaction.atomic
def monthly_report_return(*, actor: User, report: MonthlyReport, note: str, today: date) -> MonthlyReport:
    if not note.strip():
        raise ValidationError({"note": "Tulis apa yang harus diperbaiki; pelapor membacanya."})
    return _decided(actor, report, State.RETURNED, " ".join(note.split()), today)


def _decided(actor: User, report: MonthlyReport, then: State, note: str, today: date) -> MonthlyReport:
    require_checker(actor, report)
    row = MonthlyReport.objects.select_for_update(of=("self",), no_key=True).get(pk=report.pk)
    if actor.pk == row.submitted_by_id:
        raise Refusal(
            "Tidak bisa diputuskan: Anda sendiri yang mengajukan laporan ini.",
            f"Minta petugas lain yang memeriksa pilar ini. {NOBODY_LIFTS}",
            rule="empat_mata",
        )
    _require_step(row, then)
    row.state, row.decided_by, row.decided_on = then, actor, today
    row.returned_note = note
    row.save()
    _recorded(actor, row, note=note)
    return row


def _served(person: Personnel, pillar: Pillar, month: date) -> Assignment:
    """His assignment in the pillar in that month, the last one and the primary one first."""
    rows = Assignment.objects.filter(person=person, pillar=pillar, valid_from__lte=last_day(month))
    row = rows.exclude(valid_until__lt=month).order_by("-is_primary", "-valid_from", "-id").first()
    if row is None:
        when = month_text(month)
        raise ValidationError({"month": f"{person.name} tidak bertugas sebagai {pillar.name} pada {when}."})
    return row


def require_checker(actor: User, report: MonthlyReport) -> None:
    if not may_check(actor, report):
        raise no_right(RIGHT_NAMES[Right.VERIFY], HIGHER_ADMIN)


def _require_writer(actor: User, report: MonthlyReport) -> None:
    if not may_write(actor, report):
        raise no_right(RIGHT_NAMES[Right.ENTER], HIGHER_ADMIN)


def _require_step(row: MonthlyReport, then: State) -> None:
    if not MONTHLY_REPORT.may_follow(row.state, then):
        raise Refusal(
            f"Laporan ini tidak bisa menjadi “{then.label}”: sekarang “{row.get_state_display()}” "
            f"(diajukan {tanggal(row.submitted_on)}).",
            f"Laporan hanya diajukan lagi sesudah dikembalikan, dan diputuskan sekali. {NOBODY_LIFTS}",
            rule="urutan_keadaan",
        )


def _recorded(actor: User, row: MonthlyReport, *, created: bool = False, note: str = "") -> None:
    audit.record(
        actor=actor,
        action=audit.Action.CREATE if created else audit.Action.CHANGE,
        target=row,
        region=row.region_id,
        summary=f"Laporan bulanan {month_text(row.month)}: {row.get_state_display()}",
        reason=note,
    )
