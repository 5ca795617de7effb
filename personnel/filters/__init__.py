"""Filters of this app, one module per noun; lists and API share them."""

from personnel.filters.activities import ActivityApiFilter, ActivityFilter, ActivityKindFilter, ActivityStepFilter
from personnel.filters.people import AssignmentFilter, PersonnelFilter, sk_valid_on

__all__ = [
    "ActivityApiFilter",
    "ActivityFilter",
    "ActivityKindFilter",
    "ActivityStepFilter",
    "AssignmentFilter",
    "PersonnelFilter",
    "sk_valid_on",
]
