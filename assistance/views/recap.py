from typing import Any

from django.urls import reverse
from django.utils import timezone

from assistance.filters.field import RecapFilter
from assistance.models import Participation
from assistance.reading_recap import Part, recap
from assistance.reading_verval import require_inside
from assistance.views.verifications import tabs
from pilar.core import places
from pilar.core.context import current_place
from pilar.core.filters import chips
from pilar.core.templatetags.geometry import place
from pilar.core.views import PageView


class RecapView(PageView):
    """A year of checks, exits and objections in one area: why not eligible, how graduated, answered in time."""

    template_name = "assistance/recap.html"
    filterset_class = RecapFilter

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        filterset = RecapFilter(self.request.GET, queryset=Participation.objects.none(), request=self.request)
        asked = filterset.form.cleaned_data if filterset.is_valid() else {}
        here = current_place(self.request)
        region = asked.get("region") or here.region
        year = asked["year"].year if asked.get("year") else here.year
        require_inside(self.request.user, region)
        found = recap(self.request.user, region, asked.get("programme"), year, timezone.localdate())
        return super().get_context_data(
            **kwargs,
            filterset=filterset,
            chips=chips(filterset, self.request.GET),
            clear_url=self.request.path,
            found=found,
            reasons=bars(found.reasons),
            kinds=bars(found.kinds),
            objection_url=reverse("objection-list"),
            tabs=tabs("verification-recap"),
        ) | {"title": f"Rekap {year}, {places.name_of(region)}"}


def bars(parts: list[Part]) -> list[dict[str, Any]]:
    """Each line with the length of its bar against the longest."""
    longest = max((part.count for part in parts), default=0)
    return [{"part": part, "bar": place(part.count, longest)} for part in parts]
