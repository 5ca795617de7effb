"""The rollup at national size, on the product's migrated tables: load, rebuild, drain, recount.

    python bench/rollup.py --rows 10000000

Uses DATABASE_URL (owner) and a database of its own, `pilar_bench`, dropped at the end unless
--keep. Limits measured in the same run: a plain parallel sequential scan (count and sum) and
DuckDB on the same rows. Every figure is the median of --runs, in seconds, beside its ratio.
"""

import statistics
import sys
import tempfile
import threading
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench._common import measured_as_owner, median, say, timed  # noqa: E402 - after the path

YEAR = 2024
KOTA = 1771000000


LOAD = """
INSERT INTO core_budgetyear (year) SELECT y FROM generate_series(2023, 2026) y ON CONFLICT DO NOTHING;
CREATE TEMP TABLE leaf AS
  SELECT code, row_number() OVER (ORDER BY code) - 1 AS i FROM core_region WHERE level = 3 AND valid_until IS NULL;
CREATE UNIQUE INDEX ON leaf (i);
ANALYZE leaf;
INSERT INTO assistance_batch
  (programme_id, year, stage, region_id, funding, sk_number, sk_date, ceiling, approval, note, unverified_reason,
   is_example, version)
SELECT p.id, 2024, s::text, 0, 'apbn', 'SK', '2024-01-02', 9e15::bigint, 'dicatat', '', '', true, 1
FROM core_programme p, generate_series(1, 12) s;
CREATE TEMP TABLE batch AS SELECT id, programme_id, stage::int AS month FROM assistance_batch;
INSERT INTO assistance_beneficiary
  (name, nik_cipher, nik_index, sex, birth_date, region_id, is_example, version)
SELECT 'Penerima ' || g, '\\x00', decode(lpad(to_hex(g), 32, '0'), 'hex'), 'P', '1960-01-01', l.code, true, 1
FROM generate_series(1, %(people)s) g
JOIN leaf l ON l.i = (power(((g::bigint * 7919) %% 1000003) / 1000003.0, 1.4) * 7284)::int;
INSERT INTO assistance_groupmembership (beneficiary_id, group_id, region_id, valid_from)
SELECT id, 1 + id %% 12, region_id, '2020-01-01' FROM assistance_beneficiary;
"""

LINES = """
INSERT INTO assistance_disbursement
  (year, batch_id, beneficiary_id, programme_id, group_id, region_id, amount, detail, state, decided_on, paid_on,
   is_example)
SELECT 2024, b.id, p.id, b.programme_id, 1 + p.id %% 12,
       CASE WHEN p.id %% 50 = 0 AND b.month > 6 THEN 1771010000 ELSE p.region_id END,
       200000, '', 'salur', '2024-01-02', make_date(2024, b.month, 10), true
FROM assistance_beneficiary p
JOIN batch b ON b.programme_id = 1 + p.id %% %(programmes)s
WHERE p.id > %(after)s AND p.id <= %(until)s
"""


def load(cursor, rows: int) -> None:
    """12 lines a person; a person in fifty moves to Kota Bengkulu in July. Triggers off: facts come by rebuild."""
    people = rows // 12
    cursor.execute("ALTER TABLE assistance_disbursement DISABLE TRIGGER USER")
    cursor.execute(LOAD, {"people": people})
    step = 100_000
    for after in range(0, people, step):
        cursor.execute(LINES, {"after": after, "until": min(after + step, people), "programmes": 4})
    cursor.execute("ALTER TABLE assistance_disbursement ENABLE TRIGGER USER")
    cursor.execute("DELETE FROM targets_dirtysubject")
    cursor.execute("DELETE FROM targets_ledgerentry")
    cursor.execute("SET max_parallel_maintenance_workers = 2")
    cursor.execute("VACUUM ANALYZE assistance_disbursement")
    cursor.execute("VACUUM ANALYZE assistance_beneficiary")
    cursor.execute("VACUUM ANALYZE assistance_groupmembership")


def scan(cursor) -> None:
    cursor.execute("SET max_parallel_workers_per_gather = 2")
    cursor.execute("SET enable_indexonlyscan = off; SET enable_indexscan = off; SET enable_bitmapscan = off")
    cursor.execute("SELECT count(*), sum(amount) FROM assistance_disbursement_2024")
    cursor.execute("RESET enable_indexonlyscan; RESET enable_indexscan; RESET enable_bitmapscan")


def duckdb_rollup(cursor, folder: Path, runs: int) -> float:
    """The same figures in DuckDB from Parquet: both sums, and distinct people per programme and group, every level."""
    import duckdb  # noqa: PLC0415

    csv, parquet = folder / "lines.csv", folder / "lines.parquet"
    with csv.open("w") as out:
        cursor.copy_expert(
            "COPY (SELECT region_id / 10000 AS leaf, month, programme_id, group_id, beneficiary_id, amount"
            " FROM assistance_disbursement WHERE year = 2024 AND state = 'salur') TO STDOUT CSV HEADER",
            out,
        )
    link = duckdb.connect(config={"threads": 2})
    link.execute(f"COPY (SELECT * FROM '{csv}') TO '{parquet}'")
    csv.unlink()

    def rollup() -> None:
        for dim in ("programme_id", "group_id"):
            link.execute(
                f"CREATE OR REPLACE TEMP TABLE s AS SELECT leaf, month, {dim} d, count(*) n, sum(amount) v"
                f" FROM '{parquet}' GROUP BY ALL"
            ).fetchall()
            for span in (100, 10000, 1000000):
                link.execute(f"SELECT leaf // {span} r, month, d, sum(n), sum(v) FROM s GROUP BY ALL").fetchall()
        for dim in ("programme_id", "0", "group_id"):
            link.execute(
                f"CREATE OR REPLACE TEMP TABLE p AS SELECT leaf, {dim} d, beneficiary_id b,"
                f" bit_or(1 << (month - 1)) m FROM '{parquet}' GROUP BY ALL"
            ).fetchall()
            for span in (1, 100, 10000, 100000000):
                link.execute(
                    f"SELECT r, d, {', '.join(f'count(*) FILTER (m & {1 << i} <> 0)' for i in range(12))}, count(*)"
                    f" FROM (SELECT leaf // {span} r, d, b, bit_or(m) m FROM p GROUP BY ALL) GROUP BY ALL"
                ).fetchall()

    return median(rollup, runs)


def rebuild_year(workers: int) -> dict[str, float]:
    """A full rebuild as the Celery tasks do it, with as many threads as a worker has processes."""
    from django.db import connection  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from pilar.core import jobs  # noqa: PLC0415
    from pilar.core.models import Job  # noqa: PLC0415
    from targets.engine import rebuild  # noqa: PLC0415

    job = Job.objects.create(kind="rollup", key=str(YEAR), region_id=0, params={"year": YEAR})
    job = jobs.job_claim(job_id=job.pk, task_id="bench", host="bench", now=timezone.now())
    run, regions = rebuild.begin(job)
    queue = list(regions)

    def work() -> None:
        while queue:
            rebuild.count_part(run, queue.pop(0), job.attempt)
        connection.close()

    def parts() -> None:
        threads = [threading.Thread(target=work) for _ in range(workers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    found = {"parts": timed(parts), "apply": timed(lambda: rebuild.apply(run, job.attempt))}
    rebuild.finish(run, job.attempt)
    run.refresh_from_db()
    found["drift"], found["cells"], found["rows"] = run.drift_cells, run.cells, run.source_rows
    return found


INSERT_BATCH = """
INSERT INTO assistance_disbursement
  (year, batch_id, beneficiary_id, programme_id, group_id, region_id, amount, detail, state, decided_on, paid_on,
   is_example)
SELECT 2024, %(batch)s, p.id, 1, 1 + p.id %% 12, p.region_id, 200000, '', 'salur', '2024-01-02', '2024-08-10', true
FROM (SELECT * FROM assistance_beneficiary {where} LIMIT {count}) p
"""


@contextmanager
def one_batch(cursor):
    cursor.execute(
        "INSERT INTO assistance_batch (programme_id, year, stage, region_id, funding, sk_number, sk_date, ceiling,"
        " approval, note, unverified_reason, is_example, version) VALUES (1, 2024, 'uji', 0, 'apbn',"
        " gen_random_uuid(), '2024-01-02', 9e15::bigint, 'dicatat', '', '', true, 1) RETURNING id"
    )
    batch = cursor.fetchone()[0]
    yield {"batch": batch}
    cursor.execute("DELETE FROM assistance_disbursement WHERE year = 2024 AND batch_id = %s", [batch])
    cursor.execute("DELETE FROM assistance_batch WHERE id = %s", [batch])


def inserts(cursor, where: str, count: int, runs: int) -> tuple[float, float]:
    """Seconds of one statement with the ledger and without, in turns."""
    statement = INSERT_BATCH.format(where=where, count=count)
    pairs: dict[str, list[float]] = {"ENABLE": [], "DISABLE": []}
    for _ in range(runs):
        for verb, times in pairs.items():
            cursor.execute(f"ALTER TABLE assistance_disbursement {verb} TRIGGER USER")
            with one_batch(cursor) as params:
                times.append(timed(lambda p=params: cursor.execute(statement, p)))
    cursor.execute("ALTER TABLE assistance_disbursement ENABLE TRIGGER USER")
    return statistics.median(pairs["ENABLE"]), statistics.median(pairs["DISABLE"])


def measure(cursor, rows: int, runs: int) -> None:
    from targets.engine.drain import drain_all  # noqa: PLC0415

    print(f"{rows:,} lines of one year; medians of {runs}", flush=True)
    say("load, indexes and foreign keys, without ledger", timed(lambda: load(cursor, rows)))
    scan(cursor)
    limit = median(lambda: scan(cursor), runs)
    say("limit: plain parallel sequential scan, count and sum", limit)
    with tempfile.TemporaryDirectory() as folder:
        duck = duckdb_rollup(cursor, Path(folder), runs)
    say("limit: DuckDB, the same figures from Parquet", duck, scan=limit)
    first = rebuild_year(2)
    say(
        f"first rebuild: count ({first['rows']:,} rows, {first['cells']:,} cells)",
        first["parts"],
        scan=limit,
        duckdb=duck,
    )
    say("first rebuild: compare and apply", first["apply"], scan=limit)
    again = rebuild_year(2)
    say(f"rebuild again, drift {again['drift']}: count", again["parts"], scan=limit, duckdb=duck)
    say("rebuild again: compare and apply", again["apply"], scan=limit)
    drain_all()
    regional = f"WHERE region_id BETWEEN {KOTA - 71_000_000} AND {KOTA + 28_999_999}"
    for name, where, count in (("regional", regional, 20_000), ("national scatter", "ORDER BY nik_index", 100_000)):
        with_ledger, without = inserts(cursor, where, count, max(runs, 5))
        say(f"insert of a {name} batch of up to {count:,}, with ledger", with_ledger, without_ledger=without)
        drain_all()
    day = rows // 365
    statement = INSERT_BATCH.format(where="ORDER BY nik_index DESC", count=day)
    with one_batch(cursor) as params:
        plain = timed(lambda: cursor.execute(statement, params))
        say(f"drain of one day's {day:,} lines", timed(drain_all), insert=plain, scan=limit)
    drain_all()
    touched = (
        f"UPDATE assistance_disbursement SET amount = amount + 1 WHERE year = 2024 AND regency_id = {KOTA // 10**6}"
    )
    cursor.execute(touched)
    say(f"drain after every one of {cursor.rowcount:,} lines of Kota Bengkulu changed", timed(drain_all), scan=limit)


if __name__ == "__main__":
    measured_as_owner("pilar_bench", measure, rows=10_000_000, runs=3)
