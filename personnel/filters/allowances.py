"""Filters of tali asih; list and API share them."""

from typing import Any

import django_filters as filters
from django.db.models import QuerySet

from personnel.models import AllowanceLine, AllowanceProposal, AllowanceRate, Funding
from personnel.names import of_people_called
from pilar.core.filters import RegionFilter
from pilar.core.models import Pillar


class AllowanceFilter(filters.FilterSet):
    semester = filters.CharFilter(field_name="period", label="Semester", help_text="misalnya 2024-S1", method="during")
    pilar = filters.ModelChoiceFilter(
        field_name="pillar",
        label="Pilar",
        queryset=Pillar.objects.filter(shape=Pillar.Shape.PERSON),
        to_field_name="code",
        empty_label="semua pilar",
    )
    region = RegionFilter()
    keadaan = filters.ChoiceFilter(
        field_name="state", label="Keadaan", choices=AllowanceProposal.State.choices, empty_label="semua keadaan"
    )
    dana = filters.ChoiceFilter(
        field_name="funding", label="Dana", choices=Funding.choices, empty_label="semua sumber dana"
    )

    class Meta:
        model = AllowanceProposal
        fields = ()

    def during(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return rows.filter(period=value.strip().upper())


class AllowanceRateFilter(filters.FilterSet):
    pilar = filters.ModelChoiceFilter(field_name="pillar", queryset=Pillar.objects.all(), to_field_name="code")

    class Meta:
        model = AllowanceRate
        fields = ()


class AllowanceLineFilter(filters.FilterSet):
    nama = filters.CharFilter(label="Nama", method="called")
    keadaan = filters.ChoiceFilter(
        field_name="state", label="Keadaan", choices=AllowanceLine.State.choices, empty_label="semua keadaan"
    )

    class Meta:
        model = AllowanceLine
        fields = ()

    def called(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return of_people_called(rows, self.request.user, value)


class AllowanceLineApiFilter(AllowanceLineFilter):
    daftar = filters.NumberFilter(field_name="proposal", label="nomor daftar")
    personel = filters.NumberFilter(field_name="person", label="nomor personel")
    semester = filters.CharFilter(label="Semester", method="during")
    pilar = filters.ModelChoiceFilter(
        field_name="pillar", label="Pilar", queryset=Pillar.objects.all(), to_field_name="code"
    )
    region = RegionFilter()

    def during(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return rows.filter(proposal__period=value.strip().upper())
