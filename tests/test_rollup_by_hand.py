"""The hard cases of the rollup, with figures by hand, and `rollup_check` green on each."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import IntegrityError

from assistance.models import Beneficiary, Disbursement
from pilar.core.models import Region
from targets.engine.drain import drain_all
from targets.models import Achievement
from tests.factories import (
    CURUP,
    KOTA,
    REJANG_LEBONG,
    SELEBAR,
    make_activity,
    make_assignment,
    make_batch,
    make_beneficiary,
    make_line,
    make_membership,
    make_person,
    make_verifier,
)
from tests.rollup_world import (
    ALL,
    BENGKULU,
    CARRY_OVER,
    FIRST_QUARTER,
    MARCH,
    NATION,
    PER_GROUP,
    PERMAKANAN,
    PERSONNEL,
    RECIPIENTS,
    RUPIAH,
    SECOND_QUARTER,
    WHOLE_YEAR,
    drained,
    found,
    people,
)

pytestmark = pytest.mark.usefixtures("committed")


def test_a_mover_counts_once_where_both_homes_meet(check):
    person = make_beneficiary(groups=[12])
    make_line(make_batch(), person)
    Beneficiary.objects.filter(pk=person.pk).update(region_id=CURUP)
    make_line(make_batch(region=REJANG_LEBONG), person, region=CURUP, paid_on=date(2024, 4, 2))
    code, said = drained(check)
    assert code == 0, said
    assert [people(RECIPIENTS, code, ALL, WHOLE_YEAR, level=2) for code in (KOTA, REJANG_LEBONG)] == [1, 1]
    assert people(RECIPIENTS, BENGKULU, ALL, WHOLE_YEAR, level=1) == 1
    assert people(PER_GROUP, NATION, (3, 12), WHOLE_YEAR, level=0) == 1
    assert found(RUPIAH, BENGKULU, PERMAKANAN, MARCH, level=1) == (1, 600_000)


def test_a_companion_of_two_kabupaten_counts_once_in_the_province(check):
    person = make_person()
    make_assignment(person, pillar="PKH", region=SELEBAR, valid_until=date(2024, 6, 29))
    make_assignment(person, pillar="PKH", region=CURUP, valid_from=date(2024, 3, 31))
    assert drained(check)[0] == 0
    pkh = found_pillar(person)
    assert [people(PERSONNEL, KOTA, pkh, period, level=2) for period in (5, 6, SECOND_QUARTER)] == [1, 0, 1]
    assert [people(PERSONNEL, REJANG_LEBONG, pkh, period, level=2) for period in (2, MARCH)] == [0, 1]
    assert people(PERSONNEL, BENGKULU, pkh, WHOLE_YEAR, level=1) == 1


def found_pillar(person) -> tuple[int, int]:
    return 2, person.assignments.first().pillar_id


def test_a_person_in_two_groups_counts_in_both_and_once_in_all(check):
    person = make_beneficiary(groups=[12])
    make_membership(person, 102, valid_from=date(2024, 3, 15))  # a sub-category, from the day of payment
    make_membership(person, 101)  # another one of the same group
    make_membership(person, 3, valid_until=date(2024, 3, 14))  # ended the day before
    make_line(make_batch(), person)
    code, said = drained(check)
    assert code == 0, said
    groups = [people(PER_GROUP, KOTA, (3, group), WHOLE_YEAR, level=2) for group in (12, 1, 3, 101, 102)]
    assert groups == [1, 1, 0, 0, 0]
    assert people(RECIPIENTS, KOTA, ALL, WHOLE_YEAR, level=2) == 1
    assert found(RUPIAH, KOTA, (3, 12), MARCH, level=2) == (1, 600_000)


def test_a_person_in_two_programmes_counts_once_over_all(check):
    person = make_beneficiary(groups=[12])
    make_line(make_batch(), person)
    make_line(make_batch(programme="PKH"), person)
    pkh = (1, Disbursement.objects.get(batch__programme__code="PKH").programme_id)
    assert drained(check)[0] == 0
    assert [people(RECIPIENTS, SELEBAR, part, MARCH, level=3) for part in (PERMAKANAN, pkh, ALL)] == [1, 1, 1]


@pytest.mark.parametrize("region", [KOTA, BENGKULU], ids=["kabupaten", "province"])
def test_a_row_without_kecamatan_is_a_leaf_of_its_own(check, region):
    person = make_beneficiary(region=region, groups=[12])
    make_line(make_batch(region=region), person)
    make_assignment(make_person(), pillar="PORDAM", region=region)
    make_activity(make_person(), by=make_verifier(), region=region)
    make_line(make_batch(), make_beneficiary(groups=[12]))
    code, said = drained(check)
    assert code == 0, said
    assert found(RUPIAH, region, PERMAKANAN, MARCH, level=3) == (1, 600_000)
    assert found(RUPIAH, BENGKULU, PERMAKANAN, MARCH, level=1) == (2, 1_200_000)
    assert people(RECIPIENTS, region, ALL, WHOLE_YEAR, level=3) == 1


def test_a_row_of_a_village_counts_in_its_kecamatan(check):
    make_line(make_batch(), make_beneficiary(region=SELEBAR + 1001, groups=[12]))
    assert drained(check)[0] == 0
    assert found(RUPIAH, SELEBAR, PERMAKANAN, MARCH, level=3) == (1, 600_000)


def test_carry_over_is_month_13_of_its_budget_year(check):
    make_line(make_batch(), make_beneficiary(groups=[12]), paid_on=date(2025, 1, 20))
    assert [drained(check, year)[0] for year in (2024, 2025)] == [0, 0]
    assert found(RUPIAH, KOTA, PERMAKANAN, CARRY_OVER, level=2) == (1, 600_000)
    periods = (1, FIRST_QUARTER, CARRY_OVER, WHOLE_YEAR)
    assert [people(RECIPIENTS, KOTA, ALL, period, level=2) for period in periods] == [0, 0, 1, 1]
    assert not Achievement.objects.filter(year=2025).exclude(n=0).exists()


def test_an_old_code_rolls_up_by_its_digits(check):
    old = Region.objects.create(code=1702990000, name="Kecamatan Lama", level=3, valid_until=date(2024, 2, 1))
    make_line(make_batch(region=REJANG_LEBONG), make_beneficiary(region=old.pk, groups=[12]))
    assert drained(check)[0] == 0
    assert found(RUPIAH, REJANG_LEBONG, PERMAKANAN, MARCH, level=2) == (1, 600_000)


def test_a_group_named_twice_is_refused(land):
    with pytest.raises(IntegrityError, match="activity_groups_are_a_set"):
        make_activity(make_person(), by=make_verifier(), groups=[3, 3, 12])


def test_a_year_opened_later_knows_who_is_registered(check):
    make_assignment(make_person(), pillar="PKH", region=SELEBAR)
    drain_all()
    call_command("open_year", 2027, verbosity=0)
    code, said = drained(check, 2027)
    assert code == 0, said
