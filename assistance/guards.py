"""What the database itself holds for this app: a list's ceiling and approval, and look-ups past row security.

Functions of the engine's role, rewritten after each migrate like the ledger's (`pilar.core.derived`).
"""

from pathlib import Path
from typing import Any

from django.db import connection

from assistance.states import BATCH
from pilar.core import derived
from pilar.core.rls import engine_owned

SQL = Path(__file__).parent / "sql"
LINES = "assistance_disbursement"
#: questions answered past row security, by their file in `sql/`; `follow_home` and `end_of_life` change rows
LOOK_UPS = {
    "companion": "companion_on(bigint, int, date)",
    "end_of_life": "end_of_life(bigint, date, text, bigint, text)",
    "follow_home": "follow_home(bigint)",
    "received_before": "received_before(bigint, int)",
    "decree_names": "decree_names(bigint)",
    "list_candidates": "list_candidates(bigint)",
    "participation_of": "participation_of(bigint, int)",
    "participation_on": "participation_on(bigint, int, date)",
    "pay_bars": "pay_bars(bigint[], int, date)",
    "same_person": "same_person(bigint, bigint)",
    "sdm_kesos": "sdm_kesos(bigint[], date)",
    "standing": "standing(bigint[], smallint, smallint[], date)",
}


@derived.register
def install() -> None:
    """Run as the owner. A trigger on the parent does not fire for rows put straight into a partition: on both."""
    with connection.cursor() as cursor:
        for rule in ("ceiling", "approval"):
            cursor.execute((SQL / f"{rule}.sql").read_text(encoding="utf-8"))
            engine_owned(cursor, f"pilar_{rule}_of_lines()", callers="")
            engine_owned(cursor, f"pilar_{rule}_of_batch()", callers="")
        for name, signature in LOOK_UPS.items():
            _drop(cursor, f"pilar_{name_of(signature)}")
            cursor.execute((SQL / f"{name}.sql").read_text(encoding="utf-8"))
            engine_owned(cursor, f"pilar_{signature}", callers="pilar_region, pilar_national")
        for relation in [LINES, *_partitions(cursor)]:
            _guard_lines(cursor, relation)
        cursor.execute(
            "CREATE OR REPLACE TRIGGER pilar_ceiling AFTER UPDATE OF ceiling ON assistance_batch FOR EACH ROW "
            "WHEN (NEW.ceiling < OLD.ceiling) EXECUTE FUNCTION pilar_ceiling_of_batch()"
        )
        cursor.execute(
            "CREATE OR REPLACE TRIGGER pilar_approval AFTER UPDATE ON assistance_batch FOR EACH ROW "
            "WHEN (OLD.approval <> 'dicatat' OR NEW.approval <> 'dicatat') "
            f"EXECUTE FUNCTION pilar_approval_of_batch('{{{_steps()}}}')"
        )


def name_of(signature: str) -> str:
    return signature.partition("(")[0]


def _drop(cursor: Any, function: str) -> None:
    """Every form of it: an older one may answer with other columns or ask for other arguments."""
    cursor.execute(
        "SELECT oid::regprocedure::text FROM pg_proc WHERE proname = %s AND pronamespace = 'public'::regnamespace",
        [function],
    )
    for (found,) in cursor.fetchall():
        cursor.execute(f"DROP FUNCTION {found}")


def _steps() -> str:
    """The table of steps of a list as the trigger compares them: "disusun>diajukan,..."."""
    return ",".join(f"{now}>{then}" for now, following in BATCH.steps.items() for then in following)


def _partitions(cursor: Any) -> list[str]:
    cursor.execute("SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = %s::regclass", [LINES])
    return [row[0] for row in cursor.fetchall()]


def _guard_lines(cursor: Any, relation: str) -> None:
    for name, event, tables, function in (
        ("pilar_ceiling_i", "INSERT", "NEW TABLE AS nt", "ceiling"),
        ("pilar_ceiling_u", "UPDATE", "OLD TABLE AS ot NEW TABLE AS nt", "ceiling"),
        ("pilar_approval_i", "INSERT", "NEW TABLE AS nt", "approval"),
        ("pilar_approval_u", "UPDATE", "OLD TABLE AS ot NEW TABLE AS nt", "approval"),
        ("pilar_approval_d", "DELETE", "OLD TABLE AS ot", "approval"),
    ):
        cursor.execute(
            f"CREATE OR REPLACE TRIGGER {name} AFTER {event} ON {relation} REFERENCING {tables} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION pilar_{function}_of_lines()"
        )
