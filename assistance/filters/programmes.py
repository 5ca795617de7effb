"""Prices and rules of programmes."""

from datetime import date
from typing import Any

import django_filters as filters
from django.db.models import QuerySet

from assistance.filters.common import programme_filter
from assistance.models import EligibilityRule, ProgrammePrice, ProofRule
from personnel.models import valid_on


class VersionFilter(filters.FilterSet):
    program = programme_filter()
    berlaku = filters.DateFilter(label="hanya yang berlaku pada tanggal itu", method="valid")

    def valid(self, rows: QuerySet[Any], _name: str, value: date) -> QuerySet[Any]:
        return rows.filter(valid_on(value))


class PriceFilter(VersionFilter):
    class Meta:
        model = ProgrammePrice
        fields = ()


class RuleFilter(VersionFilter):
    class Meta:
        model = EligibilityRule
        fields = ()


class ProofRuleFilter(VersionFilter):
    class Meta:
        model = ProofRule
        fields = ()
