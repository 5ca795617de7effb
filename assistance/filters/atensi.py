"""ATENSI cases."""

import django_filters as filters
from django import forms

from assistance.models import AtensiCase
from pilar.core.filters import RegionFilter


class AtensiFilter(filters.FilterSet):
    state = filters.ChoiceFilter(label="Keadaan", choices=AtensiCase.State.choices, widget=forms.HiddenInput)
    region = RegionFilter()
    sentra = filters.CharFilter(label="Awal nama Sentra", lookup_expr="istartswith")
    setting = filters.ChoiceFilter(
        label="Tempat layanan", choices=AtensiCase.Setting.choices, empty_label="semua tempat"
    )

    class Meta:
        model = AtensiCase
        fields = ()


class AtensiApiFilter(filters.FilterSet):
    keadaan = filters.ChoiceFilter(field_name="state", label="keadaan", choices=AtensiCase.State.choices)
    wilayah = RegionFilter()
    sentra = filters.CharFilter(label="awal nama Sentra", lookup_expr="istartswith")
    tempat = filters.ChoiceFilter(field_name="setting", label="tempat layanan", choices=AtensiCase.Setting.choices)
    penerima = filters.NumberFilter(field_name="beneficiary", label="nomor penerima manfaat")

    class Meta:
        model = AtensiCase
        fields = ()
