import django_filters as filters

from personnel.filters.areas import PEOPLE
from personnel.models import Need
from pilar.core.filters import RegionFilter


class NeedFilter(filters.FilterSet):
    pilar = filters.ModelChoiceFilter(
        field_name="pillar", label="Pilar", queryset=PEOPLE, to_field_name="code", empty_label="semua pilar"
    )
    region = RegionFilter()

    class Meta:
        model = Need
        fields = ()
