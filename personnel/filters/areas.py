"""Filters of who answers for an area and of areas that nobody answers for; pages and API share them."""

from datetime import date
from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from personnel.models import Assignment
from personnel.vacancies import TKSK, vacant
from pilar.core import regions
from pilar.core.filters import DayFilter, RegionFilter
from pilar.core.models import Pillar, Region

PEOPLE = Pillar.objects.filter(shape=Pillar.Shape.PERSON)
PER_DISTRICT = PEOPLE.filter(area_level=Pillar.AreaLevel.DISTRICT)


class AnsweringFilter(RegionFilter):
    """Assignments whose work area holds the place, is the place, or lies in it."""

    def filter(self, qs: QuerySet[Any], value: Region | None) -> QuerySet[Any]:
        if value is None:
            return qs.none()
        above = Q(region__in=[code for code in regions.path(value.code) if code != regions.NATION])
        return qs.filter(above | regions.in_range("region_id", *regions.bounds(value.code)))


class ResponsibleFilter(filters.FilterSet):
    region = AnsweringFilter(label="Wilayah")
    pada = DayFilter(label="Pada tanggal", method="pass_by")
    pilar = filters.ModelChoiceFilter(
        field_name="pillar", label="Pilar", queryset=PEOPLE, to_field_name="code", empty_label="semua pilar"
    )

    class Meta:
        model = Assignment
        fields = ()

    def pass_by(self, rows: QuerySet[Any], _name: str, _value: Any) -> QuerySet[Any]:
        """Without it today is meant: see `filter_queryset`."""
        return rows

    @property
    def place(self) -> Region | None:
        found: Region | None = self.form.cleaned_data.get("region") if self.form.is_valid() else None
        return found

    @property
    def day(self) -> date:
        pada: date | None = self.form.cleaned_data.get("pada") if self.form.is_valid() else None
        return pada or timezone.localdate()

    def filter_queryset(self, queryset: Any) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().filter_queryset(queryset.current(on=self.day))
        return rows if self.place else rows.none()


class VacancyFilter(filters.FilterSet):
    """Over areas; the pillar is TKSK where none is asked for."""

    pilar = filters.ModelChoiceFilter(
        label="Pilar", queryset=PER_DISTRICT, to_field_name="code", empty_label=None, method="pass_by"
    )
    region = RegionFilter("code")
    pada = DayFilter(label="Pada tanggal", method="pass_by")

    class Meta:
        model = Region
        fields = ()

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        """The form shows the pillar that the answer is about, also when none was asked for."""
        if data is not None and not data.get("pilar"):
            data = data.copy()
            data["pilar"] = TKSK
        super().__init__(data, *args, **kwargs)

    @extend_schema_field(OpenApiTypes.STR)
    def pass_by(self, rows: QuerySet[Any], _name: str, _value: Any) -> QuerySet[Any]:
        """Both speak of who serves: see `filter_queryset`."""
        return rows

    @property
    def day(self) -> date:
        pada: date | None = self.form.cleaned_data.get("pada") if self.form.is_valid() else None
        return pada or timezone.localdate()

    @property
    def pillar(self) -> Pillar:
        asked: Pillar | None = self.form.cleaned_data.get("pilar") if self.form.is_valid() else None
        return asked or Pillar.objects.get(code=TKSK)

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        place: Region | None = self.form.cleaned_data.get("region")
        within = place.code if place else regions.NATION
        return vacant(self.request.user, self.pillar, within=within, day=self.day)


class ServiceRuleFilter(filters.FilterSet):
    pilar = filters.ModelChoiceFilter(
        field_name="pillar", label="Pilar", queryset=PEOPLE, to_field_name="code", empty_label="semua pilar"
    )
