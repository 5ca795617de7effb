"""Dampingan through both doors: taken on, let go, and handed over in one act; the companion of the day is credited."""

from datetime import date

import pytest
from django.db import connection

from assistance.models import Caseload
from tests import factories as make

API = "/api/v1/dampingan/"
JULY = date(2024, 7, 1)


@pytest.fixture
def browser(cast, client_of):
    return client_of(cast.owner)


@pytest.fixture
def api(cast, api_of):
    return api_of(cast.owner)


def companion(name: str, **fields):
    return make.make_assignment(make.make_person(name=name), pillar="PKH", position="Pendamping sosial", **fields)


@pytest.fixture
def leaving(cast):
    return companion("Yang Pergi")


@pytest.fixture
def successor(cast):
    return companion("Penerus")


def text(response) -> str:
    return response.content.decode()


def credited(family, day: date) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pilar_companion_on(%s, 4, %s)", [family.pk, day])
        return cursor.fetchone()[0]


def sent(assignment, family, **changes) -> dict[str, object]:
    return {"penugasan": assignment.pk, "penerima": family.pk, "program": "PKH", "sejak": "2024-01-02", **changes}


def test_a_family_is_taken_on_by_nik_and_seen_with_its_companion(browser, leaving):
    family = make.make_beneficiary(name="Keluarga Satu")
    typed = {"nik": family.reveal_nik(), "programme": "4", "since": "2024-01-02"}
    assert browser.post(f"/dampingan/{leaving.pk}/tambah/", typed).status_code == 302
    assert "Keluarga Satu" in text(browser.get(f"/dampingan/{leaving.pk}/"))
    (item,) = browser.get("/dampingan/").context["items"]
    assert (item["name"], item["families"]) == ("Yang Pergi", 1)


def test_a_family_has_one_companion_at_a_time(api, leaving, successor):
    family = make.make_beneficiary()
    assert api.post(API, sent(leaving, family), format="json").status_code == 201
    answer = api.post(API, sent(successor, family, sejak="2024-03-01"), format="json")
    assert "Keluarga ini sudah punya pendamping" in text(answer)


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"sejak": "2090-01-01"}, "sejak", "belum tiba"),
        ({"sejak": "2021-12-31"}, "penugasan", "tidak bertugas di jabatan ini"),
    ],
)
def test_a_day_that_does_not_fit_is_refused_at_its_field(api, leaving, changes, field, sentence):
    answer = api.post(API, sent(leaving, make.make_beneficiary(), **changes), format="json")
    assert sentence in answer.json()["errors"][field][0]


def test_a_position_without_caseload_takes_nobody_on(api):
    supervisor = make.make_assignment(make.make_person(), pillar="PKH", position="Supervisor")
    answer = api.post(API, sent(supervisor, make.make_beneficiary()), format="json")
    assert "tidak memiliki dampingan" in answer.json()["errors"]["penugasan"][0]


def test_nobody_looks_after_himself_or_his_family(api, leaving):
    own = make.make_beneficiary()
    own.set_nik(leaving.person.reveal_nik())
    own.save()
    family = make.make_beneficiary()
    make.make_tie(leaving.person, number=family.reveal_nik())
    for person in (own, family):
        answer = api.post(API, sent(leaving, person), format="json")
        assert answer.json()["type"] == "/api/galat/benturan_kepentingan"


def test_all_families_are_handed_over_in_one_act_and_history_stays(browser, leaving, successor):
    families = [make.make_beneficiary() for _ in range(3)]
    [make.make_caseload(leaving, family) for family in families]
    page = text(browser.get(f"/dampingan/{leaving.pk}/serahkan/"))
    assert "Penerus" in page
    browser.post(f"/dampingan/{leaving.pk}/serahkan/", {"successor": successor.pk, "on": "2024-07-01"})
    assert Caseload.objects.filter(assignment=successor, valid_from=JULY, valid_until=None).count() == 3
    assert Caseload.objects.filter(assignment=leaving, valid_until=date(2024, 6, 30)).count() == 3
    assert credited(families[0], date(2024, 6, 30)) == leaving.person_id
    assert credited(families[0], JULY) == successor.person_id


def test_the_successors_own_family_stays_and_is_told(api, leaving, successor):
    family, other = make.make_beneficiary(), make.make_beneficiary()
    make.make_tie(successor.person, number=family.reveal_nik())
    [make.make_caseload(leaving, person) for person in (family, other)]
    entry = {"dari": leaving.pk, "kepada": successor.pk, "sejak": "2024-07-01"}
    assert api.post(f"{API}serahkan/", entry, format="json").json() == {"diserahkan": 1, "tidak_ikut": 1}
    assert credited(family, JULY) == leaving.person_id


def test_a_day_ahead_another_pillar_and_an_empty_hand_are_refused(api, leaving, successor):
    entry = {"dari": leaving.pk, "kepada": successor.pk, "sejak": "2024-07-01"}
    assert api.post(f"{API}serahkan/", entry, format="json").json()["type"] == "/api/galat/tanpa_dampingan"
    make.make_caseload(leaving, make.make_beneficiary())
    assert "sejak" in api.post(f"{API}serahkan/", entry | {"sejak": "2090-01-01"}, format="json").json()["errors"]
    assert "kepada" in api.post(f"{API}serahkan/", entry | {"kepada": leaving.pk}, format="json").json()["errors"]
    elsewhere = make.make_assignment(make.make_person(), pillar="REHSOS", position="Konselor", region=make.KOTA)
    answer = api.post(f"{API}serahkan/", entry | {"kepada": elsewhere.pk}, format="json")
    assert "pilar lain" in answer.json()["errors"]["kepada"][0]


def test_a_family_is_let_go_on_a_day(browser, leaving):
    row = make.make_caseload(leaving, make.make_beneficiary())
    assert browser.post(f"/dampingan/{leaving.pk}/{row.pk}/akhiri/", {"on": "2022-01-01"}).status_code == 422
    browser.post(f"/dampingan/{leaving.pk}/{row.pk}/akhiri/", {"on": "2024-06-30"})
    row.refresh_from_db()
    assert row.valid_until == date(2024, 6, 30)


def test_who_left_with_families_is_found_and_a_termination_shows_them(cast, browser):
    gone = companion("Sudah Pergi", valid_until=date(2024, 6, 30), end_reason="mundur")
    make.make_caseload(gone, make.make_beneficiary())
    make.make_caseload(companion("Masih Ada"), make.make_beneficiary())
    listed = browser.get("/dampingan/?penugasan=berakhir").context["items"]
    assert [item["name"] for item in listed] == ["Sudah Pergi"]
    ending = make.make_termination(gone)
    assert "serahkan sekaligus" in text(browser.get(f"/pengakhiran/{ending.pk}/"))


def test_nobody_of_another_area_sees_or_hands_over(cast, client_of, api_of, leaving, successor):
    make.make_caseload(leaving, make.make_beneficiary())
    assert client_of(cast.neighbour).get(f"/dampingan/{leaving.pk}/").status_code == 404
    rest = api_of(cast.neighbour)
    assert rest.get(API).json()["results"] == []
    entry = {"dari": leaving.pk, "kepada": successor.pk, "sejak": "2024-07-01"}
    assert rest.post(f"{API}serahkan/", entry, format="json").status_code == 400


@pytest.mark.parametrize("size", [2, 12])
def test_lists_ask_the_same_number_of_questions(browser, django_assert_num_queries, leaving, size):
    for number in range(size):
        make.make_caseload(companion(f"Orang {number:02d}"), make.make_beneficiary())
        make.make_caseload(leaving, make.make_beneficiary())
    browser.get("/dampingan/")
    with django_assert_num_queries(LIST_QUERIES):
        assert len(browser.get("/dampingan/").context["items"]) == size + 1
    with django_assert_num_queries(DETAIL_QUERIES):
        assert len(browser.get(f"/dampingan/{leaving.pk}/").context["items"]) == size


LIST_QUERIES, DETAIL_QUERIES = 16, 18
