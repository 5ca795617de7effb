"""The REST door of targets."""

from typing import Any

from targets.api.freezes import FreezeViewSet
from targets.api.plan import IndicatorViewSet, TargetViewSet
from targets.api.published import PublishedViewSet

#: Routes of this app: (prefix, viewset, basename)
ROUTES: list[tuple[str, Any, str]] = [
    ("indikator", IndicatorViewSet, "indikator"),
    ("target", TargetViewSet, "api-target"),
    ("pembekuan-target", FreezeViewSet, "api-freeze"),
    ("angka-rilis", PublishedViewSet, "angka-rilis"),
]
