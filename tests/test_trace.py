"""Every figure opens exactly the rows it counted."""

from collections import Counter
from datetime import date

from django.db import transaction
from django.db.models import Count, Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistance.models import Batch, Disbursement
from pilar.core.measures import Cell, Dim, Unit, all_measures
from pilar.core.regions import level_of, parent_of
from targets.engine.drain import drain_all
from targets.models import Achievement, PersonalAchievement
from tests import factories as make
from tests.rollup_world import make_near_misses, make_world
from tests.test_rollup_property import ACTS, PICK, World

#: what of a row a measure in rupiah adds up; every other row counts one
SUMMED = {Disbursement: "amount", Batch: "ceiling"}


def behind(measure, cell: Cell) -> tuple[int, int]:
    """How many rows the list behind a figure has, and what they add up to."""
    rows = measure.rows(cell)
    found = rows.aggregate(n=Count("pk"), value=Sum(SUMMED[rows.model])) if measure.unit == Unit.RUPIAH else None
    return (found["n"], found["value"] or 0) if found else (rows.count(),) * 2


def direct(cell: Achievement) -> bool:
    """Among the children of an area stands the area itself, for the rows that lie exactly there."""
    return cell.level > level_of(cell.region_id)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(acts=st.lists(st.tuples(st.sampled_from(ACTS), PICK, PICK, PICK), min_size=8, max_size=25))
def test_every_figure_opens_its_rows_and_is_the_sum_of_its_parts(land, acts):
    with transaction.atomic():
        world = World()
        for name, a, b, c in acts:
            getattr(world, name)(a, b, c)
        drain_all()
        assert wrong_cells() == []
        assert wrong_people() == []
        assert wrong_sums() == []
        transaction.set_rollback(True)


def test_what_one_condition_keeps_out_of_a_figure_does_not_stand_behind_it(land):
    make_near_misses(make_world())
    drain_all()
    assert wrong_cells() == []
    assert wrong_people() == []
    assert wrong_sums() == []
    counted = set(Achievement.objects.filter(year=2024).values_list("measure", flat=True))
    assert counted == {measure.number for measure in all_measures()}


def wrong_cells() -> list:
    """Cells of every measure, level and period whose list has another count, or whose rupiah add up to another sum."""
    by_number = {m.number: m for m in all_measures()}
    return [
        (cell.measure, address, cell.n, cell.value)
        for cell in Achievement.objects.filter(year=2024)
        for address in [Cell(2024, cell.region_id, Dim(cell.dim), cell.breakdown, cell.period, direct(cell))]
        if behind(by_number[cell.measure], address) != (cell.n, cell.value)
    ]


def wrong_people() -> list:
    """The same for named people."""
    by_number = {m.number: m for m in all_measures()}
    return [
        (fact.measure, fact.person_id, fact.period, fact.n)
        for fact in PersonalAchievement.objects.filter(year=2024)
        for cell in [Cell(2024, 0, Dim.ALL, 0, fact.period, person=fact.person_id)]
        if behind(by_number[fact.measure], cell) != (fact.n, fact.value)
    ]


def wrong_sums() -> list:
    """Figures of additive measures that are not the sum of the areas below and the rows "langsung di tingkat ini"."""
    additive = [m.number for m in all_measures() if m.additive]
    off: Counter = Counter()
    for cell in Achievement.objects.filter(year=2024, measure__in=additive):
        key = (cell.measure, cell.dim, cell.breakdown, cell.period)
        off[cell.level, cell.region_id, key] += cell.value if cell.level < 3 else 0
        if cell.level:
            parent = cell.region_id if direct(cell) else parent_of(cell.region_id)
            off[cell.level - 1, parent, key] -= cell.value
    return [place for place, gap in off.items() if gap]


def test_the_rows_behind_a_persons_figure(land):
    companion = make.make_person()
    for month in (2, 5, 9):
        make.make_graduation(make.make_beneficiary(), on=date(2024, month, 1), to=companion)
    make.make_graduation(make.make_beneficiary(), to=companion, counts=False)
    drain_all()
    measure = next(m for m in all_measures() if m.code == "graduasi")
    cell = Cell(2024, companion.region_id, Dim.ALL, 0, person=companion.pk)
    assert behind(measure, cell) == (3, 3)
    assert sum(PersonalAchievement.objects.values_list("n", flat=True)) == 3
