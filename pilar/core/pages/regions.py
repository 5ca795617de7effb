"""Finding an area: a page for people, a list of options for the region field."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render

from pilar.core import places, regions
from pilar.core.context import current_place
from pilar.core.menu import address
from pilar.core.models import Region
from pilar.core.models.region import RegionQuerySet
from pilar.core.regions import LEVEL_NAMES, Level
from pilar.core.rights import Right
from pilar.core.scoping import reach_of
from pilar.core.views import PageView

#: lists of people, offered beside the areas found: page, its filter by name, what it lists
OTHER_LISTS = (("personnel-list", "nama", "personel"), ("beneficiary-list", "nama", "penerima manfaat"))


class RegionSearchView(PageView):
    """`?q=` a name or code; `?hak=` narrows to where the user holds that right.

    A script that asks (X-Requested-With or HX-Request) gets option lines only.
    """

    title = "Cari"
    template_name = "core/region_search.html"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if "X-Requested-With" in request.headers or "HX-Request" in request.headers:
            return render(request, "core/region_options.html", {"offered": places.labels(self._found()).values()})
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self._asked()
        found = self._found()
        labels = places.labels(found)
        year = current_place(self.request).year
        rows = [
            {
                "label": labels[region.code],
                "level": LEVEL_NAMES[Level(region.level)],
                "ended": region.valid_until,
                "in_district": region.level > Level.DISTRICT,
                "url": address("dashboard", {"year": year, "region": _dashboard_of(region)}),
            }
            for region in found
        ]
        others = [
            {"url": f"{url}?{urlencode({filter_name: asked})}" if asked else url, "noun": noun}
            for name, filter_name, noun in OTHER_LISTS
            if (url := address(name))
        ]
        return super().get_context_data(asked=asked, rows=rows, limit=places.LIMIT, others=others, **kwargs)

    def _asked(self) -> str:
        return self.request.GET.get("q", "").strip()

    def _found(self) -> list[Region]:
        return places.search(self._asked(), self._among())

    def _among(self) -> RegionQuerySet:
        right = self.request.GET.get("hak", "")
        if not right:
            return Region.objects.all()
        held = reach_of(self.request.user).slots_for(Right(right)) if right in set(Right) else ()
        return places.within(held)


def _dashboard_of(region: Region) -> str:
    """Dashboards end at the kecamatan: a desa or kelurahan opens that of its kecamatan."""
    return regions.slug(regions.at_level(region.code, Level.DISTRICT))
