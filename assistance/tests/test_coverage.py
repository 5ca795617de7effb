"""Coverage of verval: who counts as verified, per area, and through both doors."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from assistance.reading_verval import coverage, months_before, unverified
from pilar.core.models import Programme, Region, RegionGrant
from tests import factories as make

ON = date(2024, 11, 24)
PAGE, API = "/verval/cakupan/", "/api/v1/cakupan-verval/"
KOTA_REGION = "17.71"


@pytest.fixture
def companion(cast):
    return make.make_assignment(make.make_person())


def active(*, region=make.SELEBAR, programme="YAPI", **fields):
    person = make.make_beneficiary(region=region)
    make.make_participation(person, programme=programme, **fields)
    return person


def verified(person, companion, on=date(2024, 6, 3), programme="YAPI"):
    make.make_verification(person, companion, on=on, programme=programme)
    return person


def pairs(user, code=make.KOTA, programme=None, months=12) -> tuple[tuple[int, int], dict[str, tuple[int, int]]]:
    """((verified, active) of the area, the same per child by its name, empty ones left out)."""
    whole, children = coverage(user, Region.objects.get(pk=code), programme, ON, months)
    return (whole.verified, whole.active), {c.region.name: (c.verified, c.active) for c in children if c.active}


def test_children_and_the_area_itself_add_up(cast, companion):
    verified(active(), companion)
    active()
    verified(active(region=make.TELUK_SEGARA), companion)
    active(region=make.KOTA)
    active(region=make.CURUP)
    assert pairs(cast.owner) == ((2, 4), {"Selebar": (1, 2), "Teluk Segara": (1, 1), "Kota Bengkulu": (0, 1)})


def test_only_who_is_active_is_counted(cast, companion):
    for state in ("calon", "ditangguhkan", "berakhir"):
        verified(active(state=state), companion)
    assert pairs(cast.owner) == ((0, 0), {})


@pytest.mark.parametrize(
    ("day", "fresh"),
    [(date(2023, 11, 24), 1), (date(2023, 11, 23), 0), (date(2024, 11, 24), 1), (date(2024, 11, 25), 0)],
)
def test_a_verval_holds_for_its_months_and_no_longer(cast, companion, day, fresh):
    verified(active(), companion, on=day)
    assert pairs(cast.owner)[0] == (fresh, 1)


def test_a_verval_of_another_programme_makes_nobody_fresh(cast, companion):
    person = verified(active(), companion, programme="PKH")
    make.make_participation(person, programme="PKH")
    assert pairs(cast.owner)[0] == (0, 1)  # one person, who waits for the verval of one of his programmes
    assert pairs(cast.owner, programme=Programme.objects.get(code="YAPI"))[0] == (0, 1)
    assert pairs(cast.owner, programme=Programme.objects.get(code="PKH"))[0] == (1, 1)


def test_two_vervals_of_one_person_count_once(cast, companion):
    person = verified(active(), companion)
    verified(person, companion, on=date(2024, 8, 1))
    assert pairs(cast.owner)[0] == (1, 1)


def test_the_unverified_are_exactly_those_the_coverage_misses(cast, companion):
    verified(active(), companion)
    missing = active()
    active(region=make.CURUP)
    found = unverified(programme=Programme.objects.get(code="YAPI"), region=make.KOTA, months=12, on=ON)
    assert [row.beneficiary_id for row in found] == [missing.pk]


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2024, 11, 24), 12, date(2023, 11, 24)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2024, 1, 15), 1, date(2023, 12, 15)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2024, 12, 5), 24, date(2022, 12, 5)),
    ],
)
def test_months_are_those_of_the_calendar(day, months, then):
    assert months_before(day, months) == then


def test_counts_of_all_children_come_in_one_query(cast, companion, django_assert_num_queries):
    for region in (make.SELEBAR, make.TELUK_SEGARA, make.KOTA):
        verified(active(region=region), companion)
    kota = Region.objects.get(pk=make.KOTA)
    coverage(cast.owner, kota, None, ON, 12)  # the reader's reach is worked out once
    with django_assert_num_queries(4):  # counts, the area's own, children, the area itself
        coverage(cast.owner, kota, None, ON, 12)


# --- both doors --------------------------------------------------------------------


@pytest.fixture
def half(companion):
    """One of two in Selebar verified lately, nobody elsewhere."""
    verified(active(), companion, on=timezone.localdate() - timedelta(days=30))
    active()


def test_the_page_shows_the_share_and_leads_to_the_missing(cast, client_of, half):
    answer = client_of(cast.owner).get(PAGE)
    text = answer.content.decode()
    assert "1 dari 2 penerima aktif sudah diverval" in text
    assert "50,0%" in text
    due = next(area["due_url"] for area in answer.context["areas"] if area["name"] == "Selebar")
    assert due == "/verval/peserta/?region=17.71.01"
    assert len(client_of(cast.owner).get(due).context["items"]) == 1


def test_the_api_reports_the_same(cast, api_of, half):
    found = api_of(cast.owner).get(API, {"wilayah": KOTA_REGION, "program": "YAPI"}).json()
    assert (found["aktif"], found["diverval"], found["persen"], found["program"]) == (2, 1, "50.00", "YAPI")
    selebar = next(area for area in found["turunan"] if area["wilayah"] == "17.71.01")
    assert (selebar["aktif"], selebar["diverval"]) == (2, 1)
    assert all(area["persen"] is None for area in found["turunan"] if not area["aktif"])


def test_months_and_day_may_be_asked_for(cast, api_of, half):
    api = api_of(cast.owner)
    assert api.get(API, {"bulan": 0}).status_code == 400
    assert api.get(API, {"per": "2024-01-01"}).json()["diverval"] == 0
    assert api.get(API, {"bulan": 1, "per": str(timezone.localdate())}).json()["bulan"] == 1
    assert set(api.get(API, {"wilayahh": "17"}).json()["errors"]) == {"wilayahh"}


@pytest.mark.parametrize("area", ["17", "17.02", "nasional"])
def test_an_area_outside_the_grant_is_refused_by_both_doors(cast, client_of, api_of, area):
    """Its rows are out of sight, and zero of zero would be a lie."""
    assert client_of(cast.owner).get(PAGE, {"region": "17.02"}).status_code == 403
    answer = api_of(cast.owner).get(API, {"wilayah": area})
    assert (answer.status_code, answer.json()["type"]) == (403, "/api/galat/wewenang")


def test_a_grant_for_one_programme_counts_that_programme_only(cast, companion, api_of):
    verified(active(), companion)
    active(programme="PKH")
    grant = RegionGrant.objects.get(user=cast.clerk)
    grant.programmes = [Programme.objects.get(code="PKH").pk]
    grant.save()
    assert api_of(cast.clerk).get(API, {"wilayah": KOTA_REGION}).json()["aktif"] == 1


def test_percent_of_nobody_is_unknown(cast):
    whole, _ = coverage(cast.owner, Region.objects.get(pk=make.KOTA), None, ON, 12)
    assert whole.percent is None
    assert Decimal(whole.missing) == 0
