"""Both doors, address by address and reader by reader, against the table in `tests/doors/`."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from rest_framework.test import APIClient

from pilar.core import middleware
from pilar.core.api import auth
from pilar.core.tokens import token_issue
from tests import doors
from tests.doors import API, PAGES, ROLES, Door

API_ROOT = "api/v1/"
WRITING = ("post", "put", "patch", "delete")


def addresses(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for found in resolver.url_patterns:
        address = before + str(found.pattern)
        if isinstance(found, URLResolver):
            yield from addresses(found, address)
        else:
            yield address, found


ALL = list(addresses(get_resolver()))


def is_api(address: str) -> bool:
    return address.startswith(API_ROOT)


# --- the table is complete ---------------------------------------------------


@pytest.mark.parametrize(("table", "of_api"), [(PAGES, False), (API, True)], ids=["pages", "api"])
def test_every_address_has_a_row_and_every_row_an_address(table, of_api):
    known = {door.name for door in table}
    served = {pattern.name or address for address, pattern in ALL if is_api(address) is of_api}
    assert not served - known, f"Addresses without a row in tests/doors/ (who may open them?): {served - known}"
    assert not known - served, f"Rows of tests/doors/ whose address is gone: {known - served}"


def test_every_page_that_takes_post_says_what_post_answers():
    taking = {
        pattern.name
        for address, pattern in ALL
        if not is_api(address) and "post" in methods_of(pattern) and pattern.name
    }
    unsaid = taking - {door.name for door in PAGES if door.post}
    assert not unsaid, f"These pages take POST, but tests/doors/ has no statuses for it: {unsaid}"


def test_a_page_and_an_endpoint_never_share_a_name():
    pages = {pattern.name for address, pattern in ALL if not is_api(address)}
    endpoints = {pattern.name for address, pattern in ALL if is_api(address)}
    assert not pages & endpoints, f"reverse() would have to guess between page and endpoint: {pages & endpoints}"


def methods_of(pattern: URLPattern) -> set[str]:
    """Lower-case HTTP methods that the view answers."""
    view = pattern.callback
    if actions := getattr(view, "actions", None):
        return set(actions)
    kind = getattr(view, "view_class", None) or getattr(view, "cls", None)
    if kind is None:
        return {"get"}
    return {name for name in kind.http_method_names if hasattr(kind, name)}


# --- what each reader gets ---------------------------------------------------


@pytest.fixture
def rows(cast):
    """Sample rows, all in Kota Bengkulu."""
    return doors.make_rows(cast.owner, cast.clerk)


@pytest.fixture
def browser_of(cast, client_of):
    return lambda role: Client() if role == "anonymous" else client_of(getattr(cast, role))


@pytest.fixture
def rest_of(cast, api_of):
    return lambda role: APIClient() if role == "anonymous" else api_of(getattr(cast, role))


def address_of(door: Door, rows) -> str:
    return reverse(door.name, kwargs=door.keys(rows)) + (f"?{door.query}" if door.query else "")


def knock(make_client, role: str, method: str, address: str) -> HttpResponse:
    """One request; whatever it wrote is undone, so that the next reader finds the same rows."""
    with transaction.atomic():
        response = getattr(make_client(role), method)(address)
        transaction.set_rollback(True)
    return response


def answers(make_client, door: Door, rows, method: str) -> dict[str, int]:
    address = address_of(door, rows)
    return {role: knock(make_client, role, method, address).status_code for role in ROLES}


@pytest.mark.parametrize("door", PAGES, ids=str)
def test_a_page_opens_to_whom_the_table_says(door, rows, browser_of):
    assert answers(browser_of, door, rows, "get") == door.expected("get")


@pytest.mark.parametrize("door", [door for door in PAGES if door.post], ids=str)
def test_a_page_takes_a_form_from_whom_the_table_says(door, rows, browser_of):
    assert answers(browser_of, door, rows, "post") == door.expected("post")


@pytest.mark.parametrize("door", API, ids=str)
def test_an_endpoint_answers_whom_the_table_says(door, rows, rest_of):
    assert answers(rest_of, door, rows, "get") == door.expected("get")


@pytest.mark.parametrize("door", [door for door in API if door.post], ids=str)
def test_an_endpoint_takes_an_entry_from_whom_the_table_says(door, rows, rest_of):
    assert answers(rest_of, door, rows, "post") == door.expected("post")


# --- the API's own rules -----------------------------------------------------

LISTS = [door for door in API if door.name.endswith("-list") or door.name == "capaian-baris"]
#: rows by region: the owner reads them, the neighbour does not; open to all are figures and targets of a kabupaten
FOREIGN = {
    "personnel": "person", "assignment": "assignment", "activity": "activity", "activity-step": "activity_step",
    "monthlyreport": "report",
    "batch": "batch", "line": "line", "beneficiary": "payee", "graduation": "graduation", "decree": "decree",
    "participation": "participation", "result": "result", "allowance": "allowance", "allowance-line": "allowance_line",
}  # fmt: skip


@pytest.mark.parametrize("door", API, ids=str)
def test_an_endpoint_takes_no_other_method(door, rows, rest_of):
    taken = {m for _, p in ALL if p.name == door.name for m in methods_of(p)}
    for method in set(WRITING) - taken:
        assert knock(rest_of, "admin", method, address_of(door, rows)).status_code == 405, method
    assert taken & set(WRITING) == ({"post"} if door.post else set())


@pytest.mark.parametrize("door", LISTS, ids=str)
def test_an_unknown_filter_is_named(door, rows, rest_of):
    address = address_of(door, rows)
    response = rest_of("owner").get(f"{address}{'&' if door.query else '?'}wilayahh=17.71")
    assert response.status_code == 400
    assert list(response.json()["errors"]) == ["wilayahh"]


@pytest.mark.parametrize(("noun", "kind"), FOREIGN.items())
def test_a_list_holds_own_rows_and_no_foreign_ones(noun, kind, rows, rest_of):
    address = reverse(f"api-{noun}-list")
    listed = {role: [row["id"] for row in rest_of(role).get(address).json()["results"]] for role in ROLES[1:]}
    own = getattr(rows, kind).pk
    assert {role: own in found for role, found in listed.items()} == {
        "owner": True, "neighbour": False, "stranger": False, "auditor": True, "admin": True,
    }  # fmt: skip


@pytest.mark.parametrize("door", [d for d in API if d.expected("get")["anonymous"] == 401], ids=str)
def test_a_key_that_no_longer_holds_opens_nothing(door, rows, cast):
    token, key = token_issue(user=cast.owner, name="uji", now=timezone.now(), life=timedelta(days=1))
    tokens, users = type(token).objects.filter(pk=token.pk), type(cast.owner).objects.filter(pk=cast.owner.pk)
    faults = {
        "expired": lambda: tokens.update(expires_at=timezone.now() - timedelta(seconds=1)),
        "revoked": lambda: tokens.update(revoked_at=timezone.now()),
        "inactive": lambda: users.update(is_active=False),
        "unknown": lambda: None,
    }
    address = address_of(door, rows)
    for fault, happens in faults.items():
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {'pilar_lain' if fault == 'unknown' else key}")
        with transaction.atomic():
            happens()
            response = client.get(address)
            transaction.set_rollback(True)
        assert response.status_code == 401, fault
        assert "Token tidak dikenal" in response.json()["detail"]


def test_the_apis_docs_run_under_the_policy_without_inline_scripts(client_of, cast):
    html = client_of(cast.owner).get(reverse("api-docs")).content.decode()
    assert html.count("<script") == html.count("<script src=") > 0


# --- the gate without its second wall ----------------------------------------

CLOSED = [door for door in (*PAGES, *API) if door.expected("get")["neighbour"] == 404]
CLOSED_LISTS = [door for door in API if door.name in {f"api-{noun}-list" for noun in FOREIGN}]


@pytest.fixture
def no_second_wall(monkeypatch):
    """Row-level security would hide a forgotten gate from the tests above; here every row is there to be taken."""
    monkeypatch.setattr(middleware, "enter_scope", lambda reach: None)
    monkeypatch.setattr(auth, "enter_scope", lambda reach: None)


@pytest.mark.parametrize("door", CLOSED, ids=str)
def test_the_gate_alone_keeps_the_neighbour_out(door, rows, browser_of, rest_of, no_second_wall):
    make_client = rest_of if door in API else browser_of
    assert knock(make_client, "neighbour", "get", address_of(door, rows)).status_code == 404


@pytest.mark.parametrize("door", CLOSED_LISTS, ids=str)
def test_the_gate_alone_keeps_lists_empty(door, rows, rest_of, no_second_wall):
    assert rest_of("neighbour").get(address_of(door, rows)).json()["results"] == []


@pytest.mark.parametrize("door", [d for d in PAGES if d.name.endswith("-list")], ids=str)
def test_the_gate_alone_keeps_foreign_rows_off_a_page(door, rows, browser_of, no_second_wall):
    """None of their names and addresses is on it."""
    response = knock(browser_of, "neighbour", "get", address_of(door, rows))
    text = response.content.decode()
    told = (rows.person.name, rows.payee.name, rows.batch.stage, rows.colleague.username)
    links = (f"/pekerjaan/{rows.job.pk}/", f"/penyaluran/{rows.batch.pk}/", f"/personel/{rows.person.pk}/")
    assert [word for word in (*told, *links) if word in text] == []
