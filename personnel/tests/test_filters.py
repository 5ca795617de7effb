"""One filter set for list and API: pillar, area, SK and day speak of the same assignment."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.http import QueryDict

from personnel.filters import PersonnelFilter
from personnel.listing import listed
from personnel.models import Personnel
from personnel.tests.entries import API, LIST, pillar
from pilar.core.models import RegionGrant
from tests import factories as make


def page_names(browser, query: str) -> list[str]:
    return [item["person"].name for item in browser.get(f"{LIST}?{query}").context["people"]]


@pytest.fixture
def doors(cast, client_of, api_of):
    """A query -> the names that page and API show."""
    browser, api = client_of(cast.owner), api_of(cast.owner)
    return lambda query: (page_names(browser, query), [r["nama"] for r in api.get(f"{API}?{query}").json()["results"]])


@pytest.fixture
def andi_and_budi(cast):
    make.make_assignment(make.make_person(name="Andi"), sk_number="SK-9")
    make.make_assignment(make.make_person(name="Budi"), pillar="TAGANA", region=make.TELUK_SEGARA)


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("", ["Andi", "Budi"]),
        ("nama=an", ["Andi"]),
        ("nama=AN", ["Andi"]),
        ("nama=ndi", []),
        ("nama=%25", []),
        ("pilar=TAGANA", ["Budi"]),
        ("region=17.71.03", ["Budi"]),
        ("region=17.71", ["Andi", "Budi"]),
        ("sk=berlaku", ["Andi"]),
        ("sk=tanpa", ["Budi"]),
        ("pada=2021-01-01", []),
        ("pada=2022-01-01", ["Andi", "Budi"]),
        ("pilar=TKSK&sk=tanpa", []),
    ],
)
def test_filters_are_the_same_in_both_doors(andi_and_budi, doors, query, seen):
    assert doors(query) == (seen, seen)


def test_the_filters_speak_of_one_assignment_and_not_of_several(doors):
    person = make.make_person(name="Cici")
    make.make_assignment(person, region=make.SELEBAR)
    make.make_assignment(person, pillar="TAGANA", region=make.TELUK_SEGARA)
    assert doors("pilar=TAGANA&region=17.71.01") == ([], [])


def test_an_sk_is_judged_on_the_day_asked_for(doors):
    make.make_assignment(make.make_person(name="Dedi"), sk_number="SK", sk_until=date(2023, 6, 30))
    assert doors("sk=berlaku&pada=2023-06-30") == (["Dedi"], ["Dedi"])
    assert doors("sk=tanpa&pada=2023-07-01") == (["Dedi"], ["Dedi"])


def test_a_person_managed_elsewhere_is_found_where_he_works(cast, client_of):
    make.make_assignment(make.make_person(name="Eko", region=make.REJANG_LEBONG), region=make.SELEBAR)
    assert page_names(client_of(cast.province), "region=17.71") == ["Eko"]


def test_the_row_shows_the_assignment_that_was_asked_for(cast, client_of):
    person = make.make_person()
    make.make_assignment(person, region=make.SELEBAR)
    make.make_assignment(person, pillar="TAGANA", region=make.TELUK_SEGARA, is_primary=False)
    (row,) = client_of(cast.owner).get(f"{LIST}?pilar=TAGANA").context["people"]
    assert (row["pillar"], row["assignment"].region_id, row["more"]) == ("Tagana", make.TELUK_SEGARA, 1)


def test_a_past_day_shows_the_assignment_of_that_day(cast, client_of):
    person = make.make_person()
    make.make_assignment(person, valid_from=date(2020, 1, 1), valid_until=date(2021, 12, 31), sk_number="SK-1")
    make.make_assignment(person, region=make.TELUK_SEGARA, valid_from=date(2022, 1, 1))
    (row,) = client_of(cast.owner).get(f"{LIST}?pada=2021-05-01").context["people"]
    assert (row["assignment"].region_id, row["sk"]["text"], row["more"]) == (make.SELEBAR, "SK berlaku", 0)


def test_a_grant_narrowed_to_a_pillar_neither_shows_nor_finds_the_other(cast, client_of):
    person = make.make_person(name="Fani")
    make.make_assignment(person, pillar="PKH")
    make.make_assignment(person, pillar="TAGANA", region=make.TELUK_SEGARA)
    RegionGrant.objects.filter(user=cast.owner).update(pillars=[pillar("PKH")])
    browser = client_of(cast.owner)
    assert page_names(browser, "pilar=TAGANA") == []
    (row,) = browser.get(LIST).context["people"]
    assert (row["pillar"], row["more"]) == ("Pendamping PKH", 0)


def test_the_gate_alone_narrows_filter_and_row_to_the_grants_pillar(cast):
    """Without the second wall: the connection of the tests owns the tables."""
    person = make.make_person()
    make.make_assignment(person, pillar="PKH")
    make.make_assignment(person, pillar="TAGANA", region=make.TELUK_SEGARA)
    RegionGrant.objects.filter(user=cast.owner).update(pillars=[pillar("PKH")])
    request = SimpleNamespace(user=cast.owner)
    asked = PersonnelFilter(QueryDict("pilar=TAGANA"), queryset=Personnel.objects.all(), request=request)
    every = PersonnelFilter(QueryDict(""), queryset=Personnel.objects.all(), request=request)
    assert list(asked.qs) == []
    assert [row["more"] for row in listed(list(every.qs), every, cast.owner)] == [0]


@pytest.mark.parametrize(("query", "sentence"), [("pada=31/02/2024", "Tanggal ini tidak ada"), ("region=zzz", "zzz")])
def test_a_filter_that_cannot_be_read_shows_nobody_and_says_why(andi_and_budi, cast, client_of, query, sentence):
    response = client_of(cast.owner).get(f"{LIST}?{query}")
    assert response.context["people"] == []
    assert sentence in response.content.decode()


def test_active_filters_are_chips_that_take_themselves_away(andi_and_budi, cast, client_of):
    response = client_of(cast.owner).get(f"{LIST}?pilar=TKSK&nama=an")
    chips = {chip["label"]: (chip["value"], chip["remove_url"]) for chip in response.context["chips"]}
    assert chips["Nama"] == ("an", "?pilar=TKSK")
    assert chips["Pilar"][1] == "?nama=an"


def test_a_person_is_found_by_any_word_of_the_name(doors):
    make.make_person(name="Rina Marlina")
    make.make_person(name="Marlina Sari")
    make.make_person(name="Budi Sitorus")
    found = ["Marlina Sari", "Rina Marlina"]
    assert doors("nama=marl") == (found, found)
    assert doors("nama=arlina") == ([], [])
