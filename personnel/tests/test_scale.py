"""What must hold with many people: the index of the name under row security, and the number of queries."""

import pytest
from django.db import connection

from personnel.models import Personnel
from personnel.tests.entries import LIST
from pilar.core.scoping import narrow_choices, scope_transaction
from tests import factories as make

PEOPLE = 20_000
LIST_QUERIES, DETAIL_QUERIES = 15, 37


@pytest.fixture
def many_people(cast):
    """People of Kota Bengkulu and its neighbour by turns, each with a name of its own."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO personnel_personnel (name, nik_cipher, nik_index, sex, birth_date, phone, employment,
                                             nia, education, major, region_id, is_example, version, created_at)
            SELECT md5(n::text), '', decode(md5('x' || n), 'hex'), 'L', '1990-01-01', '', 'relawan', '', '', '',
                   CASE n %% 2 WHEN 0 THEN 1771000000 ELSE 1702000000 END, false, 1, now()
            FROM generate_series(1, %s) n
            """,
            [PEOPLE],
        )
        cursor.execute("ANALYZE personnel_personnel")


@pytest.mark.parametrize("who", ["owner", "admin"])
def test_a_name_prefix_is_found_by_its_index_under_row_security(cast, many_people, who):
    user = getattr(cast, who)
    with scope_transaction(user):
        rows = narrow_choices(Personnel.objects.named("abc"), user).order_by("name_key", "id")[:51]
        plan = rows.explain()
    (condition,) = (line for line in plan.splitlines() if "Index Cond" in line)
    assert "name_key)::text ~>=~ 'abc'" in condition
    assert "Seq Scan" not in plan


@pytest.mark.parametrize("size", [3, 40])
@pytest.mark.parametrize("query", ["", "?pilar=TKSK&region=17.71&sk=tanpa&nama=o"])
def test_the_list_asks_the_same_number_of_questions(cast, client_of, django_assert_num_queries, size, query):
    for number in range(size):
        person = make.make_person(name=f"Orang {number:03d}")
        make.make_assignment(person)
        make.make_assignment(person, pillar="TAGANA", region=make.TELUK_SEGARA)
    browser = client_of(cast.owner)
    browser.get(LIST)
    with django_assert_num_queries(LIST_QUERIES + (REGION_NAMED if query else 0)):
        assert len(browser.get(f"{LIST}{query}").context["people"]) == size


#: the region that is asked for, and the pillar
REGION_NAMED = 2


@pytest.mark.parametrize("size", [2, 20])
def test_a_companions_page_asks_the_same_number_of_questions(cast, client_of, django_assert_num_queries, size):
    person = make.make_person()
    assignment = make.make_assignment(person, pillar="PKH")
    for _ in range(size):
        family = make.make_beneficiary()
        make.make_caseload(assignment, family)
        make.make_graduation(family, to=person)
        make.make_activity(person, by=make.make_verifier())
    browser = client_of(cast.owner)
    url = f"{LIST}{person.pk}/?year=2024"
    browser.get(url)
    with django_assert_num_queries(DETAIL_QUERIES):
        assert len(browser.get(url).context["panels"]) == 5
