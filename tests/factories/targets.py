"""Targets."""

from datetime import date

from pilar.core.models import User
from targets.models import Indicator, Target, TargetFreeze
from tests.factories.common import KOTA


def make_freeze(by: User, *, region: int = KOTA, year: int = 2023, **fields) -> TargetFreeze:
    return TargetFreeze.objects.create(
        year_id=year,
        region_id=region,
        frozen_from=fields.pop("start", date(2023, 6, 1)),
        reason=fields.pop("reason", "Tahap akhir"),
        level=fields.pop("level", 1),
        frozen_by=by,
        **fields,
    )


def make_target(
    *, value: int, indicator: str = "PENERIMA_PAS", breakdown: int = 3, region: int = KOTA, year: int = 2024, **fields
) -> Target:
    return Target.objects.create(
        year_id=year,
        indicator=Indicator.objects.get(code=indicator),
        breakdown=breakdown,
        region_id=region,
        value=value,
        source=fields.pop("source", "uji"),
        **fields,
    )
