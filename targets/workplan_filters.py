"""Filters of langkah bersama in the API; the pages take area, year and version from the address."""

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils import timezone

from pilar.core import regions
from pilar.core.filters import RegionFilter as PlaceFilter
from targets.filters import RegionFilter
from targets.models import WorkPlan, WorkStep


class OneArea(RegionFilter):
    """Exactly one area in the column it is given."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return qs.filter(**{str(self.field_name): regions.parse(value)}) if value else qs


class WorkPlanFilter(filters.FilterSet):  # type: ignore[misc]
    tahun = filters.NumberFilter(field_name="year", label="tahun anggaran")
    wilayah = OneArea("region_id", label="kode wilayah, misalnya 17.71")
    keadaan = filters.ChoiceFilter(field_name="state", choices=WorkPlan.State.choices, label="keadaan")
    berlaku = filters.BooleanFilter(label="true: hanya versi yang berlaku", method="in_force")

    class Meta:
        model = WorkPlan
        fields = ()

    def in_force(self, rows: QuerySet[WorkPlan], _name: str, value: bool) -> QuerySet[WorkPlan]:
        return rows.filter(pk__in=WorkPlan.objects.in_force().values("pk")) if value else rows


class WorkStepFilter(filters.FilterSet):  # type: ignore[misc]
    tahun = filters.NumberFilter(field_name="plan__year", label="tahun anggaran")
    wilayah = PlaceFilter("plan__region_id", label="wilayah langkah bersama dan di bawahnya")
    langkah_bersama = filters.NumberFilter(field_name="plan", label="nomor versi langkah bersama")
    penanggung_jawab = filters.ChoiceFilter(field_name="owner", choices=WorkStep.Owner.choices, label="pihak")
    wilayah_penanggung_jawab = OneArea("owner_region_id", label="wilayah kantornya")
    keadaan = filters.ChoiceFilter(field_name="state", choices=WorkStep.State.choices, label="keadaan")
    lewat_tenggat = filters.BooleanFilter(label="true: belum selesai sesudah tenggatnya", method="overdue")

    class Meta:
        model = WorkStep
        fields = ()

    def overdue(self, rows: QuerySet[WorkStep], _name: str, value: bool) -> QuerySet[WorkStep]:
        late = WorkStep.objects.overdue(on=timezone.localdate()).values("pk")
        return rows.filter(pk__in=late) if value else rows
