"""The plan of a list as arithmetic, against the figures that were printed."""

from datetime import date

import pytest

from assistance.plan import arithmetic, capacity, price_difference, standard_price, unused
from pilar.core.models import Programme
from tests import factories as make
from tests import factories_lists as lists


def price_of(programme: str, on=date(2023, 7, 1)):
    return standard_price(Programme.objects.get(code=programme), on)


def test_meals_and_their_delivery_are_one_price(land):
    price = price_of("PERMAKANAN")
    assert (price.amount, price.per) == (32_000, "hari")
    assert price.parts == "antar Rp2.000 + makanan Rp30.000"
    assert price_of("PERMAKANAN", date(2023, 1, 1)).amount == 21_000


@pytest.mark.parametrize("programme", ["PKH", "ATENSI"])
def test_alternatives_make_no_single_price(land, programme):
    assert price_of(programme, date(2024, 6, 1)) is None


def test_the_exact_case_is_reproduced_to_the_rupiah(land):
    """133,774 people x 184 days x Rp32.000 = Rp787.661.312.000 (published C19)."""
    batch = lists.make_drafted(programme="PERMAKANAN", year=2023, unit_price=32_000, units=184, ceiling=787_661_312_000)
    price = price_of("PERMAKANAN")
    assert (capacity(batch), unused(batch)) == (133_774, 0)
    assert arithmetic(batch, price) == "133.774 penerima × 184 hari × Rp32.000 = Rp787.661.312.000"
    assert "sama dengan harga program" in price_difference(batch, price)


def test_a_price_of_ones_own_shows_its_difference(land):
    batch = lists.make_drafted(programme="PERMAKANAN", unit_price=30_000, units=30, ceiling=1_000_000)
    assert (capacity(batch), unused(batch)) == (1, 100_000)
    assert price_difference(batch, price_of("PERMAKANAN")).startswith(
        "Rp2.000 lebih rendah dari harga program Rp32.000"
    )


def test_a_recorded_list_has_no_plan(land):
    batch = make.make_batch()
    assert (capacity(batch), arithmetic(batch)) == (None, "")
