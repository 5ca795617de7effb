"""Who answers for an area on a day, kecamatan that nobody answers for, and the rules of service behind both."""

from typing import Any

from django.db.models import QuerySet

from personnel.filters.areas import ResponsibleFilter, ServiceRuleFilter, VacancyFilter
from personnel.models import Assignment, ServiceRule
from personnel.names import ELSEWHERE, people_named
from personnel.timeline import role_of, short_name, sk_state
from personnel.vacancies import ever_recorded
from pilar.core import places, regions
from pilar.core.models import Region
from pilar.core.regions import LEVEL_NAMES, Level
from pilar.core.views import GatedListView


class ResponsibleView(GatedListView):
    """The nearest first: those of the place itself and inside it, then those above."""

    template_name = "personnel/responsible.html"
    title = "Penanggung jawab wilayah"
    queryset = Assignment.objects.select_related("pillar", "region")
    filterset_class = ResponsibleFilter
    ordering = ("pillar_id", "-region_id", "id")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        filterset, rows = context["filterset"], context["rows"]
        names = people_named(self.request.user, rows)
        return context | {
            "place": filterset.place and places.name_of(filterset.place),
            "day": filterset.day,
            "items": [
                {
                    "row": row,
                    "name": names.get(row.person_id, ELSEWHERE),
                    "known": row.person_id in names,
                    "role": role_of(row),
                    "level": LEVEL_NAMES[Level(row.region.level)],
                    "sk": sk_state(row, filterset.day),
                }
                for row in rows
            ],
        }


class VacancyView(GatedListView):
    template_name = "personnel/vacancy_list.html"
    title = "Kecamatan tanpa petugas"
    queryset = Region.objects.all()
    filterset_class = VacancyFilter
    ordering = ("code",)

    def get_queryset(self) -> QuerySet[Region]:
        return Region.objects.none()  # `VacancyFilter` looks for them, through the gate

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        filterset = context["filterset"]
        place = filterset.form.cleaned_data.get("region") if filterset.is_valid() else None
        within = place.code if place else regions.NATION
        return context | {
            "labels": list(places.labels(context["rows"]).values()),
            "pillar": short_name(filterset.pillar),
            "day": filterset.day,
            "recorded": ever_recorded(self.request.user, filterset.pillar, within=within),
        }


class ServiceRuleView(GatedListView):
    template_name = "personnel/service_rules.html"
    title = "Aturan tugas pilar"
    queryset = ServiceRule.objects.select_related("pillar")
    filterset_class = ServiceRuleFilter
    ordering = ("pillar_id", "kind", "-valid_from", "id")
