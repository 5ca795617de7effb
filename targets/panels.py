from dataclasses import replace
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from personnel.models import Personnel
from pilar.core import regions
from pilar.core.context import current_place
from pilar.core.panels import Panel, register
from pilar.core.scoping import reach_of
from pilar.core.warnings import Ask, warnings_of
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


def own_figures(request: HttpRequest, person: Personnel) -> dict[str, Any]:
    """The same on a member's own page, whose years lead back to it and whose rows stand elsewhere on it."""
    found = personal_figures(request, person)
    own = reverse("own-page")
    return found | {
        "own": True,
        "years": [{"year": year["year"], "url": f"{own}?year={year['year']}"} for year in found["years"]],
        "figures": [{"figure": row["figure"], "url": ""} for row in found["figures"]],
    }


def _year_url(person: Personnel, year: int) -> str:
    return f"{reverse('personnel-detail', args=[person.pk])}?year={year}"


def _rows_url(figure: Figure, person: Personnel) -> str:
    return reverse("dashboard-person-rows", args=[figure.cell.year, person.pk, figure.indicator.code])


register(Panel("personnel", "Target dan capaian", 10, "targets/panel_personal.html", personal_figures))
register(Panel("own", "Target dan capaian", 10, "targets/panel_personal.html", own_figures))


def counted_years(_request: HttpRequest, _shown: None) -> dict[str, Any]:
    """How fresh each year's figures are, for everybody: the rebuilds themselves are the ministry's jobs."""
    return {"years": [{"year": year, "fresh": fresh} for year, fresh in all_years()]}


register(Panel("job-list", "Angka capaian", 10, "targets/panel_years.html", counted_years))


SHOWN = 3  # warnings of each kind on the dashboard; the page shows all


def early_warnings(request: HttpRequest, board: Any) -> dict[str, Any] | None:
    """For whoever's grant covers the area, and only when there is something.

    Paces and jumps are those of the running year: on another year's dashboard the rest stands alone.
    """
    if not reach_of(request.user).covers(board.region.code):
        return None
    running = board.year == board.today.year
    figures = board.figures if running else None
    ask = Ask(request.user, board.region, board.today, running=running, glance=True, figures=figures)
    groups = [
        {
            "title": watcher.title,
            "warned": [replace(one, rows=()) for one in warned[:SHOWN]],
            "more": max(len(warned) - SHOWN, 0),
        }
        for watcher, warned in warnings_of(ask)
    ]
    url = reverse("warning-list", args=[regions.slug(board.region.code)])
    return {"groups": groups, "url": url} if groups else None


register(Panel("dashboard", "Peringatan dini", 10, "targets/panel_warnings.html", early_warnings))
