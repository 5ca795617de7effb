"""Every figure opens exactly the rows it counted."""

from datetime import date

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pilar.core.measures import Cell, Dim, all_measures
from pilar.core.regions import level_of
from targets.engine.drain import drain_all
from targets.models import Achievement, PersonalAchievement
from tests import factories as make
from tests.test_rollup_property import ACTS, PICK, World


def rows_of(measure, cell: Cell) -> int:
    return measure.rows(cell).count()


def direct(cell: Achievement) -> bool:
    """Among the children of an area stands the area itself, for the rows that lie exactly there."""
    return cell.level > level_of(cell.region_id)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(acts=st.lists(st.tuples(st.sampled_from(ACTS), PICK, PICK, PICK), min_size=8, max_size=25))
def test_the_rows_behind_every_cell_are_as_many_as_the_cell_says(land, acts):
    with transaction.atomic():
        world = World()
        for name, a, b, c in acts:
            getattr(world, name)(a, b, c)
        drain_all()
        assert wrong_cells() == []
        transaction.set_rollback(True)


def wrong_cells() -> list:
    by_number = {m.number: m for m in all_measures()}
    return [
        (cell.measure, address, cell.n)
        for cell in Achievement.objects.filter(year=2024)
        if (address := Cell(2024, cell.region_id, Dim(cell.dim), cell.breakdown, cell.period, direct(cell)))
        and rows_of(by_number[cell.measure], address) != cell.n
    ]


def test_the_rows_behind_a_persons_figure(land):
    companion = make.make_person()
    for month in (2, 5, 9):
        make.make_graduation(make.make_beneficiary(), on=date(2024, month, 1), to=companion)
    make.make_graduation(make.make_beneficiary(), to=companion, counts=False)
    drain_all()
    measure = next(m for m in all_measures() if m.code == "graduasi")
    cell = Cell(2024, companion.region_id, Dim.ALL, 0, person=companion.pk)
    assert rows_of(measure, cell) == 3
    assert sum(PersonalAchievement.objects.values_list("n", flat=True)) == 3
