"""The REST door of targets."""

from typing import Any

from targets.api.closing import ClosureViewSet, CorrectionViewSet
from targets.api.freezes import FreezeViewSet
from targets.api.personal import PersonalRuleViewSet
from targets.api.plan import IndicatorViewSet, TargetViewSet
from targets.api.published import PublishedViewSet
from targets.api.ratios import RatioViewSet
from targets.api.sharing import BaseFigureViewSet
from targets.api.warnings import WarningViewSet
from targets.api.workplan import WorkPlanViewSet, WorkStepViewSet

#: Routes of this app: (prefix, viewset, basename)
ROUTES: list[tuple[str, Any, str]] = [
    ("indikator", IndicatorViewSet, "indikator"),
    ("target", TargetViewSet, "api-target"),
    ("data-dasar", BaseFigureViewSet, "api-base"),
    ("aturan-perorangan", PersonalRuleViewSet, "api-personal-rule"),
    ("rasio", RatioViewSet, "api-ratio"),
    ("pembekuan-target", FreezeViewSet, "api-freeze"),
    ("penutupan-tahun", ClosureViewSet, "api-closure"),
    ("koreksi-tahun", CorrectionViewSet, "api-correction"),
    ("angka-rilis", PublishedViewSet, "angka-rilis"),
    ("langkah-bersama", WorkPlanViewSet, "api-workplan"),
    ("langkah", WorkStepViewSet, "api-workstep"),
    ("peringatan", WarningViewSet, "api-warning"),
]
