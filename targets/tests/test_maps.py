"""A year on its own map and on today's: a new province, a rename, a kecamatan that was divided."""

from datetime import date

import pytest

from pilar.core.models import Region, RegionSuccession
from targets import achievement
from targets.engine.drain import drain_all
from targets.maps import Changes, on_todays_map
from targets.models import Indicator
from tests import factories as make

TODAY, SINCE = date(2026, 11, 24), date(2026, 1, 15)
BENGKULU, REJANG, CURUP = 1700000000, make.REJANG_LEBONG, make.CURUP


def new_area(code: int, name: str) -> Region:
    return Region.objects.create(code=code, name=name, level=_level(code), valid_from=SINCE)


def _level(code: int) -> int:
    return 1 if code % 10**8 == 0 else 2 if code % 10**6 == 0 else 3


def succeed(old: int, *new: int, ends: bool = True) -> None:
    for code in new:
        RegionSuccession.objects.create(old_id=old, new_id=code, valid_from=SINCE, decree="UU uji")
    if ends:
        Region.objects.filter(pk=old).update(valid_until=SINCE)


@pytest.fixture
def new_province(land):
    """Rejang Lebong leaves Bengkulu for a province of its own; each code below it is replaced too."""
    new_area(9900000000, "Rejang Raya")
    new_area(9901000000, "Kabupaten Rejang Lebong")
    new_area(9901010000, "Curup Baru")
    succeed(REJANG, 9901000000)
    succeed(CURUP, 9901010000)


def pay(region: int, amount: int) -> None:
    make.make_line(make.make_batch(region=0), make.make_beneficiary(groups=[3]), amount=amount, region=region)


def money(user, region: int = 0, year: int = 2024) -> dict[int, tuple]:
    indicator = Indicator.objects.get(code="RUPIAH_SALUR")
    found = on_todays_map(user, year=year, region=region, indicator=indicator, breakdown=1, today=TODAY)
    return {m.region.code: (m.realised, [r.code for r in m.origin], m.why) for m in found}


def test_a_new_province_shows_the_old_figures_of_what_became_it(cast, new_province):
    pay(CURUP, 300)
    pay(make.SELEBAR, 500)
    make.make_target(value=1000, indicator="RUPIAH_SALUR", breakdown=1, region=REJANG)
    drain_all()
    nation = money(cast.staff)
    assert nation[9900000000] == (300, [REJANG], "")
    assert nation[BENGKULU][0] == 500
    assert sum(realised for realised, _, _ in nation.values()) == 800
    assert money(cast.staff, 9900000000) == {9901000000: (300, [REJANG], "")}
    assert money(cast.staff, 9901000000) == {9901010000: (300, [CURUP], "")}
    indicator = Indicator.objects.get(code="RUPIAH_SALUR")
    mapped = on_todays_map(cast.staff, year=2024, region=9900000000, indicator=indicator, breakdown=1, today=TODAY)
    assert mapped[0].figure.target == 1000


def test_the_years_own_map_stays_as_it_was(cast, new_province):
    pay(CURUP, 300)
    drain_all()
    indicator = Indicator.objects.get(code="RUPIAH_SALUR")
    found = achievement.children(cast.staff, year=2024, region=BENGKULU, indicator=indicator, breakdown=1, today=TODAY)
    assert {area.code: f.realised for area, f in found if f.realised} == {REJANG: 300}
    assert 9900000000 not in {
        area.code
        for area, _ in achievement.children(
            cast.staff, year=2024, region=0, indicator=indicator, breakdown=1, today=TODAY
        )
    }


def test_a_closed_year_is_not_rewritten_by_a_new_province(cast, land):
    pay(CURUP, 300)
    drain_all()
    closure = make.make_closed_year(2024, cast.staff, cast.admin)
    figures = achievement.figures(cast.staff, year=2024, region=REJANG, today=TODAY)
    new_area(9900000000, "Rejang Raya")
    new_area(9901000000, "Kabupaten Rejang Lebong")
    succeed(REJANG, 9901000000)
    drain_all()
    assert achievement.figures(cast.staff, year=2024, region=REJANG, today=TODAY) == figures
    assert money(cast.staff)[9900000000][0] == 300
    assert closure.cells


def test_a_divided_kecamatan_is_not_guessed_at(cast, land):
    new_area(1702910000, "Curup Hulu")
    new_area(1702920000, "Curup Hilir")
    succeed(CURUP, 1702910000, 1702920000)
    pay(CURUP, 300)
    drain_all()
    below = money(cast.staff, REJANG)
    assert below[1702910000][0] is None
    assert "terbagi" in below[1702910000][2]
    assert money(cast.staff, BENGKULU)[REJANG] == (300, [REJANG], "")


def test_people_of_several_old_areas_are_not_added_up(cast, land):
    new_area(9900000000, "Rejang Raya")
    for old, new in ((REJANG, 9901000000), (1703000000, 9902000000)):
        new_area(new, "Kabupaten baru")
        succeed(old, new)
    pay(CURUP, 1)
    pay(1703000000, 1)
    drain_all()
    indicator = Indicator.objects.get(code="PENERIMA_PROGRAM")
    found = on_todays_map(cast.staff, year=2024, region=0, indicator=indicator, breakdown=1, today=TODAY)
    mapped = next(m for m in found if m.region.code == 9900000000)
    assert mapped.realised is None
    assert "tidak dapat dijumlahkan" in mapped.why


def test_the_maps_differ_only_where_something_was_replaced(cast, new_province):
    changes = Changes(2024, TODAY)
    assert [changes.touch(code) for code in (0, BENGKULU, REJANG, 3200000000)] == [True, True, True, False]
    assert not Changes(2026, TODAY).touch(0)


def test_both_doors_offer_todays_map_where_it_differs(cast, new_province, client_of, api_of):
    pay(CURUP, 300)
    drain_all()
    staff, api = client_of(cast.staff), api_of(cast.staff)
    link = "/dasbor/2024/17/peta-kini/"
    assert link in staff.get("/dasbor/2024/17/").content.decode()
    assert "peta-kini" not in staff.get("/dasbor/2024/32/").content.decode()
    page = staff.get("/dasbor/2024/nasional/peta-kini/?indikator=RUPIAH_SALUR&rincian=1").content.decode()
    assert "Provinsi Rejang Raya" in page
    asked = {"tahun": 2024, "wilayah": "nasional", "indikator": "RUPIAH_SALUR", "rincian": 1}
    found = {row["wilayah"]: row for row in api.get("/api/v1/capaian/peta-kini/", asked).json()}
    assert (found["99"]["realisasi"], found["99"]["asal"]) == (300, ["17.02"])
