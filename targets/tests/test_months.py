"""Monthly figures, and what of them stays unseen."""

from datetime import date

from pilar.core.measures import OUTSIDE_YEAR
from pilar.core.models import RegionGrant
from targets import achievement
from targets.engine.drain import drain_all
from targets.models import Indicator
from targets.months import by_month, one_part
from tests import factories as make

TODAY = date(2026, 11, 24)
DRUGS, ELDERLY = 9, 3


def months(user, group: int, region: int = make.KOTA):
    indicator = Indicator.objects.get(code="PENERIMA_PAS")
    return by_month(user, year=2024, region=region, indicator=indicator, breakdown=group, today=TODAY)


def pay_member(group: int, *, on=date(2024, 3, 15), region: int = make.SELEBAR) -> None:
    make.make_line(make.make_batch(), make.make_beneficiary(groups=[group], region=region), paid_on=on)


def test_a_figure_stands_in_the_month_of_its_payment(cast):
    pay_member(ELDERLY)
    drain_all()
    assert months(cast.owner, ELDERLY) == [0, 0, 1, *[0] * 9]


def test_small_months_of_a_sensitive_group_are_hidden_from_other_regions(cast):
    pay_member(DRUGS)
    drain_all()
    assert months(cast.owner, DRUGS)[2] == 1
    assert months(cast.neighbour, DRUGS)[2] is None


def test_a_months_figure_is_hidden_alike(cast):
    [pay_member(DRUGS, on=date(2024, month, 15)) for month in (1, 2, 3, 4, 5)]
    drain_all()
    indicator = Indicator.objects.get(code="PENERIMA_PAS")
    figures = achievement.figures(cast.neighbour, year=2024, region=make.KOTA, today=TODAY, only=[indicator])
    year = next(f for f in figures if f.breakdown == DRUGS)
    assert (year.realised, year.suppressed) == (5, False)
    march = one_part(cast.neighbour, year, 3, TODAY)
    assert (march.realised, march.rows, march.suppressed) == (None, None, True)


def group_figure(user, region, group):
    indicator = Indicator.objects.get(code="PENERIMA_PAS")
    found = achievement.figures(user, year=2024, region=region, today=TODAY, only=[indicator])
    return next(f for f in found if f.breakdown == group)


def test_a_figure_asked_for_alone_is_hidden_as_in_the_list(cast):
    """One small kabupaten and a larger one: both are hidden, whoever asks for which, in whatever order."""
    pay_member(DRUGS)
    [pay_member(DRUGS, region=make.CURUP, on=date(2024, 3, 1)) for _ in range(6)]
    drain_all()
    stranger = cast.staff
    RegionGrant.objects.filter(user=stranger).update(region_id=1801000000)
    assert group_figure(stranger, make.REJANG_LEBONG, DRUGS).suppressed
    assert group_figure(stranger, make.KOTA, DRUGS).suppressed
    assert not group_figure(stranger, 1700000000, DRUGS).suppressed
    assert not group_figure(cast.neighbour, make.REJANG_LEBONG, DRUGS).suppressed


def test_other_months_do_not_give_a_small_one_back(cast):
    pay_member(DRUGS)
    [pay_member(DRUGS, on=date(2024, 5, 1)) for _ in range(9)]
    drain_all()
    assert set(months(cast.neighbour, DRUGS)) <= {None, 0}
    assert one_part(cast.neighbour, group_figure(cast.neighbour, make.KOTA, DRUGS), 5, TODAY).suppressed


def test_luncuran_is_a_month_of_its_own(cast):
    make.make_line(make.make_batch(), make.make_beneficiary(), amount=700, paid_on=date(2025, 1, 14))
    drain_all()
    indicator = Indicator.objects.get(code="RUPIAH_SALUR")
    year = achievement.figures(cast.owner, year=2024, region=make.KOTA, today=TODAY, only=[indicator])[0]
    outside = one_part(cast.owner, year, OUTSIDE_YEAR, TODAY)
    assert (year.realised, year.carry_over, outside.realised, outside.rows) == (700, 700, 700, 1)


def test_figures_of_a_foreign_kecamatan_are_closed_not_zero(cast):
    pay_member(ELDERLY)
    drain_all()
    indicator = Indicator.objects.get(code="PENERIMA_PAS")

    def selebar(user):
        pairs = achievement.children(
            user, year=2024, region=make.KOTA, indicator=indicator, breakdown=ELDERLY, today=TODAY
        )
        return next(f for area, f in pairs if area.code == make.SELEBAR)

    assert (selebar(cast.owner).realised, selebar(cast.owner).closed) == (1, False)
    assert (selebar(cast.neighbour).realised, selebar(cast.neighbour).closed) == (None, True)


def test_everybody_served_counts_a_person_of_two_programmes_once(cast):
    person = make.make_beneficiary()
    [make.make_line(make.make_batch(programme=code), person) for code in ("PERMAKANAN", "ATENSI")]
    drain_all()
    indicator = Indicator.objects.get(code="PENERIMA_PROGRAM")
    figure = achievement.whole(cast.owner, year=2024, region=make.KOTA, indicator=indicator, today=TODAY)
    assert (figure.realised, figure.label) == (1, "semua program")


def test_sums_have_no_whole(cast):
    indicator = Indicator.objects.get(code="RUPIAH_SALUR")
    assert achievement.whole(cast.owner, year=2024, region=make.KOTA, indicator=indicator, today=TODAY) is None
