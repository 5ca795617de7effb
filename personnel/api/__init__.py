"""Routes of this app: (prefix, viewset, basename)."""

from typing import Any

from personnel.api.activities import ActivityKindViewSet, ActivityStepViewSet, ActivityViewSet
from personnel.api.allowances import AllowanceLineViewSet, AllowanceRateViewSet, AllowanceViewSet
from personnel.api.areas import ServiceRuleViewSet, VacancyViewSet
from personnel.api.background import CompetenceViewSet, FamilyTieViewSet
from personnel.api.conduct import SanctionViewSet, TerminationViewSet
from personnel.api.monthly import MonthlyReportViewSet
from personnel.api.needs import NeedViewSet
from personnel.api.people import AssignmentViewSet, PersonnelViewSet

ROUTES: list[tuple[str, Any, str]] = [
    ("personel", PersonnelViewSet, "api-personnel"),
    ("penugasan", AssignmentViewSet, "api-assignment"),
    ("jenis-kegiatan", ActivityKindViewSet, "api-activity-kind"),
    ("kegiatan", ActivityViewSet, "api-activity"),
    ("laporan-bulanan", MonthlyReportViewSet, "api-monthlyreport"),
    ("langkah-kegiatan", ActivityStepViewSet, "api-activity-step"),
    ("keluarga-personel", FamilyTieViewSet, "api-family-tie"),
    ("kompetensi", CompetenceViewSet, "api-competence"),
    ("kebutuhan", NeedViewSet, "api-need"),
    ("kekosongan", VacancyViewSet, "api-vacancy"),
    ("aturan-tugas", ServiceRuleViewSet, "api-service-rule"),
    ("catatan-disiplin", SanctionViewSet, "api-sanction"),
    ("pengakhiran", TerminationViewSet, "api-termination"),
    ("besaran-tali-asih", AllowanceRateViewSet, "api-allowance-rate"),
    ("tali-asih", AllowanceViewSet, "api-allowance"),
    ("baris-tali-asih", AllowanceLineViewSet, "api-allowance-line"),
]
