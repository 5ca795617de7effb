from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from personnel.models import Personnel
from pilar.core.context import current_place
from pilar.core.panels import Panel, register
from targets.achievement import Figure, personal


def personal_figures(request: HttpRequest, person: Personnel) -> dict[str, Any]:
    year = current_place(request).year
    figures = personal(request.user, year=year, person=person, today=timezone.localdate())
    return {"year": year, "figures": [{"figure": f, "url": _rows_url(f, person)} for f in figures]}


def _rows_url(figure: Figure, person: Personnel) -> str:
    return reverse("dashboard-person-rows", args=[figure.cell.year, person.pk, figure.indicator.code])


register(Panel("personnel", "Target dan capaian", 10, "targets/panel_personal.html", personal_figures))
