"""Filters of this app, one module per noun; lists and API share them."""

from personnel.filters.people import ActivityFilter, AssignmentFilter, PersonnelFilter, sk_valid_on

__all__ = ["ActivityFilter", "AssignmentFilter", "PersonnelFilter", "sk_valid_on"]
