"""Search first, and the people who are probably recorded already: through the page and the API."""

import pytest

from personnel.models import Personnel
from personnel.search import people_found
from personnel.tests.entries import API, LIST, NEW, body, form
from tests import factories as make

FIND = f"{API}cari/"


@pytest.fixture
def browser(cast, client_of):
    return client_of(cast.owner)


@pytest.fixture
def api(cast, api_of):
    return api_of(cast.owner)


def text(response) -> str:
    return response.content.decode()


def found(api, asked: str) -> list[int]:
    return [row["id"] for row in api.post(FIND, {"cari": asked}, format="json").json()]


@pytest.fixture
def dewi(cast):
    return make.make_person(name="Dewi Lestari", phone="+62 812-3456-789", nia="20161700556")


@pytest.mark.parametrize("asked", ["dewi", "lestari", "0812 3456 789", "+628123456789", "20161700556"])
def test_a_person_is_found_by_name_phone_and_nia(api, dewi, asked):
    make.make_person(name="Orang Lain", phone="0811")
    assert found(api, asked) == [dewi.pk]


def test_a_person_is_found_by_nik(api, dewi):
    assert found(api, dewi.reveal_nik()) == [dewi.pk]


def test_nobody_of_another_area_is_found(cast, dewi):
    for asked in ("dewi", "08123456789", "20161700556", dewi.reveal_nik()):
        assert not people_found(cast.neighbour, asked).exists()


def test_a_nik_of_15_digits_is_answered_in_words(api, browser):
    answer = api.post(FIND, {"cari": "177101520390001"}, format="json")
    assert answer.json()["errors"] == {"cari": ["NIK harus 16 angka; yang ditulis 15 tanda."]}
    page = browser.post(LIST, {"q": "177101520390001"})
    assert page.status_code == 422
    assert "NIK harus 16 angka; yang ditulis 15 tanda." in text(page)
    assert "177101520390001" not in text(page)


def test_the_page_leads_to_whoever_has_the_number_and_never_repeats_it(browser, dewi):
    response = browser.post(LIST, {"q": dewi.reveal_nik()})
    assert response["Location"] == f"{LIST}{dewi.pk}/"


def test_a_name_leads_to_the_list(browser, dewi):
    assert browser.post(LIST, {"q": "dewi"})["Location"] == f"{LIST}?nama=dewi"


def test_an_unknown_number_says_what_to_do(browser, cast):
    page = text(browser.post(LIST, {"q": "0899 111"}, follow=True))
    assert "Tidak ada personel dengan nomor itu di wilayah Anda" in page


def test_a_shared_phone_shows_everybody_who_has_it(browser, dewi):
    make.make_person(name="Suami Dewi", phone="08123456789")
    page = browser.post(LIST, {"q": "08123456789"})
    assert [item["person"].name for item in page.context["people"]] == ["Dewi Lestari", "Suami Dewi"]


def test_who_is_probably_recorded_already_is_shown_and_nothing_saved(browser):
    browser.post(NEW, form())
    response = browser.post(NEW, form())
    assert response.status_code == 422
    assert "Personel yang mirip sudah tercatat" in text(response)
    assert Personnel.objects.count() == 1
    assert browser.post(NEW, form(different="on")).status_code == 302
    assert Personnel.objects.count() == 2


def test_one_phone_makes_two_entries_look_alike(api):
    assert api.post(API, body(nama="Satu", telepon="0812-11"), format="json").status_code == 201
    answer = api.post(API, body(nama="Dua", tanggal_lahir="1990-03-12", telepon="+62 81211"), format="json")
    assert (answer.status_code, answer.json()["type"]) == (409, "/api/galat/personel_mirip")
    again = body(nama="Dua", telepon="+62 81211", orang_berbeda=True)
    assert api.post(API, again, format="json").status_code == 201


def test_people_who_look_alike_are_flagged_on_each_others_page(browser, api, dewi):
    twin = make.make_person(name="DEWI LESTARI")
    assert f"{LIST}{twin.pk}/" in text(browser.get(f"{LIST}{dewi.pk}/"))
    assert api.get(f"{API}{twin.pk}/").json()["mirip"] == [dewi.pk]


def test_a_nia_is_never_used_twice_wherever_the_first_was(browser, api):
    make.make_person(region=make.REJANG_LEBONG, nia="20161700556")
    response = browser.post(NEW, form(nia="20161700556"))
    assert "NIA ini sudah dipakai orang lain" in text(response)
    answer = api.post(API, body(nia="20161700556"), format="json")
    assert "NIA ini sudah dipakai orang lain" in answer.json()["errors"]["nia"][0]
    assert Personnel.objects.count() == 1


def test_education_is_kept_and_shown(browser, api):
    browser.post(NEW, form(education="s1", major="Kesejahteraan sosial"))
    person = Personnel.objects.get()
    page = text(browser.get(f"{LIST}{person.pk}/"))
    assert "sarjana (D4/S1)" in page
    assert "Kesejahteraan sosial" in page
    assert api.get(f"{API}{person.pk}/").json()["pendidikan"] == "s1"
