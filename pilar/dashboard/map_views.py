"""Peta wilayah hari ini: a past year's figures under the names and codes of today."""

from typing import Any

from django.utils import timezone

from pilar.core import regions
from pilar.dashboard import marks
from pilar.dashboard.board import form_of
from pilar.dashboard.peer_views import ChosenView
from targets.maps import on_todays_map
from targets.openness import require_open
from targets.place import full_name


class TodayMapView(ChosenView):
    template_name = "dashboard/today_map.html"

    @property
    def title(self) -> str:  # type: ignore[override]
        return f"Angka {self.year} pada peta hari ini, {full_name(self.region)}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        require_open(self.request.user, self.region)
        indicator, breakdown = self.asked
        query = {"indikator": indicator.code, "rincian": breakdown}
        found = on_todays_map(
            self.request.user,
            year=self.year,
            region=self.region.code,
            indicator=indicator,
            breakdown=breakdown,
            today=timezone.localdate(),
        )
        return super().get_context_data(
            **(kwargs | self.place()),
            label=next((m.figure.label for m in found if m.figure), ""),
            form_name=form_of(indicator),
            below=marks.below_words(self.region),
            lines=[
                {
                    "mapped": m,
                    "name": full_name(m.region),
                    "code": regions.slug(m.region.code),
                    "moved": [r for r in m.origin if r != m.region],
                    "mark": marks.mark(m.figure) if m.figure else None,
                }
                for m in found
            ],
            back_url=f"{marks.dashboard_url(self.year, self.region.code, **query)}#peta",
        )
