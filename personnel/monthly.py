"""What a monthly report contains: the verified activities of the month, and what apps above add to it."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from personnel.models import Activity, MonthlyReport, Personnel
from personnel.services.monthly_reports import last_day, month_text
from personnel.timeline import short_name
from pilar.core.discovery import discover
from pilar.core.formatting import angka, tanggal, tanggal_ringkas
from pilar.core.offices import Issuer
from pilar.core.pdf import Column, Document, Signature, Table, printed
from pilar.core.scoping import narrow_choices

#: (user, person, month) -> tables below the activities
Part = Callable[[Any, Personnel, date], list[Table]]
_parts: list[Part] = []


def register_part(part: Part) -> Part:
    _parts.append(part)
    return part


def activities_of(user: Any, report: MonthlyReport) -> list[Activity]:
    """Verified ones of that person, pillar and month, the earliest first. One query."""
    rows = narrow_choices(Activity.objects.verified().select_related("kind", "region"), user)
    first = report.month
    rows = rows.filter(person=report.person_id, pillar=report.pillar_id, year=first.year)
    return list(rows.filter(date__gte=first, date__lte=last_day(first)).order_by("date", "id"))


def paper_of(user: Any, report: MonthlyReport, name: str, issuer: Issuer, *, at: datetime) -> bytes:
    """The report as PDF; names and notes reach it as data."""
    rows = activities_of(user, report)
    discover("monthly_parts")
    person = narrow_choices(Personnel.objects.all(), user).filter(pk=report.person_id).first()
    more = [table for part in _parts for table in part(user, person, report.month)] if person else []
    place, day = report.region.name, report.submitted_on
    document = Document(
        title="Laporan bulanan",
        letterhead=issuer.letterhead,
        as_of=at,
        subtitle=(f"{name}, {short_name(report.pillar)}", month_text(report.month)),
        facts=(
            ("Wilayah kerja", place),
            ("Diajukan", f"{tanggal(day)} ({'tepat waktu' if report.on_time else 'terlambat'})"),
            ("Keadaan", report.get_state_display()),
        ),
        paragraphs=(report.note,) if report.note else (),
        tables=(_table(rows), *more),
        signatures=(Signature("Pelapor", f"{place}, {tanggal(day)}", name=name), issuer.signature),
    )
    return printed(document, at=at)


def _table(rows: list[Activity]) -> Table:
    return Table(
        heading="Kegiatan terverifikasi",
        columns=(
            Column("Tanggal"),
            Column("Kegiatan", share=2),
            Column("Tempat", share=1),
            Column("Dijangkau", align="right"),
        ),
        rows=[(tanggal_ringkas(r.date), r.kind.name, r.region.name, angka(r.quantity)) for r in rows],
        empty="Tidak ada kegiatan terverifikasi pada bulan ini.",
    )
