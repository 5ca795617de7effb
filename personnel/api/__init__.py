"""Routes of this app: (prefix, viewset, basename)."""

from typing import Any

from personnel.api.allowances import AllowanceLineViewSet, AllowanceRateViewSet, AllowanceViewSet
from personnel.api.people import ActivityViewSet, AssignmentViewSet, PersonnelViewSet

ROUTES: list[tuple[str, Any, str]] = [
    ("personel", PersonnelViewSet, "api-personnel"),
    ("penugasan", AssignmentViewSet, "api-assignment"),
    ("kegiatan", ActivityViewSet, "api-activity"),
    ("besaran-tali-asih", AllowanceRateViewSet, "api-allowance-rate"),
    ("tali-asih", AllowanceViewSet, "api-allowance"),
    ("baris-tali-asih", AllowanceLineViewSet, "api-allowance-line"),
]
