import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import ProgrammingError, connection, transaction

from pilar.core.formatting import angka, kode_wilayah, nama_bulan, rupiah, waktu
from pilar.core.models import BudgetYear
from pilar.core.regions import LEVEL_NAMES, Level
from targets.engine.closing import faults
from targets.models import YearClosure

SQL = Path(__file__).resolve().parents[2] / "recount"
EXAMPLES = 5
PAUSE = 0.2
RUPIAH = 10
MONEY = (RUPIAH, 15, 16, 17)
CANNOT_COMPARE = 2
SEES_TOO_LITTLE = "Pembandingan perlu melihat semua baris: jalankan dengan PILAR_LOGIN=owner."

#: what a breakdown id names
DIM_NAMES = {1: "program", 2: "pilar", 3: "kelompok PAS"}
FACTS = {"regions": "targets_achievement", "people": "targets_personalachievement"}


@dataclass(frozen=True)
class Recount:
    """One measure of one fact table, recounted from its source rows by one query.

    `rows` and `levels` name SQL files; `levels` adds leaves up to every region level.
    """

    measure: int
    name: str
    rows: str
    levels: str = ""
    facts: str = "regions"

    def query(self) -> str:
        expected = _sql(self.rows)
        if self.levels:
            expected = _sql(self.levels).replace("{leaves}", expected)
        return _sql(f"compare_{self.facts}").replace("{expected}", expected)


@dataclass(frozen=True)
class Result:
    recount: Recount
    cells: int
    drift: int
    examples: list[dict[str, Any]]


@dataclass(frozen=True)
class Backlog:
    ledger: int
    dirty: int

    def __bool__(self) -> bool:
        return bool(self.ledger or self.dirty)


RECOUNTS = (
    Recount(RUPIAH, "rupiah tersalur", "rupiah", "levels_of_rows"),
    Recount(11, "kegiatan terverifikasi", "activities", "levels_of_rows"),
    Recount(12, "graduasi", "graduations", "levels_of_rows"),
    Recount(13, "verval", "verifications", "levels_of_rows"),
    Recount(14, "verval tidak layak", "refused_verifications", "levels_of_rows"),
    Recount(15, "rupiah ditetapkan (SK)", "rupiah_decided", "levels_of_rows"),
    Recount(16, "rupiah diterima", "rupiah_received", "levels_of_rows"),
    Recount(17, "pagu", "ceilings", "levels_of_rows"),
    Recount(18, "sanggahan tepat waktu", "objections_in_time", "levels_of_rows"),
    Recount(19, "laporan tepat waktu", "reports_on_time", "levels_of_rows"),
    Recount(30, "personel terdaftar", "personnel", "levels_of_people"),
    Recount(31, "penerima", "recipients", "levels_of_people"),
    Recount(32, "penerima per kelompok PAS", "recipients_per_group", "levels_of_people"),
    Recount(11, "kegiatan perorangan", "personal_activities", facts="people"),
    Recount(19, "laporan tepat waktu perorangan", "personal_reports", facts="people"),
    Recount(12, "graduasi perorangan", "personal_graduations", facts="people"),
)


class Command(BaseCommand):
    help = (
        "Menghitung ulang semua angka capaian satu tahun dari baris sumbernya, dengan SQL yang terpisah dari "
        "mesin hitung, lalu membandingkannya. Keluar dengan 1 bila ada sel yang bergeser, dengan 2 bila "
        "tidak dapat membandingkan."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--year", type=int, required=True, help="tahun anggaran")
        parser.add_argument("--wait", type=float, default=10, help="batas menunggu buku perubahan kosong, detik")

    def handle(self, *args: Any, **options: Any) -> None:
        year = options["year"]
        _require_comparable(year)
        try:
            results = self._compare_when_drained(year, options["wait"])
        except ProgrammingError as error:
            raise CommandError(f"{SEES_TOO_LITTLE} ({error})", returncode=CANNOT_COMPARE) from error
        for result in results:
            self._tell(result)
        drift = sum(result.drift for result in results) + self._closed(year)
        cells = sum(result.cells for result in results)
        if drift:
            raise CommandError(f"Tahun {year}: {angka(drift)} dari {angka(cells)} sel bergeser.")
        same = "semuanya sama" if cells else "tahun ini belum punya baris sumber maupun capaian"
        self.stdout.write(f"Tahun {year}: {angka(cells)} sel dibandingkan, {same}.")

    def _closed(self, year: int) -> int:
        """Cells in which a closed year's copy and its corrections do not make the live figure; 1 for a broken hash."""
        closure = YearClosure.objects.closed().filter(year=year).last()
        if closure is None:
            return 0
        with _snapshot() as cursor:
            cells, drift, corrected = _row(cursor, _sql("closed_year"), year=year)
            wrong = faults(closure)
        verdict = f"{angka(drift)} tidak sama" if drift else "salinan dan koreksinya sama dengan angka kini"
        self.stdout.write(
            f"Ditutup {waktu(closure.closed_at)}: {angka(cells)} sel, {angka(corrected)} dikoreksi sesudahnya; "
            f"{verdict}; {'; '.join(wrong) or 'sidik utuh'}."
        )
        return int(drift) + bool(wrong)

    def _compare_when_drained(self, year: int, limit: float) -> list[Result]:
        """The backlog is counted in the same snapshot as the figures, so that no change slips in between."""
        deadline, told = time.monotonic() + limit, False
        while True:
            with _snapshot() as cursor:
                backlog = Backlog(*_row(cursor, _sql("backlog"), year=year))
                if not backlog or time.monotonic() >= deadline:
                    self._tell_backlog(backlog)
                    return [_compare(cursor, recount, year) for recount in _recounts(cursor, year)]
            if not told:
                told = True
                self.stdout.write(f"Buku perubahan belum kosong: {_words(backlog)}. Menunggu sampai {limit:g} detik …")
            time.sleep(PAUSE)

    def _tell_backlog(self, backlog: Backlog) -> None:
        if not backlog:
            self.stdout.write("Buku perubahan kosong.")
            return
        self.stdout.write(
            f"Buku perubahan belum kosong: {_words(backlog)}. Tetap dibandingkan; "
            "sel yang bergeser mungkin hanya menunggu diolah."
        )

    def _tell(self, result: Result) -> None:
        recount = result.recount
        verdict = f"{angka(result.drift)} bergeser" if result.drift else "sama"
        self.stdout.write(f"{recount.measure} {recount.name}: {angka(result.cells)} sel, {verdict}")
        for cell in result.examples:
            self.stdout.write(f"  {_address(cell, recount)}: {_figures(cell, recount.measure)}")
        if result.drift > len(result.examples):
            self.stdout.write(f"  … dan {angka(result.drift - len(result.examples))} sel lain")


def _require_comparable(year: int) -> None:
    if settings.LOGIN != "owner":
        raise CommandError(SEES_TOO_LITTLE, returncode=CANNOT_COMPARE)
    if not BudgetYear.objects.filter(pk=year).exists():
        raise CommandError(f"Tahun anggaran {year} belum dibuka.", returncode=CANNOT_COMPARE)


@contextmanager
def _snapshot() -> Iterator[Any]:
    """One unchanging view of the data. A row hidden by row security is an error, not a missing row."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SET LOCAL row_security = off")
        cursor.execute("SET LOCAL work_mem = '64MB'")
        yield cursor


def _recounts(cursor: Any, year: int) -> list[Recount]:
    """Every known measure, then each measure found in the facts that no recount knows."""
    strangers = []
    for facts, table in FACTS.items():
        known = [recount.measure for recount in RECOUNTS if recount.facts == facts]
        cursor.execute(_sql("unknown_measures").replace("{table}", table), {"year": year, "known": known})
        strangers += [
            Recount(measure, "ukuran tanpa hitungan pembanding", "no_rows", facts=facts)
            for (measure,) in cursor.fetchall()
        ]
    return [*RECOUNTS, *strangers]


def _compare(cursor: Any, recount: Recount, year: int) -> Result:
    params = {"year": year, "measure": recount.measure, "examples": EXAMPLES}
    cells, drift, examples = _row(cursor, recount.query(), **params)
    return Result(recount, cells, drift, json.loads(examples))


def _row(cursor: Any, sql: str, **params: Any) -> tuple[Any, ...]:
    cursor.execute(sql, params)
    row: tuple[Any, ...] = cursor.fetchone()
    return row


def _sql(name: str) -> str:
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


def _words(backlog: Backlog) -> str:
    return f"{angka(backlog.ledger)} perubahan dan {angka(backlog.dirty)} orang belum diolah"


def _address(cell: dict[str, Any], recount: Recount) -> str:
    """Where a cell lies: level, region, measure, breakdown, period; or the person's number."""
    if recount.facts == "people":
        return f"personel nomor {cell['person']}, {recount.name}, {_period(cell['period'])}"
    region = cell["region"]
    where = f"{kode_wilayah(region)} {cell['region_name'] or 'wilayah tak dikenal'}" if region else "Nasional"
    return (
        f"tingkat {cell['level']} ({_level(cell['level'])}), {where}, {recount.name}, "
        f"{_breakdown(cell)}, {_period(cell['period'])}"
    )


def _level(level: int) -> str:
    return LEVEL_NAMES[Level(level)] if level in set(Level) else "tak dikenal"


def _breakdown(cell: dict[str, Any]) -> str:
    dim, breakdown = cell["dim"], cell["breakdown"]
    if dim == 0 and breakdown == 0:
        return "semua"
    return f"{DIM_NAMES.get(dim, f'rincian {dim}')} {breakdown} ({cell.get('breakdown_name') or 'tak dikenal'})"


def _period(period: int) -> str:
    if period == 0:
        return "setahun"
    if period == 13:
        return "luncuran"
    if 21 <= period <= 24:
        return f"triwulan {period - 20}"
    return nama_bulan(period) if 1 <= period <= 12 else f"masa {period}"


def _figures(cell: dict[str, Any], measure: int) -> str:
    """Expected against found; rows as well as value when they can differ."""
    sides = (("seharusnya", "expected"), ("tercatat", "found"))
    money = rupiah if measure in MONEY else angka
    return ", ".join(f"{word} {money(cell[f'{key}_value'])} (n={angka(cell[f'{key}_n'])})" for word, key in sides)
