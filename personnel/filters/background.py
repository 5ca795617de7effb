"""Filters of close family and competence, for the API."""

from datetime import date
from typing import Any

import django_filters as filters
from django.db.models import QuerySet

from personnel.models import Competence, FamilyTie, valid_on
from pilar.core.filters import DayFilter, RegionFilter


class FamilyTieFilter(filters.FilterSet):
    personel = filters.NumberFilter(field_name="person")

    class Meta:
        model = FamilyTie
        fields = ()


class CompetenceFilter(filters.FilterSet):
    personel = filters.NumberFilter(field_name="person")
    jenis = filters.ChoiceFilter(field_name="kind", choices=Competence.Kind.choices)
    nama = filters.CharFilter(field_name="name", lookup_expr="iexact")
    pada = DayFilter(label="Berlaku pada", method="on_day")
    region = RegionFilter("person__region_id")

    class Meta:
        model = Competence
        fields = ()

    def on_day(self, rows: Any, _name: str, value: date) -> QuerySet[Competence]:
        return rows.filter(valid_on(value))  # type: ignore[no-any-return]
