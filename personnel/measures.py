from calendar import monthrange
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from personnel.models import Activity, Assignment, MonthlyReport, Personnel, valid_on
from pilar.core.measures import (
    OUTSIDE_YEAR,
    AdditiveMeasure,
    Cell,
    Dim,
    DistinctMeasure,
    Unit,
    Watch,
    months_of,
    region_q,
    register,
)


def _activity_rows(cell: Cell) -> QuerySet[Activity]:
    rows = Activity.objects.verified().filter(region_q(cell, "region_id"), year=cell.year)
    rows = rows.filter(date__month__in=months_of(cell.period))
    if cell.person:
        return rows.filter(person=cell.person)
    if cell.dim == Dim.GROUP:
        return rows.filter(target_groups__contains=[cell.breakdown])
    return rows.filter(pillar=cell.breakdown)


register(
    AdditiveMeasure(
        number=11,
        code="kegiatan_terverifikasi",
        unit=Unit.ACTS,
        definition="Kegiatan yang sudah diperiksa, menurut tanggal kegiatan. Satu kegiatan yang menjangkau "
        "dua kelompok PAS dihitung di keduanya; jangan dijumlahkan.",
        table="personnel_activity",
        where="t.state = 'terverifikasi'",
        year="t.year",
        month="extract(month FROM t.date)",
        region="t.region_id",
        value="1",
        dims={Dim.PILLAR: "t.pillar_id", Dim.GROUP: "unnest(t.target_groups)"},  # each once: a constraint
        person="t.person_id",
        rows=_activity_rows,
    )
)


def _reports_on_time(cell: Cell) -> QuerySet[MonthlyReport]:
    rows = MonthlyReport.objects.filter(region_q(cell, "region_id"), state=MonthlyReport.State.ACCEPTED)
    rows = rows.filter(submitted_on__lte=F("due_on"), month__year=cell.year, month__month__in=months_of(cell.period))
    return rows.filter(person=cell.person) if cell.person else rows.filter(pillar=cell.breakdown)


register(
    AdditiveMeasure(
        number=19,
        code="laporan_tepat_waktu",
        unit=Unit.ACTS,
        definition="Laporan bulanan yang diterima dan pertama kali diajukan sampai batas waktunya, menurut bulan yang "
        "dilaporkan.",
        table="personnel_monthlyreport",
        where="t.state = 'diterima' AND t.submitted_on <= t.due_on",
        year="extract(year FROM t.month)",
        month="extract(month FROM t.month)",
        region="t.region_id",
        value="1",
        dims={Dim.PILLAR: "t.pillar_id"},
        person="t.person_id",
        rows=_reports_on_time,
    )
)


def _held_at_month_end(year: int, month: int) -> Q:
    """Assignments that hold on the last day of the month."""
    day = date(year, month, monthrange(year, month)[1])
    return valid_on(day)


def _registered_rows(cell: Cell) -> QuerySet[Personnel]:
    held = Q(pk__in=[])
    for month in months_of(cell.period):
        if month != OUTSIDE_YEAR:
            held |= _held_at_month_end(cell.year, month)
    assignments = Assignment.objects.filter(
        held, region_q(cell, "region_id"), person=OuterRef("pk"), pillar=cell.breakdown
    )
    return Personnel.objects.filter(Exists(assignments))


register(
    DistinctMeasure(
        number=30,
        code="personel_terdaftar",
        unit=Unit.PEOPLE,
        definition="Orang dengan penugasan yang berlaku pada hari terakhir bulan itu (terdaftar). "
        "Orang dengan dua wilayah kerja dihitung sekali.",
        kind="personel",
        select="""
            SELECT y.year, t.person_id AS subject, pilar_leaf(t.region_id) AS region,
                   2 AS dim, t.pillar_id::int AS breakdown, m.mask
            FROM personnel_assignment t
            CROSS JOIN {years} y
            CROSS JOIN LATERAL (
              SELECT bit_or(1 << (m.month - 1)) AS mask
              FROM (SELECT month, (make_date(y.year, month, 1) + interval '1 month - 1 day')::date AS last_day
                    FROM generate_series(1, 12) month) m
              WHERE t.valid_from <= m.last_day AND (t.valid_until IS NULL OR t.valid_until >= m.last_day)
            ) m
            WHERE {only} AND m.mask IS NOT NULL
        """,
        subject="t.person_id",
        region="t.region_id",
        watches=(Watch("personnel_assignment", "person_id", "0"),),
        dims=(Dim.PILLAR,),
        rows=_registered_rows,
        stock=True,
    )
)
