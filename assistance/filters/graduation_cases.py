"""The way out in phases."""

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from assistance.filters.common import programme_filter, visible_personnel
from assistance.models import Graduation, GraduationCase
from assistance.reading_graduation import looked_after_by
from personnel.models import Personnel
from pilar.core.filters import RegionFilter

Cases = QuerySet[GraduationCase]


class CaseFilter(filters.FilterSet):
    state = filters.ChoiceFilter(
        label="Keadaan", choices=GraduationCase.State.choices, widget=forms.HiddenInput
    )  # chosen by the tabs
    region = RegionFilter()
    programme = programme_filter()
    companion_name = filters.CharFilter(label="Awal nama pendamping", method="with_companion")

    class Meta:
        model = GraduationCase
        fields = ()

    def with_companion(self, rows: Cases, _name: str, value: str) -> Cases:
        people = visible_personnel(self.request).named(value)
        return rows.filter(looked_after_by(people, timezone.localdate()))


class CaseApiFilter(filters.FilterSet):
    keadaan = filters.ChoiceFilter(field_name="state", label="keadaan", choices=GraduationCase.State.choices)
    jenis = filters.ChoiceFilter(field_name="kind", label="jenis", choices=Graduation.Kind.choices)
    wilayah = RegionFilter()
    program = programme_filter()
    penerima = filters.NumberFilter(field_name="beneficiary", label="nomor penerima manfaat")
    pendamping = filters.ModelChoiceFilter(
        label="nomor personel pendamping", queryset=visible_personnel, method="of_companion"
    )
    awal_nama_pendamping = filters.CharFilter(label="awal nama pendamping", method="with_companion")

    class Meta:
        model = GraduationCase
        fields = ()

    def of_companion(self, rows: Cases, _name: str, value: Personnel) -> Cases:
        return rows.filter(looked_after_by(visible_personnel(self.request).filter(pk=value.pk), timezone.localdate()))

    def with_companion(self, rows: Cases, _name: str, value: str) -> Cases:
        people = visible_personnel(self.request).named(value)
        return rows.filter(looked_after_by(people, timezone.localdate()))
