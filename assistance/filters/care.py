"""Graduations."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet

from assistance.filters.common import programme_filter, visible_personnel
from assistance.models import Graduation
from pilar.core.filters import RegionFilter
from pilar.core.models import BudgetYear


class ByCount(filters.FilterSet):
    """What the list and the API ask of a graduation alike."""

    def only_counted(self, rows: Any, _name: str, value: bool) -> QuerySet[Graduation]:
        found: QuerySet[Graduation] = rows.counted() if value else rows
        return found

    def only_waiting(self, rows: Any, _name: str, value: bool) -> QuerySet[Graduation]:
        found: QuerySet[Graduation] = rows.waiting() if value else rows
        return found


class GraduationFilter(ByCount):
    year = filters.ModelChoiceFilter(
        label="Tahun keputusan", queryset=BudgetYear.objects.all(), empty_label="semua tahun", method="in_year"
    )
    region = RegionFilter()
    programme = programme_filter()
    companion_name = filters.CharFilter(label="Awal nama pendamping", method="with_companion")
    counted = filters.BooleanFilter(
        label="Hanya yang dihitung ke target", method="only_counted", widget=forms.CheckboxInput
    )
    waiting = filters.BooleanFilter(
        label="Hanya yang menunggu konfirmasi", method="only_waiting", widget=forms.CheckboxInput
    )
    companion = filters.ModelChoiceFilter(
        label="Pendamping", queryset=visible_personnel, field_name="credited_to", widget=forms.HiddenInput
    )

    class Meta:
        model = Graduation
        fields = ()

    def in_year(self, rows: QuerySet[Graduation], _name: str, value: BudgetYear) -> QuerySet[Graduation]:
        return rows.filter(decided_on__year=value.year)

    def with_companion(self, rows: QuerySet[Graduation], _name: str, value: str) -> QuerySet[Graduation]:
        return rows.filter(credited_to__in=visible_personnel(self.request).named(value))


class GraduationApiFilter(ByCount):
    tahun = filters.NumberFilter(field_name="decided_on", lookup_expr="year", label="tahun keputusan")
    wilayah = RegionFilter()
    program = programme_filter()
    pendamping = filters.ModelChoiceFilter(
        label="nomor personel pendamping", queryset=visible_personnel, field_name="credited_to"
    )
    menunggu_konfirmasi = filters.BooleanFilter(label="true: hanya yang belum dikonfirmasi", method="only_waiting")
    dihitung = filters.BooleanFilter(label="true: hanya yang dihitung ke target", method="only_counted")

    class Meta:
        model = Graduation
        fields = ()
