"""Entries as an officer would write them; each test changes what matters to it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from assistance.models import Disbursement
from assistance.services.batches import BatchEntry
from assistance.services.beneficiaries import Belonging, BeneficiaryEntry
from assistance.services.lines import LineEntry, disbursement_add
from pilar.core.errors import Refusal
from pilar.core.models import BudgetYear, Programme, Region, TargetGroup
from tests import factories as make

TODAY = date(2024, 11, 24)
PAID_ON = date(2024, 3, 15)
BATCHES, LINES, PEOPLE, GRADUATIONS = (
    f"/api/v1/{name}/" for name in ("daftar-penyaluran", "penyaluran", "penerima", "graduasi")
)


def batch_entry(**changes) -> BatchEntry:
    fields = {
        "programme": Programme.objects.get(code="YAPI"),
        "year": BudgetYear.objects.get(year=2024),
        "stage": "Tahap 1",
        "region": Region.objects.get(pk=make.KOTA),
        "funding": "apbn",
        "sk_number": "460/1/2024",
        "sk_date": date(2024, 1, 15),
        "ceiling": 10_000_000,
    }
    return BatchEntry(**{**fields, **changes})


def line_entry(person, **changes) -> LineEntry:
    return LineEntry(beneficiary=person, **{"group": TargetGroup.objects.get(pk=1), "amount": 600_000, **changes})


def person_entry(**changes) -> BeneficiaryEntry:
    fields = {
        "name": "Rohaya binti  Umar",
        "nik": make.nik(day=52, month=4, year=51),
        "sex": "P",
        "birth_date": date(1951, 4, 12),
        "region": Region.objects.get(pk=make.SELEBAR),
        "belongings": [Belonging(TargetGroup.objects.get(pk=3), date(2022, 1, 1))],
    }
    return BeneficiaryEntry(**{**fields, **changes})


def rule_of(call, **kwargs) -> str:
    with pytest.raises(Refusal) as caught:
        call(**kwargs)
    return caught.value.rule


def field_of(call, **kwargs) -> set[str]:
    with pytest.raises(ValidationError) as caught:
        call(**kwargs)
    return set(caught.value.message_dict)


def add(cast, batch, person=None, **changes) -> Disbursement:
    entry = line_entry(person or make.make_beneficiary(), **changes)
    return disbursement_add(actor=cast.owner, batch=batch, entry=entry, today=TODAY)
