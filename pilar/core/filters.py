"""Filters shared by lists and API, and the chips that show which of them are on."""

from datetime import date
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Model, QuerySet
from django.http import QueryDict
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from pilar.core import places, regions
from pilar.core.formatting import tanggal_ringkas
from pilar.core.forms import IndonesianDateField, RegionField
from pilar.core.models import Region


@extend_schema_field(OpenApiTypes.STR)
class RegionFilter(filters.Filter):
    """Rows in an area and below it: "17.71", "17.71 Kota Bengkulu" or an unambiguous name."""

    field_class = RegionField

    def __init__(self, field_name: str = "region_id", **kwargs: Any) -> None:
        kwargs.setdefault("label", "Wilayah")
        super().__init__(field_name, right=None, help_text="Kode bertitik, misalnya 17.71.01", **kwargs)

    def filter(self, qs: QuerySet[Any], value: Region | None) -> QuerySet[Any]:
        if value is None:
            return qs
        return qs.filter(regions.in_range(self.field_name, *regions.bounds(value.code)))


class DayFilter(filters.DateFilter):
    """A day; both the browser's form and day/month/year are read."""

    field_class = IndonesianDateField


def chips(filterset: filters.FilterSet, query: QueryDict) -> list[dict[str, str]]:
    """Filters that are on, each with what it says and the query without it; for chips.html."""
    form = filterset.form
    if not form.is_valid():
        return []
    return [
        {
            "label": str(field.label or name),
            "value": _said(field, form.cleaned_data[name]),
            "remove_url": without(query, name),
        }
        for name, field in form.fields.items()
        if name in query and form.cleaned_data.get(name) not in (None, "", False, [])
    ]


def without(query: QueryDict, *names: str) -> str:
    """The query string without these names, and from the list's beginning."""
    kept = query.copy()
    for name in (*names, "cursor"):
        kept.pop(name, None)
    return f"?{kept.urlencode()}"


def _said(field: forms.Field, value: Any) -> str:
    if isinstance(value, Region):
        return places.name_of(value)
    if isinstance(value, date):
        return tanggal_ringkas(value)
    if isinstance(value, bool):
        return "ya"
    if isinstance(value, Model):
        return str(value)
    return str(dict(getattr(field, "choices", ())).get(value, value))
