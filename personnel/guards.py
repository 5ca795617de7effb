"""Questions that are answered past row security; rewritten after each migrate (`pilar.core.derived`)."""

from pathlib import Path

from django.db import connection

from pilar.core import derived
from pilar.core.rls import engine_owned

SQL = Path(__file__).parent / "sql"
RELATIVES = "pilar_serving_relatives(bytea[], date)"


@derived.register
def install() -> None:
    """Run as the owner."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP FUNCTION IF EXISTS {RELATIVES}")
        cursor.execute((SQL / "serving_relatives.sql").read_text(encoding="utf-8"))
        engine_owned(cursor, RELATIVES, callers="pilar_region, pilar_national")
