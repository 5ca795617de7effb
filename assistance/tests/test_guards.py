"""What `migrate` writes into the database, written over what an older release left there."""

import pytest
from django.db import connection

from assistance import guards
from pilar.core.models import Programme
from tests import factories as make

OLDER = {
    "standing": "pilar_standing(bigint[], smallint, smallint[], date) RETURNS TABLE (person text)",
    "pay_bars": "pilar_pay_bars(bigint[], int) RETURNS SETOF text",
    "same_person": "pilar_same_person(bigint, bigint) RETURNS text",
}


def forms_of(function: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_function_result(oid), pg_get_userbyid(proowner) FROM pg_proc WHERE proname = %s", [function]
        )
        return cursor.fetchall()


@pytest.mark.parametrize("name", OLDER)
def test_an_older_form_of_a_question_gives_way(land, name):
    now = forms_of(f"pilar_{name}")
    with connection.cursor() as cursor:
        for signature in guards.LOOK_UPS.values():
            if guards.name_of(signature) == name:
                cursor.execute(f"DROP FUNCTION pilar_{signature}")
        cursor.execute(f"CREATE FUNCTION {OLDER[name]} LANGUAGE sql AS 'SELECT NULL'")
    assert forms_of(f"pilar_{name}") != now
    guards.install()
    assert forms_of(f"pilar_{name}") == now
    assert len(now) == 1


def test_every_question_is_answered_after_a_second_migrate(land):
    guards.install()
    person = make.make_beneficiary()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE pilar_region")
        cursor.execute(
            "SELECT person FROM pilar_standing(%s::bigint[], %s::smallint, '{}', '2024-06-01')",
            [[person.pk], Programme.objects.get(code="YAPI").pk],
        )
        assert cursor.fetchall() == [(person.pk,)]
        cursor.execute("RESET ROLE")
