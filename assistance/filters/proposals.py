"""Usulan."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet

from assistance.filters.common import programme_filter, visible_personnel
from assistance.models import Proposal
from personnel.models import Assignment
from pilar.core.filters import RegionFilter
from pilar.core.models import BudgetYear


def visible_assignments(request: Any) -> QuerySet[Assignment]:
    """None while the API's description is made, which has no reader."""
    return Assignment.objects.visible_to(request.user) if request else Assignment.objects.none()


class ProposalFilter(filters.FilterSet):
    year = filters.ModelChoiceFilter(
        label="Tahun usulan", queryset=BudgetYear.objects.all(), empty_label="semua tahun", method="in_year"
    )
    region = RegionFilter()
    programme = programme_filter()
    state = filters.ChoiceFilter(label="Keadaan", choices=Proposal.State.choices, empty_label="semua keadaan")
    companion_name = filters.CharFilter(label="Awal nama petugas", method="with_companion")
    unassigned = filters.BooleanFilter(
        label="Belum ada petugas", method="without_companion", widget=forms.CheckboxInput
    )
    companion = filters.ModelChoiceFilter(
        label="Petugas", queryset=visible_assignments, field_name="assigned_to", widget=forms.HiddenInput
    )

    class Meta:
        model = Proposal
        fields = ()

    def in_year(self, rows: QuerySet[Proposal], _name: str, value: BudgetYear) -> QuerySet[Proposal]:
        return rows.filter(proposed_on__year=value.year)

    def with_companion(self, rows: QuerySet[Proposal], _name: str, value: str) -> QuerySet[Proposal]:
        people = visible_personnel(self.request).named(value)
        return rows.filter(assigned_to__in=visible_assignments(self.request).filter(person__in=people))

    def without_companion(self, rows: QuerySet[Proposal], _name: str, value: bool) -> QuerySet[Proposal]:
        return rows.filter(assigned_to__isnull=True, state=Proposal.State.PROPOSED) if value else rows


class ProposalApiFilter(filters.FilterSet):
    tahun = filters.NumberFilter(field_name="proposed_on", lookup_expr="year", label="tahun usulan")
    wilayah = RegionFilter()
    program = programme_filter()
    keadaan = filters.ChoiceFilter(field_name="state", label="keadaan", choices=Proposal.State.choices)
    penerima = filters.NumberFilter(field_name="beneficiary", label="nomor penerima manfaat")
    petugas = filters.ModelChoiceFilter(
        label="nomor penugasan petugas verval", queryset=visible_assignments, field_name="assigned_to"
    )
    belum_ada_petugas = filters.BooleanFilter(
        label="true: hanya yang menunggu verval tanpa petugas", method="without_companion"
    )

    class Meta:
        model = Proposal
        fields = ()

    def without_companion(self, rows: QuerySet[Proposal], _name: str, value: bool) -> QuerySet[Proposal]:
        return rows.filter(assigned_to__isnull=True, state=Proposal.State.PROPOSED) if value else rows
