"""The sentence above the dashboard, in each of its cases."""

from datetime import date
from decimal import Decimal

from pilar.core.measures import Cell, Dim, Unit
from pilar.core.models import Region
from pilar.dashboard.headline import Facts, headline_text, lower_first
from pilar.dashboard.sums import behind, by_shortfall, summed
from targets.achievement import Figure
from targets.models import Indicator
from targets.status import pace_of, status_of

PAST, NOW = date(2026, 11, 24), date(2024, 7, 1)
MONEY = Indicator(id=1, code="RUPIAH_SALUR", measure="rupiah_salur", dim=Dim.PROGRAMME, unit=Unit.RUPIAH)
GROUPS = Indicator(id=2, code="PENERIMA_PAS", measure="penerima_pas", dim=Dim.GROUP, unit=Unit.PEOPLE)


def figure(realised, target, *, indicator=GROUPS, breakdown=3, label="Lanjut usia terlantar", today=PAST, **cell):
    percent = Decimal(100 * realised) / target if target else None
    pace = pace_of(2024, today)
    return Figure(
        indicator=indicator,
        breakdown=breakdown,
        label=label,
        cell=Cell(2024, cell.get("region", 1700000000), Dim.GROUP, breakdown),
        realised=realised,
        rows=realised,
        target=target,
        carry_over=0,
        percent=percent,
        pace=pace,
        status=status_of(percent, pace),
    )


def sentence(*, money, groups=(), areas=(), served=None, today=PAST) -> str:
    facts = Facts("Provinsi Bengkulu", 2024, today, summed(money), served, groups, areas)
    return headline_text(facts)


def rupiah(realised, target, **more):
    return figure(realised, target, indicator=MONEY, **more)


def kaur(realised, target):
    return Region(code=1704000000, name="Kabupaten Kaur", level=2), figure(realised, target)


def test_a_finished_year_names_share_groups_and_the_largest_shortfall():
    groups = [figure(352, 429), figure(30, 46, breakdown=4, label="Kelompok berpendapatan rendah")]
    text = sentence(money=[rupiah(774, 1000)], groups=groups, areas=[kaur(10, 40)])
    assert text == (
        "Provinsi Bengkulu menyalurkan 77,4% dari target rupiah tahun 2024. "
        "Dari 2 kelompok PAS belum ada yang tercapai. "
        "Kekurangan terbesar: lanjut usia terlantar (82,1%, kurang 77 orang), terutama di Kaur."
    )


def test_the_present_year_names_the_plan_to_date():
    text = sentence(money=[rupiah(774, 1000, today=NOW)], today=NOW)
    assert text == "Provinsi Bengkulu menyalurkan 77,4% dari target rupiah tahun 2024; rencana sampai 1 Juli 50,0%."


def test_all_groups_reached():
    text = sentence(money=[rupiah(1, 1)], groups=[figure(5, 5), figure(6, 5, breakdown=4)])
    assert text.endswith("Semua 2 kelompok PAS yang bertarget sudah tercapai.")


def test_some_groups_reached():
    assert "1 dari 2 kelompok PAS sudah tercapai." in sentence(
        money=[rupiah(1, 1)], groups=[figure(5, 5), figure(1, 5, breakdown=4)]
    )


def test_without_any_target_it_says_so_and_what_was_paid():
    text = sentence(money=[rupiah(2_216_268_500, None)], groups=[figure(3, None)], served=figure(669, None))
    assert text == (
        "Provinsi Bengkulu belum punya target rupiah dan target kelompok PAS tahun 2024. "
        "Sudah tersalur Rp2,22 miliar kepada 669 penerima."
    )


def test_an_empty_region_is_said_to_be_empty():
    assert sentence(money=[rupiah(0, None)]).endswith("Belum ada penyaluran yang tercatat.")


def test_areas_that_are_on_target_are_not_named():
    text = sentence(money=[rupiah(1, 1)], groups=[figure(1, 5)], areas=[kaur(40, 40)])
    assert "terutama" not in text


def test_shortfall_counts_people_against_the_plan_to_date():
    assert behind(figure(40, 100, today=NOW)) == 10
    assert behind(figure(60, 100, today=NOW)) == -10
    assert behind(figure(60, None)) is None


def test_groups_are_sorted_by_people_missing_those_without_target_last():
    small, large, none = figure(1, 5), figure(740, 936, breakdown=12), figure(9, None, breakdown=1)
    assert by_shortfall([none, small, large]) == [large, small, none]


def test_a_percentage_compares_only_what_has_a_target():
    total = summed([rupiah(50, 100), rupiah(30, None, breakdown=4)])
    assert (total.realised, total.target, total.percent) == (80, 100, 50)


def test_names_in_the_middle_of_a_sentence():
    assert lower_first("Korban bencana") == "korban bencana"
    assert lower_first("YAPI (anak yatim)") == "YAPI (anak yatim)"
