"""Targets."""

from datetime import date

from pilar.core.models import User
from targets.models import BaseFigure, Indicator, Target, TargetFreeze, WorkPlan, WorkStep
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


def make_base(*, number: int, region: int = KOTA, kind: str = "penduduk", **fields) -> BaseFigure:
    as_of = fields.pop("as_of", date(2023, 12, 31))
    return BaseFigure.objects.create(
        number=number, region_id=region, kind=kind, as_of=as_of, source=fields.pop("source", "BPS"), **fields
    )


def make_workplan(*, region: int = KOTA, year: int = 2024, by=None, **fields) -> WorkPlan:
    defaults = {"strategy": "Lansia dahulu", "mechanism": "Rapat bulanan", "made_on": date(2024, 1, 8)}
    return WorkPlan.objects.create(year_id=year, region_id=region, made_by=by, **{**defaults, **fields})


def make_workstep(plan: WorkPlan, **fields) -> WorkStep:
    """Of the plan's own Dinas Sosial, unless the test says more."""
    places = {"region_id": plan.region_id, "owner_region_id": plan.region_id}
    what = {"text": "Mendata lansia", "owner": "dinsos_kabkota", "deadline": date(plan.year_id, 6, 30)}
    return WorkStep.objects.create(plan=plan, **{**places, **what, **fields})
