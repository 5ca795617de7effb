"""Beneficiaries."""

from typing import Any

import django_filters as filters
from django.db.models import Exists, OuterRef, QuerySet

from assistance.models import Beneficiary, Disbursement
from pilar.core.filters import RegionFilter
from pilar.core.models import Programme


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
