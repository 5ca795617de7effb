from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from personnel.models import Personnel
from pilar.core.context import current_place
from pilar.core.panels import Panel, register
from targets.achievement import Figure, personal
from targets.freshness import all_years


def personal_figures(request: HttpRequest, person: Personnel) -> dict[str, Any]:
    """The person's own figures of the year asked for, each with the address of its rows."""
    place, today = current_place(request), timezone.localdate()
    figures = personal(request.user, year=place.year, person=person, today=today)
    return {
        "year": place.year,
        "years": [{"year": year, "url": _year_url(person, year)} for year in place.years if year <= today.year],
        "figures": [{"figure": figure, "url": _rows_url(figure, person)} for figure in figures],
    }


def _year_url(person: Personnel, year: int) -> str:
    return f"{reverse('personnel-detail', args=[person.pk])}?year={year}"


def _rows_url(figure: Figure, person: Personnel) -> str:
    return reverse("dashboard-person-rows", args=[figure.cell.year, person.pk, figure.indicator.code])


register(Panel("personnel", "Target dan capaian", 10, "targets/panel_personal.html", personal_figures))


def counted_years(_request: HttpRequest, _shown: None) -> dict[str, Any]:
    """How fresh each year's figures are, for everybody: the rebuilds themselves are the ministry's jobs."""
    return {"years": [{"year": year, "fresh": fresh} for year, fresh in all_years()]}


register(Panel("job-list", "Angka capaian", 10, "targets/panel_years.html", counted_years))
