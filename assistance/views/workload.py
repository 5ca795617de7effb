from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from assistance.filters.workload import WorkloadFilter
from assistance.reading_workload import Workload, default_pillar, require_whole, workload
from personnel.models import Need
from personnel.timeline import short_name
from pilar.core import places
from pilar.core.context import current_place
from pilar.core.filters import chips
from pilar.core.models import Pillar
from pilar.core.regions import Level
from pilar.core.views import PageView


class WorkloadView(PageView):
    """Who serves, whom they look after, and how many were said to be needed, per area one level down."""

    template_name = "assistance/workload.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        filterset = WorkloadFilter(self.request.GET, queryset=Need.objects.none(), request=self.request)
        asked = filterset.form.cleaned_data if filterset.is_valid() else {}
        region = asked.get("region") or current_place(self.request).region
        pillar: Pillar = asked.get("pilar") or default_pillar()
        day = asked.get("pada") or timezone.localdate()
        require_whole(user, region, pillar)
        rows = workload(user, region, pillar, day)
        return super().get_context_data(
            **kwargs,
            filterset=filterset,
            chips=chips(filterset, self.request.GET),
            clear_url=self.request.path,
            day=day,
            pillar=short_name(pillar),
            norm=rows[0].norm,
            looked_after=bool(pillar.caseload_positions),
            items=[{"found": row, "name": _name(row), "url": _inside(row, pillar)} for row in rows],
        ) | {"title": f"Beban kerja {short_name(pillar)}, {places.name_of(region)}"}


def _name(row: Workload) -> str:
    name = places.name_of(row.region)
    return f"Langsung di tingkat ini: {name}" if row.direct and row.region.level < Level.DISTRICT else name


def _inside(row: Workload, pillar: Pillar) -> str:
    if row.direct or row.region.level >= Level.DISTRICT:
        return ""
    return f"{reverse('workload')}?{urlencode({'pilar': pillar.code, 'region': row.region.dotted})}"
