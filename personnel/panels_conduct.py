"""On a person's page: surat peringatan, putusan etik, and proposals to end the service."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from personnel.models import Assignment, Personnel, Sanction, Termination
from personnel.timeline import role_of
from pilar.core.rights import Right
from pilar.core.scoping import narrow_choices, reach_of


def conduct(request: HttpRequest, person: Personnel) -> dict[str, Any] | None:
    """None when there is nothing to read and nothing the reader may write. Three queries."""
    user = request.user
    reach = reach_of(user)
    sanctions = list(narrow_choices(Sanction.objects.all(), user).filter(person=person))
    terminations = list(narrow_choices(Termination.objects.all(), user).filter(person=person))
    held = narrow_choices(Assignment.objects.select_related("pillar", "region"), user).filter(person=person)
    under_way = {row.assignment_id: row for row in terminations if row.state in Termination.OPEN}
    running = [
        {
            "role": role_of(row),
            "place": row.region.name,
            "sanction_url": reverse("sanction-create", args=[person.pk, row.pk])
            if reach.can(Right.ENTER, row.region_id)
            else "",
            "terminate_url": reverse("termination-create", args=[person.pk, row.pk]),
            "open": under_way.get(row.pk),
        }
        for row in held
        if not row.end_reason and (row.pk in under_way or reach.can(Right.PROPOSE, row.region_id))
    ]
    past = [row for row in terminations if row.state not in Termination.OPEN]
    if not sanctions and not running and not past:
        return None
    return {
        "sanctions": sanctions,
        "may_enter": reach.can(Right.ENTER, person.region_id),
        "running": running,
        "past": past,
    }
