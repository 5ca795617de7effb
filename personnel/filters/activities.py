"""Filters of activities; list and API share them."""

from typing import Any

import django_filters as filters
from django.db.models import QuerySet

from personnel.models import Activity, ActivityKind, ActivityStep
from personnel.names import of_people_called
from pilar.core.filters import DayFilter, RegionFilter
from pilar.core.models import Pillar, Programme


class ActivityFilter(filters.FilterSet):
    nama = filters.CharFilter(label="Nama", method="called", help_text="awal kata mana pun dari nama")
    keadaan = filters.ChoiceFilter(
        field_name="state", label="Keadaan", choices=Activity.State.choices, empty_label="semua keadaan"
    )
    pilar = filters.ModelChoiceFilter(
        field_name="pillar",
        label="Pilar",
        queryset=Pillar.objects.filter(shape=Pillar.Shape.PERSON),
        to_field_name="code",
        empty_label="semua pilar",
    )
    jenis = filters.ModelChoiceFilter(
        field_name="kind",
        label="Jenis",
        queryset=ActivityKind.objects.all(),
        to_field_name="code",
        empty_label="semua jenis",
    )
    region = RegionFilter()
    dari = DayFilter(label="Dari", method="since")
    sampai = DayFilter(label="Sampai", method="until")

    class Meta:
        model = Activity
        fields = ()

    def called(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return of_people_called(rows, self.request.user, value)

    def since(self, rows: QuerySet[Any], _name: str, value: Any) -> QuerySet[Any]:
        """The year as well, so that only its partitions are read."""
        return rows.filter(date__gte=value, year__gte=value.year)

    def until(self, rows: QuerySet[Any], _name: str, value: Any) -> QuerySet[Any]:
        return rows.filter(date__lte=value, year__lte=value.year)


class ActivityApiFilter(ActivityFilter):
    tahun = filters.NumberFilter(field_name="year")
    personel = filters.NumberFilter(field_name="person")
    program = filters.ModelChoiceFilter(field_name="programme", queryset=Programme.objects.all(), to_field_name="code")
    kelompok = filters.NumberFilter(label="nomor PAS 1–12", method="reaching")
    daftar = filters.NumberFilter(field_name="batch_id", label="nomor daftar penyaluran yang dipantau")

    def reaching(self, rows: QuerySet[Any], _name: str, value: Any) -> QuerySet[Any]:
        return rows.filter(target_groups__contains=[int(value)])


class ActivityKindFilter(filters.FilterSet):
    pilar = filters.ModelChoiceFilter(
        label="Pilar", queryset=Pillar.objects.all(), to_field_name="code", method="of_pillar"
    )

    class Meta:
        model = ActivityKind
        fields = ()

    def of_pillar(self, rows: QuerySet[Any], _name: str, value: Pillar) -> QuerySet[Any]:
        return rows.filter(pillars__contains=[value.pk])


class ActivityStepFilter(filters.FilterSet):
    kegiatan = filters.NumberFilter(field_name="activity_id", label="nomor kegiatan")

    class Meta:
        model = ActivityStep
        fields = ()
