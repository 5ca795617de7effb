"""Places and colours of the map of tiles."""

import pytest

from pilar.core.measures import Unit
from pilar.core.models import Region
from pilar.dashboard.tests.test_headline import figure
from pilar.dashboard.tilemap import place_of, shade_of, tile_name


def test_every_province_has_a_place_of_its_own(land):
    provinces = list(Region.objects.filter(level=1, valid_until__isnull=True).order_by("code"))
    places = [place_of(area, order, len(provinces)) for order, area in enumerate(provinces)]
    assert len(set(places)) == 38
    assert {tile_name(area) for area in provinces} & {""} == set()
    assert max(row for row, _ in places) <= 12
    assert max(col for _, col in places) <= 16


@pytest.mark.parametrize("count", [1, 2, 9, 10, 15, 38, 51])
def test_areas_of_a_province_or_kabupaten_fill_a_plain_grid(count):
    area = Region(code=1701000000, name="Kabupaten Bengkulu Selatan", level=2)
    places = [place_of(area, order, count) for order in range(count)]
    assert len(set(places)) == count
    assert max(row for row, _ in places) <= 12
    assert max(col for _, col in places) <= 6


def test_by_percent_when_half_of_the_areas_have_a_target():
    shade = shade_of([figure(5, 10), figure(3, None)], Unit.PEOPLE)
    assert shade.by_percent
    assert [shade.of(figure(r, 10)) for r in (0, 3, 5, 7, 9, 10, 20)] == [1, 1, 2, 3, 4, 5, 5]
    assert shade.of(figure(3, None)) == 0
    assert shade.text(figure(3, None)) == "tanpa target"


def test_by_size_when_most_areas_have_none():
    shade = shade_of([figure(1969, None), figure(12, 20), figure(700, None)], Unit.PEOPLE)
    assert not shade.by_percent
    assert [shade.of(figure(n, None)) for n in (0, 12, 700, 1200, 1969)] == [0, 1, 2, 4, 5]
    assert [item["text"] for item in shade.legend()][:2] == ["sampai 400", "400 sampai 800"]


@pytest.mark.parametrize(
    ("highest", "words"),
    [
        (2, ["sampai 1", "1 sampai 2", "2 sampai 3", "3 sampai 4", "4 sampai 5", "0"]),
        (9, ["sampai 2", "2 sampai 4", "4 sampai 6", "6 sampai 8", "8 sampai 10", "0"]),
    ],
)
def test_classes_of_size_have_whole_edges(highest, words):
    legend = shade_of([figure(highest, None)], Unit.PEOPLE).legend()
    assert [item["text"] for item in legend] == words
