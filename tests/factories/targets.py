"""Targets."""

from datetime import date

from django.utils import timezone

from pilar.core.jobs import job_claim, job_end
from pilar.core.models import Job, User
from targets.engine.closing import keep
from targets.models import BaseFigure, Indicator, Target, TargetFreeze, WorkPlan, WorkStep, YearClosure
from targets.services.closing import closure_decide, closure_propose
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


def make_closure(by: User, *, year: int = 2023, **fields) -> YearClosure:
    return YearClosure.objects.create(year_id=year, proposed_by=by, proposed_on=date(year + 1, 3, 1), **fields)


def make_closed_year(year: int, proposed_by: User, decided_by: User, *, today: date | None = None, **fields):
    """Proposed, decided and kept, as two officers and the worker do it."""
    today = today or date(year + 1, 3, 31)
    closure = closure_propose(
        actor=proposed_by, year=year, reason=fields.pop("reason", "Tutup buku"), today=today, **fields
    )
    closure = closure_decide(actor=decided_by, closure=closure, today=today)
    job = Job.objects.get(kind="close_year", key=str(closure.pk))
    job = job_claim(job_id=job.pk, task_id="uji", host="uji", now=timezone.now())
    closure = keep(closure.pk, job=job.pk, attempt=job.attempt, today=today)
    job_end(job.pk, job.attempt, Job.State.DONE)
    for user in (proposed_by, decided_by):
        user.__dict__.pop("_closures", None)
    return closure
