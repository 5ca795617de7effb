from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from assistance.models import Caseload, Graduation
from assistance.reading import people_names
from personnel.models import Personnel, valid_on
from pilar.core.context import current_place
from pilar.core.panels import Panel, register
from pilar.core.scoping import narrow_choices


def companion(request: HttpRequest, person: Personnel) -> dict[str, Any] | None:
    """Families looked after now, and those that graduated this year; None for people without a caseload."""
    year = current_place(request).year
    caseload = narrow_choices(Caseload.objects.all(), request.user).filter(assignment__person=person)
    graduated = narrow_choices(Graduation.objects.counted(), request.user).select_related("region", "programme")
    rows = list(graduated.filter(credited_to=person, decided_on__year=year))
    if not rows and not caseload.exists():
        return None
    names = people_names(request.user, [row.beneficiary_id for row in rows])
    return {
        "year": year,
        "families": caseload.filter(valid_on(timezone.localdate())).count(),
        "rows": [{"row": row, "name": names.get(row.beneficiary_id, "kini tercatat di wilayah lain")} for row in rows],
    }


register(Panel("personnel", "Dampingan dan graduasi", 20, "assistance/panel_graduations.html", companion))
