"""One chunk of a result file at a time, set-based inside the database: matched, later applied.

Each function is one transaction's worth of work with a constant number of statements; it can be repeated
after a crash at any point, because what is done already is marked in the rows themselves.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Count, Max, Q

from assistance.models import Batch, ResultFile, ResultRow
from assistance.services.entry import require_entry
from assistance.services.line_parts import PAYABLE, require_paying
from assistance.services.refusals_batch import not_payable
from assistance.states import LINE, State
from pilar.core.models import User

SQL = Path(__file__).parent.parent / "sql"
CHECK, DOUBLES, LOCK, APPLY = (
    (SQL / f"result_{name}.sql").read_text(encoding="utf-8") for name in ("check", "doubles", "lock", "apply")
)
Match = ResultRow.Match
_OUTCOMES = (State.RECEIVED, State.UNCLAIMED, State.RETURNED)
_STEPS = [(was, then.value) for then in _OUTCOMES for was in LINE.sources_of(then)]


@dataclass(frozen=True)
class Part:
    """Rows of the file looked at, up to which row of the sheet, and how many lines moved."""

    rows: int
    until: int
    moved: int = 0


def check_part(*, actor: User, file: ResultFile, after: int) -> Part:
    """Matches the next rows behind sheet row `after`; no rows: all are matched."""
    require_entry(actor, file.region_id, file.programme)
    part = _next(file, after, match=Match.NEW)
    if part.rows:
        batch = Batch.objects.visible_to(actor).get(pk=file.batch_id)
        states = {"states": State.values, "labels": [str(label) for label in State.labels]}
        approval = {"open": batch.approval in PAYABLE, "closed": str(not_payable(batch))}
        _run(CHECK, _of(file, batch, after, part) | states | approval)
    return part


def mark_doubles(file: ResultFile) -> None:
    _run(DOUBLES, {"file": file.pk})


def apply_part(*, actor: User, file: ResultFile, after: int, note: str, today: date) -> Part:
    """Moves the lines of the next matched rows behind sheet row `after`; no rows: all are applied.

    A row that fits no more, because somebody moved its line meanwhile, becomes a fault; nothing is forced.
    Raises Refusal when the actor lost his right or the list was closed to results.
    """
    require_entry(actor, file.region_id, file.programme)
    rows = Batch.objects.visible_to(actor).select_for_update(of=("self",), no_key=True)
    batch = rows.get(pk=file.batch_id)
    require_paying(batch)
    part = _next(file, after, match=Match.MATCHED, applied=False)
    if not part.rows:
        return part
    params = _of(file, batch, after, part)
    _run(LOCK, params)
    moved = _run(
        APPLY,
        params
        | {
            "reason": note,
            "note": "; ".join(filter(None, (f"berkas hasil {file.name}", note)))[:300],
            "today": today,
            "actor": actor.pk,
            "actor_name": str(actor),
        },
    )
    left = _rows(file, after, match=Match.MATCHED, applied=False).filter(number__lte=part.until)
    left.update(
        match=Match.STEP, message="Barisnya berubah sesudah berkas diperiksa. Buka barisnya, lalu catat di sana."
    )
    return Part(part.rows, part.until, moved)


def _rows(file: ResultFile, after: int, **which: Any) -> Any:
    return ResultRow.objects.filter(file=file, number__gt=after, **which).order_by("number")


def _next(file: ResultFile, after: int, **which: Any) -> Part:
    numbers = _rows(file, after, **which).values("number")[: settings.RESULT_CHUNK_ROWS]
    found = numbers.aggregate(rows=Count("number"), until=Max("number"))
    return Part(found["rows"], found["until"] or after)


def _of(file: ResultFile, batch: Batch, after: int, part: Part) -> dict[str, Any]:
    return {
        "file": file.pk,
        "batch": batch.pk,
        "year": batch.year_id,
        "after": after,
        "until": part.until,
        "was": [was for was, _ in _STEPS],
        "became": [became for _, became in _STEPS],
    }


def _run(sql: str, params: dict[str, Any]) -> int:
    """The one number that the statement selects, or the rows it changed."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return int(cursor.fetchone()[0]) if cursor.description else int(cursor.rowcount)


def done_counts(file: ResultFile) -> dict[str, int]:
    """Rows of the file: seen (matched or broken), fit (matched), applied."""
    found: dict[str, int] = ResultRow.objects.filter(file=file).aggregate(
        seen=Count("pk", filter=~Q(match=Match.NEW)),
        fit=Count("pk", filter=Q(match=Match.MATCHED)),
        applied=Count("pk", filter=Q(applied=True)),
    )
    return found
