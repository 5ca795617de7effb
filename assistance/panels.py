from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from assistance.models import Caseload
from assistance.reading import people_names
from personnel.models import Personnel, valid_on
from pilar.core import regions
from pilar.core.context import current_place
from pilar.core.measures import Cell, Dim, get
from pilar.core.panels import Panel, register
from pilar.core.scoping import narrow_choices

MOVED = "kini tercatat di wilayah lain"


def companion(request: HttpRequest, person: Personnel) -> dict[str, Any] | None:
    """Families looked after now, and those whose graduation the year counts; None for people without a caseload.

    The rows are those of the measure itself, so that they are exactly the ones behind the figure.
    """
    user, year = request.user, current_place(request).year
    caseload = narrow_choices(Caseload.objects.all(), user).filter(assignment__person=person)
    counted = get("graduasi").rows(Cell(year, regions.NATION, Dim.ALL, 0, person=person.pk))
    rows = list(narrow_choices(counted, user).select_related("region", "programme"))
    if not rows and not caseload.exists():
        return None
    names = people_names(user, [row.beneficiary_id for row in rows])
    return {
        "note": f"tahun {year}",
        "year": year,
        "families": caseload.filter(valid_on(timezone.localdate())).count(),
        "rows": [{"row": row, "name": names.get(row.beneficiary_id, MOVED)} for row in rows],
    }


register(Panel("personnel", "Dampingan dan graduasi", 20, "assistance/panel_graduations.html", companion))
