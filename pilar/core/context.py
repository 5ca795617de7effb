"""What the frame around every page needs, and the place (region and year) that a page is about."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.utils import timezone

from pilar.core import example_data, regions
from pilar.core.errors import Refusal
from pilar.core.formatting import region_code_of
from pilar.core.measures import all_measures
from pilar.core.menu import address, for_phone, menu
from pilar.core.models import BudgetYear, Region
from pilar.core.places import name_of
from pilar.core.scoping import NOBODY, Reach, reach_of


@dataclass(frozen=True)
class Place:
    """Attributes:
    path: from the nation down to the region itself.
    children: areas one level below.
    years: years that are open, newest first.
    """

    year: int
    path: tuple[Region, ...]
    children: tuple[Region, ...]
    years: tuple[int, ...]

    @property
    def region(self) -> Region:
        return self.path[-1]

    @property
    def kwargs(self) -> dict[str, Any]:
        """For reversing pages whose address names year and region."""
        return {"year": self.year, "region": regions.slug(self.region.code)}


def current_place(request: HttpRequest) -> Place:
    """Region and year of the address or the query; else the user's office and the newest year with targets and figures.

    Two queries, once per request. For signed-in users inside a scope.
    """
    known = getattr(request, "_place", None)
    if known is None:
        known = _read_place(request)
        request._place = known  # type: ignore[attr-defined]
    return known


def entry_year(request: HttpRequest) -> int:
    """The budget year a new entry begins with: the one the address names, else this year when it is open.

    What is entered today belongs to today; a page of figures opens with the newest year that has targets instead.
    """
    place, now = current_place(request), timezone.localdate().year
    return place.year if _asked(request, "year") == str(place.year) or now not in place.years else now


def _read_place(request: HttpRequest) -> Place:
    user: Any = request.user
    asked = region_code_of(_asked(request, "region").replace(regions.NATION_SLUG, "Nasional"))
    path, children = _around(user.region_id if asked is None else asked)
    wanted = _asked(request, "year")
    years = _years(weighed=not wanted.isdigit())
    year = int(wanted) if wanted.isdigit() and int(wanted) in years else _newest(years)
    return Place(year=year, path=path, children=children, years=tuple(sorted(years, reverse=True)))


def _asked(request: HttpRequest, name: str) -> str:
    """From the address, else from the query, which filters share."""
    match = request.resolver_match
    if match and name in match.kwargs:
        return str(match.kwargs[name])
    return request.GET.get(name, "").strip()


def _around(code: int) -> tuple[tuple[Region, ...], tuple[Region, ...]]:
    """The path down to an area, and the areas right below it, in one query."""
    level = regions.level_of(code)
    lo, hi = regions.bounds(code)
    below = Q(level=level + 1) & regions.in_range("code", lo, hi)
    found = list(Region.objects.filter(Q(code__in=regions.path(code)) | below).order_by("code"))
    path = tuple(sorted((r for r in found if r.level <= level), key=lambda r: r.level))
    return path, tuple(r for r in found if r.level > level)


def _years(*, weighed: bool) -> dict[int, int]:
    """Year -> what there is to show: 2 targets and something counted against them, 1 targets, 0 neither.

    `weighed` only where no year was asked for: looking through the targets costs more than the rest of the frame.
    Asked by name: core imports no app. A headcount does not count here: without an end it is there in every open year.
    """
    if not weighed:
        return dict.fromkeys(BudgetYear.objects.values_list("year", flat=True), 0)
    here = {"year": OuterRef("year")}
    aims = apps.get_model("targets", "Target").objects.counted().filter(**here)
    numbers = [measure.number for measure in all_measures() if measure.additive]
    facts = apps.get_model("targets", "Achievement").objects.filter(
        level=regions.NATION, region_id=regions.NATION, measure__in=numbers, **here
    )
    rows = BudgetYear.objects.annotate(aimed=Exists(aims), counted=Exists(facts))
    return {year: aimed + (aimed and counted) for year, aimed, counted in rows.values_list("year", "aimed", "counted")}


def _newest(years: dict[int, int]) -> int:
    """Of the years up to this one that have most to show, the newest; this one where no year is open."""
    now = timezone.localdate().year
    past = [year for year in years if year <= now]
    return max(past, key=lambda year: (years[year], year), default=now)


# --- the frame -------------------------------------------------------------


def frame(request: HttpRequest) -> dict[str, Any]:
    """What base.html needs on every page; no query at all while a refused transaction waits for its end."""
    broken = connection.needs_rollback
    shown: dict[str, Any] = {"example_data": example_data.present(ask=not broken)}
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or (broken and "_reach" not in user.__dict__):
        return shown
    place = current_place(request) if _scoped(request) and not broken else None
    shown |= _own(request, place)
    if _reach(user).member is not None:  # neither other places nor other years are his
        return shown
    return shown | _placed(request, place) if place else shown


def _scoped(request: HttpRequest) -> bool:
    """Whether ScopeMiddleware got as far: not on pages that sign in or out, nor on addresses that do not exist."""
    return bool(getattr(request, "_scoped", False))


def _own(request: HttpRequest, place: Place | None) -> dict[str, Any]:
    """Menu and account of the signed-in user."""
    user: Any = request.user
    match = request.resolver_match
    usual = {"year": timezone.localdate().year, "region": regions.slug(user.region_id)}
    officer = _reach(user).member is None
    nav = menu(_reach(user), (match.url_name or "") if match else "", place.kwargs if place else usual)
    return {
        "nav": nav,
        "phone_nav": for_phone(nav),
        "home_url": address("home"),
        "search_url": address("region-search") if officer else "",
        "search_query": request.GET.get("q", "") if match and match.url_name == "region-search" else "",
        "logout_url": address("logout"),
        "account": {
            "name": user.name,
            "role": user.role.name,
            "area": user.office,
            "links": [
                {"label": label, "url": url}
                for label, url in (
                    ("Ganti kata sandi", address("password_change")),
                    ("Token API", address("token-list")),
                    ("Peran dan hak", address("role-list") if officer else ""),
                )
                if url
            ],
        },
    }


def _reach(user: Any) -> Reach:
    """Pages outside the scope show a menu even to an account whose grants cannot be held."""
    try:
        return reach_of(user)
    except Refusal:
        return NOBODY


def _placed(request: HttpRequest, place: Place) -> dict[str, Any]:
    """Where one is, and where one can go: the same page elsewhere when it knows places, else the dashboard."""
    return {
        "year": place.year,
        "years": [
            {"year": year, "url": url, "current": year == place.year}
            for year in (place.years if knows(request, "year") else ())
            if (url := place_url(request, place, year=year))
        ],
        "region_path": [_step(request, place, region) for region in place.path],
        "region_children": [_step(request, place, region) for region in place.children],
    }


def _step(request: HttpRequest, place: Place, region: Region) -> dict[str, str]:
    return {"label": name_of(region), "url": place_url(request, place, region=region.code)}


def place_url(request: HttpRequest, place: Place, *, year: int | None = None, region: int | None = None) -> str:
    """This page for another year or region; the dashboard of that place from pages that know neither."""
    match = request.resolver_match
    changed: dict[str, Any] = {"region": regions.slug(place.region.code if region is None else region)}
    changed["year"] = place.year if year is None else year
    moved = "region" if region is not None else "year"
    if match and moved in match.kwargs:
        return address(match.view_name, match.kwargs | {moved: changed[moved]})
    if match and moved in _queried(match.func):
        query = request.GET.copy()
        query[moved] = str(changed[moved])
        query.pop("cursor", None)
        return f"{request.path}?{query.urlencode()}"
    return address("dashboard", changed)


def knows(request: HttpRequest, name: str) -> bool:
    """Whether the page shown depends on it: a year beside a page of no year would promise too much."""
    match = request.resolver_match
    return match is not None and (name in match.kwargs or name in _queried(match.func))


def _queried(view: Any) -> set[str]:
    """What the page reads from its query: its filters, and the names in its `place_query`."""
    shown = getattr(view, "view_class", None)
    filters = getattr(getattr(shown, "filterset_class", None), "base_filters", ())
    return {*filters, *getattr(shown, "place_query", ())}
