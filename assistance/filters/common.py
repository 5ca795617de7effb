"""Shared by all filters."""

from typing import Any

import django_filters as filters

from personnel.models import Personnel, PersonnelQuerySet
from pilar.core.models import Programme


def programme_filter(field_name: str = "programme") -> filters.ModelChoiceFilter:
    return filters.ModelChoiceFilter(
        field_name=field_name,
        label="Program",
        queryset=Programme.objects.all(),
        to_field_name="code",
        empty_label="semua program",
    )


def visible_personnel(request: Any) -> PersonnelQuerySet:
    """None while the API's description is made, which has no reader."""
    return Personnel.objects.visible_to(request.user) if request else Personnel.objects.none()
