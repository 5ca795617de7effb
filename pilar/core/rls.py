"""Row-level security written from the models' declarations, after every migrate.

A policy is never typed by hand: `Scope` or `Access` on the model is the one home, this file
turns it into SQL, and a test compares the catalogue with it. Policy expressions read settings
through `(select nullif(current_setting(...), ''))`: after a transaction a custom setting is
`''`, and the sub-select is evaluated once per query instead of once per row.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection, transaction

from pilar.core.access import Access, Scope, Through
from pilar.core.scoping import SLOTS

OUR_APPS = ("core", "personnel", "targets", "assistance")
GROUP_ROLES = ("pilar_region", "pilar_national", "pilar_member", "pilar_engine")
#: who signs in to work; `pilar_member` sees and writes what is about himself
OFFICERS = "pilar_region, pilar_national"
SIGNED_IN = f"{OFFICERS}, pilar_member"
EVERYBODY = f"pilar_web, {SIGNED_IN}, pilar_engine"
#: Django's own tables and the right they need; the plain web login works before a scope exists
PLAIN_TABLES = (
    "django_session",
    "axes_accessattempt",
    "axes_accesslog",
    "axes_accessfailurelog",
    "axes_accessattemptexpiration",
)


def our_models() -> list[Any]:
    return [m for label in OUR_APPS for m in apps.get_app_config(label).get_models()]


def setting(name: str, cast: str = "text") -> str:
    return f"(select nullif(current_setting('pilar.{name}', true), '')::{cast})"


def _listed(name: str) -> str:
    """The setting as smallint[]; the cast outside makes it an array and not a sub-query of rows."""
    return f"(select string_to_array(nullif(current_setting('pilar.{name}', true), ''), ','))::smallint[]"


def _numbers(name: str) -> str:
    return f"(select string_to_array(nullif(current_setting('pilar.{name}', true), ''), ','))::bigint[]"


def _in_list(column: str, name: str) -> str:
    return f"({setting(name)} IS NULL OR {column} = ANY({_listed(name)}))"


def _through(table: str, through: Through, name: str) -> str:
    return f"({setting(name)} IS NULL OR {attached_name(through)}({table}.{through.own}, {_listed(name)}))"


def attached_name(through: Through) -> str:
    return f"pilar_attached_{through.table}_{through.key}"


def _make_attached(cursor: Any, through: Through) -> None:
    """Whether a row is attached to one of a list, or to nothing yet.

    A function that row security does not narrow: under the reader's own narrowing, a row attached
    elsewhere would look like one attached to nothing. It also keeps the partitions out of each plan.
    """
    signature = f"{attached_name(through)}(bigint, smallint[])"
    attached = f"SELECT 1 FROM {through.table} WHERE {through.key} = $1"
    cursor.execute(
        f"CREATE OR REPLACE FUNCTION {signature} RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER "
        "SET search_path = pg_catalog, public AS "
        f"$$ SELECT EXISTS ({attached} AND {through.column} = ANY($2)) OR NOT EXISTS ({attached}) $$"
    )
    engine_owned(cursor, signature, callers="pilar_region, pilar_national")


def engine_owned(cursor: Any, signature: str, *, callers: str) -> None:
    """A SECURITY DEFINER function belongs to the engine's role, never to the owner of everything.

    pg_temp stands last in its path: named nowhere it would be searched first, and a temporary table
    of the caller would take the place of the ledger or the audit trail.
    """
    cursor.execute("GRANT CREATE ON SCHEMA public TO pilar_engine")
    cursor.execute(f"ALTER FUNCTION {signature} SET search_path = pg_catalog, public, pg_temp")
    cursor.execute(f"ALTER FUNCTION {signature} OWNER TO pilar_engine")
    cursor.execute(f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC")
    if callers:
        cursor.execute(f"GRANT EXECUTE ON FUNCTION {signature} TO {callers}")
    cursor.execute("REVOKE CREATE ON SCHEMA public FROM pilar_engine")


def slots_sql(table: str, scope: Scope, prefix: str = "") -> str:
    """The eight ranges ORed; `prefix` is "w" for the ranges that may be written."""
    if scope.via:
        return f"EXISTS (SELECT 1 FROM {scope.via.table} p WHERE p.id = {table}.{scope.via.column})"
    ranges = []
    for i in range(1, SLOTS + 1):
        parts = [
            f"{scope.region} BETWEEN {setting(f'{prefix}lo{i}', 'bigint')} AND {setting(f'{prefix}hi{i}', 'bigint')}"
        ]
        for kind, column, through in (
            ("pil", scope.pillar, scope.pillar_through),
            ("prog", scope.programme, scope.programme_through),
        ):
            if column:
                parts.append(_in_list(column, f"{prefix}{kind}{i}"))
            elif through:
                parts.append(_through(table, through, f"{prefix}{kind}{i}"))
        ranges.append("(" + " AND ".join(parts) + ")")
    if not prefix:
        ranges.append(f"{scope.region} = ANY({_numbers('past')})")
    return "(" + " OR ".join(ranges) + ")"


def _hidden_sql(scope: Scope) -> str:
    """Sensitive PAS groups stay unseen outside the ranges with the right to personal data."""
    if not scope.group:
        return ""
    hidden = "(select coalesce(array_agg(id), '{}') from core_targetgroup where sensitive)::smallint[]"
    shown = [
        f"{scope.region} BETWEEN {setting(f'plo{i}', 'bigint')} AND {setting(f'phi{i}', 'bigint')}"
        for i in range(1, SLOTS + 1)
    ]
    return f" AND ({scope.group} <> ALL({hidden}) OR {' OR '.join(shown)})"


def policies_for(table: str, scope: Scope) -> Iterator[tuple[str, str]]:
    """(name, CREATE POLICY ... body) of one scoped table."""
    right = f" AND {setting(scope.right)} = '1'" if scope.right else ""
    view, write = slots_sql(table, scope), slots_sql(table, scope, "w")
    if scope.write_right:
        write = f"({write} AND {setting(scope.write_right)} = '1')"
    if scope.requester:
        write = f"({write} OR ({scope.requester} = {setting('user', 'bigint')} AND {view}))"
    if scope.open_when:
        view = f"({scope.open_when[0]} OR {view})"
    see = f"{view}{_hidden_sql(scope)}{right}"
    yield "region_select", f"FOR SELECT TO pilar_region USING ({see})"
    yield "national_select", f"FOR SELECT TO pilar_national USING (true{_hidden_sql(scope)}{right})"
    yield from _member_policies(table, scope)
    if scope.read_only:
        yield "engine", "FOR ALL TO pilar_engine USING (true) WITH CHECK (true)"
        return
    # Seeing the nation is not writing in it: both roles write inside the ranges that may be written.
    both = "TO pilar_region, pilar_national"
    yield "web_insert", f"FOR INSERT {both} WITH CHECK ({write})"
    if not scope.append_only:
        yield "web_update", f"FOR UPDATE {both} USING ({write}) WITH CHECK ({write})"
        yield "web_delete", f"FOR DELETE {both} USING ({write})"
    verb = "ALL" if scope.engine_writes else "SELECT"
    yield "engine", f"FOR {verb} TO pilar_engine USING (true)"


def _member_policies(table: str, scope: Scope) -> Iterator[tuple[str, str]]:
    """A member reads rows about himself; what he may add and change the declaration says."""
    if scope.own is None and scope.via is None:
        return
    said = {"me": setting("member", "bigint"), "user": setting("user", "bigint")}
    mine = slots_sql(table, scope) if scope.via else f"({scope.own.sql.format(**said)})"  # type: ignore[union-attr]
    yield "member_select", f"FOR SELECT TO pilar_member USING ({mine})"
    if scope.own and scope.own.adds:
        after = f"{mine} AND ({scope.own.adds.format(**said)})"
        yield "member_insert", f"FOR INSERT TO pilar_member WITH CHECK ({after})"
        if scope.own.changes:
            before = f"{mine} AND ({scope.own.changes})"
            yield "member_update", f"FOR UPDATE TO pilar_member USING ({before}) WITH CHECK ({after})"


def own_policies() -> Iterator[tuple[str, str]]:
    mine = f"user_id = {setting('user', 'bigint')}"
    yield "own", f"FOR ALL TO {SIGNED_IN} USING ({mine}) WITH CHECK ({mine})"
    yield "plain", "FOR ALL TO pilar_web USING (true) WITH CHECK (true)"


def _replace_policies(cursor: Any, table: str, wanted: dict[str, str]) -> None:
    cursor.execute("SELECT policyname FROM pg_policies WHERE tablename = %s", [table])
    for (name,) in cursor.fetchall():
        cursor.execute(f'DROP POLICY "{name}" ON {table}')
    for name, body in wanted.items():
        cursor.execute(f"CREATE POLICY {name} ON {table} {body}")
    cursor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")


_GRANTS = {
    Access.REFERENCE: (("SELECT", EVERYBODY),),
    Access.ENGINE: (("SELECT, INSERT, UPDATE, DELETE, TRUNCATE", "pilar_engine"),),
    Access.RESULT: (
        ("SELECT", SIGNED_IN),
        ("SELECT, INSERT, UPDATE, DELETE", "pilar_engine"),
    ),
    Access.OWN: (("SELECT, INSERT, UPDATE, DELETE", f"pilar_web, {SIGNED_IN}"),),
}


def _grants_for(scope: Scope) -> Iterator[tuple[str, str]]:
    yield "SELECT", SIGNED_IN
    if scope.own and scope.own.adds:
        yield ("INSERT, UPDATE" if scope.own.changes else "INSERT"), "pilar_member"
    if not scope.read_only:
        verbs = "INSERT" if scope.append_only else "INSERT, UPDATE, DELETE"
        yield verbs, OFFICERS
    writes = scope.engine_writes or scope.read_only
    kept = scope.read_only and scope.append_only
    engine = "SELECT, INSERT" if kept else "SELECT, INSERT, UPDATE, DELETE" if writes else "SELECT"
    yield engine, "pilar_engine"


#: scoped tables that signing in must read, and change on signing in, before a scope exists
SIGN_IN_TABLES = {"core_user": "SELECT, UPDATE", "core_regiongrant": "SELECT"}


def apply() -> None:
    """Makes grants and policies of every table what the models declare. Run as the owner.

    It locks every table for a moment: rather than queue all requests behind one long read, it gives up.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '30s'")
        everyone = EVERYBODY
        cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {everyone}")
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {everyone}")
        database = connection.ops.quote_name(connection.settings_dict["NAME"])
        cursor.execute(f"REVOKE TEMPORARY ON DATABASE {database} FROM PUBLIC, {everyone}")
        cursor.execute(f"GRANT TEMPORARY ON DATABASE {database} TO pilar_engine")
        cursor.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {everyone}")
        engine_owned(
            cursor,
            "pilar_audit(timestamptz, bigint, text, text, bigint, text, text, text, text)",
            callers=everyone,
        )
        for model in our_models():
            _secure(cursor, model)
        for table in PLAIN_TABLES:
            cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO pilar_web")
        cursor.execute("GRANT SELECT ON django_migrations, django_content_type TO pilar_web")
        _lock_partitions(cursor)


def _secure(cursor: Any, model: Any) -> None:
    table = model._meta.db_table
    scope: Scope | None = getattr(model, "scope", None)
    access: Access | None = getattr(model, "access", None)
    for through in filter(None, (scope.pillar_through, scope.programme_through) if scope else ()):
        _make_attached(cursor, through)
    grants = list(_grants_for(scope)) if scope else list(_GRANTS[access])  # type: ignore[index]
    for verbs, roles in grants:
        cursor.execute(f"GRANT {verbs} ON {table} TO {roles}")
    policies = dict(policies_for(table, scope)) if scope else dict(own_policies()) if access is Access.OWN else {}
    if table in SIGN_IN_TABLES:
        cursor.execute(f"GRANT {SIGN_IN_TABLES[table]} ON {table} TO pilar_web")
        policies["sign_in"] = "FOR ALL TO pilar_web USING (true) WITH CHECK (true)"
    if policies:
        _replace_policies(cursor, table, policies)


def _lock_partitions(cursor: Any) -> None:
    """A policy on the parent does not guard a partition read directly: no web role may touch one."""
    cursor.execute(
        "SELECT inhrelid::regclass::text FROM pg_inherits JOIN pg_class p ON p.oid = inhparent WHERE p.relkind = 'p'"
    )
    for (partition,) in cursor.fetchall():
        cursor.execute(f"ALTER TABLE {partition} ENABLE ROW LEVEL SECURITY")
