"""On a person's page: close family with what is known of them here, specialisations and certificates."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from personnel.models import Competence, FamilyTie, Personnel
from pilar.core.rights import Right
from pilar.core.scoping import narrow_choices, reach_of


def family(request: HttpRequest, person: Personnel) -> dict[str, Any] | None:
    """None when nobody is recorded and the reader may not record. Two queries."""
    user, may_enter = request.user, reach_of(request.user).can(Right.ENTER, person.region_id)
    ties = list(narrow_choices(FamilyTie.objects.all(), user).filter(person=person))
    if not ties and not may_enter:
        return None
    people = narrow_choices(Personnel.objects.all(), user)
    served = {bytes(row.nik_index): row.pk for row in people.filter(nik_index__in=[tie.nik_index for tie in ties])}
    return {
        "person": person.pk,
        "may_enter": may_enter,
        "rows": [{"tie": tie, "personnel": served.get(bytes(tie.nik_index))} for tie in ties],
    }


def competence(request: HttpRequest, person: Personnel) -> dict[str, Any] | None:
    """None when nothing is recorded and the reader may not record. One query."""
    today, may_enter = timezone.localdate(), reach_of(request.user).can(Right.ENTER, person.region_id)
    rows = list(narrow_choices(Competence.objects.all(), request.user).filter(person=person))
    if not rows and not may_enter:
        return None
    return {
        "person": person.pk,
        "may_enter": may_enter,
        "rows": [{"row": row, "over": row.valid_until is not None and row.valid_until < today} for row in rows],
    }
