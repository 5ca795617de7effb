"""CSV of a list and of a file's bad rows, in pieces: each piece is read in a scope transaction of its own, because
the answer is sent after the request's transaction has ended."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db import transaction

from assistance.models import Batch, Disbursement, ResultFile, ResultRow
from assistance.reading import people_names
from assistance.words import line_label
from pilar.core import audit, places
from pilar.core.models import Region, User
from pilar.core.scoping import scope_transaction
from pilar.core.tables import BOM, written

AT_ONCE = 5000
#: how a masked NIK is known: of today, and as older files hold it
MASKS = "•*"
ELSEWHERE = "tercatat di wilayah lain"
LINE_COLUMNS = ("kunci", "nama", "wilayah", "jumlah", "keadaan", "hasil", "tanggal", "keterangan")
FAULT_COLUMNS = (
    "baris ke",
    "kunci",
    "nik tersamar",
    "hasil",
    "jumlah",
    "tanggal",
    "sebab",
    "alasan",
    "tertulis di berkas",
)
GOOD = (ResultRow.Match.NEW, ResultRow.Match.MATCHED)
#: the next rows behind a number, as cells, and the number of the last one
Piece = Callable[[int], tuple[list[tuple[Any, ...]], int]]


@transaction.atomic
def batch_export(*, actor: User, batch: Batch) -> Iterator[str]:
    """Every line of a list the actor may see; what comes back can be filled in and uploaded as a result file."""
    _record(actor, batch, f"Daftar {batch} diunduh")
    regions: dict[int, str] = {}

    def piece(after: int) -> tuple[list[tuple[Any, ...]], int]:
        rows = Disbursement.objects.visible_to(actor).filter(batch=batch, year=batch.year_id, pk__gt=after)
        names = ("pk", "year", "beneficiary_id", "region_id", "amount", "state", "detail")
        found = list(rows.order_by("pk").values_list(*names)[:AT_ONCE])
        people = people_names(actor, [row[2] for row in found])
        if new := {row[3] for row in found} - regions.keys():
            regions.update(places.labels(Region.objects.filter(pk__in=new)))
        cells = [
            (f"{year}-{pk}", people.get(person, ELSEWHERE), regions[place], amount,
             line_label(state, batch.programme), "", "", detail)
            for pk, year, person, place, amount, state, detail in found
        ]  # fmt: skip
        return cells, found[-1][0] if found else after

    return _pieces(actor, LINE_COLUMNS, piece)


@transaction.atomic
def result_faults_export(*, actor: User, file: ResultFile) -> Iterator[str]:
    """Rows that were not matched, each with its reason; mended, the file can be uploaded as it is."""
    _record(actor, file, f"Baris bermasalah berkas {file.name} diunduh")

    def piece(after: int) -> tuple[list[tuple[Any, ...]], int]:
        rows = ResultRow.objects.visible_to(actor).filter(file=file, number__gt=after)
        found = list(
            rows.exclude(match__in=(ResultRow.Match.NEW, ResultRow.Match.MATCHED)).order_by("number")[:AT_ONCE]
        )
        return [_fault(row, file) for row in found], found[-1].number if found else after

    return _pieces(actor, FAULT_COLUMNS, piece)


def _fault(row: ResultRow, file: ResultFile) -> tuple[Any, ...]:
    masked = row.line_ref if any(sign in row.line_ref for sign in MASKS) else ""
    known = f"{file.batch.year_id}-{row.line_id}" if row.line_id else ""
    return (
        row.number, known or ("" if masked else row.line_ref), masked, row.outcome.replace("_", " "), row.amount,
        f"{row.on:%d/%m/%Y}" if row.on else "", row.get_match_display(), row.message, row.written,
    )  # fmt: skip


def _pieces(actor: User, columns: tuple[str, ...], piece: Piece) -> Iterator[str]:
    yield BOM + written([columns])
    after = 0
    while True:
        with scope_transaction(actor):
            rows, after = piece(after)
        if not rows:
            return
        yield written(rows)


def _record(actor: User, target: Batch | ResultFile, what: str) -> None:
    audit.record(actor=actor, action=audit.Action.READ_PERSONAL, target=target, region=target.region_id, summary=what)
