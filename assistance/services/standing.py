"""What is known of people on a day, as far as it decides whether they may receive a programme."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from pilar.core.models import Programme


@dataclass(frozen=True)
class Known:
    """A circumstance: its value, and the day it was so."""

    value: str
    as_of: date


@dataclass(frozen=True)
class Standing:
    """Attributes:
    circumstances: kind of `words.CIRCUMSTANCES` -> the latest value on that day.
    groups: codes of PAS groups, and of those above them.
    receives: ids of the other programmes asked for that the person receives.
    left_on: the day of leaving the programme by graduation; None while in transition.
    proposed_again: proposed since then with a reason, and not refused or withdrawn.
    open_proposal, takes_part: state of the unfinished proposal or participation, or "".
    ended_on: last end of an earlier participation in the programme.
    """

    born: date
    circumstances: dict[str, Known]
    groups: frozenset[str]
    receives: frozenset[int]
    left_on: date | None
    proposed_again: bool
    open_proposal: str
    takes_part: str
    ended_on: date | None

    @property
    def was_there(self) -> date | None:
        """The last day of an earlier participation, ended or graduated; None for whoever never took part."""
        return max((day for day in (self.left_on, self.ended_on) if day), default=None)


def standings(
    people: Collection[int], *, programme: Programme, others: Collection[int] = (), on: date
) -> dict[int, Standing]:
    """Beneficiary id -> standing, in one query (`sql/standing.sql`). Unknown ids are left out.

    Args:
        others: programmes of which is asked whether the people receive them.
    """
    if not people:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM pilar_standing(%s::bigint[], %s::smallint, %s::smallint[], %s)",
            [list(people), programme.pk, list(others), on],
        )
        columns = [column.name for column in cursor.description or ()]
        rows = [dict(zip(columns, values, strict=True)) for values in cursor.fetchall()]
    return {row["person"]: _read(row) for row in rows}


def _read(row: dict[str, Any]) -> Standing:
    known = json.loads(row["circumstances"])
    return Standing(
        born=row["born"],
        circumstances={kind: Known(value, date.fromisoformat(day)) for kind, (value, day) in known.items()},
        groups=frozenset(filter(None, row["groups"])),
        receives=frozenset(row["receives"]),
        left_on=row["left_on"],
        proposed_again=row["proposed_again"],
        open_proposal=row["open_proposal"] or "",
        takes_part=row["takes_part"] or "",
        ended_on=row["ended_on"],
    )
