"""Filters of the pages; `year` and `region` are the names the frame knows. The API has its own words."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Exists, OuterRef, QuerySet

from assistance.models import Batch, Beneficiary, Disbursement, Graduation
from personnel.models import Personnel, PersonnelQuerySet
from pilar.core.filters import RegionFilter
from pilar.core.models import BudgetYear, Programme, Region
from pilar.core.regions import SPAN, Level

RETURNED_OPEN = "retur_terbuka"


def programme_filter(field_name: str = "programme") -> filters.ModelChoiceFilter:
    return filters.ModelChoiceFilter(
        field_name=field_name,
        label="Program",
        queryset=Programme.objects.all(),
        to_field_name="code",
        empty_label="semua program",
    )


class BatchFilter(filters.FilterSet):
    year = filters.ModelChoiceFilter(label="Tahun", queryset=BudgetYear.objects.all(), empty_label="semua tahun")
    region = RegionFilter()
    programme = programme_filter()
    funding = filters.ChoiceFilter(label="Sumber dana", choices=Batch.Funding.choices, empty_label="semua sumber")

    class Meta:
        model = Batch
        fields = ()


class LineFilter(filters.FilterSet):
    """Of the lines of one list."""

    q = filters.CharFilter(label="Nama penerima", method="called")
    state = filters.ChoiceFilter(
        label="Keadaan",
        choices=[*Disbursement.State.choices, (RETURNED_OPEN, "dikembalikan (retur), belum dibayar ulang")],
        empty_label="semua keadaan",
        method="in_state",
    )

    class Meta:
        model = Disbursement
        fields = ()

    def in_state(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """`repaid` is annotated by the page's queryset."""
        if value == RETURNED_OPEN:
            return rows.filter(state=Disbursement.State.RETURNED, repaid=False)
        return rows.filter(state=value)

    def called(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """The people first, then their lines: as one statement it was planned person by person (14 s for 100,000)."""
        people = Beneficiary.objects.visible_to(self.request.user).named(value)
        return rows.filter(beneficiary__in=list(people.values_list("pk", flat=True)))


def visible_personnel(request: Any) -> PersonnelQuerySet:
    """None while the API's description is made, which has no reader."""
    return Personnel.objects.visible_to(request.user) if request else Personnel.objects.none()


class GraduationFilter(filters.FilterSet):
    year = filters.ModelChoiceFilter(
        label="Tahun keputusan", queryset=BudgetYear.objects.all(), empty_label="semua tahun", method="in_year"
    )
    region = RegionFilter()
    programme = programme_filter()
    companion_name = filters.CharFilter(label="Awal nama pendamping", method="with_companion")
    counted = filters.BooleanFilter(
        label="Hanya yang dihitung ke target", method="only_counted", widget=forms.CheckboxInput
    )
    companion = filters.ModelChoiceFilter(
        label="Pendamping", queryset=visible_personnel, field_name="credited_to", widget=forms.HiddenInput
    )

    class Meta:
        model = Graduation
        fields = ()

    def in_year(self, rows: QuerySet[Graduation], _name: str, value: BudgetYear) -> QuerySet[Graduation]:
        return rows.filter(decided_on__year=value.year)

    def with_companion(self, rows: QuerySet[Graduation], _name: str, value: str) -> QuerySet[Graduation]:
        return rows.filter(credited_to__in=visible_personnel(self.request).named(value))

    def only_counted(self, rows: Any, _name: str, value: bool) -> QuerySet[Graduation]:
        found: QuerySet[Graduation] = rows.counted() if value else rows
        return found


# --- the API, in the words of its answers ---------------------------------


class LineRegionFilter(RegionFilter):
    """A kabupaten/kota goes by its own column, whose index is ordered as the list is."""

    def filter(self, qs: QuerySet[Any], value: Region | None) -> QuerySet[Any]:
        if value is not None and value.level == Level.REGENCY:
            return qs.filter(regency_id=value.code // SPAN[Level.REGENCY])
        return super().filter(qs, value)


class BatchApiFilter(filters.FilterSet):
    tahun = filters.NumberFilter(field_name="year", label="tahun anggaran")
    wilayah = RegionFilter()
    program = programme_filter()
    dana = filters.ChoiceFilter(field_name="funding", label="sumber dana", choices=Batch.Funding.choices)

    class Meta:
        model = Batch
        fields = ()


class LineApiFilter(filters.FilterSet):
    """`tahun` keeps the search to one partition."""

    tahun = filters.NumberFilter(field_name="year", label="tahun anggaran")
    wilayah = LineRegionFilter()
    program = programme_filter()
    daftar = filters.NumberFilter(field_name="batch", label="nomor daftar penyaluran")
    penerima = filters.NumberFilter(field_name="beneficiary", label="nomor penerima manfaat")
    keadaan = filters.ChoiceFilter(field_name="state", label="keadaan", choices=Disbursement.State.choices)

    class Meta:
        model = Disbursement
        fields = ()


class BeneficiaryApiFilter(filters.FilterSet):
    nama = filters.CharFilter(label="awal nama", method="called")
    wilayah = RegionFilter()
    program = filters.ModelChoiceFilter(
        label="program yang pernah mencantumkannya",
        queryset=Programme.objects.all(),
        to_field_name="code",
        method="listed",
    )

    class Meta:
        model = Beneficiary
        fields = ()

    def called(self, rows: Any, _name: str, value: str) -> QuerySet[Beneficiary]:
        found: QuerySet[Beneficiary] = rows.named(value)
        return found

    def listed(self, rows: QuerySet[Beneficiary], _name: str, value: Programme) -> QuerySet[Beneficiary]:
        lines = Disbursement.objects.filter(beneficiary=OuterRef("pk"), programme=value)
        return rows.filter(Exists(lines))


class GraduationApiFilter(filters.FilterSet):
    tahun = filters.NumberFilter(field_name="decided_on", lookup_expr="year", label="tahun keputusan")
    wilayah = RegionFilter()
    program = programme_filter()
    pendamping = filters.ModelChoiceFilter(
        label="nomor personel pendamping", queryset=visible_personnel, field_name="credited_to"
    )
    dihitung = filters.BooleanFilter(label="true: hanya yang dihitung ke target", method="only_counted")

    class Meta:
        model = Graduation
        fields = ()

    def only_counted(self, rows: Any, _name: str, value: bool) -> QuerySet[Graduation]:
        found: QuerySet[Graduation] = rows.counted() if value else rows
        return found
