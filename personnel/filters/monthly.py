"""Filters of monthly reports; list and API share them."""

from datetime import date
from typing import Any

import django_filters as filters
from django.db.models import F, QuerySet

from personnel.models import MonthlyReport
from personnel.names import of_people_called
from pilar.core.filters import RegionFilter
from pilar.core.models import Pillar


def read_month(text: str) -> date | None:
    """ "2024-06" -> its first day; None for anything else."""
    try:
        return date.fromisoformat(f"{text.strip()}-01")
    except ValueError:
        return None


class MonthlyReportFilter(filters.FilterSet):
    nama = filters.CharFilter(label="Nama", method="called")
    bulan = filters.CharFilter(label="Bulan", help_text="misalnya 2024-06", method="during")
    pilar = filters.ModelChoiceFilter(
        field_name="pillar",
        label="Pilar",
        queryset=Pillar.objects.filter(shape=Pillar.Shape.PERSON),
        to_field_name="code",
        empty_label="semua pilar",
    )
    keadaan = filters.ChoiceFilter(
        field_name="state", label="Keadaan", choices=MonthlyReport.State.choices, empty_label="semua keadaan"
    )
    terlambat = filters.ChoiceFilter(
        label="Ketepatan",
        choices=[("ya", "terlambat"), ("tidak", "tepat waktu")],
        empty_label="semua",
        method="late",
    )
    region = RegionFilter()

    class Meta:
        model = MonthlyReport
        fields = ()

    def called(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return of_people_called(rows, self.request.user, value)

    def during(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return rows.filter(month=month) if (month := read_month(value)) else rows.none()

    def late(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        compared = "submitted_on__gt" if value == "ya" else "submitted_on__lte"
        return rows.filter(**{compared: F("due_on")})


class MonthlyReportApiFilter(MonthlyReportFilter):
    personel = filters.NumberFilter(field_name="person", label="nomor personel")
