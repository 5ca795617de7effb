"""A full rebuild of a year: counted anew per province, compared with the live facts, applied.

While its job runs, drains leave the year alone. Each part counts in ONE snapshot
`facts - undrained ledger`, which is what the live table must hold; a difference is drift and is
reported with its cells. Applying changes only the cells that differ (ADR 0005).
"""

import hashlib
import json
from dataclasses import replace
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.utils import timezone

from pilar.core import jobs, regions
from pilar.core.measures import AdditiveMeasure, DistinctMeasure, all_measures
from pilar.core.models import BudgetYear, Job, Region, User
from targets.engine import drain, sql
from targets.engine.drain import LOCK
from targets.models import RollupPart, RollupRun, RollupYear
from targets.models.facts import CELL_COLUMNS, CELL_KEY

UPPER_LEVELS = "(VALUES (2, 1000000), (1, 100000000)) l (level, span)"
PART_LEVELS = "(VALUES (3, 10000), (2, 1000000), (1, 100000000)) l (level, span)"
NATION_LEVEL, SAMPLE = "(VALUES (0, 10000000000)) l (level, span)", 20
STAGED = ("targets_stagedcell", "targets_stagedparticipation")


def rule_version() -> str:
    """Changes whenever a measure's declaration does."""
    declared = [repr(m).partition("rows=")[0] for m in all_measures()]
    return hashlib.sha256(json.dumps(declared).encode()).hexdigest()[:16]


def begin(job: Job) -> tuple[RollupRun, list[int]]:
    """The run of a claimed job and the regions of its parts, after every drain in flight has ended."""
    with jobs.engine_transaction() as cursor:
        _discard(cursor, job)
        run = RollupRun.objects.create(job=job, year=job.params["year"], rule_version=rule_version())
        provinces = Region.objects.filter(level=regions.Level.PROVINCE).values_list("code", flat=True)
        codes = [regions.NATION, *provinces]
        RollupPart.objects.bulk_create([RollupPart(run=run, region_id=code) for code in codes])
        jobs.heartbeat(job.pk, job.attempt, expected=len(codes), stage="menghitung per provinsi")
    with jobs.engine_transaction() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock({LOCK})")
    return run, codes


def applied_run(job: Job) -> RollupRun | None:
    """What an earlier attempt applied before it was lost: only its end is missing."""
    with jobs.engine_transaction():
        return RollupRun.objects.filter(job=job, computed_at__isnull=False).first()


def _discard(cursor: Any, job: Job) -> None:
    """An earlier attempt's run goes, and whatever a lost, failed or cancelled one staged: nobody applies it."""
    for run in RollupRun.objects.filter(job=job):
        run.delete()
    for table in STAGED:
        cursor.execute(
            f"DELETE FROM {table} s WHERE NOT EXISTS (SELECT 1 FROM targets_rolluprun r"
            " JOIN core_job j ON j.id = r.job_id WHERE r.id = s.run_id AND j.state IN ('antre', 'berjalan'))"
        )


def count_part(run: RollupRun, region: int, attempt: int) -> None:
    """Stages one province (or, for the nation, its own rows and everybody's personal facts).

    Raises LeaseLost when this attempt may no longer write.
    """
    lo, hi = (regions.NATION, regions.NATION) if region == regions.NATION else regions.bounds(region)
    with jobs.engine_transaction():
        jobs.heartbeat(run.job_id, attempt)
    with jobs.beating(run.job_id, attempt), jobs.engine_transaction(repeatable_read=True) as cursor:
        if not RollupPart.objects.filter(run=run, region_id=region, done_at__isnull=True).exists():
            return  # a message that came twice
        _clear(cursor, run, lo, hi)
        rows = sum(_stage_additive(cursor, run, m, lo, hi) for m in all_measures() if isinstance(m, AdditiveMeasure))
        rows += sum(_stage_distinct(cursor, run, m, lo, hi) for m in all_measures() if isinstance(m, DistinctMeasure))
        _subtract_ledger(cursor, run, lo, hi)
        _cascade(cursor, run, lo, hi)
        RollupPart.objects.filter(run=run, region_id=region).update(done_at=timezone.now(), source_rows=rows)


def _clear(cursor: Any, run: RollupRun, lo: int = 0, hi: int = regions.LAST_CODE) -> None:
    for table in STAGED:
        cursor.execute(
            f"DELETE FROM {table} WHERE run_id = %s AND region_id BETWEEN %s AND %s",
            [run.pk, lo, hi],
        )


_STAGE = (
    "INSERT INTO targets_stagedcell (run_id, level, region_id, measure, dim, breakdown, person_id, period, n, value)"
)


def _stage_additive(cursor: Any, run: RollupRun, measure: AdditiveMeasure, lo: int, hi: int) -> int:
    where = f"({measure.year}) = %(year)s"
    ranged = f"{where} AND {measure.region} BETWEEN %(lo)s AND %(hi)s"
    personless = sql.grouped(sql.additive_select(replace(measure, person=None), measure.table, where=ranged))
    params = {"run": run.pk, "year": run.year, "lo": lo, "hi": hi}
    cursor.execute(
        f"{_STAGE} SELECT %(run)s, 3, region_id, measure, dim, breakdown, 0, period, n, value FROM ({personless}) c",
        params,
    )
    if lo == hi == regions.NATION and measure.person:
        personal = sql.grouped(sql.additive_select(replace(measure, dims={}), measure.table, where=where))
        cursor.execute(
            f"{_STAGE} SELECT %(run)s, -1, 0, measure, 0, 0, person_id, period, n, value FROM ({personal}) c",
            params,
        )
    cursor.execute(f"SELECT count(*) FROM {measure.table} t WHERE {measure.where} AND {ranged}", params)
    return int(cursor.fetchone()[0])


def _stage_distinct(cursor: Any, run: RollupRun, measure: DistinctMeasure, lo: int, hi: int) -> int:
    """Subjects waiting in the queue keep what the facts hold of them; their drain comes afterwards."""
    queued = "SELECT subject FROM targets_dirtysubject WHERE kind = %(kind)s AND year IN (0, %(year)s)"
    only = f"{measure.region} BETWEEN %(lo)s AND %(hi)s AND NOT EXISTS ({queued} AND subject = {measure.subject})"
    fresh = sql.distinct_select(measure, only=only, years="(SELECT %(year)s::smallint AS year)")
    params = {
        "run": run.pk,
        "year": run.year,
        "lo": lo,
        "hi": hi,
        "kind": measure.kind,
        "m": measure.number,
    }
    cursor.execute(
        "INSERT INTO targets_stagedparticipation (run_id, measure, subject, region_id, dim, breakdown, mask)"
        f" SELECT %(run)s, %(m)s, subject, region_id, dim, breakdown, mask FROM ({fresh}) f"
        " UNION ALL SELECT %(run)s, %(m)s, subject, region_id, dim, breakdown, mask FROM targets_participation"
        " WHERE measure = %(m)s AND year = %(year)s AND region_id BETWEEN %(lo)s AND %(hi)s"
        f" AND subject IN ({queued})",
        params,
    )
    rows = cursor.rowcount
    source = _participation_of(run, f"AND region_id BETWEEN {lo} AND {hi} AND measure = {measure.number}")
    cells = sql.distinct_cells(source, levels=PART_LEVELS)
    cursor.execute(
        f"{_STAGE} SELECT %s, level, region_id, measure, dim, breakdown, 0, period, n, n FROM ({cells}) c",
        [run.pk],
    )
    return int(rows)


def _participation_of(run: RollupRun, condition: str = "") -> str:
    return (
        f"(SELECT {run.year}::smallint AS year, measure, subject, region_id, dim, breakdown, mask"
        f" FROM targets_stagedparticipation WHERE run_id = {run.pk} {condition})"
    )


def _subtract_ledger(cursor: Any, run: RollupRun, lo: int, hi: int) -> None:
    """What is noted but not drained is not in the live facts either."""
    people = "person_id <> 0 OR" if lo == hi == regions.NATION else "person_id = 0 AND"
    cursor.execute(
        f"{_STAGE} SELECT %s, CASE WHEN person_id = 0 THEN 3 ELSE -1 END, region_id, measure, dim, breakdown,"
        " person_id, period, -sum(n), -sum(value) FROM targets_ledgerentry"
        f" WHERE year = %s AND ({people} region_id BETWEEN %s AND %s) GROUP BY region_id, measure, dim, breakdown,"
        " person_id, period",
        [run.pk, run.year, lo, hi],
    )


def _additive_numbers() -> list[int]:
    return [m.number for m in all_measures() if isinstance(m, AdditiveMeasure)]


def _cascade(cursor: Any, run: RollupRun, lo: int, hi: int) -> None:
    cursor.execute(
        f"{_STAGE} SELECT %s, l.level, region_id / l.span * l.span, measure, dim, breakdown, 0, period,"
        f" sum(n), sum(value) FROM targets_stagedcell s CROSS JOIN {UPPER_LEVELS}"
        " WHERE run_id = %s AND s.level = 3 AND measure = ANY(%s) AND region_id BETWEEN %s AND %s"
        " GROUP BY l.level, region_id / l.span * l.span, measure, dim, breakdown, period",
        [run.pk, run.pk, _additive_numbers(), lo, hi],
    )


def apply(run: RollupRun, attempt: int) -> None:
    """Compares the staged year with the live facts, notes the drift, applies the difference.

    Raises LeaseLost when the attempt no longer holds the job: nothing is applied then.
    """
    with jobs.engine_transaction():
        jobs.heartbeat(run.job_id, attempt, stage="membandingkan dan menerapkan")
    with jobs.beating(run.job_id, attempt), jobs.engine_transaction() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock({LOCK})")
        # A message may come twice: what was applied is staged no more and would compare as zero.
        if not RollupRun.objects.filter(pk=run.pk, computed_at__isnull=True).exists():
            return
        _stage_nation(cursor, run)
        cursor.execute(_DIFFERENCES, {"run": run.pk, "year": run.year})
        _note_drift(cursor, run)
        cursor.execute(_APPLY_REGIONS, {"year": run.year})
        cursor.execute(_APPLY_PEOPLE, {"year": run.year})
        cursor.execute(_CORRECT, {"year": run.year})
        _apply_participation(cursor, run)
        _clear(cursor, run)
        RollupYear.objects.update_or_create(
            year=run.year,
            defaults={"last_run": run},
            create_defaults={"last_run": run, "drained_at": timezone.now()},
        )
        # Last of all: held until the commit, so that nobody takes the job over in between. Held from
        # the start, the row's lock would keep the beating thread out and the lease would run off.
        jobs.heartbeat(run.job_id, attempt)


def finish(run: RollupRun, attempt: int) -> None:
    """Brings in what was written meanwhile, then ends the job: a done rebuild shows every row."""
    with jobs.beating(run.job_id, attempt):
        drain.drain_noted()
    with jobs.engine_transaction():
        jobs.job_end(run.job_id, attempt, Job.State.DONE)


def _stage_nation(cursor: Any, run: RollupRun) -> None:
    cursor.execute(
        f"{_STAGE} SELECT %s, 0, 0, measure, dim, breakdown, 0, period, sum(n), sum(value) FROM targets_stagedcell"
        " WHERE run_id = %s AND level = 1 AND measure = ANY(%s) GROUP BY measure, dim, breakdown, period",
        [run.pk, run.pk, _additive_numbers()],
    )
    cells = sql.distinct_cells(_participation_of(run), levels=NATION_LEVEL)
    cursor.execute(
        f"{_STAGE} SELECT %s, level, region_id, measure, dim, breakdown, 0, period, n, n FROM ({cells}) c",
        [run.pk],
    )


_DIFFERENCES = """
CREATE TEMP TABLE IF NOT EXISTS pilar_diff (level smallint, region_id bigint, measure smallint, dim smallint,
  breakdown int, person_id bigint, period smallint, old_n bigint, old_value bigint, n bigint, value bigint)
  ON COMMIT DELETE ROWS;
TRUNCATE pilar_diff;
INSERT INTO pilar_diff
SELECT level, region_id, measure, dim, breakdown, person_id, period,
       coalesce(o.n, 0), coalesce(o.value, 0), coalesce(s.n, 0), coalesce(s.value, 0)
FROM (
  SELECT level, region_id, measure, dim, breakdown, person_id, period, sum(n) AS n, sum(value) AS value
  FROM targets_stagedcell WHERE run_id = %(run)s GROUP BY 1, 2, 3, 4, 5, 6, 7
) s FULL JOIN (
  SELECT level, region_id, measure, dim, breakdown, 0::bigint AS person_id, period, n, value
  FROM targets_achievement WHERE year = %(year)s
  UNION ALL
  SELECT -1, 0, measure, 0, 0, person_id, period, n, value FROM targets_personalachievement WHERE year = %(year)s
) o USING (level, region_id, measure, dim, breakdown, person_id, period)
WHERE (coalesce(o.n, 0), coalesce(o.value, 0)) IS DISTINCT FROM (coalesce(s.n, 0), coalesce(s.value, 0))
"""

_APPLY_REGIONS = f"""
INSERT INTO targets_achievement ({sql.FACT})
SELECT %(year)s, {CELL_COLUMNS} FROM pilar_diff WHERE level >= 0
ON CONFLICT ({sql.FACT_KEY})
DO UPDATE SET n = excluded.n, value = excluded.value
"""

#: what a rebuild mends in a closed year is a correction too
_CORRECT = sql.corrections(
    f"(SELECT %(year)s::smallint AS year, {', '.join(CELL_KEY)}, n - old_n AS n, value - old_value AS value"
    " FROM pilar_diff WHERE level >= 0)"
)

_APPLY_PEOPLE = """
INSERT INTO targets_personalachievement (year, person_id, measure, period, n, value)
SELECT %(year)s, person_id, measure, period, n, value FROM pilar_diff WHERE level = -1
ON CONFLICT (year, person_id, measure, period) DO UPDATE SET n = excluded.n, value = excluded.value
"""


def _note_drift(cursor: Any, run: RollupRun) -> None:
    cursor.execute(f"SELECT * FROM pilar_diff ORDER BY {', '.join(CELL_KEY)} LIMIT %s", [SAMPLE])
    names = [column.name for column in cursor.description]
    sample = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    cursor.execute(
        "SELECT (SELECT count(*) FROM pilar_diff), (SELECT count(*) FROM targets_stagedcell WHERE run_id = %s),"
        " (SELECT coalesce(sum(source_rows), 0) FROM targets_rolluppart WHERE run_id = %s)",
        [run.pk, run.pk],
    )
    run.drift_cells, run.cells, run.source_rows = cursor.fetchone()
    run.drift_sample, run.computed_at = sample, timezone.now()
    run.save()


def _apply_participation(cursor: Any, run: RollupRun) -> None:
    key = "measure, subject, region_id, dim, breakdown"
    cursor.execute(
        "DELETE FROM targets_participation p WHERE year = %s AND NOT EXISTS ("
        "SELECT 1 FROM targets_stagedparticipation s"
        " WHERE s.run_id = %s AND s.measure = p.measure AND s.subject = p.subject AND s.region_id = p.region_id"
        " AND s.dim = p.dim AND s.breakdown = p.breakdown AND s.mask = p.mask)",
        [run.year, run.pk],
    )
    cursor.execute(
        f"INSERT INTO targets_participation (year, {key}, mask)"
        f" SELECT %s, {key}, mask FROM targets_stagedparticipation WHERE run_id = %s"
        " ON CONFLICT (measure, year, subject, region_id, dim, breakdown) DO NOTHING",
        [run.year, run.pk],
    )


def progress(run: RollupRun, attempt: int) -> bool:
    """Notes how many parts are done; True when all are."""
    with jobs.engine_transaction():
        left = run.parts.filter(done_at__isnull=True).count()
        jobs.heartbeat(run.job_id, attempt, done=run.parts.count() - left)
    return left == 0


def rollup_request(*, year: int, user: User | None) -> Job:
    """Queues a full rebuild of the year. Raises Refusal while one is open."""
    return jobs.job_open(kind="rollup", key=str(year), region=regions.NATION, user=user, params={"year": year})


def queue_stalest_year() -> None:
    """Queues the open year that was compared longest ago, unless a rebuild is open: one at a time,

    since parts of several would wait in one queue until their leases ran out.
    """
    with jobs.engine_transaction():
        if Job.objects.open().filter(kind="rollup").exists():
            return
        compared = RollupYear.objects.filter(year=OuterRef("year")).values("last_run__computed_at")
        years = BudgetYear.objects.filter(closed_on__isnull=True).annotate(compared=Subquery(compared))
        if stalest := years.order_by(F("compared").asc(nulls_first=True), "year").first():
            rollup_request(year=stalest.year, user=None)
