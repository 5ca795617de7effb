"""Registering beneficiaries, and recording who left a programme (domain.md 4.4)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from assistance.models import Beneficiary, Graduation
from assistance.services.beneficiaries import Belonging, beneficiary_register
from assistance.services.graduations import GraduationEntry, graduation_cancel, graduation_record
from assistance.tests.entries import TODAY, field_of, person_entry, rule_of
from pilar.core.errors import Refusal
from pilar.core.models import AuditEvent, Programme, Region, TargetGroup
from tests import factories as make


def test_a_person_is_registered_with_two_groups(cast):
    belongings = [Belonging(TargetGroup.objects.get(pk=pk), date(2022, 1, pk)) for pk in (3, 12)]
    entry = person_entry(belongings=belongings)
    person = beneficiary_register(actor=cast.owner, entry=entry, today=TODAY)
    assert person.name == "Rohaya binti Umar"
    assert set(person.memberships.values_list("group_id", "valid_from")) == {
        (3, date(2022, 1, 3)),
        (12, date(2022, 1, 12)),
    }
    assert all(entry.nik not in f"{e.summary}{e.reason}" for e in AuditEvent.objects.all())


def test_one_person_is_registered_once(cast):
    entry = person_entry()
    beneficiary_register(actor=cast.owner, entry=entry, today=TODAY)
    assert rule_of(beneficiary_register, actor=cast.owner, entry=entry, today=TODAY) == "nik_terdaftar"


def test_a_person_of_another_kabupaten_is_known_without_his_name(cast):
    entry = person_entry(region=Region.objects.get(pk=make.CURUP), name="Nama Rahasia")
    beneficiary_register(actor=cast.neighbour, entry=entry, today=TODAY)
    with pytest.raises(Refusal, match="di wilayah lain") as caught:
        beneficiary_register(actor=cast.owner, entry=person_entry(nik=entry.nik), today=TODAY)
    assert "Rahasia" not in str(caught.value)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"nik": "1771"}, "nik"),
        ({"birth_date": TODAY + timedelta(days=1)}, "birth_date"),
        ({"belongings": []}, "belongings"),
        ({"name": " "}, "name"),
        ({"sex": "X"}, "sex"),
    ],
)
def test_a_person_with_a_wrong_field_is_refused(cast, changes, field):
    assert field_of(beneficiary_register, actor=cast.owner, entry=person_entry(**changes), today=TODAY) == {field}
    assert not Beneficiary.objects.exists()


def test_a_group_twice_or_before_birth_is_refused(cast):
    group = TargetGroup.objects.get(pk=3)
    twice = person_entry(belongings=[Belonging(group, date(2022, 1, 1)), Belonging(group, date(2023, 1, 1))])
    early = person_entry(belongings=[Belonging(group, date(1950, 1, 1))])
    assert field_of(beneficiary_register, actor=cast.owner, entry=twice, today=TODAY) == {"belongings"}
    assert field_of(beneficiary_register, actor=cast.owner, entry=early, today=TODAY) == {"belongings"}


def test_a_person_is_not_registered_in_another_kabupaten(cast):
    entry = person_entry(region=Region.objects.get(pk=make.CURUP))
    assert rule_of(beneficiary_register, actor=cast.owner, entry=entry, today=TODAY) == "wewenang"


def test_a_person_lives_in_a_kabupaten_at_least(cast):
    entry = person_entry(region=Region.objects.get(pk=1700000000))
    assert field_of(beneficiary_register, actor=cast.province, entry=entry, today=TODAY) == {"region"}


# --- graduations ----------------------------------------------------------


def graduate(actor, family, **changes) -> Graduation:
    fields = {"programme": Programme.objects.get(code="PKH"), "kind": "mandiri", "decided_on": date(2024, 6, 1)}
    entry = GraduationEntry(beneficiary=family, **{**fields, **changes})
    return graduation_record(actor=actor, entry=entry, today=TODAY)


def test_a_graduation_is_credited_to_the_companion_of_that_day(cast):
    family = make.make_beneficiary()
    before, then = (make.make_assignment(make.make_person(), pillar="PKH") for _ in range(2))
    make.make_caseload(before, family, valid_until=date(2024, 5, 31))
    make.make_caseload(then, family, valid_from=date(2024, 6, 1))
    assert graduate(cast.owner, family).credited_to == then.person


def test_a_companion_who_is_hidden_from_the_recorder_is_credited_still(cast):
    family = make.make_beneficiary()
    make.make_caseload(make.make_assignment(make.make_person(region=make.CURUP), region=make.CURUP), family)
    assert graduate(cast.owner, family).credited_to_id is not None


def test_without_a_companion_nobody_is_credited(cast):
    family = make.make_beneficiary()
    make.make_caseload(make.make_assignment(make.make_person()), family, programme="YAPI")
    assert graduate(cast.owner, family).credited_to is None


@pytest.mark.parametrize(
    ("kind", "counts"), [("alamiah", True), ("mandiri", True), ("paksa", False), ("sistem", False)]
)
def test_which_kinds_count_is_kept_with_the_row(cast, kind, counts):
    assert graduate(cast.owner, make.make_beneficiary(), kind=kind).counts is counts


def test_a_family_graduates_from_a_programme_once(cast):
    family = make.make_beneficiary()
    graduate(cast.owner, family)
    assert rule_of(graduate, actor=cast.owner, family=family) == "graduasi_sekali"


def test_a_cancelled_graduation_counts_no_more_and_leaves_room(cast):
    family = make.make_beneficiary()
    first = graduate(cast.owner, family)
    graduation_cancel(actor=cast.owner, graduation=first, on=date(2024, 7, 1), reason="data keliru", today=TODAY)
    assert Graduation.objects.counted().count() == 0
    assert graduate(cast.owner, family, decided_on=date(2024, 8, 1)).pk != first.pk
    kwargs = {"actor": cast.owner, "graduation": first, "on": TODAY, "reason": "lagi", "today": TODAY}
    assert rule_of(graduation_cancel, **kwargs) == "batal_sekali"


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"on": date(2024, 5, 31)}, "on"), ({"reason": ""}, "reason"), ({"on": TODAY + timedelta(days=1)}, "on")],
)
def test_a_cancellation_needs_a_day_after_the_decision_and_a_reason(cast, changes, field):
    graduation = graduate(cast.owner, make.make_beneficiary())
    kwargs = {"on": date(2024, 7, 1), "reason": "data keliru", **changes}
    assert field_of(graduation_cancel, actor=cast.owner, graduation=graduation, today=TODAY, **kwargs) == {field}


def test_a_graduation_lies_in_the_past_and_in_the_own_area(cast):
    family = make.make_beneficiary()
    with pytest.raises(ValidationError):
        graduate(cast.owner, family, decided_on=TODAY + timedelta(days=1))
    assert rule_of(graduate, actor=cast.neighbour, family=family) == "wewenang"
