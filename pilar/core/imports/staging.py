"""Where rows wait for a decision: two unlogged tables per session in a schema of the engine's own.

COPY is refused to whom row security binds, so the engine owns both tables and fills them; the officer's own role reads
and marks them, under a policy that shows them to nobody else.
"""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from pilar.core import derived
from pilar.core.imports.kinds import STAGED, Kind
from pilar.core.models import ImportSession
from pilar.core.rls import setting

SCHEMA = "pilar_staging"
READERS = "pilar_region, pilar_national"
#: what the engine itself keeps of a row
OWN = (
    ("place", "bigint"), ("target", "bigint"), ("stamp", "text"), ("act", "text"),
    ("bad", "boolean NOT NULL DEFAULT false"),
)  # fmt: skip
FAULT_COLUMNS = ("line", '"column"', "rule", "value", "detail")


@derived.register
def schema() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
        cursor.execute(f"GRANT USAGE, CREATE ON SCHEMA {SCHEMA} TO pilar_engine")
        cursor.execute(f"GRANT USAGE ON SCHEMA {SCHEMA} TO {READERS}")


def rows_table(session: int) -> str:
    return f"{SCHEMA}.rows_{int(session)}"


def faults_table(session: int) -> str:
    return f"{SCHEMA}.faults_{int(session)}"


def columns_of(kind: Kind) -> list[tuple[str, str]]:
    """What COPY fills: the line, then each declared column's staged values."""
    return [
        ("line", "int"),
        *((f"{column.key}{end}", sql) for column in kind.columns for end, sql in STAGED[column.cell]),
    ]


def make(session: ImportSession, kind: Kind) -> None:
    """Fresh tables, as the engine; what an earlier attempt left is gone."""
    drop(session.pk)
    rows, faults = rows_table(session.pk), faults_table(session.pk)
    body = ", ".join(f"{name} {sql}" for name, sql in (*columns_of(kind), *OWN, *kind.extra))
    mine = f"{setting('user', 'bigint')} = {int(session.user_id)}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE UNLOGGED TABLE {rows} ({body})")
        cursor.execute(f'CREATE UNLOGGED TABLE {faults} (line int, "column" text, rule text, value text, detail text)')
        for table, verbs in ((rows, "SELECT, UPDATE"), (faults, "SELECT, INSERT")):
            cursor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
            cursor.execute(f"CREATE POLICY mine ON {table} TO {READERS} USING ({mine}) WITH CHECK ({mine})")
            cursor.execute(f"GRANT {verbs} ON {table} TO {READERS}")


def drop(session: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {rows_table(session)}, {faults_table(session)}")


def there(session: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [rows_table(session)])
        return bool(cursor.fetchone()[0])


def index(session: int) -> None:
    """After all rows are there: the planner knows nothing of a table that was never analysed."""
    rows, faults = rows_table(session), faults_table(session)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE INDEX ON {rows} (line)")
        cursor.execute(f"CREATE INDEX ON {faults} (line)")
        cursor.execute(f"ANALYZE {rows}")
        cursor.execute(f"ANALYZE {faults}")


def copy(table: str, columns: Iterable[str], rows: Iterable[Sequence[Any]]) -> None:
    """COPY in one piece; None becomes NULL, a list JSON, bytes bytea."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([_written(value) for value in row] for row in rows)
    out.seek(0)
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {table} ({', '.join(columns)}) FROM STDIN (FORMAT csv, NULL '{NULL}')", out)


NULL = "\\N"


def _written(value: Any) -> str:
    if value is None:
        return NULL
    if isinstance(value, bytes):
        return f"\\x{value.hex()}"
    return json.dumps(value) if isinstance(value, list) else str(value)


def keep_faults(session: int) -> None:
    """As the engine: from the staging table to where pages and API read them."""
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO core_importfault (session_id, number, "column", rule, value, detail) '
            "SELECT DISTINCT %s, line, coalesce(\"column\", ''), rule, coalesce(value, ''), coalesce(detail, '') "
            f"FROM {faults_table(session)} ORDER BY line",
            [int(session)],
        )
