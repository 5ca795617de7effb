"""SK penetapan and participation."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet

from assistance.filters.common import programme_filter
from assistance.models import Beneficiary, Decree, Participation
from pilar.core.filters import RegionFilter
from pilar.core.models import BudgetYear


class CalledMixin:
    """By the beginning of the name; the people first, so that the rows are found by their numbers."""

    request: Any

    def called(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        people = Beneficiary.objects.visible_to(self.request.user).named(value)
        return rows.filter(beneficiary__in=list(people.values_list("pk", flat=True)))


class DecreeFilter(filters.FilterSet):
    year = filters.ModelChoiceFilter(label="Tahun", queryset=BudgetYear.objects.all(), empty_label="semua tahun")
    region = RegionFilter()
    programme = programme_filter()
    state = filters.ChoiceFilter(label="Keadaan", choices=Decree.State.choices, empty_label="semua keadaan")

    class Meta:
        model = Decree
        fields = ()


class DecreeApiFilter(filters.FilterSet):
    tahun = filters.NumberFilter(field_name="year", label="tahun anggaran")
    wilayah = RegionFilter()
    program = programme_filter()
    keadaan = filters.ChoiceFilter(field_name="state", label="keadaan", choices=Decree.State.choices)

    class Meta:
        model = Decree
        fields = ()


class NameFilter(CalledMixin, filters.FilterSet):
    """Of the names of one SK."""

    q = filters.CharFilter(label="Nama", method="called")

    class Meta:
        model = Participation
        fields = ()


class ParticipationFilter(CalledMixin, filters.FilterSet):
    q = filters.CharFilter(label="Nama", method="called")
    state = filters.ChoiceFilter(label="Keadaan", choices=Participation.State.choices, empty_label="semua keadaan")
    programme = programme_filter()
    region = RegionFilter()
    returning = filters.BooleanFilter(label="Hanya yang kembali menerima", method="only", widget=forms.CheckboxInput)
    unlisted = filters.BooleanFilter(label="Hanya calon tanpa SK", method="without_decree", widget=forms.CheckboxInput)

    class Meta:
        model = Participation
        fields = ()

    def only(self, rows: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        return rows.filter(**{name: True}) if value else rows

    def without_decree(self, rows: QuerySet[Any], _name: str, value: bool) -> QuerySet[Any]:
        return rows.filter(state=Participation.State.CANDIDATE, decree__isnull=True) if value else rows


class ParticipationApiFilter(filters.FilterSet):
    keadaan = filters.ChoiceFilter(field_name="state", label="keadaan", choices=Participation.State.choices)
    program = programme_filter()
    wilayah = RegionFilter()
    penerima = filters.NumberFilter(field_name="beneficiary", label="nomor penerima manfaat")
    sk = filters.NumberFilter(field_name="decree", label="nomor SK penetapan di PILAR")
    kembali_menerima = filters.BooleanFilter(field_name="returning", label="kembali menerima")

    class Meta:
        model = Participation
        fields = ()
