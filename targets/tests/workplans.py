"""Langkah bersama as tests need them: written by the province, agreed by all four."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.db import transaction

from pilar.core.errors import Refusal
from pilar.core.models import Region
from pilar.core.scoping import scope_transaction
from targets.models import WorkPlan, WorkStep
from targets.services.workplan import Assent, PlanText, plan_agree, plan_create
from targets.services.worksteps import StepEntry, step_add
from tests import factories as make

BENGKULU = 1700000000
TODAY = date(2024, 11, 24)
TEXT = PlanText("Menjangkau lansia terlantar lebih dahulu.", "Rapat bulanan di Dinas Sosial.")


def entry(**fields) -> StepEntry:
    return StepEntry(
        **{"text": "Mendata lansia terlantar", "owner": "dinsos_kabkota", "deadline": date(2024, 6, 30), **fields}
    )


def draft(actor, *, region: int = make.KOTA, steps: tuple[StepEntry, ...] = (), year: int = 2024) -> WorkPlan:
    """With one step of the kabupaten/kota unless the test says which."""
    plan = plan_create(actor=actor, year=year, region=Region.objects.get(pk=region), text=TEXT, today=TODAY)
    [step_add(actor=actor, plan=plan, entry=step) for step in steps or (entry(),)]
    return plan


def companion(*, name: str = "Rina Marlina", **fields):
    person = make.make_person(name=name)
    make.make_assignment(person, pillar="PKH", **fields)
    return person


def agree(
    plan: WorkPlan, cast: SimpleNamespace, *, but: tuple[str, ...] = (), on: date = date(2024, 1, 20)
) -> WorkPlan:
    """Every party but those named gives its word, each through row security as the site does."""
    who = {"kemensos": cast.staff, "dinsos_provinsi": cast.province, "dinsos_kabkota": cast.colleague}
    for party, actor in who.items():
        if party not in but:
            with scope_transaction(actor):
                plan_agree(actor=actor, plan=plan, assent=Assent(party, on, f"Kepala {party}"), today=TODAY)
    if "pendamping" not in but:
        person = companion()
        with scope_transaction(cast.colleague):
            plan_agree(actor=cast.colleague, plan=plan, assent=Assent("pendamping", on, person=person), today=TODAY)
    return plan


def agreed(cast: SimpleNamespace, **fields) -> WorkPlan:
    return agree(draft(cast.province, **fields), cast)


def only_step(plan: WorkPlan) -> WorkStep:
    return plan.steps.select_related("plan", "owner_region").get()


def refused(act, rule: str) -> str:
    with pytest.raises(Refusal) as caught, transaction.atomic():
        act()
    assert caught.value.rule == rule
    return str(caught.value)
