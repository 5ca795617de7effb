"""Whether the database holds example rows, which every page must say.

Asked before sign-in too, hence a function of the engine's that answers yes or no and nothing else.
"""

from typing import Any

from django.core.cache import cache
from django.db import connection

from pilar.core import derived, rls

FUNCTION = "pilar_example_data()"
KEPT_SECONDS = 300


def present(*, ask: bool = True) -> bool:
    """At most two queries per process and five minutes; without `ask` none, and no when not known."""
    known = cache.get("pilar.example_data")
    if known is None and ask:
        known = _ask()
        cache.set("pilar.example_data", known, KEPT_SECONDS)
    return bool(known)


def _ask() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regprocedure(%s) IS NOT NULL", [FUNCTION])
        if not cursor.fetchone()[0]:
            return False
        cursor.execute(f"SELECT {FUNCTION}")
        return bool(cursor.fetchone()[0])


@derived.register
def make_function() -> None:
    """One look into each table that marks example rows, by an index that is empty on a real server."""
    with connection.cursor() as cursor:
        tables = _marked_tables(cursor)
        for table in tables:
            cursor.execute(f"CREATE INDEX IF NOT EXISTS {table}_example ON {table} (is_example) WHERE is_example")
        found = " OR ".join(f"EXISTS (SELECT 1 FROM {table} WHERE is_example)" for table in tables)
        cursor.execute(
            f"CREATE OR REPLACE FUNCTION {FUNCTION} RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER "
            f"SET search_path = pg_catalog, public AS $$ SELECT {found or 'false'} $$"
        )
        rls.engine_owned(cursor, FUNCTION, callers=f"pilar_web, {rls.SIGNED_IN}")


def _marked_tables(cursor: Any) -> list[str]:
    """Partitioned tables are left out: their rows hang on rows that are marked themselves."""
    declared = [
        model._meta.db_table
        for model in rls.our_models()
        if not hasattr(model, "partitioned_by") and any(f.name == "is_example" for f in model._meta.fields)
    ]
    cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relname = ANY(%s)", [declared])
    return sorted(name for (name,) in cursor.fetchall())
