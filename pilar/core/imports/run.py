"""What the rules and the saving of a kind work with: the staged tables, the officer, and his role in the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from pilar.core import regions
from pilar.core.imports.kinds import Kind
from pilar.core.imports.staging import faults_table, rows_table
from pilar.core.models import ImportSession, User
from pilar.core.scoping import database_role, reach_of


@dataclass(frozen=True)
class Run:
    """One pass over the staged rows, inside one transaction that is already in the actor's scope.

    In its SQL `{rows}` and `{faults}` are the staged tables; %(session)s, %(actor)s, %(actor_name)s, %(today)s, and
    the ranges %(lo)s and %(hi)s of the session's area are known.
    """

    session: ImportSession
    kind: Kind
    actor: User
    today: date

    def execute(self, sql: str, **params: Any) -> int:
        """Rows changed."""
        with connection.cursor() as cursor:
            cursor.execute(self._filled(sql), self._known() | params)
            return int(cursor.rowcount)

    def fetch(self, sql: str, **params: Any) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(self._filled(sql), self._known() | params)
            return list(cursor.fetchall())

    def fault(
        self, rule: str, column: str, where: str, *, value: str = "''", detail: str = "''", joined: str = "",
        **params: Any,
    ) -> None:  # fmt: skip
        """Notes a fault for every staged row (alias s) of which `where` holds; `value` and `detail` are SQL texts."""
        self.execute(
            'INSERT INTO {faults} (line, "column", rule, value, detail) '
            f"SELECT s.line, %(column)s, %(rule)s, left({value}, 80), left({detail}, 300) "
            f"FROM {{rows}} s {joined} WHERE {where}",
            rule=rule,
            column=column,
            **params,
        )

    def mark_bad(self) -> None:
        self.execute("UPDATE {rows} s SET bad = true FROM {faults} f WHERE f.line = s.line AND NOT s.bad")

    def analyse(self) -> None:
        """After most rows were marked: by the statistics of before, the planner takes them for none."""
        with self.as_engine():
            self.execute("ANALYZE {rows}")

    @contextmanager
    def as_engine(self) -> Iterator[None]:
        """For a question that must not depend on who asks; its answer may name nothing of what it saw."""
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE pilar_engine")
            yield
            cursor.execute("SELECT set_config('role', %s, true)", [database_role(reach_of(self.actor))])

    def _filled(self, sql: str) -> str:
        return sql.replace("{rows}", rows_table(self.session.pk)).replace("{faults}", faults_table(self.session.pk))

    def _known(self) -> dict[str, Any]:
        lo, hi = regions.bounds(self.session.region_id)
        slots = reach_of(self.actor).slots_for(self.kind.right)
        return {
            "session": self.session.pk, "actor": self.actor.pk, "actor_name": str(self.actor), "today": self.today,
            "lo": lo, "hi": hi, "may_lo": [slot.lo for slot in slots], "may_hi": [slot.hi for slot in slots],
        }  # fmt: skip


def place_kept(column: str) -> str:
    """SQL: the actor may enter data at the region in `column`."""
    return (
        f"EXISTS (SELECT 1 FROM unnest(%(may_lo)s::bigint[], %(may_hi)s::bigint[]) w(lo, hi)"
        f" WHERE {column} BETWEEN w.lo AND w.hi)"
    )
