from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from assistance.filters.field import CoverageFilter
from assistance.models import Participation
from assistance.reading_verval import Coverage, coverage, months_before, require_inside
from assistance.views.verifications import tabs
from pilar.core import places
from pilar.core.context import current_place
from pilar.core.filters import chips
from pilar.core.formatting import tanggal
from pilar.core.models import Programme
from pilar.core.templatetags.geometry import place
from pilar.core.views import PageView


class CoverageView(PageView):
    """How many of the active participants were verified lately, per area one level down."""

    template_name = "assistance/verification_coverage.html"
    filterset_class = CoverageFilter

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        filterset = CoverageFilter(self.request.GET, queryset=Participation.objects.none(), request=self.request)
        asked = filterset.form.cleaned_data if filterset.is_valid() else {}
        region = asked.get("region") or current_place(self.request).region
        programme, on = asked.get("programme"), asked.get("on") or timezone.localdate()
        months = settings.VERVAL_VALID_MONTHS
        require_inside(self.request.user, region)
        whole, children = coverage(self.request.user, region, programme, on, months)
        since = months_before(on, months)
        return super().get_context_data(
            **kwargs,
            filterset=filterset,
            chips=chips(filterset, self.request.GET),
            clear_url=self.request.path,
            whole=self.row(whole, programme),
            areas=[self.row(child, programme) for child in children],
            period=f"Verval berlaku {months} bulan: dihitung dari {tanggal(since)} sampai {tanggal(on)}",
            tabs=tabs("verification-coverage"),
        ) | {"title": f"Cakupan verval, {places.name_of(region)}"}

    def row(self, found: Coverage, programme: Programme | None) -> dict[str, Any]:
        query = {"region": found.region.dotted or "nasional"} | ({"programme": programme.code} if programme else {})
        return {
            "name": places.name_of(found.region),
            "found": found,
            "bar": place(found.verified, found.active),
            "inside_url": f"{reverse('verification-coverage')}?{urlencode(query)}",
            "due_url": f"{reverse('verification-due')}?{urlencode(query)}" if found.missing else "",
        }
