"""The frame around every page: menu by right, place from address, query or office."""

import re
from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from pilar.core import example_data
from pilar.core.models import RegionGrant
from targets.engine.drain import drain_all
from tests import factories as make


@pytest.fixture(autouse=True)
def _nothing_remembered():
    cache.clear()
    yield
    cache.clear()


def menu_of(page):
    side = re.search(r'<nav class="sidenav".*?</nav>', page, re.DOTALL)[0]
    return re.findall(r"<span>([^<]+)</span>", side)


def path_of(page):
    crumbs = re.search(r'<ol class="crumbs__list">.*?</ol>', page, re.DOTALL)[0]
    return re.findall(r">([^<>]+)</(?:a|span)>", crumbs)


@pytest.mark.parametrize(
    ("who", "users", "trail"), [("owner", True, True), ("staff", False, False), ("auditor", False, True)]
)
def test_the_menu_shows_what_the_role_may_open(cast, client_of, who, users, trail):
    shown = menu_of(client_of(getattr(cast, who)).get("/peran/").content.decode())
    assert ("Pengguna &amp; wewenang" in shown, "Jejak audit" in shown) == (users, trail)


def test_the_page_one_is_on_is_marked(cast, client_of):
    page = client_of(cast.owner).get("/akun/token/").content.decode()
    assert re.findall(r'href="([^"]+)" aria-current="page"', page)[0] == "/akun/token/"


def test_without_a_place_in_the_address_one_is_at_ones_office(cast, client_of):
    page = client_of(cast.owner).get("/peran/").content.decode()
    assert path_of(page) == ["Nasional", "Bengkulu", "Kota Bengkulu"]
    assert "/17.71.01/" in page


def test_a_filter_by_place_moves_the_path_and_stays_on_the_page(cast, client_of):
    page = client_of(cast.province).get("/pengguna/?region=17.71&q=a&cursor=x").content.decode()
    assert path_of(page)[-1] == "Kota Bengkulu"
    assert '"/pengguna/?region=17&amp;q=a"' in page


@pytest.mark.parametrize("asked", ["17.99", "ngawur", ""])
def test_a_place_that_does_not_exist_leaves_the_frame_whole(cast, client_of, asked):
    response = client_of(cast.owner).get("/pengguna/", {"region": asked})
    assert path_of(response.content.decode())[0] == "Nasional"


def test_the_year_is_the_newest_with_targets_up_to_now(cast, client_of):
    make.make_target(value=1, year=2024)
    page = client_of(cast.owner).get("/peran/").content.decode()
    assert "/2024/17.71/" in page


def test_a_year_with_targets_alone_gives_way_to_one_with_figures_too(cast, client_of):
    for year in (2024, 2025):
        make.make_target(value=1, year=year)
    make.make_assignment(make.make_person())  # a headcount in every year
    make.make_line(make.make_batch(year=2024), make.make_beneficiary())
    drain_all()
    page = client_of(cast.owner).get("/peran/").content.decode()
    assert "/2024/17.71/" in page


def test_what_the_frame_asks_does_not_grow(cast, client_of, django_assert_max_num_queries):
    browser = client_of(cast.owner)
    browser.get("/peran/")
    # savepoint 2, scope 3, session and user 2, reach 3, frame 2, the page itself 1
    with django_assert_max_num_queries(13):
        browser.get("/peran/")


def test_a_refusal_keeps_the_menu_though_its_transaction_is_over(cast, client_of):
    browser = client_of(cast.auditor)
    browser.get("/peran/")
    response = browser.get("/pengguna/")
    page = response.content.decode()
    assert response.status_code == 403
    assert "Jejak audit" in menu_of(page)
    assert "Aturan: wewenang" in page


def test_an_address_that_does_not_exist_keeps_the_menu(cast, client_of):
    response = client_of(cast.owner).get("/tidak/ada/")
    assert response.status_code == 404
    assert "Personel" in menu_of(response.content.decode())


def test_a_stranger_to_an_unknown_address_gets_a_page(land):
    response = Client().get("/tidak/ada/")
    assert response.status_code == 404
    assert "Tidak ditemukan" in response.content.decode()


def test_an_account_without_grants_still_has_a_frame(cast, client_of):
    assert client_of(cast.stranger).get("/peran/").status_code == 200


def test_example_rows_are_announced_before_and_after_signing_in(cast, client_of):
    make.make_person(region=make.REJANG_LEBONG, is_example=True)
    assert "Data contoh" in Client().get("/masuk/").content.decode()
    assert "Data contoh" in client_of(cast.owner).get("/peran/").content.decode()


def test_real_rows_are_not_called_examples(cast):
    make.make_person()
    assert not example_data.present()


def test_a_grant_narrower_than_the_office_changes_no_path(cast, client_of):
    RegionGrant.objects.filter(user=cast.owner).update(region_id=make.SELEBAR, valid_from=date(2023, 1, 1))
    assert path_of(client_of(cast.owner).get("/peran/").content.decode())[-1] == "Kota Bengkulu"


def test_a_page_of_no_year_offers_none(cast, client_of):
    browser = client_of(cast.owner)
    assert "Tahun </span>" not in browser.get("/peran/").content.decode()
    assert "Tahun </span>" in browser.get("/dasbor/2024/17.71/").content.decode()


def test_the_year_beside_a_person_stays_with_the_person(cast, client_of):
    person = make.make_person()
    page = client_of(cast.owner).get(f"/personel/{person.pk}/?year=2024").content.decode()
    assert f'href="/personel/{person.pk}/?year=2023"' in page.partition("</header>")[0]


def test_an_entry_begins_with_this_year_although_only_an_older_one_has_targets(cast, client_of):
    make.make_target(value=1, year=2024)
    client = client_of(cast.owner)
    for form in ("/sk/baru/", "/penyaluran/baru/", "/penyaluran/susun/"):
        assert client.get(form).context["form"]["year"].value() == timezone.localdate().year
        assert client.get(f"{form}?year=2023").context["form"]["year"].value() == 2023
