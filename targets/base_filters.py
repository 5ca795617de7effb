"""Filters of data dasar wilayah and of rules for named people, the same for their pages and the API."""

from typing import Any

import django_filters as filters

from pilar.core.filters import RegionFilter
from pilar.core.models import Pillar, Programme
from targets.models import BaseFigure, Indicator, PersonalRule
from targets.models.base import BaseFigureQuerySet


class BaseFigureFilter(filters.FilterSet):  # type: ignore[misc]
    wilayah = RegionFilter()
    jenis = filters.ChoiceFilter(
        label="Jenis", field_name="kind", choices=BaseFigure.Kind.choices, empty_label="semua jenis"
    )
    program = filters.ModelChoiceFilter(
        label="Program", queryset=Programme.objects.all(), to_field_name="code", field_name="programme",
        empty_label="semua program",
    )  # fmt: skip
    versi = filters.ChoiceFilter(
        label="Versi", choices=[("semua", "semua versi")], empty_label="versi terbaru", method="all_versions"
    )

    class Meta:
        model = BaseFigure
        fields = ()

    def all_versions(self, rows: BaseFigureQuerySet, _name: str, value: str) -> BaseFigureQuerySet:
        return rows

    def filter_queryset(self, queryset: Any) -> Any:
        rows = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("versi") else rows.newest()


class PersonalRuleFilter(filters.FilterSet):  # type: ignore[misc]
    pilar = filters.ModelChoiceFilter(
        label="Pilar", queryset=Pillar.objects.all(), to_field_name="code", field_name="pillar",
        empty_label="semua pilar",
    )  # fmt: skip
    indikator = filters.ModelChoiceFilter(
        label="Indikator", queryset=Indicator.objects.filter(personal=True), to_field_name="code",
        field_name="indicator", empty_label="semua indikator",
    )  # fmt: skip

    class Meta:
        model = PersonalRule
        fields = ()
