"""People entitled to tali asih, and their list as the Dinsos of Kota Bengkulu makes it."""

from datetime import date

import pytest
from django.db import transaction

from personnel.models import AllowanceLine, AllowanceProposal
from personnel.services import allowances as service
from pilar.core.errors import Refusal
from pilar.core.models import Pillar, Region
from tests import factories as make

TODAY = date(2024, 7, 10)


def member(name: str = "Budi", **fields):
    person = make.make_person(name=name, **{k: fields.pop(k) for k in ("employment", "region") if k in fields})
    make.make_assignment(person, pillar="TAGANA", **fields)
    return person


def entry(**changes) -> service.AllowanceEntry:
    given = {
        "pillar": Pillar.objects.get(code="TAGANA"),
        "region": Region.objects.get(pk=make.KOTA),
        "period": "2024-S1",
        "funding": "apbn",
    }
    return service.AllowanceEntry(**given | changes)


def filled(actor, **changes) -> AllowanceProposal:
    proposal = service.allowance_create(actor=actor, entry=entry(**changes), today=TODAY)
    service.allowance_fill(actor=actor, proposal=proposal, today=TODAY)
    return proposal


def line_of(person, proposal=None) -> AllowanceLine:
    rows = AllowanceLine.objects.filter(person=person)
    return (rows.filter(proposal=proposal) if proposal else rows).get()


def rule(call) -> str:
    with pytest.raises(Refusal) as refused, transaction.atomic():
        call()
    return refused.value.rule
