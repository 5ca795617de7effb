"""Peringatan dini of one area, now."""

from functools import cached_property
from typing import Any

from django.utils import timezone

from pilar.core import regions
from pilar.core.models import Region
from pilar.core.scoping import reach_of
from pilar.core.views import PageView, region_from
from pilar.core.warnings import Ask, all_watchers, warnings_of
from targets.place import full_name
from targets.reading_warnings import require_read


class WarningView(PageView):
    template_name = "targets/warning_list.html"

    @cached_property
    def region(self) -> Region:
        return region_from(self.kwargs["region"])

    @property
    def title(self) -> str:  # type: ignore[override]
        return f"Peringatan dini, {full_name(self.region)}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        require_read(self.request.user, self.region)
        today = timezone.localdate()
        found = warnings_of(Ask(self.request.user, self.region, today))
        lowest: dict[str, Any] = {"region_children": []} if self.region.level >= regions.Level.DISTRICT else {}
        return super().get_context_data(**kwargs | lowest) | {
            "region": self.region,
            "place": full_name(self.region),
            "today": today,
            "groups": [{"watcher": watcher, "warned": warned} for watcher, warned in found],
            "covered": reach_of(self.request.user).covers(self.region.code),
            "words": [{"term": watcher.title, "meaning": watcher.meaning} for watcher in all_watchers()],
        }
