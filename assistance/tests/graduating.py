"""A family on its way out of PKH in 2024, step by step."""

from datetime import date
from types import SimpleNamespace

from assistance.checklist import items_of
from assistance.models import GraduationCase
from assistance.services import graduation_cases as service
from assistance.services.graduation_cases import CaseEntry, case_propose
from assistance.tests.entries import TODAY
from pilar.core.models import Programme
from targets import achievement
from targets.engine.drain import drain_all
from targets.models import Indicator
from tests import factories as make

PROPOSED, ASSESSED, DECIDED = date(2024, 3, 1), date(2024, 4, 2), date(2024, 5, 10)
UNTIL, LEFT = date(2024, 8, 10), date(2024, 8, 12)


def answers(kind: str = "mandiri", **changes) -> dict[str, str]:
    return {item.code: "ya" for item in items_of(kind)} | changes


def make_family() -> SimpleNamespace:
    """A family that takes part since 2023, and who looks after it."""
    companion = make.make_person(name="Pendamping Desi")
    assignment = make.make_assignment(companion, pillar="PKH")
    family = make.make_beneficiary(name="Keluarga Umar")
    make.make_caseload(assignment, family)
    make.make_participation(family, programme="PKH")
    return SimpleNamespace(family=family, companion=companion, assignment=assignment)


def propose(actor, family, **changes) -> GraduationCase:
    fields = {
        "programme": Programme.objects.get(code="PKH"), "kind": "mandiri", "initiative": "keluarga",
        "proposed_on": PROPOSED,
    }  # fmt: skip
    return case_propose(actor=actor, entry=CaseEntry(beneficiary=family, **{**fields, **changes}), today=TODAY)


def assess(actor, case, assessor, **changes) -> GraduationCase:
    fields = {"on": ASSESSED, "answers": answers(case.kind), **changes}
    return service.case_assess(actor=actor, case=case, assessor=assessor, today=TODAY, **fields)


def decide(actor, case, **changes) -> GraduationCase:
    fields = {"on": DECIDED, "transition_until": UNTIL, "note": "", **changes}
    return service.case_decide(actor=actor, case=case, today=TODAY, **fields)


def run_to_transition(cast, people: SimpleNamespace) -> GraduationCase:
    return decide(cast.colleague, assess(cast.owner, propose(cast.owner, people.family), people.assignment))


def personal_figure(cast, companion) -> int:
    drain_all()
    found = achievement.personal(cast.owner, year=2024, person=companion, today=TODAY)
    return next((f.realised for f in found if f.indicator.code == "GRADUASI"), 0)


def regional_figure(cast) -> int:
    drain_all()
    indicator = Indicator.objects.get(code="GRADUASI")
    programme = Programme.objects.get(code="PKH").pk
    found = achievement.figures(cast.owner, year=2024, region=make.KOTA, today=TODAY, only=[indicator])
    return next(f.realised for f in found if f.breakdown == programme)
