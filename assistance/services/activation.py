"""The moment an SK is decided: all its candidates active, their usulan closed, one history row for each of both."""

from datetime import date
from typing import Any

from django.db import connection

from assistance.models import Decree
from pilar.core.models import User

#: one statement, whatever the number of names
ACTIVATE = """
WITH active AS (
  UPDATE assistance_participation SET state = 'aktif', active_from = %(on)s, version = version + 1
  WHERE decree_id = %(decree)s AND state = 'calon'
  RETURNING id, beneficiary_id, programme_id, region_id, proposal_id
), closed AS (
  UPDATE assistance_proposal u SET state = 'ditetapkan', version = u.version + 1
  FROM active WHERE u.id = active.proposal_id AND u.state = 'layak'
  RETURNING u.id, u.beneficiary_id, u.programme_id, u.region_id
), steps AS (
  SELECT 'kepesertaan' AS kind, id, beneficiary_id, programme_id, region_id, 'calon' AS was, 'aktif' AS became
  FROM active
  UNION ALL
  SELECT 'usulan', id, beneficiary_id, programme_id, region_id, 'layak', 'ditetapkan' FROM closed
), written AS (
  INSERT INTO assistance_step
    (kind, object_id, beneficiary_id, programme_id, region_id, was, became, "on", actor_id, actor_name, reason, note)
  SELECT kind, id, beneficiary_id, programme_id, region_id, was, became, %(on)s, %(actor)s, %(name)s, '', %(note)s
  FROM steps ORDER BY kind DESC, id RETURNING 1
)
SELECT count(*) FROM active
"""


def activate(*, actor: User, decree: Decree, number: str, on: date) -> int:
    """How many became active. The names are held and checked by the caller (`services/decrees.py`)."""
    values: dict[str, Any] = {
        "decree": decree.pk,
        "on": on,
        "actor": actor.pk,
        "name": str(actor),
        "note": f"SK {number}"[:300],
    }
    with connection.cursor() as cursor:
        cursor.execute(ACTIVATE, values)
        return int(cursor.fetchone()[0])
