"""The check of a file, as a job: every row read and staged, then every rule asked of all rows at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from pilar.core import jobs
from pilar.core.imports import cells, heads, refusals, staging
from pilar.core.imports.content import opened
from pilar.core.imports.kinds import STAGED, Cell, Column, Kind, kind_of
from pilar.core.imports.reading import Row, rows_of
from pilar.core.imports.run import Run
from pilar.core.imports.turns import actor_of, as_actor, end_in, engine_turn, session_of
from pilar.core.models import ImportSession, Job

READING, ASKING = "Membaca baris", "Memeriksa baris"
AT_ONCE = 5000
MOST_ROWS = 1_000_000
LISTED = 500  # excluded rows that are kept with their text
SUSPICIOUS = 10  # NIK in a file before their last digits are looked at


@dataclass
class Staged:
    rows: int = 0
    left_out: int = 0
    excluded: list[dict[str, Any]] = field(default_factory=list)


def check(job: Job, today: date) -> None:
    with engine_turn(job, READING, 0):
        session = session_of(job)
        kind = kind_of(session.kind)
        staging.make(session, kind)
        content = opened(session)
    staged = Staged()
    rows = _data_rows(session, kind, rows_of(content, session.layout), staged)
    while part := list(islice(rows, AT_ONCE)):
        _stage(job, session, kind, part, staged)
    if not staged.rows:
        raise refusals.no_rows()
    with jobs.beating(job.pk, job.attempt):
        with engine_turn(job, ASKING, staged.rows, expected=staged.rows):
            staging.index(session.pk)
        with jobs.engine_transaction():
            actor = actor_of(job)
            session = session_of(job)
            with as_actor(actor, session):
                run = Run(session, kind, actor, today)
                questions = _ask(run)
                counts = _counts(run, staged)
            session.faults.all().delete()
            staging.keep_faults(session.pk)
            ImportSession.objects.filter(pk=session.pk).update(
                questions=questions, counts=counts, excluded=staged.excluded
            )
            end_in(job, session, ImportSession.State.CHECKED)


def _data_rows(
    session: ImportSession, kind: Kind, rows: Iterator[Row], staged: Staged
) -> Iterator[tuple[int, Sequence[Any] | None]]:
    """Rows below the heading that are data; the others are listed."""
    places = {column: at for at, column in enumerate(session.mapping) if column}
    below = session.layout["row"] + session.layout["lines"]
    for number, found in rows:
        if number < below:
            continue
        if why := "" if found is None else heads.why_no_data(kind, found, places):
            staged.left_out += 1
            if len(staged.excluded) < LISTED:
                staged.excluded.append(heads.excluded(number, why, found or []))
            continue
        if staged.rows >= MOST_ROWS:
            raise refusals.too_many_rows(MOST_ROWS)
        staged.rows += 1
        yield number, found


def _stage(job: Job, session: ImportSession, kind: Kind, part: Sequence[Any], staged: Staged) -> None:
    places = {column: at for at, column in enumerate(session.mapping) if column}
    faults: list[Sequence[Any]] = []
    lines = [_read(kind, number, found, places, faults) for number, found in part]
    names = [name for name, _ in staging.columns_of(kind)]
    with engine_turn(job, READING, staged.rows):
        staging.copy(staging.rows_table(session.pk), names, lines)
        staging.copy(staging.faults_table(session.pk), staging.FAULT_COLUMNS, faults)


def _read(
    kind: Kind, number: int, found: Sequence[Any] | None, places: dict[str, int], faults: list[Sequence[Any]]
) -> list[Any]:
    """The values of one row; a cell that breaks a rule is staged empty and noted."""
    line: list[Any] = [number]
    if found is None:
        faults.append((number, "", "baris_panjang", "", ""))
    for column in kind.columns:
        at = places.get(column.key)
        cell = found[at] if found is not None and at is not None and at < len(found) else ""
        values = cells.EMPTY[column.cell]
        if cell != "":
            try:
                values = cells.read(column, cell)
            except cells.Fault as fault:
                faults.append((number, column.key, fault.rule, fault.value, fault.detail))
        elif column.required and found is not None:
            faults.append((number, column.key, "wajib", "", ""))
        line += values
    return line


# --- rules over all rows ----------------------------------------------------------


def _ask(run: Run) -> list[dict[str, Any]]:
    for column in run.kind.columns:
        if column.cell == Cell.NIK:
            _ask_of_niks(run, column)
    _ask_for_doubles(run)
    questions = run.kind.checks(run)
    run.mark_bad()
    run.analyse()
    return questions


def _ask_of_niks(run: Run, column: Column) -> None:
    """Of real NIK one in ten ends with 0; of those that Excel cut, every one does."""
    key = column.key
    found = run.fetch(f"SELECT count({key}_index), count(*) FILTER (WHERE {key}_zero) FROM {{rows}}")
    many, zeros = found[0]
    if many >= SUSPICIOUS and 2 * zeros > many:
        run.fault("nik_nol", key, f"s.{key}_zero", value=f"s.{key}_masked")


def _ask_for_doubles(run: Run) -> None:
    if not run.kind.key:
        return
    keys = [staged_name(run.kind.by_key[key]) for key in run.kind.key]
    same = ", ".join(keys)
    shown = run.kind.by_key[run.kind.key[0]]
    value = f"s.{shown.key}{'_masked' if shown.cell == Cell.NIK else ''}::text"
    run.fault(
        "ganda", shown.key, "d.many > 1", value=value, detail="'baris ' || d.lines",
        joined=f"JOIN (SELECT line, count(*) OVER w AS many, string_agg(line::text, ', ') OVER w AS lines FROM {{rows}}"
        f" WHERE {' AND '.join(f'{key} IS NOT NULL' for key in keys)}"
        f" WINDOW w AS (PARTITION BY {same})) d USING (line)",
    )  # fmt: skip


def staged_name(column: Column) -> str:
    return f"{column.key}{STAGED[column.cell][0][0]}"


def _counts(run: Run, staged: Staged) -> dict[str, int]:
    found = run.fetch(
        "SELECT count(*) FILTER (WHERE NOT bad AND act = 'baru'), count(*) FILTER (WHERE NOT bad AND act = 'ubah'),"
        " count(*) FILTER (WHERE NOT bad AND act = 'sama'), count(*) FILTER (WHERE bad) FROM {rows}"
    )
    faults = run.fetch("SELECT count(*) FROM {faults}")[0][0]
    create, update, same, bad = found[0]
    return {
        "rows": staged.rows, "create": create, "update": update, "same": same, "bad": bad, "faults": faults,
        "excluded": staged.left_out,
    }  # fmt: skip
