"""Jejak audit: who did, changed or looked at what in one's own area."""

from datetime import date, datetime, time
from typing import Any

from django.apps import apps
from django.db.models import QuerySet
from django.utils import timezone
from django_filters import CharFilter, ChoiceFilter, FilterSet

from pilar.core.access import Access
from pilar.core.filters import DayFilter, RegionFilter
from pilar.core.models import AuditEvent, Region
from pilar.core.places import name_of
from pilar.core.rights import Right
from pilar.core.views import GatedListView, RightMixin

COUNTED = (Access.ENGINE, Access.RESULT)


def object_names() -> dict[str, str]:
    """ "app.model" -> what people call such a row, for every model of ours."""
    ours = ("core", "personnel", "targets", "assistance")
    return {
        model._meta.label_lower: str(model._meta.verbose_name)
        for label in ours
        for model in apps.get_app_config(label).get_models()
    }


def object_choices() -> list[tuple[str, str]]:
    """Without the engine's own tables, which nobody acts on."""
    counted = {m._meta.label_lower for m in apps.get_models() if getattr(m, "access", None) in COUNTED}
    return sorted(((k, v) for k, v in object_names().items() if k not in counted), key=lambda pair: pair[1])


class AuditFilter(FilterSet):
    actor = CharFilter(label="Pelaku", field_name="actor_name", lookup_expr="icontains")
    action = ChoiceFilter(label="Tindakan", choices=AuditEvent.Action.choices, empty_label="Semua tindakan")
    object_type = ChoiceFilter(label="Jenis objek", choices=object_choices, empty_label="Semua jenis")
    object_id = CharFilter(label="Nomor objek")
    since = DayFilter(label="Sejak", method="from_day")
    until = DayFilter(label="Sampai", method="to_day")
    region = RegionFilter()

    def from_day(self, rows: QuerySet[AuditEvent], name: str, value: date) -> QuerySet[AuditEvent]:
        """The year beside the moment, so that other years' partitions are not read."""
        return rows.filter(year__gte=value.year, at__gte=_midnight(value, time.min))

    def to_day(self, rows: QuerySet[AuditEvent], name: str, value: date) -> QuerySet[AuditEvent]:
        return rows.filter(year__lte=value.year, at__lte=_midnight(value, time.max))


def _midnight(day: date, moment: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, moment))


class AuditListView(RightMixin, GatedListView):
    right = Right.AUDIT
    title = "Jejak audit"
    template_name = "core/audit_list.html"
    queryset = AuditEvent.objects.all()
    filterset_class = AuditFilter
    ordering = ("-id",)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        names = object_names()
        places = {region.code: name_of(region) for region in _regions(context["rows"])}
        shown = [
            {"event": e, "object": names.get(e.object_type, e.object_type), "place": places.get(e.region_id, "")}
            for e in context["rows"]
        ]
        return context | {"events": shown}


def _regions(events: Any) -> QuerySet[Region]:
    return Region.objects.filter(pk__in={event.region_id for event in events})
