"""No combination of what a reader may ask gives him a hidden figure: every equation he can write is tried."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pilar.core import regions
from pilar.core.measures import Cell, Dim
from targets import achievement
from targets.engine.drain import drain_all
from targets.models import Achievement, Indicator
from targets.months import by_month
from targets.suppression import SMALL, Place, hidden_places, parent_of
from tests import factories as make

TODAY = date(2026, 11, 24)
DRUGS = 9
#: kabupaten of three provinces, and one province itself
AREAS = (1771000000, 1702000000, 1703000000, 1700000000, 1801000000, 1802000000, 3201000000)
PROVINCES = (1700000000, 1800000000, 3200000000)
MONTHS = (1, 2, 3, 8)
QUARTERS = {21: (1, 2, 3), 23: (8,)}
PERIODS = (0, *MONTHS, *QUARTERS)
#: periods in which each figure is asked for alone and in each list as well
ASKED_ALIKE = (0, 8)
PRIME = 2**61 - 1
Shown = dict[tuple[Place, int], int | None]

STORY = st.lists(st.tuples(st.sampled_from(AREAS), st.sampled_from(MONTHS), st.integers(1, 6)), min_size=2, max_size=5)


def live(story: list[tuple[int, int, int]]) -> None:
    """Each person is paid once, so that months add up to quarters and the year, as additive figures do."""
    batches = {month: make.make_batch(region=0, stage=str(month)) for month in MONTHS}
    for area, month, people in story:
        for _ in range(people):
            person = make.make_beneficiary(groups=[DRUGS])
            make.make_line(batches[month], person, paid_on=date(2024, month, 9), region=area)
    drain_all()


def shown_to(user) -> Shown:
    """Every figure of the group the reader gets, by each way of asking; the ways must agree."""
    indicator = Indicator.objects.get(code="PENERIMA_PAS")
    told: Shown = {}
    kabupaten = [area for area in AREAS if area not in PROVINCES]
    for period in PERIODS:
        at = {"year": 2024, "today": TODAY, "period": period, "only": [indicator]}
        found = achievement.figures_of(user, areas=[0, *PROVINCES, *kabupaten], **at)
        for parent in (0, *PROVINCES):
            cell = Cell(2024, parent, Dim.GROUP, DRUGS, period)
            if period in ASKED_ALIKE or parent in AREAS:  # direct rows are seen in no other way
                found += [figure for _, figure in achievement.parts_of(user, cell, indicator, today=TODAY)]
        if period in ASKED_ALIKE:
            found += [f for area in AREAS[:3] for f in achievement.figures(user, region=area, **at)]
        for figure in found:
            if figure.breakdown == DRUGS:
                place = regions.level_of(figure.cell.region) + figure.cell.direct, figure.cell.region
                assert told.setdefault((place, period), figure.realised) == figure.realised, (place, period)
    for (level, code), period in list(told):
        if regions.level_of(code) == level and not period and code in (0, *AREAS, *PROVINCES):
            row = by_month(user, year=2024, region=code, indicator=indicator, breakdown=DRUGS, today=TODAY)
            assert [row[month - 1] for month in MONTHS] == [told[(level, code), month] for month in MONTHS]
    return told


def equations(told: Shown) -> Iterable[dict]:
    """Coefficients of the hidden cells in every sum the reader can write: over areas, and over months."""
    places = {place for place, _ in told}
    for period in PERIODS:
        for parent in places:
            below = [place for place in places if place[0] and parent_of(place) == parent and place != parent]
            if below:
                yield {(parent, period): -1} | {(place, period): 1 for place in below}
    for place in places:
        for period, months in {0: MONTHS, **QUARTERS}.items():
            yield {(place, period): -1} | {(place, month): 1 for month in months}


def determined(told: Shown) -> set[tuple[Place, int]]:
    """Hidden cells whose value follows from what is shown: rows of the reduced system with a single unknown."""
    hidden = {key for key, value in told.items() if value is None}
    solved: dict[tuple[Place, int], dict] = {}
    for found in equations(told):
        row = {key: factor % PRIME for key, factor in found.items() if key in hidden}
        for key in [key for key in row if key in solved]:
            row = _without(row, key, solved[key])
        if row:
            lead = min(row)
            inverse = pow(row[lead], -1, PRIME)
            row = {key: factor * inverse % PRIME for key, factor in row.items()}
            solved = {key: _without(other, lead, row) for key, other in solved.items()} | {lead: row}
    return {key for key, row in solved.items() if len(row) == 1}


def _without(row: dict, key: tuple[Place, int], by: dict) -> dict:
    """The row with one unknown eliminated by another row that has it with factor 1."""
    factor = row.get(key, 0)
    left = {k: (row.get(k, 0) - factor * by.get(k, 0)) % PRIME for k in {*row, *by}} if factor else row
    return {k: v for k, v in left.items() if v}


@settings(
    max_examples=5,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    phases=(Phase.generate,),  # a story told in rows is too slow to be shortened
)
@given(story=STORY)
def test_no_combination_of_questions_gives_a_hidden_figure(cast, story):
    with transaction.atomic():
        live(story)
        cells = Achievement.objects.filter(year=2024, measure=32, breakdown=DRUGS, level__lte=2, period__in=PERIODS)
        truth = {((cell.level, cell.region_id), cell.period): cell.n for cell in cells}
        told, own = shown_to(cast.neighbour), (2, make.REJANG_LEBONG)
        small = {
            (place, period)
            for (place, period), n in truth.items()
            if 0 < n <= SMALL and not own_rows_alone(truth, place, period, own)
        }
        leaked = small & (determined(told) | {key for key, value in told.items() if value is not None})
        assert not leaked
        transaction.set_rollback(True)


def own_rows_alone(truth: dict[tuple[Place, int], int], place: Place, period: int, own: Place) -> bool:
    """His own area, and what lies above it where nothing else is counted: a sum of his own rows is no secret."""
    return place in (own, parent_of(own), (0, 0)) and truth[place, period] == truth.get((own, period))


def test_indicators_over_one_measure_are_hidden_alike(cast):
    live([(1771000000, 3, 2), (1703000000, 3, 6)])
    known = Indicator.objects.get(code="PENERIMA_PAS")
    other = Indicator(id=99, code="PENERIMA_PAS_LAIN", measure=known.measure, dim=known.dim, unit=known.unit)
    found = achievement.figures(cast.neighbour, year=2024, region=1771000000, today=TODAY, only=[known, other])
    assert [f.realised for f in found if f.breakdown == DRUGS] == [None, None]


PLACED = st.dictionaries(st.sampled_from(AREAS), st.integers(0, 9), min_size=1)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(counted=PLACED, own=st.sampled_from([None, *AREAS]))
def test_every_sum_has_none_or_two_unknowns(counted, own):
    counts: dict[Place, int] = {(0, 0): 0}
    for code, n in counted.items():
        place = (2, code)
        for each in (place, parent_of(place), (0, 0)):
            counts[each] = counts.get(each, 0) + n
    small = {place for place, n in counts.items() if 0 < n <= SMALL}
    known = {(2, own)} & set(counts)
    hidden = hidden_places(counts, small, known)
    for parent in sorted(counts, reverse=True):
        if parent[0] < 2 and all(p in known for p in counts if p[0] and parent_of(p) == parent and counts[p]):
            known.add(parent)
    assert small - known <= hidden
    assert not hidden & known
    for parent in counts:
        if parent[0] < 2:
            below = [place for place in counts if place[0] and parent_of(place) == parent and place != parent]
            unknown = sum(place in hidden for place in [parent, *below])
            assert unknown != 1, (parent, hidden)
