"""Finding areas: as a page, as options for the region field, and as names with their path."""

import re

import pytest

from pilar.core import places
from pilar.core.models import Region
from tests import factories as make


def found(text):
    return [region.code for region in places.search(text, Region.objects.all())]


def test_names_are_found_by_their_beginning(land):
    assert make.SELEBAR in found("Seleb")
    assert make.SELEBAR not in found("lebar")


def test_the_kind_before_a_name_may_be_left_out(land):
    assert found("rejang leb")[0] == make.REJANG_LEBONG


def test_codes_are_found_by_their_beginning_and_the_largest_comes_first(land):
    assert found("17.7")[0] == 1771000000
    assert len(found("17")) == places.LIMIT


@pytest.mark.parametrize("text", ["", "%", "'; --", "99999999999", "17.x"])
def test_what_is_no_beginning_finds_nothing(land, text):
    assert found(text) == []


def test_a_label_tells_places_of_one_name_apart(land):
    district = Region.objects.get(pk=make.SELEBAR)
    nation = Region.objects.get(pk=0)
    assert places.labels([district, nation]) == {
        make.SELEBAR: "17.71.01 Selebar, Kota Bengkulu, Bengkulu",
        0: "Nasional",
    }


def test_a_script_gets_options_only(cast, client_of):
    page = client_of(cast.owner).get("/wilayah/?q=selebar", headers={"X-Requested-With": "fetch"}).content.decode()
    assert page.startswith('<option value="17.71.01 Selebar, Kota Bengkulu, Bengkulu">')
    assert "<html" not in page


def test_options_stay_where_the_user_holds_the_right(cast, client_of):
    ask = {"X-Requested-With": "fetch"}
    browser = client_of(cast.owner)
    assert "17.02" not in browser.get("/wilayah/?q=17&hak=enter", headers=ask).content.decode()
    assert "17.71" in browser.get("/wilayah/?q=17&hak=enter", headers=ask).content.decode()
    assert browser.get("/wilayah/?q=17&hak=rollup", headers=ask).content.strip() == b""
    assert browser.get("/wilayah/?q=17&hak=ngawur", headers=ask).content.strip() == b""


def test_the_page_leads_to_the_dashboard_and_to_lists_of_people(cast, client_of):
    page = client_of(cast.owner).get("/wilayah/?q=selebar").content.decode()
    assert "17.71.01 Selebar, Kota Bengkulu, Bengkulu" in page
    assert "/17.71.01/" in page
    assert "/personel/?nama=selebar" in page


def test_the_way_to_the_list_of_people_finds_the_name(cast, client_of):
    make.make_person(name="Rina Marlina")
    make.make_person(name="Budi Sitorus")
    browser = client_of(cast.owner)
    page = browser.get("/wilayah/?q=marlina").content.decode()
    people = browser.get(re.search(r'href="(/personel/[^"]*)">Cari', page)[1]).content.decode()
    assert "Rina Marlina" in people
    assert "Budi Sitorus" not in people


def test_a_village_opens_the_dashboard_of_its_kecamatan(cast, client_of):
    page = client_of(cast.owner).get("/wilayah/?q=17.71.07.1004").content.decode()
    (address,) = re.findall(r'<th scope="row"><a href="([^"]+)"', page)
    assert address.endswith("/17.71.07/")
    assert client_of(cast.owner).get(address).status_code == 200


def test_a_page_of_places_costs_the_same_for_one_and_for_twenty(cast, client_of, django_assert_max_num_queries):
    browser = client_of(cast.owner)
    browser.get("/wilayah/?q=selebar")
    with django_assert_max_num_queries(16):
        browser.get("/wilayah/?q=17")
