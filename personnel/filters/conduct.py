"""Filters of conduct and end of service; list and API share them."""

import django_filters as filters

from personnel.models import Sanction, Termination
from pilar.core.filters import RegionFilter
from pilar.core.models import Pillar


class TerminationFilter(filters.FilterSet):
    keadaan = filters.ChoiceFilter(
        field_name="state", label="Keadaan", choices=Termination.State.choices, empty_label="semua keadaan"
    )
    sebab = filters.ChoiceFilter(
        field_name="kind", label="Sebab", choices=Termination.Kind.choices, empty_label="semua sebab"
    )
    pilar = filters.ModelChoiceFilter(
        field_name="pillar",
        label="Pilar",
        queryset=Pillar.objects.filter(shape=Pillar.Shape.PERSON),
        to_field_name="code",
        empty_label="semua pilar",
    )
    region = RegionFilter()

    class Meta:
        model = Termination
        fields = ()


class SanctionFilter(filters.FilterSet):
    personel = filters.NumberFilter(field_name="person")
    penugasan = filters.NumberFilter(field_name="assignment")
    jenis = filters.ChoiceFilter(field_name="kind", choices=Sanction.Kind.choices)
    region = RegionFilter()

    class Meta:
        model = Sanction
        fields = ()
