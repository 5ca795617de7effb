from collections.abc import Callable

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from assistance.models import Batch, Beneficiary, Disbursement, Graduation, GroupMembership, Objection, Verification
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

_PAID = "t.state IN ('salur', 'transaksi', 'tidak_transaksi')"


def _paid_lines(cell: Cell) -> QuerySet[Disbursement]:
    return Disbursement.objects.paid().filter(
        region_q(cell, "region_id"), year=cell.year, month__in=months_of(cell.period)
    )


def _rupiah_rows(cell: Cell) -> QuerySet[Disbursement]:
    if cell.dim == Dim.GROUP:
        return _paid_lines(cell).filter(group=cell.breakdown)
    return _paid_lines(cell).filter(programme=cell.breakdown)


register(
    AdditiveMeasure(
        number=10,
        code="rupiah_salur",
        unit=Unit.RUPIAH,
        definition="Rupiah yang disalurkan (salur) dan tidak kembali, menurut tahun anggaran daftar dan bulan "
        "tanggal salur. Per kelompok PAS: kelompok menurut SK.",
        table="assistance_disbursement",
        where=_PAID,
        year="t.year",
        month="t.month",
        region="t.region_id",
        value="t.amount",
        dims={Dim.PROGRAMME: "t.programme_id", Dim.GROUP: "t.group_id"},
        rows=_rupiah_rows,
    )
)


def _stage_rows(lines: Callable[[Cell], QuerySet[Disbursement]]) -> Callable[[Cell], QuerySet[Disbursement]]:
    def rows(cell: Cell) -> QuerySet[Disbursement]:
        named = {"group": cell.breakdown} if cell.dim == Dim.GROUP else {"programme": cell.breakdown}
        return lines(cell).filter(region_q(cell, "region_id"), year=cell.year, **named)

    return rows


def _in_period(cell: Cell, column: str) -> Q:
    """Of a date: in the cell's months of its budget year; month 13 is every day outside that year."""
    months = months_of(cell.period)
    inside = Q(**{f"{column}__year": cell.year, f"{column}__month__in": months})
    return inside | ~Q(**{f"{column}__year": cell.year}) if OUTSIDE_YEAR in months else inside


def _month_of(column: str) -> str:
    return f"CASE WHEN extract(year FROM {column}) = t.year THEN extract(month FROM {column}) ELSE {OUTSIDE_YEAR} END"


def _decided(cell: Cell) -> QuerySet[Disbursement]:
    return Disbursement.objects.decided().filter(_in_period(cell, "decided_on"))


def _received(cell: Cell) -> QuerySet[Disbursement]:
    return Disbursement.objects.filter(_in_period(cell, "received_on"), state=Disbursement.State.RECEIVED)


for number, code, definition, where, day, counted in (
    (
        15,
        "rupiah_sk",
        "Rupiah yang ditetapkan dalam SK dan tidak kembali, menurut tahun anggaran daftar dan bulan tanggal SK. "
        "Baris daftar yang belum disetujui tidak dihitung.",
        "t.decided_on IS NOT NULL AND t.state NOT IN ('retur', 'setor_kas')",
        "t.decided_on",
        _decided,
    ),
    (
        16,
        "rupiah_transaksi",
        "Rupiah yang sudah diterima (transaksi, atau barang diserahkan), menurut tahun anggaran daftar dan bulan "
        "tanggal terima.",
        "t.state = 'transaksi'",
        "t.received_on",
        _received,
    ),
):
    register(
        AdditiveMeasure(
            number=number,
            code=code,
            unit=Unit.RUPIAH,
            definition=definition,
            table="assistance_disbursement",
            where=where,
            year="t.year",
            month=_month_of(day),
            region="t.region_id",
            value="t.amount",
            dims={Dim.PROGRAMME: "t.programme_id", Dim.GROUP: "t.group_id"},
            rows=_stage_rows(counted),
        )
    )


def _ceiling_rows(cell: Cell) -> QuerySet[Batch]:
    return Batch.objects.filter(
        _in_period(cell, "sk_date"),
        region_q(cell, "region_id"),
        year=cell.year,
        programme=cell.breakdown,
        approval__in=Batch.IN_FORCE,
    )


register(
    AdditiveMeasure(
        number=17,
        code="rupiah_pagu",
        unit=Unit.RUPIAH,
        definition="Pagu daftar penyaluran yang dicatat atau sudah disetujui, menurut tahun anggaran dan bulan "
        "tanggal SK. Pagu daftar satu provinsi atau kabupaten dihitung langsung di tingkat itu.",
        table="assistance_batch",
        where="t.approval IN ('dicatat', 'disetujui', 'ditutup', 'selesai')",
        year="t.year",
        month=_month_of("t.sk_date"),
        region="t.region_id",
        value="t.ceiling",
        dims={Dim.PROGRAMME: "t.programme_id"},
        rows=_ceiling_rows,
    )
)


def _graduation_rows(cell: Cell) -> QuerySet[Graduation]:
    rows = Graduation.objects.counted().filter(
        region_q(cell, "region_id"),
        decided_on__year=cell.year,
        decided_on__month__in=months_of(cell.period),
    )
    return rows.filter(credited_to=cell.person) if cell.person else rows.filter(programme=cell.breakdown)


register(
    AdditiveMeasure(
        number=12,
        code="graduasi",
        unit=Unit.FAMILIES,
        definition="Keluarga yang lulus (graduasi) pada tanggal keputusan, jenis yang dihitung ke target, "
        "diputuskan atau dikonfirmasi pejabat selain pencatatnya, tidak dibatalkan. "
        "Untuk orang: pendamping keluarga itu pada tanggal keputusan.",
        table="assistance_graduation",
        where="t.cancelled_on IS NULL AND t.counts AND t.confirmed_on IS NOT NULL",
        year="extract(year FROM t.decided_on)",
        month="extract(month FROM t.decided_on)",
        region="t.region_id",
        value="1",
        dims={Dim.PROGRAMME: "t.programme_id"},
        person="t.credited_to_id",
        rows=_graduation_rows,
    )
)


#: the month of a line follows from its day and year; a line that is only decided, or received after it was paid,
#: changes nobody's count
_PAID_LINES = Watch(
    "assistance_disbursement", "beneficiary_id", "year", where=_PAID, of=("t.region_id", "t.programme_id", "t.paid_on")
)


def _served(cell: Cell, **extra: object) -> QuerySet[Beneficiary]:
    lines = _paid_lines(cell).filter(beneficiary=OuterRef("pk"), **extra)
    return Beneficiary.objects.filter(Exists(lines))


def _programme_rows(cell: Cell) -> QuerySet[Beneficiary]:
    return _served(cell, programme=cell.breakdown) if cell.dim == Dim.PROGRAMME else _served(cell)


register(
    DistinctMeasure(
        number=31,
        code="penerima_program",
        unit=Unit.PEOPLE,
        definition="Orang atau keluarga berbeda yang menerima penyaluran (salur); dihitung sekali, "
        "berapa pun tahapnya. Angka antarprogram tidak boleh dijumlahkan.",
        kind="penerima",
        select=f"""
            SELECT t.year, t.beneficiary_id AS subject, pilar_leaf(t.region_id) AS region,
                   b.dim, b.breakdown, 1 << (t.month - 1) AS mask
            FROM assistance_disbursement t
            JOIN {{years}} y ON y.year = t.year
            CROSS JOIN LATERAL (VALUES (1, t.programme_id::int), (0, 0)) b (dim, breakdown)
            WHERE {{only}} AND {_PAID}
        """,
        subject="t.beneficiary_id",
        region="t.region_id",
        watches=(_PAID_LINES,),
        dims=(Dim.PROGRAMME, Dim.ALL),
        rows=_programme_rows,
    )
)


def _group_rows(cell: Cell) -> QuerySet[Beneficiary]:
    on_payday = Q(valid_until__isnull=True) | Q(valid_until__gte=OuterRef("paid_on"))
    member = GroupMembership.objects.filter(
        on_payday,
        Q(group=cell.breakdown) | Q(group__parent=cell.breakdown),
        beneficiary=OuterRef("beneficiary"),
        valid_from__lte=OuterRef("paid_on"),
    )
    lines = _paid_lines(cell).filter(Exists(member), beneficiary=OuterRef("pk"))
    return Beneficiary.objects.filter(Exists(lines))


register(
    DistinctMeasure(
        number=32,
        code="penerima_pas",
        unit=Unit.PEOPLE,
        definition="Orang berbeda dari kelompok PAS itu (keanggotaan yang berlaku pada tanggal salur) yang "
        "menerima penyaluran. Satu orang dapat termasuk beberapa kelompok; jangan dijumlahkan.",
        kind="penerima",
        select=f"""
            SELECT t.year, t.beneficiary_id AS subject, pilar_leaf(t.region_id) AS region,
                   3 AS dim, coalesce(g.parent_id, g.id)::int AS breakdown, 1 << (t.month - 1) AS mask
            FROM assistance_disbursement t
            JOIN {{years}} y ON y.year = t.year
            JOIN assistance_groupmembership m ON m.beneficiary_id = t.beneficiary_id
             AND m.valid_from <= t.paid_on AND (m.valid_until IS NULL OR m.valid_until >= t.paid_on)
            JOIN core_targetgroup g ON g.id = m.group_id
            WHERE {{only}} AND {_PAID}
        """,
        subject="t.beneficiary_id",
        region="t.region_id",
        watches=(
            _PAID_LINES,
            Watch("assistance_groupmembership", "beneficiary_id", "0"),
        ),
        dims=(Dim.GROUP,),
        rows=_group_rows,
    )
)


def _verifications(cell: Cell) -> QuerySet[Verification]:
    return Verification.objects.filter(
        region_q(cell, "region_id"),
        programme=cell.breakdown,
        verified_on__year=cell.year,
        verified_on__month__in=months_of(cell.period),
    )


def _refused(cell: Cell) -> QuerySet[Verification]:
    return _verifications(cell).filter(result=Verification.Result.UNFIT)


def _in_time(cell: Cell) -> QuerySet[Objection]:
    return Objection.objects.filter(
        region_q(cell, "region_id"),
        programme=cell.breakdown,
        filed_on__year=cell.year,
        filed_on__month__in=months_of(cell.period),
        answered_on__lte=F("due_on"),
    )


for number, code, table, day, definition, where, rows in (
    (
        13,
        "verval",
        "assistance_verification",
        "t.verified_on",
        "Pemeriksaan di lapangan (verval) menurut tanggalnya, apa pun hasilnya. Satu orang dapat diverval beberapa "
        "kali; ini jumlah tindakan, bukan jumlah orang.",
        "true",
        _verifications,
    ),
    (
        14,
        "tidak_layak",
        "assistance_verification",
        "t.verified_on",
        "Verval dengan hasil tidak layak, menurut tanggalnya.",
        "t.result = 'tidak_layak'",
        _refused,
    ),
    (
        18,
        "sanggahan_tepat_waktu",
        "assistance_objection",
        "t.filed_on",
        "Usul-sanggah yang dijawab dalam batas 14 hari, menurut tanggal masuknya. Ini jumlah sanggahan, bukan jumlah "
        "orang.",
        "t.answered_on <= t.due_on",
        _in_time,
    ),
):
    register(
        AdditiveMeasure(
            number=number,
            code=code,
            unit=Unit.ACTS,
            definition=definition,
            table=table,
            where=where,
            year=f"extract(year FROM {day})",
            month=f"extract(month FROM {day})",
            region="t.region_id",
            value="1",
            dims={Dim.PROGRAMME: "t.programme_id"},
            rows=rows,
        )
    )
