from datetime import date
from functools import reduce
from operator import and_
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from personnel.idle import serving_since, without_activity
from personnel.models import Assignment, Competence, Personnel, valid_on
from personnel.terms import certificate_ending, sk_ending, term_ending, term_rules
from pilar.core import regions
from pilar.core.filters import DayFilter, RegionFilter
from pilar.core.models import Pillar
from pilar.core.scoping import narrow_choices

SK_STATES = (("berlaku", "SK berlaku"), ("tanpa", "bekerja tanpa SK berlaku"))


def sk_valid_on(day: date) -> Q:
    """An SK is known, and its end, if it has one, is not past."""
    return ~Q(sk_number="") & (Q(sk_until__isnull=True) | Q(sk_until__gte=day))


class PersonnelFilter(filters.FilterSet):
    """One set for the list and the API. Pillar, area, SK and day speak of the same assignment."""

    nama = filters.CharFilter(label="Nama", method="called")
    pilar = filters.ModelChoiceFilter(
        label="Pilar", queryset=Pillar.objects.all(), to_field_name="code", empty_label="semua pilar", method="pass_by"
    )
    region = RegionFilter(label="Wilayah", method="pass_by")
    sk = filters.ChoiceFilter(label="SK", choices=SK_STATES, empty_label="semua", method="pass_by")
    pada = DayFilter(label="Bertugas pada", method="pass_by")
    tanpa_kegiatan = filters.NumberFilter(
        label="Tanpa kegiatan terverifikasi (hari)",
        method="pass_by",
        min_value=1,
        max_value=366,
        widget=forms.HiddenInput,
    )

    sk_habis = filters.NumberFilter(
        label="SK berakhir dalam (hari)", method="pass_by", min_value=0, max_value=3660, widget=forms.HiddenInput
    )
    masa_tugas = filters.NumberFilter(
        label="Masa tugas habis dalam (hari)", method="pass_by", min_value=0, max_value=3660, widget=forms.HiddenInput
    )
    sertifikat_habis = filters.NumberFilter(
        label="Sertifikat berakhir dalam (hari)",
        method="pass_by",
        min_value=0,
        max_value=3660,
        widget=forms.HiddenInput,
    )
    kompetensi = filters.CharFilter(label="Kompetensi", method="able", widget=forms.HiddenInput)

    class Meta:
        model = Personnel
        fields = ()

    def able(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Specialisation or certificate of this name, holding on the day asked for."""
        held = Competence.objects.filter(valid_on(self.day), name__iexact=value.strip(), person=OuterRef("pk"))
        return rows.filter(Exists(narrow_choices(held, self.request.user)))

    def called(self, rows: Any, _name: str, value: str) -> QuerySet[Any]:
        found: QuerySet[Any] = rows.called(value)
        return found

    @extend_schema_field(OpenApiTypes.STR)
    def pass_by(self, rows: QuerySet[Any], _name: str, _value: Any) -> QuerySet[Any]:
        """All of them speak of one assignment: see `asked`."""
        return rows

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().filter_queryset(queryset)
        if days := self.days_idle:
            rows = without_activity(rows, self.request.user, self.day, days)
        if (days := self.form.cleaned_data.get("sertifikat_habis")) is not None:
            ending = Competence.objects.filter(certificate_ending(self.day, int(days)), person=OuterRef("pk"))
            rows = rows.filter(Exists(narrow_choices(ending, self.request.user)))
        asked = self.asked()
        if asked is None:
            return rows
        held = narrow_choices(Assignment.objects.filter(asked), self.request.user)
        return rows.filter(Exists(held.filter(person=OuterRef("pk"))))

    @property
    def day(self) -> date:
        """The day that the answers speak of."""
        pada: date | None = self.form.cleaned_data.get("pada") if self.form.is_valid() else None
        return pada or timezone.localdate()

    @property
    def days_idle(self) -> int:
        """Days without verified activity that are asked for; 0 when they are not."""
        return int(self.form.cleaned_data.get("tanpa_kegiatan") or 0) if self.form.is_valid() else 0

    def asked(self) -> Q | None:
        """What one assignment must satisfy; None when no filter speaks of assignments."""
        data = self.form.cleaned_data if self.form.is_valid() else {}
        parts = []
        if data.get("pada") or data.get("sk") or data.get("sertifikat_habis") is not None:
            parts.append(valid_on(self.day))
        if self.days_idle:
            parts.append(serving_since(self.day, self.days_idle))
        if data.get("pilar"):
            parts.append(Q(pillar=data["pilar"]))
        if data.get("region"):
            parts.append(regions.in_range("region_id", *regions.bounds(data["region"].pk)))
        if data.get("sk_habis") is not None:
            parts.append(sk_ending(self.day, int(data["sk_habis"])))
        if data.get("masa_tugas") is not None:
            parts.append(term_ending(term_rules(self.day), self.day, int(data["masa_tugas"])))
        if data.get("sk"):
            parts.append(sk_valid_on(self.day) if data["sk"] == "berlaku" else ~sk_valid_on(self.day))
        return reduce(and_, parts) if parts else None

    def marked(self, rows: QuerySet[Assignment]) -> QuerySet[Assignment]:
        """The assignments with `asked`: whether a row is one that the filters ask for."""
        asked = self.asked()
        if asked is None:
            return rows.annotate(asked=Value(True))
        return rows.annotate(asked=Case(When(asked, then=Value(True)), default=Value(False)))


class AssignmentFilter(filters.FilterSet):
    pilar = filters.ModelChoiceFilter(field_name="pillar", queryset=Pillar.objects.all(), to_field_name="code")
    region = RegionFilter()
    personel = filters.NumberFilter(field_name="person")
    pada = DayFilter(label="Bertugas pada", method="on_day")

    class Meta:
        model = Assignment
        fields = ()

    def on_day(self, rows: Any, _name: str, value: date) -> QuerySet[Assignment]:
        return rows.current(on=value)  # type: ignore[no-any-return]
