"""What the database itself holds of closed years; rewritten after each migrate (`pilar.core.derived`)."""

from pathlib import Path

from django.db import connection

from pilar.core import derived
from pilar.core.rls import engine_owned

SQL = Path(__file__).parent / "sql" / "closing.sql"
KEPT = ("targets_closedcell", "targets_closedpersonal", "targets_closedtarget")
TRIGGERS = (
    *(("pilar_closed_kept", f"BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}", "STATEMENT") for table in KEPT),
    *(("pilar_closed_added", f"BEFORE INSERT ON {table}", "STATEMENT") for table in KEPT),
    ("pilar_closed_kept", "BEFORE UPDATE OR DELETE OR TRUNCATE ON targets_yearcorrection", "STATEMENT"),
    ("pilar_yearclosure_kept", "BEFORE UPDATE OR DELETE ON targets_yearclosure", "ROW"),
    ("pilar_year_stays_closed", "BEFORE UPDATE ON core_budgetyear", "ROW"),
)


@derived.register
def install() -> None:
    """Run as the owner. The engine notes on the year itself that it is closed, and nothing else there."""
    with connection.cursor() as cursor:
        cursor.execute(SQL.read_text(encoding="utf-8"))
        for name in sorted({name for name, _, _ in TRIGGERS}):
            engine_owned(cursor, f"{name}()", callers="")
        for name, event, each in TRIGGERS:
            cursor.execute(f"CREATE OR REPLACE TRIGGER {name} {event} FOR EACH {each} EXECUTE FUNCTION {name}()")
        cursor.execute("GRANT UPDATE (closed_on) ON core_budgetyear TO pilar_engine")
