"""Status words: where more is better, and where fewer is."""

from datetime import date
from decimal import Decimal

import pytest

from pilar.dashboard.sums import behind, by_shortfall, summed
from targets import achievement
from targets.engine.drain import drain_all
from targets.models import Indicator
from targets.status import Status, status_of
from tests import factories as make

PKH = 4
MIDYEAR = date(2024, 7, 1)


@pytest.mark.parametrize(
    ("percent", "pace", "status"),
    [
        (None, 50, Status.NO_TARGET),
        (40, 50, Status.ON_PACE),
        (50, 50, Status.ON_PACE),
        (80, 50, Status.BEHIND),
        (100, 50, Status.BEHIND),
        (101, 50, Status.CRITICAL),
        (100, 100, Status.REACHED),
        (101, 100, Status.CRITICAL),
    ],
)
def test_where_fewer_is_better_the_target_is_a_limit(percent, pace, status):
    found = status_of(None if percent is None else Decimal(percent), Decimal(pace), fewer_is_better=True)
    assert found == status


def refused(value: int, *, verifications: int) -> achievement.Figure:
    """Refused at verval in Kota Bengkulu, held against a target of at most `value`."""
    user = make.make_verifier()
    make.make_target(value=value, indicator="TIDAK_LAYAK", breakdown=PKH)
    companion = make.make_assignment(make.make_person(), pillar="PKH")
    for _ in range(verifications):
        make.make_verification(
            make.make_beneficiary(), companion, programme="PKH", result="tidak_layak", on=date(2024, 3, 1)
        )
    drain_all()
    indicator = Indicator.objects.get(code="TIDAK_LAYAK")
    found = achievement.figures(user, year=2024, region=make.KOTA, today=MIDYEAR, only=[indicator])
    return next(f for f in found if f.breakdown == PKH)


@pytest.mark.parametrize(
    ("value", "verifications", "status", "over"),
    [(4, 1, Status.ON_PACE, 0), (4, 3, Status.BEHIND, 0), (1, 3, Status.CRITICAL, 2), (0, 1, Status.CRITICAL, 1),
     (0, 0, Status.ON_PACE, 0)],
)  # fmt: skip
def test_a_figure_respects_the_direction_of_its_indicator(land, value, verifications, status, over):
    figure = refused(value, verifications=verifications)
    assert (figure.realised, figure.status, figure.shortfall) == (verifications, status, over)


def test_what_lies_above_the_limit_comes_first_and_sums_say_so(land):
    figure = refused(1, verifications=3)
    assert behind(figure) > 0
    assert by_shortfall([figure]) == [figure]
    assert summed([figure]).status == Status.CRITICAL
