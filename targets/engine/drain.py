"""Draining: what triggers noted goes into the facts, exactly once, whatever dies."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from pilar.core.jobs import engine_transaction, expire
from pilar.core.measures import DistinctMeasure, all_measures
from targets.engine import sql

#: one drainer at a time, and rebuilds wait for it before they start and before they apply
LOCK = "hashtext('pilar.drain')"

_ADDITIVE = f"""
WITH d AS (
  DELETE FROM targets_ledgerentry WHERE id IN (
    SELECT id FROM targets_ledgerentry WHERE year <> ALL(%(busy)s) ORDER BY id LIMIT %(limit)s FOR UPDATE SKIP LOCKED
  ) RETURNING *
), c AS (
  SELECT {sql.CELL}, sum(n)::bigint AS n, sum(value)::bigint AS value FROM d GROUP BY {sql.CELL}
), g AS (
  SELECT year, l.level, region_id / l.span * l.span AS region_id, measure, dim, breakdown, period,
         sum(n)::bigint AS n, sum(value)::bigint AS value
  FROM c CROSS JOIN {sql.LEVELS} WHERE person_id = 0
  GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(n) <> 0 OR sum(value) <> 0 ORDER BY 1, 2, 3, 4, 5, 6, 7
), a AS (
  INSERT INTO targets_achievement AS f ({sql.FACT})
  SELECT * FROM g
  ON CONFLICT ({sql.FACT_KEY})
  DO UPDATE SET n = f.n + excluded.n, value = f.value + excluded.value
), p AS (
  INSERT INTO targets_personalachievement AS f (year, person_id, measure, period, n, value)
  SELECT year, person_id, measure, period, n, value FROM c WHERE person_id <> 0 ORDER BY 1, 2, 3, 4
  ON CONFLICT (year, person_id, measure, period)
  DO UPDATE SET n = f.n + excluded.n, value = f.value + excluded.value
), k AS ({sql.corrections("g", "%(now)s")})
SELECT count(*), array_agg(DISTINCT year) FROM d
"""

_CLAIM = """
WITH c AS (
  DELETE FROM targets_dirtysubject WHERE id IN (
    SELECT id FROM targets_dirtysubject
    WHERE CASE WHEN year = 0 THEN %(busy)s::smallint[] = '{}' ELSE year <> ALL(%(busy)s) END
    ORDER BY id LIMIT %(limit)s FOR UPDATE SKIP LOCKED
  ) RETURNING kind, year, subject
)
INSERT INTO pilar_dz (kind, year, subject)
SELECT DISTINCT c.kind, y.year, c.subject FROM c JOIN core_budgetyear y ON c.year IN (0, y.year)
"""

_DELTA = f"""
WITH d AS (
  SELECT {sql.FACT_KEY}, n, n AS value
  FROM ({sql.distinct_cells("pilar_pz", sign="sign")}) x
), k AS ({sql.corrections("d", "%(now)s")})
INSERT INTO targets_achievement AS f ({sql.FACT})
SELECT {sql.FACT} FROM d ORDER BY {sql.FACT_KEY}
ON CONFLICT ({sql.FACT_KEY})
DO UPDATE SET n = f.n + excluded.n, value = f.value + excluded.value
"""


@dataclass
class Drained:
    """Ledger rows and subjects brought in, and the years they touched."""

    rows: int = 0
    subjects: int = 0
    years: set[int] = field(default_factory=set)

    @property
    def anything(self) -> bool:
        return bool(self.rows or self.subjects)


def drain(*, limit: int = 200_000, subjects: int = 20_000, now: datetime | None = None, wait: bool = False) -> Drained:
    """One round, in one transaction. While another drainer or a rebuild's end runs it does nothing, or waits.

    Years under a rebuild are left alone; a rebuild whose lease ran out goes back to the queue first.
    """
    now = now or timezone.now()
    done = Drained()
    with engine_transaction() as cursor:
        if wait:
            cursor.execute(f"SELECT pg_advisory_xact_lock({LOCK})")
        else:
            cursor.execute(f"SELECT pg_try_advisory_xact_lock({LOCK})")
            if not cursor.fetchone()[0]:
                return done
        expire(now)
        busy = busy_years(cursor)
        cursor.execute(_ADDITIVE, {"busy": busy, "limit": limit, "now": now})
        done.rows, years = cursor.fetchone()
        done.years.update(years or [])
        done.subjects = _drain_subjects(cursor, busy, subjects, done.years, now)
        _note(cursor, done.years, now)
    return done


def drain_all(*, now: datetime | None = None, rounds: int = 1000) -> Drained:
    """Rounds until nothing is left that may be drained now, at most `rounds` of them."""
    total = Drained()
    for _ in range(rounds):
        if not (round_ := drain(now=now)).anything:
            break
        total.rows += round_.rows
        total.subjects += round_.subjects
        total.years |= round_.years
    return total


def drain_noted() -> None:
    """Until all that is noted now has been drained, by whomever; what writers note meanwhile is not waited for."""
    with engine_transaction() as cursor:
        cursor.execute(
            "SELECT (SELECT coalesce(max(id), 0) FROM targets_ledgerentry),"
            " (SELECT coalesce(max(id), 0) FROM targets_dirtysubject)"
        )
        noted = cursor.fetchone()
    while drain(wait=True).anything and _left(noted):
        pass


def _left(noted: tuple[int, int]) -> bool:
    with engine_transaction() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM targets_ledgerentry WHERE id <= %s)"
            " OR EXISTS (SELECT 1 FROM targets_dirtysubject WHERE id <= %s)",
            list(noted),
        )
        return bool(cursor.fetchone()[0])


def busy_years(cursor: Any) -> list[int]:
    """Years of rebuilds that count: from their start until what they counted is applied."""
    cursor.execute(
        "SELECT coalesce(array_agg(r.year), '{}') FROM targets_rolluprun r JOIN core_job j ON j.id = r.job_id "
        "WHERE j.state = 'berjalan' AND r.computed_at IS NULL"
    )
    years: list[int] = cursor.fetchone()[0]
    return years


def _drain_subjects(cursor: Any, busy: list[int], limit: int, years: set[int], now: datetime) -> int:
    cursor.execute(
        "CREATE TEMP TABLE IF NOT EXISTS pilar_dz (kind text, year smallint, subject bigint) ON COMMIT DELETE ROWS;"
        "CREATE TEMP TABLE IF NOT EXISTS pilar_pz (sign int, measure smallint, year smallint, subject bigint,"
        " region_id bigint, dim smallint, breakdown int, mask int) ON COMMIT DELETE ROWS;"
        "TRUNCATE pilar_dz, pilar_pz"
    )
    cursor.execute(_CLAIM, {"busy": busy, "limit": limit})
    if not cursor.rowcount:
        return 0
    cursor.execute("ANALYZE pilar_dz")
    for measure in all_measures():
        if isinstance(measure, DistinctMeasure):
            _recount(cursor, measure)
    cursor.execute("ANALYZE pilar_pz")
    cursor.execute(_DELTA, {"now": now})
    cursor.execute(
        "DELETE FROM targets_participation p USING pilar_pz z WHERE z.sign = -1 AND p.measure = z.measure"
        " AND p.year = z.year AND p.subject = z.subject AND p.region_id = z.region_id AND p.dim = z.dim"
        " AND p.breakdown = z.breakdown"
    )
    cursor.execute(
        "INSERT INTO targets_participation (measure, year, subject, region_id, dim, breakdown, mask)"
        " SELECT measure, year, subject, region_id, dim, breakdown, mask FROM pilar_pz WHERE sign = 1"
    )
    cursor.execute("SELECT count(*), array_agg(DISTINCT year) FROM pilar_dz")
    count, touched = cursor.fetchone()
    years.update(touched or [])
    return int(count)


def _recount(cursor: Any, measure: DistinctMeasure) -> None:
    """Old rows with sign -1, new ones with sign 1, for the subjects claimed."""
    only = f"{measure.subject} IN (SELECT subject FROM pilar_dz WHERE kind = '{measure.kind}')"
    years = "(SELECT DISTINCT year FROM pilar_dz)"
    new = sql.distinct_select(measure, only=only, years=years)
    cursor.execute(
        "INSERT INTO pilar_pz"
        " SELECT 1, %(m)s, n.year, n.subject, n.region_id, n.dim, n.breakdown, n.mask"
        f" FROM ({new}) n JOIN pilar_dz z ON z.kind = %(kind)s AND z.year = n.year AND z.subject = n.subject"
        " UNION ALL"
        " SELECT -1, o.measure, o.year, o.subject, o.region_id, o.dim, o.breakdown, o.mask"
        " FROM targets_participation o JOIN pilar_dz z ON z.kind = %(kind)s AND z.year = o.year"
        " AND z.subject = o.subject WHERE o.measure = %(m)s",
        {"m": measure.number, "kind": measure.kind},
    )


def _note(cursor: Any, years: set[int], now: datetime) -> None:
    for year in sorted(years):
        cursor.execute(
            "INSERT INTO targets_rollupyear (year, drained_at) VALUES (%s, %s)"
            " ON CONFLICT (year) DO UPDATE SET drained_at = excluded.drained_at",
            [year, now],
        )
