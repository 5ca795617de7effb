"""Targets."""

from targets.models import Indicator, Target
from tests.factories.common import KOTA


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
