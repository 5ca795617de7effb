"""What a member's own account opens: his page and his activities; every other address is closed to it."""

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.urls import reverse

from personnel.models import Activity, ActivityStep, AllowanceLine, AllowanceProposal, Assignment, Personnel
from pilar.core import middleware
from pilar.core.api import auth
from pilar.core.models import RegionGrant
from pilar.core.scoping import scope_transaction
from tests import doors
from tests import factories as make
from tests.doors import API, PAGES, Door

CLOSED = {403, 404, 405}
#: addresses that say the same to everybody signed in, or that are about the account itself
ACCOUNT = {
    "home", "login", "logout", "password_change", "password_change_done", "password_reset_confirm",
    "password_reset_complete", "token-list", "token-create", "styleguide",
}  # fmt: skip
OWN_PAGES = {
    "own-page": 200,
    "activity-list": 200,
    "activity-kinds": 200,
    "activity-create": 200,
    "activity-detail": 200,
    "activity-update": 200,
    "activity-photo": 200,
    "monthlyreport-list": 200,
    "monthlyreport-create": 200,
    "monthlyreport-detail": 200,
    "monthlyreport-paper": 200,
}
OWN_API = {
    "api-schema", "api-docs", "api-activity-kind-list", "api-activity-kind-detail", "api-activity-list",
    "api-activity-detail", "api-activity-photos", "api-activity-step-list", "api-activity-step-detail",
    "api-monthlyreport-list", "api-monthlyreport-detail", "api-monthlyreport-paper",
}  # fmt: skip
OWN_POSTS = {
    "activity-create": 422,
    "activity-update": 422,
    "activity-photo": 422,
    "api-activity-list": 400,
    "api-activity-photos": 400,
    "api-activity-change": 400,
    "api-activity-submit": 409,
    "monthlyreport-create": 422,
    "api-monthlyreport-list": 400,
}


@pytest.fixture
def rows(cast):
    return doors.make_rows(cast.owner, cast.clerk)


@pytest.fixture
def member(rows):
    return make.member_of(rows.person)


def statuses(client, table, rows, method: str) -> dict[str, int]:
    """By door; whatever a request wrote is undone."""
    found = {}
    for door in table:
        cache.clear()
        with transaction.atomic():
            address = reverse(door.name, kwargs=door.keys(rows)) + (f"?{door.query}" if door.query else "")
            found[str(door)] = getattr(client, method)(address).status_code
            transaction.set_rollback(True)
    return found


def closed(table, but: set[str]) -> list[Door]:
    return [door for door in table if door.name not in but]


def opened(found: dict[str, int]) -> dict[str, int]:
    return {door: status for door, status in found.items() if status not in CLOSED}


def test_every_other_page_is_closed(rows, member, client_of):
    found = statuses(client_of(member), closed(PAGES, ACCOUNT | set(OWN_PAGES)), rows, "get")
    assert opened(found) == {}


def test_own_pages_open(rows, member, client_of):
    found = statuses(client_of(member), [door for door in PAGES if door.name in OWN_PAGES], rows, "get")
    assert found == OWN_PAGES


def test_no_other_page_takes_a_form(rows, member, client_of):
    found = statuses(client_of(member), [d for d in closed(PAGES, ACCOUNT) if d.post], rows, "post")
    assert opened(found) == {name: status for name, status in OWN_POSTS.items() if name in found}


def test_every_other_endpoint_is_closed(rows, member, api_of):
    assert opened(statuses(api_of(member), closed(API, OWN_API), rows, "get")) == {}
    found = statuses(api_of(member), [door for door in API if door.name in OWN_API], rows, "get")
    assert set(found.values()) == {200}


def test_no_other_endpoint_takes_an_entry(rows, member, api_of):
    found = statuses(api_of(member), [door for door in API if door.post], rows, "post")
    assert opened(found) == {name: status for name, status in OWN_POSTS.items() if name in found}


# --- the second wall ---------------------------------------------------------


def test_the_database_shows_him_himself_and_nobody_else(rows, member):
    other = make.make_person(name="Orang Lain")
    make.make_assignment(other)
    make.make_activity(other)
    with scope_transaction(member):
        assert [p.pk for p in Personnel.objects.all()] == [rows.person.pk]
        for model in (Assignment, Activity, ActivityStep, AllowanceLine):
            assert set(model.objects.values_list("person", flat=True)) == {rows.person.pk}, model
            assert set(model.objects.values_list("pk")) == set(model.objects.visible_to(member).values_list("pk"))
        assert AllowanceProposal.objects.count() == AllowanceProposal.objects.visible_to(member).count() == 1
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM assistance_disbursement")
            assert cursor.fetchone() == (0,)


def test_a_grant_given_to_him_by_mistake_opens_nothing(rows, member):
    RegionGrant.objects.create(user=member, region_id=make.KOTA, valid_from="2023-01-01", may_enter=True)
    make.make_person(name="Orang Lain")
    assert [p.pk for p in Personnel.objects.visible_to(member)] == [rows.person.pk]


def test_the_gate_alone_keeps_others_away(rows, member, client_of, api_of, monkeypatch):
    monkeypatch.setattr(middleware, "enter_scope", lambda reach: None)
    monkeypatch.setattr(auth, "enter_scope", lambda reach: None)
    other = make.make_person(name="Orang Lain")
    foreign = make.make_activity(other)
    assert client_of(member).get(f"/kegiatan/{foreign.pk}/").status_code == 404
    assert client_of(member).get(f"/kegiatan/baru/{other.pk}/").status_code == 404
    assert "Orang Lain" not in client_of(member).get("/kegiatan/").content.decode()
    assert api_of(member).get(f"/api/v1/kegiatan/{foreign.pk}/").status_code == 404
