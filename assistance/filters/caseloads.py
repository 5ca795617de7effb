"""Filters of dampingan: by companion on the page, by family in the API."""

from datetime import date
from typing import Any

import django_filters as filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from assistance.models import Caseload
from personnel.models import Assignment, valid_on
from pilar.core.filters import DayFilter, RegionFilter
from pilar.core.models import Pillar, Programme
from pilar.core.scoping import narrow_choices

SERVICE = (("berjalan", "masih bertugas"), ("berakhir", "sudah berakhir, perlu diserahkan"))
PEOPLE = Pillar.objects.filter(shape=Pillar.Shape.PERSON)


class CompanionFilter(filters.FilterSet):
    """Assignments that look after somebody today."""

    pilar = filters.ModelChoiceFilter(
        field_name="pillar", label="Pilar", queryset=PEOPLE, to_field_name="code", empty_label="semua pilar"
    )
    region = RegionFilter(label="Wilayah kerja")
    penugasan = filters.ChoiceFilter(label="Penugasan", choices=SERVICE, empty_label="semua", method="in_service")

    class Meta:
        model = Assignment
        fields = ()

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        held = narrow_choices(Caseload.objects.filter(valid_on(timezone.localdate())), self.request.user)
        rows: QuerySet[Any] = super().filter_queryset(queryset.filter(Exists(held.filter(assignment=OuterRef("pk")))))
        return rows

    def in_service(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """`berakhir`: whose service is over while families still wait for somebody."""
        over = Q(valid_until__lt=timezone.localdate())
        return rows.filter(over) if value == "berakhir" else rows.exclude(over)


class CaseloadFilter(filters.FilterSet):
    penugasan = filters.NumberFilter(field_name="assignment")
    personel = filters.NumberFilter(field_name="assignment__person")
    penerima = filters.NumberFilter(field_name="beneficiary")
    program = filters.ModelChoiceFilter(field_name="programme", queryset=Programme.objects.all(), to_field_name="code")
    region = RegionFilter()
    pada = DayFilter(label="Didampingi pada", method="on_day")

    class Meta:
        model = Caseload
        fields = ()

    def on_day(self, rows: QuerySet[Any], _name: str, value: date) -> QuerySet[Any]:
        return rows.filter(valid_on(value))
