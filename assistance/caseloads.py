"""How many families each companion looks after, for who sets targets (`pilar.core.caseloads`)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Count

from assistance.models import Caseload
from personnel.models import valid_on
from pilar.core.caseloads import register
from pilar.core.scoping import narrow_choices


@register
def families_of(user: Any, people: Sequence[int], programme: int, day: date) -> dict[int, int]:
    """Each family once; one query."""
    rows = narrow_choices(Caseload.objects.all(), user).filter(
        valid_on(day), programme=programme, assignment__person__in=people
    )
    counted = rows.order_by().values("assignment__person").annotate(families=Count("beneficiary", distinct=True))
    return {row["assignment__person"]: row["families"] for row in counted}
