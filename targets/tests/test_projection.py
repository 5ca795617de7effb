"""The year's end at the rhythm of its finished months, and only where there is a basis for it."""

from datetime import date

import pytest

from targets import achievement
from targets.engine.drain import drain_all
from targets.models import Indicator
from targets.status import projected
from tests import factories as make


@pytest.mark.parametrize(
    ("full", "busy", "today", "expected"),
    [
        (300, 3, date(2024, 4, 10), 1200),
        (300, 2, date(2024, 4, 10), None),  # a month without anything
        (200, 2, date(2024, 3, 31), None),  # too early
        (300, 3, date(2025, 4, 10), None),  # another year
        (1, 11, date(2024, 12, 5), 400),  # never below what was reached
    ],
)
def test_a_projection_needs_three_finished_months_that_all_hold_something(full, busy, today, expected):
    assert projected(400, full, busy, 2024, today) == expected


def test_only_figures_that_add_up_are_projected_and_never_those_of_a_closed_year(cast, client_of):
    for month in (1, 2, 3):
        make.make_line(make.make_batch(), make.make_beneficiary(), paid_on=date(2024, month, 5), amount=100)
    drain_all()
    money, people = (Indicator.objects.get(code=code) for code in ("RUPIAH_SALUR", "PENERIMA_PROGRAM"))
    april = {"year": 2024, "region": make.KOTA, "today": date(2024, 4, 10)}
    assert achievement.figures(cast.owner, only=[money], **april)[0].projected == 1200
    assert achievement.figures(cast.owner, only=[people], **april)[0].projected is None
    assert achievement.figures(cast.owner, only=[money], **april, period=21)[0].projected is None
    make.make_closed_year(2024, cast.staff, cast.admin)
    later = april | {"today": date(2025, 4, 10)}
    assert achievement.figures(cast.staff, only=[money], **later)[0].projected is None
