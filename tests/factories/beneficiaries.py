"""Beneficiaries and what is known of them."""

from datetime import date

from assistance.models import Beneficiary, Caseload, Circumstance, GroupMembership
from personnel.models import Assignment
from pilar.core.models import Programme
from tests.factories.common import SELEBAR, nik


def make_beneficiary(*, region: int = SELEBAR, name: str = "Siti Aminah", groups=(), **fields) -> Beneficiary:
    person = Beneficiary(name=name, region_id=region, **{"sex": "P", "birth_date": date(1950, 1, 1), **fields})
    person.set_nik(nik(day=41, month=1, year=50))
    person.save()
    for group in groups:
        make_membership(person, group)
    return person


def make_membership(person: Beneficiary, group: int, *, valid_from=date(2023, 1, 1), **fields) -> GroupMembership:
    return GroupMembership.objects.create(
        beneficiary=person, group_id=group, region_id=person.region_id, valid_from=valid_from, **fields
    )


def make_circumstance(person: Beneficiary, kind: str, value: str, *, on=date(2024, 1, 1), **fields) -> Circumstance:
    return Circumstance.objects.create(
        beneficiary=person, region_id=person.region_id, kind=kind, value=value, as_of=on, source="uji", **fields
    )


def make_caseload(assignment: Assignment, person: Beneficiary, *, programme: str = "PKH", **fields) -> Caseload:
    return Caseload.objects.create(
        assignment=assignment,
        beneficiary=person,
        programme=Programme.objects.get(code=programme),
        region_id=person.region_id,
        valid_from=fields.pop("valid_from", date(2023, 1, 1)),
        **fields,
    )


def make_many_beneficiaries(number: int, *, region: int = SELEBAR) -> list[Beneficiary]:
    """With PAS 12 and desil 1, in a few statements."""
    people = []
    for at in range(number):
        person = Beneficiary(name=f"Penerima {at:05d}", region_id=region, sex="P", birth_date=date(1950, 1, 1))
        person.set_nik(nik(day=41, month=1, year=50))
        people.append(person)
    Beneficiary.objects.bulk_create(people, batch_size=2000)
    GroupMembership.objects.bulk_create(
        [
            GroupMembership(beneficiary=person, group_id=12, region_id=region, valid_from=date(2023, 1, 1))
            for person in people
        ],
        batch_size=2000,
    )
    Circumstance.objects.bulk_create(
        [
            Circumstance(
                beneficiary=person, region_id=region, kind="desil", value="1", as_of=date(2024, 1, 1), source="uji"
            )
            for person in people
        ],
        batch_size=2000,
    )
    return people
