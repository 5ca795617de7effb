"""One report of a kind for a region and period, with all that must be said beside its tables."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from pilar.core import regions
from pilar.core.errors import Refusal
from pilar.core.formatting import Blank, tanggal
from pilar.core.models import Region
from pilar.reports.cells import PENDING_MARK
from pilar.reports.kinds import Kind
from pilar.reports.layout import Report, Section
from pilar.reports.source import Source
from targets.periods import Period
from targets.place import full_name


def report_of(user: Any, *, kind: Kind, region: Region, period: Period, today: date) -> Report:
    """Raises Refusal for a village, where nothing is counted, and a kecamatan outside the reader's grant."""
    if region.level > regions.Level.DISTRICT:
        raise Refusal(
            f"{region} adalah desa/kelurahan; angka ada sampai tingkat kecamatan.",
            "Pilih kecamatannya.",
            rule="tingkat_laporan",
        )
    source = Source(user, region, period, today)
    sections = kind.sections(source)
    return Report(
        kind=kind.slug,
        title=f"Laporan {kind.title[0].lower()}{kind.title[1:]}",
        region=region,
        place=full_name(region),
        period=period,
        period_text=_period(period, today),
        as_of=source.as_of,
        sections=sections,
        facts=kind.facts(source),
        notes=list(_notes(source, kind, sections)),
    )


def _period(period: Period, today: date) -> str:
    """A period that still runs says until when it counts."""
    if not period.has_begun(today):
        return f"{period.name} (belum mulai)"
    return period.name if period.is_over(today) else f"{period.name} (berjalan, sampai {tanggal(today)})"


def _notes(source: Source, kind: Kind, sections: Sequence[Section]) -> Iterator[str]:
    if source.as_of is None:
        yield f"Angka tahun {source.period.year} belum pernah dihitung."
    yield from (f"{source.indicators[code].name}: {source.indicators[code].definition}" for code in kind.indicators)
    yield from kind.notes
    cells = [cell for section in sections for row in section.rows for cell in row]
    if not source.of_year:
        yield "Target ditetapkan untuk setahun; persen target ada di laporan setahun."
    if any(cell.mark == PENDING_MARK for cell in cells):
        yield f"{PENDING_MARK} target diajukan dan belum disetujui."
    if any(cell.value is Blank.SUPPRESSED for cell in cells):
        yield "Disamarkan: jumlah kecil dari kelompok yang termasuk data pribadi spesifik, di luar wilayah pembaca."
    if any(cell.is_blank and cell.value not in tuple(Blank) for cell in cells):
        yield "Belum ada data: tidak diketahui, bukan nol."
