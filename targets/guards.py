"""What the database itself holds of langkah bersama; rewritten after each migrate (`pilar.core.derived`)."""

from pathlib import Path

from django.db import connection

from pilar.core import derived
from pilar.core.rls import engine_owned

SQL = Path(__file__).parent / "sql" / "workplan.sql"
TRIGGERS = (
    ("pilar_workplan_agreed", "AFTER INSERT ON targets_workagreement"),
    ("pilar_workplan_kept", "BEFORE UPDATE OR DELETE ON targets_workplan"),
    ("pilar_workstep_kept", "AFTER INSERT OR UPDATE OR DELETE ON targets_workstep"),
)


@derived.register
def install() -> None:
    """Run as the owner."""
    with connection.cursor() as cursor:
        cursor.execute(SQL.read_text(encoding="utf-8"))
        for name, event in TRIGGERS:
            engine_owned(cursor, f"{name}()", callers="")
            cursor.execute(f"CREATE OR REPLACE TRIGGER {name} {event} FOR EACH ROW EXECUTE FUNCTION {name}()")
