from typing import Any

from django.http import HttpRequest
from django.utils import timezone

import assistance.monitoring  # noqa: F401 - its panel
from assistance.models import Caseload, GraduationCase
from assistance.reading import people_names
from assistance.reading_graduation import looked_after_by
from assistance.views.marks import person_url
from personnel.models import Personnel, Termination, valid_on
from pilar.core import regions
from pilar.core.context import current_place
from pilar.core.formatting import angka
from pilar.core.measures import Cell, Dim, get
from pilar.core.panels import Panel, register
from pilar.core.scoping import narrow_choices

LISTED = 400  # a companion looks after 200 to 400 families
MOVED = "kini tercatat di wilayah lain"


def companion(request: HttpRequest, person: Personnel) -> dict[str, Any] | None:
    """Families looked after now, and those whose graduation the year counts; None for people without a caseload.

    The rows are those of the measure itself, so that they are exactly the ones behind the figure.
    """
    user, year = request.user, current_place(request).year
    caseload = narrow_choices(Caseload.objects.all(), user).filter(assignment__person=person)
    counted = get("graduasi").rows(Cell(year, regions.NATION, Dim.ALL, 0, person=person.pk))
    rows = list(narrow_choices(counted, user).select_related("region", "programme"))
    under_way = _under_way(user, person)
    if not rows and not under_way and not caseload.exists():
        return None
    names = people_names(user, [row.beneficiary_id for row in [*rows, *under_way]])
    held = list(caseload.filter(valid_on(timezone.localdate())).values_list("assignment_id", flat=True))
    return {
        "note": f"tahun {year}",
        "year": year,
        "families": len(held),
        "assignments": sorted(set(held)),
        "rows": [
            {"row": row, "name": names.get(row.beneficiary_id, MOVED), "url": person_url(row.beneficiary_id, names)}
            for row in rows
        ],
        "under_way": [{"row": row, "name": names.get(row.beneficiary_id, MOVED)} for row in under_way],
    }


def _under_way(user: Any, person: Personnel) -> list[GraduationCase]:
    """Families of his on their way out: not decided yet, or in transition and credited to him."""
    cases = narrow_choices(GraduationCase.objects.filter(state__in=GraduationCase.OPEN), user)
    mine = looked_after_by(Personnel.objects.visible_to(user).filter(pk=person.pk), timezone.localdate())
    return list(cases.filter(mine).select_related("programme").order_by("proposed_on", "id"))


def own_caseload(request: HttpRequest, person: Personnel) -> dict[str, Any] | None:
    """The families that a member looks after today, by name, on his own page; None without any."""
    user, today = request.user, timezone.localdate()
    held = narrow_choices(Caseload.objects.select_related("programme"), user)
    held = held.filter(valid_on(today), assignment__person=person)
    many = held.count()
    if not many:
        return None
    rows = list(held.select_related("region").order_by("beneficiary__name_key", "id")[:LISTED])
    names = people_names(user, [row.beneficiary_id for row in rows])
    return {
        "note": f"{angka(many)} keluarga atau klien",
        "rows": [{"row": row, "name": names.get(row.beneficiary_id, MOVED)} for row in rows],
        "more": many - len(rows),
    }


def own_companion(request: HttpRequest, person: Personnel) -> dict[str, Any] | None:
    """The same for the member himself: his families stand on his page, the office's list of them is not his."""
    found = companion(request, person)
    return found and found | {"assignments": []}


def left_behind(request: HttpRequest, termination: Termination) -> dict[str, Any] | None:
    """Families that wait to be handed over when somebody leaves; None when there are none in sight."""
    held = narrow_choices(Caseload.objects.filter(valid_on(timezone.localdate())), request.user)
    families = held.filter(assignment=termination.assignment_id).count()
    return {"families": families, "assignment": termination.assignment_id} if families else None


register(Panel("personnel", "Dampingan dan graduasi", 20, "assistance/panel_graduations.html", companion))
register(Panel("own", "Graduasi dampingan", 20, "assistance/panel_graduations.html", own_companion))
register(Panel("own", "Dampingan", 25, "assistance/panel_caseload.html", own_caseload))
register(Panel("termination", "Dampingannya", 10, "assistance/panel_left_behind.html", left_behind))
