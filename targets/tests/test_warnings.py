"""Peringatan dini: what is told, to whom, and when it goes away."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from pilar.core.models import Region
from pilar.core.scoping import scope_transaction
from pilar.core.warnings import Ask, warnings_of
from targets.engine.drain import drain_all
from targets.services.worksteps import step_move
from targets.tests.workplans import agreed, entry, only_step
from targets.warnings import jumps
from tests import factories as make

PAGE, API = "/peringatan/17.71/", "/api/v1/peringatan/?wilayah=17.71"
AUGUST = date(2024, 8, 31)


def told(user, *, today=AUGUST, region: int = make.KOTA, **fields) -> dict[str, list[str]]:
    """Kind -> sentences, read through row security."""
    ask = replace(Ask(user, Region.objects.get(pk=region), today), **fields)
    with scope_transaction(user):
        return {watcher.kind: [w.sentence for w in warned] for watcher, warned in warnings_of(ask)}


def pay(count: int, *, on=date(2024, 3, 15), group: int = 3) -> None:
    batch = make.make_batch()
    [make.make_line(batch, make.make_beneficiary(groups=[group]), group=group, paid_on=on) for _ in range(count)]
    drain_all()


# --- pace ---------------------------------------------------------------------


def test_a_target_out_of_reach_at_the_present_pace_is_told(cast):
    make.make_target(value=9)
    pay(4)
    assert told(cast.owner)["target_meleset"] == [
        "Penerima per kelompok PAS, Lanjut usia terlantar: 4 orang sampai kini; dengan laju ini akhir tahun 6 orang, "
        "targetnya 9 orang (66,7%)."
    ]


def test_one_within_reach_is_not(cast):
    make.make_target(value=5)
    pay(4)
    assert told(cast.owner) == {}


@pytest.mark.parametrize(("today", "many"), [(date(2024, 1, 20), 0), (date(2024, 2, 10), 1)])
def test_the_first_month_says_nothing_about_pace(cast, today, many):
    make.make_target(value=1000)
    pay(4, on=date(2024, 1, 5))
    assert len(told(cast.owner, today=today).get("target_meleset", [])) == many


def test_another_years_page_is_told_no_paces(cast):
    make.make_target(value=9)
    assert told(cast.owner, running=False) == {}


# --- jumps --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("months", "found"),
    [
        ({1: 10, 2: 12, 3: 11, 4: 40}, [(4, 40, 11)]),
        ({1: 10, 2: 12, 3: 11, 4: 33}, []),
        ({1: 10, 2: 12, 3: 40}, []),
        ({4: 40}, []),
        ({1: 1, 2: 1, 3: 1, 4: 5, 5: 5}, [(4, 5, 1), (5, 5, 1)]),
    ],
)
def test_a_jump_is_more_than_three_times_the_median_before(months, found):
    assert list(jumps(months, 8)) == found


def test_how_far_is_far_is_a_setting(settings):
    settings.JUMP_FACTOR = 5
    assert list(jumps({1: 10, 2: 12, 3: 11, 4: 40}, 8)) == []


def test_a_jump_opens_the_rows_of_its_month(cast):
    [pay(1, on=date(2024, month, 5)) for month in (1, 2, 3)]
    pay(4, on=date(2024, 5, 5))
    with scope_transaction(cast.owner):
        here = Ask(cast.owner, Region.objects.get(pk=make.KOTA), AUGUST)
        found = next(warned for watcher, warned in warnings_of(here) if watcher.kind == "lonjakan")
    assert any("Mei 4 orang, lebih dari 3 kali" in w.sentence for w in found)
    assert {w.url.partition("?")[2] for w in found} == {"bulan=5"}


def test_sensitive_groups_are_told_inside_their_own_area_only(cast):
    [pay(1, on=date(2024, month, 5), group=9) for month in (1, 2, 3)]
    pay(5, on=date(2024, 5, 5), group=9)
    assert [s for s in told(cast.owner)["lonjakan"] if "PAS" in s]
    assert not [s for s in told(cast.neighbour).get("lonjakan", []) if "PAS" in s]


# --- steps --------------------------------------------------------------------


def test_an_overdue_step_stands_on_its_owners_dashboard_until_it_is_done(cast, client_of):
    step = only_step(agreed(cast, steps=(entry(owner="dinsos_provinsi"),)))
    browser, home = client_of(cast.province), "/dasbor/2024/17/"
    assert "Mendata lansia terlantar" in browser.get(home).content.decode()
    assert "Mendata lansia terlantar" in client_of(cast.owner).get("/dasbor/2024/17.71/").content.decode()
    assert "Peringatan dini" not in client_of(cast.neighbour).get("/dasbor/2024/17.71/").content.decode()
    today = timezone.localdate()
    with scope_transaction(cast.province):
        step_move(actor=cast.province, step=step, then="berjalan", on=today, today=today)
        step_move(actor=cast.province, step=step, then="selesai", on=today, today=today)
    assert "lewat tenggat" not in browser.get(home).content.decode()


# --- companions ---------------------------------------------------------------


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def rina(cast):
    person = make.make_person(name="Rina Marlina")
    make.make_assignment(person)
    return person


@pytest.mark.usefixtures("rina")
def test_an_idle_companion_is_told_in_both_doors(cast, client_of, api_of):
    html = client_of(cast.owner).get(PAGE).content.decode()
    assert "Rina Marlina" in html
    assert "1 pendamping bertugas tanpa kegiatan terverifikasi dalam 30 hari terakhir" in html
    found = api_of(cast.owner).get(API).json()["hasil"]
    assert found[0]["jenis"] == "tanpa_kegiatan"
    assert [p["nama"] for p in api_of(cast.owner).get(found[0]["baris"]).json()["results"]] == ["Rina Marlina"]
    assert "Rina Marlina" in client_of(cast.owner).get(found[0]["halaman"]).content.decode()


def test_she_leaves_when_her_activity_is_verified(cast, client_of, rina, today):
    activity = make.make_activity(rina, on=today - timedelta(days=3))
    browser = client_of(cast.owner)
    assert "Rina Marlina" in browser.get(PAGE).content.decode()
    activity.state, activity.verified_by = "terverifikasi", cast.colleague
    activity.save()
    assert "tanpa kegiatan terverifikasi dalam" not in browser.get(PAGE).content.decode()
    listed = browser.get("/personel/?region=17.71&tanpa_kegiatan=30").content.decode()
    assert "Rina Marlina" not in listed


@pytest.mark.parametrize(("days_ago", "idle"), [(29, False), (30, True)])
def test_thirty_days_are_thirty(cast, rina, today, days_ago, idle):
    make.make_activity(rina, on=today - timedelta(days=days_ago), by=cast.colleague)
    assert ("tanpa_kegiatan" in told(cast.owner, today=today)) is idle


def test_who_has_just_begun_is_not_idle(cast, today):
    person = make.make_person()
    make.make_assignment(person, valid_from=today - timedelta(days=29))
    assert "tanpa_kegiatan" not in told(cast.owner, today=today)


def test_how_many_days_is_a_setting(cast, rina, today, settings):
    make.make_activity(rina, on=today - timedelta(days=40), by=cast.colleague)
    settings.IDLE_DAYS = 60
    assert "tanpa_kegiatan" not in told(cast.owner, today=today)


@pytest.mark.usefixtures("rina")
def test_the_nations_dashboard_leaves_companions_to_the_page(cast, today):
    assert "tanpa_kegiatan" in told(cast.staff, today=today, region=0)
    assert told(cast.staff, today=today, region=0, glance=True) == {}


@pytest.mark.usefixtures("rina")
def test_another_office_is_told_of_nobody_here(cast, client_of, today):
    assert told(cast.neighbour, today=today) == {}
    assert "Tidak ada peringatan" in client_of(cast.neighbour).get(PAGE).content.decode()


# --- costs and errors -----------------------------------------------------------


def test_many_warnings_cost_as_many_queries_as_few(cast, client_of, today, django_assert_max_num_queries):
    make.make_target(value=900, year=today.year)
    make.make_assignment(make.make_person())
    agreed(cast)
    browser = client_of(cast.owner)
    browser.get(PAGE)
    with django_assert_max_num_queries(42) as few:
        browser.get(PAGE)
    [make.make_target(value=900, breakdown=group, year=today.year) for group in (1, 2, 4, 5)]
    [make.make_assignment(make.make_person(name=f"Orang {n}")) for n in range(8)]
    with django_assert_max_num_queries(len(few)):
        assert "10 pendamping" in browser.get(PAGE).content.decode()


@pytest.mark.parametrize("query", ["", "?wilayah=99.99", "?wilayah=17.71&x=1"])
def test_the_api_says_what_it_needs(cast, api_of, query):
    assert api_of(cast.owner).get(f"/api/v1/peringatan/{query}").status_code == 400


def test_below_kecamatan_there_is_no_page(cast, client_of):
    assert client_of(cast.owner).get("/peringatan/17.71.01.1001/").status_code == 404
