from typing import Any

import django_filters as filters
from django.db.models import QuerySet

from personnel.filters.areas import PEOPLE
from personnel.models import Need
from pilar.core.filters import DayFilter, RegionFilter


class WorkloadFilter(filters.FilterSet):
    """What the page is about; its rows are areas, so that nothing is filtered here."""

    pilar = filters.ModelChoiceFilter(
        label="Pilar", queryset=PEOPLE, to_field_name="code", empty_label=None, method="pass_by"
    )
    region = RegionFilter(method="pass_by")
    pada = DayFilter(label="Pada tanggal", method="pass_by")

    class Meta:
        model = Need
        fields = ()

    def pass_by(self, rows: QuerySet[Any], _name: str, _value: Any) -> QuerySet[Any]:
        return rows
