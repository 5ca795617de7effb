from datetime import date
from typing import Any

import django_filters as filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from personnel.models import Activity, Assignment, Personnel, valid_on
from pilar.core import regions
from pilar.core.filters import DayFilter, RegionFilter
from pilar.core.models import Pillar, Region

SK_STATES = (("berlaku", "SK berlaku"), ("tanpa", "bekerja tanpa SK berlaku"))


def sk_valid_on(day: date) -> Q:
    """An SK is known, and its end, if it has one, is not past."""
    return ~Q(sk_number="") & (Q(sk_until__isnull=True) | Q(sk_until__gte=day))


class PersonnelFilter(filters.FilterSet):
    """One set for the list and the API. Pillar, area, SK and day speak of the same assignment."""

    nama = filters.CharFilter(label="Awal nama", method="called")
    pilar = filters.ModelChoiceFilter(
        label="Pilar", queryset=Pillar.objects.all(), to_field_name="code", empty_label="semua pilar", method="pass_by"
    )
    region = RegionFilter(label="Wilayah", method="pass_by")
    sk = filters.ChoiceFilter(label="SK", choices=SK_STATES, empty_label="semua", method="pass_by")
    pada = DayFilter(label="Bertugas pada", method="pass_by")

    class Meta:
        model = Personnel
        fields = ()

    def called(self, rows: Any, _name: str, value: str) -> QuerySet[Any]:
        named: QuerySet[Any] = rows.named(value)
        return named

    @extend_schema_field(OpenApiTypes.STR)
    def pass_by(self, rows: QuerySet[Any], _name: str, _value: Any) -> QuerySet[Any]:
        """Held together in `filter_queryset`."""
        return rows

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().filter_queryset(queryset)
        asked = {name: self.form.cleaned_data.get(name) for name in ("pilar", "region", "sk", "pada")}
        if not any(asked.values()):
            return rows
        return self._managed(rows, asked["region"]).filter(Exists(self._assignments(asked)))

    def _managed(self, rows: QuerySet[Any], region: Region | None) -> QuerySet[Any]:
        """The managing kabupaten/kota narrows first, by its index; people of a province stay."""
        if region is None:
            return rows
        home = regions.at_level(region.pk, min(regions.level_of(region.pk), regions.Level.REGENCY))
        above = regions.path(home)
        return rows.filter(regions.in_range("region_id", *regions.bounds(home)) | Q(region_id__in=above))

    def _assignments(self, asked: dict[str, Any]) -> QuerySet[Assignment]:
        day = asked["pada"] or timezone.localdate()
        held = Assignment.objects.filter(person=OuterRef("pk"))
        if asked["pada"] or asked["sk"]:
            held = held.filter(valid_on(day))
        if asked["pilar"]:
            held = held.filter(pillar=asked["pilar"])
        if asked["region"]:
            held = held.filter(regions.in_range("region_id", *regions.bounds(asked["region"].pk)))
        if asked["sk"]:
            held = held.filter(sk_valid_on(day) if asked["sk"] == "berlaku" else ~sk_valid_on(day))
        return held


class AssignmentFilter(filters.FilterSet):
    pilar = filters.ModelChoiceFilter(field_name="pillar", queryset=Pillar.objects.all(), to_field_name="code")
    region = RegionFilter()
    personel = filters.NumberFilter(field_name="person")

    class Meta:
        model = Assignment
        fields = ()


class ActivityFilter(filters.FilterSet):
    tahun = filters.NumberFilter(field_name="year")
    pilar = filters.ModelChoiceFilter(field_name="pillar", queryset=Pillar.objects.all(), to_field_name="code")
    region = RegionFilter()
    personel = filters.NumberFilter(field_name="person")
    keadaan = filters.ChoiceFilter(field_name="state", choices=Activity.State.choices)

    class Meta:
        model = Activity
        fields = ()
