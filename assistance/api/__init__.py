"""Routes of this app: (prefix, viewset, basename)."""

from typing import Any

from assistance.api.batches import BatchViewSet
from assistance.api.beneficiaries import BeneficiaryViewSet
from assistance.api.graduations import GraduationViewSet
from assistance.api.lines import LineViewSet

ROUTES: list[tuple[str, Any, str]] = [
    ("daftar-penyaluran", BatchViewSet, "api-batch"),
    ("penyaluran", LineViewSet, "api-line"),
    ("penerima", BeneficiaryViewSet, "api-beneficiary"),
    ("graduasi", GraduationViewSet, "api-graduation"),
]
