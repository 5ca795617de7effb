"""What the list shows of each person: one assignment, the one that the filters ask for first."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects

from personnel.filters import PersonnelFilter
from personnel.models import Assignment, Personnel
from personnel.timeline import runs_on, short_name, sk_state
from pilar.core.scoping import narrow_choices

NONE_YET = {"text": "belum ada penugasan", "tone": "wait"}


def listed(people: Sequence[Personnel], filterset: PersonnelFilter, user: Any) -> list[dict[str, Any]]:
    """One query for the assignments of a whole page, as far as the reader may see them."""
    rows = narrow_choices(Assignment.objects.select_related("pillar", "region"), user)
    prefetch_related_objects(list(people), Prefetch("assignments", filterset.marked(rows)))
    return [_line(person, filterset.day) for person in people]


def _line(person: Personnel, day: date) -> dict[str, Any]:
    """`more`: further assignments that run on the day."""
    rows: list[Any] = list(person.assignments.all())
    if not rows:
        return {"person": person, "sk": NONE_YET, "more": 0}
    shown = max(rows, key=lambda row: (row.asked, runs_on(row, day), row.is_primary, row.valid_from, row.pk))
    return {
        "person": person,
        "assignment": shown,
        "pillar": short_name(shown.pillar),
        "sk": sk_state(shown, day),
        "more": sum(runs_on(row, day) for row in rows if row is not shown),
    }
