"""Figures of a month or quarter, and what of them stays unseen."""

from datetime import date

import pytest

from targets import achievement
from targets.engine.drain import drain_all
from targets.models import Indicator
from targets.months import one_part
from targets.periods import SLUGS, Period, in_period, part_name
from tests import factories as make

TODAY = date(2026, 11, 24)
DRUGS, ELDERLY, PERMAKANAN = 9, 3, 1


def figures(user, code: str, *, period: str, year: int = 2024, today: date = TODAY, region: int = make.KOTA):
    indicator = Indicator.objects.get(code=code)
    found = achievement.figures(user, year=year, region=region, today=today, only=[indicator])
    return {f.breakdown: f for f in in_period(user, found, Period(year, SLUGS[period]), today)}


def pay(person=None, *, group: int = ELDERLY, on=date(2024, 3, 15), region: int = make.SELEBAR, **fields) -> None:
    person = person or make.make_beneficiary(groups=[group], region=region)
    make.make_line(make.make_batch(), person, paid_on=on, **fields)


def realised(user, code: str, breakdown: int) -> dict[str, int | None]:
    return {slug: figures(user, code, period=slug)[breakdown].realised for slug in SLUGS}


def test_money_is_added_month_by_month(cast):
    [pay(on=date(2024, month, 3), amount=100 * month) for month in (1, 3, 4)]
    drain_all()
    found = realised(cast.owner, "RUPIAH_SALUR", PERMAKANAN)
    assert found == dict.fromkeys(SLUGS, 0) | {
        "setahun": 800, "triwulan-1": 400, "triwulan-2": 400, "bulan-1": 100, "bulan-3": 300, "bulan-4": 400,
    }  # fmt: skip


def test_people_are_counted_once_in_a_quarter(cast):
    person = make.make_beneficiary(groups=[ELDERLY])
    [pay(person, on=date(2024, month, 3)) for month in (1, 2, 5)]
    drain_all()
    found = realised(cast.owner, "PENERIMA_PAS", ELDERLY)
    assert [found[slug] for slug in ("setahun", "triwulan-1", "triwulan-2", "bulan-2", "bulan-3")] == [1, 1, 1, 1, 0]


def test_the_headcount_of_a_quarter_is_that_of_its_last_month(cast):
    make.make_assignment(make.make_person(), pillar="TKSK", valid_from=date(2024, 2, 1), valid_until=date(2024, 2, 29))
    make.make_assignment(make.make_person(), pillar="TKSK", valid_from=date(2024, 3, 1))
    drain_all()
    found = realised(cast.owner, "PERSONEL_TERDAFTAR", 3)
    assert [found[slug] for slug in ("bulan-1", "bulan-2", "bulan-3", "triwulan-1")] == [0, 1, 1, 1]


def test_of_a_period_that_has_not_begun_nothing_is_known(cast):
    pay(on=date(2024, 3, 15))
    drain_all()
    today = date(2024, 3, 20)
    known = {slug: figures(cast.owner, "RUPIAH_SALUR", period=slug, today=today)[1].realised for slug in SLUGS}
    assert known["triwulan-1"] is not None
    assert [known[slug] for slug in ("triwulan-2", "bulan-4", "bulan-12")] == [None] * 3


def test_a_part_of_a_year_has_no_target(cast):
    make.make_target(value=10, indicator="PENERIMA_PAS", breakdown=ELDERLY)
    figure = figures(cast.owner, "PENERIMA_PAS", period="bulan-3")[ELDERLY]
    assert (figure.target, figure.percent, figure.cell.period) == (None, None, 3)


@pytest.mark.parametrize("slug", ["bulan-3", "triwulan-1", "triwulan-4"])
def test_small_months_of_a_sensitive_group_are_hidden_as_on_the_dashboard(cast, slug):
    [pay(group=DRUGS, on=date(2024, month, 15)) for month in (1, 2, 3, 4, 5)]
    drain_all()
    hidden = figures(cast.neighbour, "PENERIMA_PAS", period=slug)[DRUGS]
    assert (hidden.realised, hidden.rows, hidden.suppressed) == (None, None, True)
    assert figures(cast.owner, "PENERIMA_PAS", period=slug)[DRUGS].realised is not None


def test_each_month_equals_the_one_the_dashboard_opens(cast):
    [pay(group=group, on=date(2024, month, 15)) for group in (DRUGS, ELDERLY) for month in (2, 3, 3)]
    drain_all()
    indicator = Indicator.objects.get(code="PENERIMA_PAS")
    for user in (cast.owner, cast.neighbour):
        year = achievement.figures(user, year=2024, region=make.KOTA, today=TODAY, only=[indicator])
        for month in range(1, 13):
            shown = in_period(user, year, Period(2024, month), TODAY)
            opened = [one_part(user, figure, month, TODAY) for figure in year]
            assert [(f.realised, f.rows, f.suppressed) for f in shown] == [
                (f.realised, f.rows, f.suppressed) for f in opened
            ]


def test_areas_below_and_direct_rows_add_up_in_every_period(cast):
    pay(amount=700)
    pay(amount=300, region=make.KOTA)
    drain_all()
    indicator = Indicator.objects.get(code="RUPIAH_SALUR")
    pairs = achievement.below(
        cast.owner, year=2024, region=make.KOTA, choices=[(indicator, PERMAKANAN), (indicator, 2)], today=TODAY
    )
    assert sum(f.realised for f in in_period(cast.owner, [f for _, f in pairs], Period(2024, 3), TODAY)) == 1000
    assert [f.cell.direct for _, f in pairs].count(True) == 2


def test_periods_have_names():
    assert [part_name(number) for number in (0, 3, 21, 24)] == ["Tahun", "Maret", "Triwulan I", "Triwulan IV"]
    assert [Period(2024, SLUGS[slug]).slug for slug in SLUGS] == list(SLUGS)
    assert Period(2024, 22).name == "Triwulan II 2024"


def test_many_areas_take_as_few_queries_as_one(cast, django_assert_num_queries):
    indicator = Indicator.objects.get(code="PENERIMA_PAS")
    pay()
    drain_all()
    year = achievement.figures_of(cast.owner, year=2024, areas=[make.KOTA, make.REJANG_LEBONG], today=TODAY)
    one = [f for f in year if f.indicator == indicator][:1]
    with django_assert_num_queries(1):
        in_period(cast.owner, one, Period(2024, 3), TODAY)
    with django_assert_num_queries(3):  # for the foreign area: which groups are sensitive, who stands beside it
        in_period(cast.owner, year, Period(2024, 3), TODAY)
