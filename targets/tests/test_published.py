"""Printed figures beside counted ones: intervals, differences, verdicts; nothing repaired."""

from datetime import date

import pytest

from pilar.core.measures import Unit
from pilar.core.scoping import CONSOLE
from targets.engine.drain import drain_all
from targets.models import PublishedFigure
from targets.published import Interval, Verdict, compare, compare_all, interval_text
from tests import factories as make

TODAY = date(2026, 11, 24)
JUTA = 10**6


def compared(code: str):
    return compare(PublishedFigure.objects.get(code=code), CONSOLE, today=TODAY)


def pay(programme: str, amount: int) -> None:
    make.make_line(make.make_batch(programme=programme), make.make_beneficiary(), amount=amount)


@pytest.fixture
def kota_paid(land):
    for programme, amount in (("PERMAKANAN", 879_770_000), ("YAPI", 1_129_600_000), ("ATENSI", 206_898_500)):
        pay(programme, amount)
    drain_all()


@pytest.mark.parametrize(
    ("value", "step", "text"),
    [
        (2_216_670_000, 10_000_000, "Rp2.211,67–2.221,67 juta"),
        (879_770_000, 10_000, "Rp879,765–879,775 juta"),
        (1_130_000_000, 10_000_000, "Rp1.125,00–1.135,00 juta"),
        (500_000, 1_000, "Rp499.500–500.500"),
        (500, 1, "Rp500"),
    ],
)
def test_what_a_printed_sum_can_stand_for(value, step, text):
    assert interval_text(Interval.around(value, step), Unit.RUPIAH) == text


def test_an_exact_count_stands_for_itself():
    assert interval_text(Interval.around(418, 1), Unit.PEOPLE) == "418 orang"
    assert interval_text(Interval.around(400, 100), Unit.PEOPLE) == "350–450 orang"


def test_province_418_printed_393_itemised_25_nowhere(land):
    c = compared("C01-BKL-PILAR")
    assert (c.figure.headline, c.parts_sum, c.difference) == (418, 393, 25)
    assert c.difference_word == "tidak dirinci dalam sumber"


def test_registered_people_stand_beside_each_pillar(land):
    make.make_assignment(make.make_person(), pillar="TKSK")
    drain_all()
    counted = {p.part.label: p.counted for p in compared("C01-BKL-PILAR").parts}
    assert counted == {
        "Pendamping PKH": 0,
        "Tagana": 0,
        "TKSK": 1,
        "Pelopor Perdamaian": 0,
        "Pendamping Rehabilitasi Sosial": 0,
    }


def test_kota_bengkulu_agrees_within_rounding(kota_paid):
    c = compared("C02-KOTABKL-BANTUAN")
    assert c.counted == 2_216_268_500
    assert c.interval_text == "Rp2.211,67–2.221,67 juta"
    assert c.verdict == Verdict.ROUNDING == "sesuai dalam pembulatan"
    assert {p.verdict for p in c.parts} == {Verdict.ROUNDING}
    assert c.difference_word == "dalam pembulatan"


def test_one_rupiah_outside_a_parts_interval_is_different(kota_paid):
    pay("PERMAKANAN", 5_001)
    drain_all()
    c = compared("C02-KOTABKL-BANTUAN")
    assert [p.verdict for p in c.parts] == [Verdict.DIFFERENT, Verdict.ROUNDING, Verdict.ROUNDING]
    assert c.verdict == Verdict.ROUNDING


def test_a_sum_outside_the_interval_is_different(kota_paid):
    pay("YAPI", 6 * JUTA)
    drain_all()
    c = compared("C02-KOTABKL-BANTUAN")
    assert (c.verdict, c.gap) == (Verdict.DIFFERENT, 5_598_500)


def test_a_year_without_a_budget_has_nothing_to_compare_with(land):
    c = compared("C62-BKL-TKSK-2018")
    assert (c.counted, c.gap, c.verdict) == (None, None, Verdict.UNKNOWN)


def test_parts_above_the_headline_are_said(land):
    figure = PublishedFigure.objects.get(code="C01-BKL-PILAR")
    figure.headline = 300
    c = compare(figure, CONSOLE, today=TODAY)
    assert (c.difference, c.difference_word) == (-93, "rincian melebihi total tercetak")


def test_comparing_leaves_the_print_as_it_is(kota_paid):
    before = list(PublishedFigure.objects.values())
    compare_all(list(PublishedFigure.objects.all()), CONSOLE, today=TODAY)
    assert list(PublishedFigure.objects.values()) == before


def test_more_figures_of_a_year_cost_no_more_queries(land, django_assert_num_queries):
    figures = list(PublishedFigure.objects.filter(year=2024).prefetch_related("parts"))
    with django_assert_num_queries(7):  # the console asks twice which years are closed
        compare_all(figures[:1], CONSOLE, today=TODAY)
    with django_assert_num_queries(7 + 1):  # people of pillars and rupiah of programmes: one catalogue more
        compare_all(figures, CONSOLE, today=TODAY)
