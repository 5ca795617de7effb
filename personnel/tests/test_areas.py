"""Who answers for an area on a day, kecamatan without a TKSK, and a person who moves in the middle of a year."""

from datetime import date

import pytest

from personnel.rules import AssignmentEntry
from personnel.services import assignment_add, assignment_end
from personnel.vacancies import vacant
from pilar.core.models import Pillar, Region, RegionGrant
from pilar.core.scoping import scope_transaction
from targets.engine.drain import drain_all
from targets.models import Achievement
from targets.tests.recount import differences
from tests import factories as make

WHO, VACANT = "/api/v1/penugasan/penanggung-jawab/", "/api/v1/kekosongan/"
DAYS = ("2024-06-30", "2024-07-01")
SELUMA, KAUR = 1705010000, 1704010000  # a kecamatan of each


@pytest.fixture
def browser(cast, client_of):
    return client_of(cast.owner)


@pytest.fixture
def api(cast, api_of):
    return api_of(cast.owner)


def people(api, **query) -> list[int]:
    return [row["personel"] for row in api.get(WHO, query).json()["results"]]


def test_who_answered_for_a_kecamatan_on_a_day(api, browser):
    first = make.make_person(name="Dahulu")
    make.make_assignment(first, valid_from=date(2020, 1, 1), valid_until=date(2023, 12, 31))
    now = make.make_person(name="Sekarang")
    make.make_assignment(now, valid_from=date(2024, 1, 1))
    above = make.make_person(name="Koordinator")
    make.make_assignment(above, pillar="PKH", region=make.KOTA, valid_from=date(2020, 1, 1))
    make.make_assignment(make.make_person(name="Tempat Lain"), region=make.TELUK_SEGARA, valid_from=date(2020, 1, 1))
    assert set(people(api, region="17.71.01", pada="2023-06-30")) == {first.pk, above.pk}
    assert set(people(api, region="17.71.01", pada="2024-06-30")) == {now.pk, above.pk}
    assert people(api, region="17.71.01", pada="2024-06-30", pilar="TKSK") == [now.pk]
    page = browser.get("/personel/penanggung-jawab/?region=17.71.01&pada=2023-06-30").content.decode()
    assert "Dahulu" in page
    assert "Sekarang" not in page


def test_without_a_place_nothing_is_listed(api, browser):
    make.make_assignment(make.make_person())
    assert people(api) == []
    assert "Pilih wilayahnya" in browser.get("/personel/penanggung-jawab/").content.decode()


def test_the_neighbours_people_are_not_told(cast, api_of):
    make.make_assignment(make.make_person())
    assert people(api_of(cast.neighbour), region="17.71.01") == []


def test_a_kecamatan_is_vacant_when_nobody_serves_in_it_on_that_day(api, browser):
    make.make_assignment(make.make_person(), valid_from=date(2024, 1, 1), valid_until=date(2024, 6, 30))
    serving = [row["kode"] for row in api.get(VACANT, {"pada": "2024-06-30"}).json()["results"]]
    after = [row["kode"] for row in api.get(VACANT, {"pada": "2024-07-01"}).json()["results"]]
    assert (len(serving), len(after)) == (8, 9)
    assert set(after) - set(serving) == {"17.71.01"}
    page = browser.get("/personel/kekosongan/?pada=2024-07-01").content.decode()
    assert "17.71.01 Selebar" in page


def test_the_form_shows_the_pillar_that_the_answer_is_about(browser):
    page = browser.get("/personel/kekosongan/").content.decode()
    assert '<option value="TKSK" selected>' in page
    asked = browser.get("/personel/kekosongan/?pilar=PKH").content.decode()
    assert '<option value="PKH" selected>' in asked


def test_without_any_record_the_page_says_that_there_are_no_data(browser):
    assert "Belum ada data" in browser.get("/personel/kekosongan/").content.decode()


def test_a_grant_narrowed_to_another_pillar_tells_nothing(cast):
    tksk, tagana = Pillar.objects.get(code="TKSK"), Pillar.objects.get(code="TAGANA")
    RegionGrant.objects.filter(user=cast.owner).update(pillars=[tagana.pk])
    with scope_transaction(cast.owner):
        assert not vacant(cast.owner, tksk, within=make.KOTA, day=date(2024, 6, 30)).exists()


# --- a move in the middle of the year ----------------------------------------------


@pytest.fixture
def mover(cast):
    """Serves as TKSK in Seluma until 30 June 2024 and in Kaur from 1 July."""
    person = make.make_person(region=1705000000, name="Pindah Tugas")
    first = make.make_assignment(person, region=SELUMA, position="TKSK", valid_from=date(2023, 1, 1))
    today = date(2024, 7, 1)
    assignment_end(actor=cast.province, assignment=first, on=date(2024, 6, 30), reason="pindah")
    assignment_add(
        actor=cast.province,
        person=person,
        entry=AssignmentEntry(first.pillar, "TKSK", Region.objects.get(pk=KAUR), today, continues=True),
        today=today,
    )
    return person


def counted(region: int, month: int) -> int:
    rows = Achievement.objects.filter(measure=30, year=2024, period=month, region_id=region, dim=2, breakdown=3)
    return sum(rows.values_list("value", flat=True))


def test_a_person_who_moves_in_july_counts_in_each_for_the_right_months(mover):
    drain_all()
    assert [counted(1705000000, month) for month in range(1, 13)] == [1] * 6 + [0] * 6
    assert [counted(1704000000, month) for month in range(1, 13)] == [0] * 6 + [1] * 6
    assert [counted(1700000000, month) for month in range(1, 13)] == [1] * 12


def test_the_question_of_the_day_tells_the_same_and_the_recount_agrees(mover, cast, api_of):
    api = api_of(cast.province)
    june, july = ([people(api, region=place, pada=day) for place in ("17.05", "17.04")] for day in DAYS)
    assert (june, july) == ([[mover.pk], []], [[], [mover.pk]])
    drain_all()
    assert differences(2024) == []
