"""Ledger triggers, generated from the declared measures after each migrate (`pilar.core.derived`).

Statement-level with transition tables: one ledger row per touched cell and statement, and no
counter is updated in the writer's transaction, so hot cells do not block. A trigger on a
partitioned parent does not fire for rows put straight into a partition: it stands on both.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from pilar.core import derived
from pilar.core.measures import AdditiveMeasure, DistinctMeasure, Watch, all_measures
from pilar.core.rls import engine_owned
from targets.engine import sql


@dataclass
class Watched:
    """What one source table feeds."""

    additive: list[AdditiveMeasure] = field(default_factory=list)
    dirty: set[tuple[str, Watch]] = field(default_factory=set)  # with the kind of subject


def watched_tables() -> dict[str, Watched]:
    tables: dict[str, Watched] = defaultdict(Watched)
    for measure in all_measures():
        if isinstance(measure, AdditiveMeasure):
            tables[measure.table].additive.append(measure)
        else:
            _watch_distinct(tables, measure)
    return tables


def _watch_distinct(tables: dict[str, Watched], measure: DistinctMeasure) -> None:
    for watch in measure.watches:
        tables[watch.table].dirty.add((measure.kind, watch))


def function_name(table: str) -> str:
    return f"pilar_ledger_{table}"


def function_sql(table: str, watched: Watched) -> str:
    changes = {
        "INSERT": [("nt", "1")],
        "DELETE": [("ot", "-1")],
        "UPDATE": [("nt", "1"), ("ot", "-1")],
    }
    branches = "".join(
        f"IF TG_OP = '{op}' THEN {_ledger(watched, sources)} {_dirty(watched, sources)} END IF;\n"
        for op, sources in changes.items()
    )
    return (
        f"CREATE OR REPLACE FUNCTION {function_name(table)}() RETURNS trigger LANGUAGE plpgsql "
        f"SECURITY DEFINER SET search_path = pg_catalog, public AS $body$ BEGIN\n{branches}RETURN NULL; END $body$"
    )


def _ledger(watched: Watched, sources: list[tuple[str, str]]) -> str:
    selects = [
        sql.additive_select(measure, source, sign=sign) for measure in watched.additive for source, sign in sources
    ]
    if not selects:
        return ""
    return f"INSERT INTO targets_ledgerentry ({sql.CELL}, n, value) {sql.grouped(' UNION ALL '.join(selects))};"


def _dirty(watched: Watched, sources: list[tuple[str, str]]) -> str:
    selects = [_noted(kind, watch, sources) for kind, watch in sorted(watched.dirty, key=str)]
    if not selects:
        return ""
    return f"INSERT INTO targets_dirtysubject (kind, year, subject) {' UNION '.join(selects)};"


def _noted(kind: str, watch: Watch, sources: list[tuple[str, str]]) -> str:
    """Subjects of the touched rows; of an update only those for whom old and new rows do not read the same.

    Grouped, not joined row by row: a plan kept from a small statement must not turn quadratic for a large one.
    """
    what = f"'{kind}' AS kind, ({watch.year})::smallint AS year, {watch.subject} AS subject"
    if not watch.of or len(sources) == 1:
        return " UNION ".join(f"SELECT {what} FROM {source} t WHERE {watch.where}" for source, _ in sources)
    read = ", ".join(f"{column} AS c{at}" for at, column in enumerate(watch.of))
    both = " UNION ALL ".join(
        f"SELECT {what}, {read}, {sign} AS side FROM {source} t WHERE {watch.where}" for source, sign in sources
    )
    columns = ", ".join(f"c{at}" for at in range(len(watch.of)))
    return f"SELECT kind, year, subject FROM ({both}) b GROUP BY kind, year, subject, {columns} HAVING sum(side) <> 0"


def install() -> None:
    """Replaces every ledger function and trigger by what the measures declare. Run as the owner."""
    with connection.cursor() as cursor:
        _drop_stale(cursor)
        for table, watched in watched_tables().items():
            cursor.execute(function_sql(table, watched))
            engine_owned(cursor, f"{function_name(table)}()", callers="")
            for relation in [table, *partitions(cursor, table)]:
                _install_on(cursor, relation, table)


def partitions(cursor: Any, table: str) -> list[str]:
    cursor.execute("SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = %s::regclass", [table])
    return [row[0] for row in cursor.fetchall()]


def _install_on(cursor: Any, relation: str, table: str) -> None:
    call = f"FOR EACH STATEMENT EXECUTE FUNCTION {function_name(table)}()"
    for name, event, tables in (
        ("pilar_ledger_i", "INSERT", "NEW TABLE AS nt"),
        ("pilar_ledger_d", "DELETE", "OLD TABLE AS ot"),
        ("pilar_ledger_u", "UPDATE", "OLD TABLE AS ot NEW TABLE AS nt"),
    ):
        cursor.execute(f"CREATE OR REPLACE TRIGGER {name} AFTER {event} ON {relation} REFERENCING {tables} {call}")
    cursor.execute(
        f"CREATE OR REPLACE TRIGGER pilar_no_truncate BEFORE TRUNCATE ON {relation} "
        "FOR EACH STATEMENT EXECUTE FUNCTION pilar_refuse_truncate()"
    )


def _drop_stale(cursor: Any) -> None:
    """Triggers of tables that no measure reads any more."""
    cursor.execute(
        "SELECT tgname, tgrelid::regclass::text, tgfoid::regproc::text FROM pg_trigger"
        " WHERE tgname LIKE 'pilar_ledger%'"
    )
    wanted = {function_name(table) for table in watched_tables()}
    for name, relation, function in cursor.fetchall():
        if function not in wanted:
            cursor.execute(f"DROP TRIGGER {name} ON {relation}")


def note_everybody(year: int) -> None:
    """A year opened later: every subject whose rows belong to no single year is counted in it."""
    with connection.cursor() as cursor:
        for table, watched in watched_tables().items():
            for kind, watch in sorted(watched.dirty, key=str):
                if watch.year == "0":
                    cursor.execute(
                        "INSERT INTO targets_dirtysubject (kind, year, subject)"
                        f" SELECT DISTINCT %s, %s::smallint, {watch.subject} FROM {table}",
                        [kind, year],
                    )


derived.register(install)
derived.on_year_opened(note_everybody)
