"""Something of every measure, and what the facts say of it."""

from datetime import date

from targets.engine.drain import drain_all
from targets.models import Achievement
from tests.factories import (
    CURUP,
    REJANG_LEBONG,
    SELEBAR,
    make_activity,
    make_assignment,
    make_batch,
    make_beneficiary,
    make_graduation,
    make_line,
    make_monthly_report,
    make_objection,
    make_person,
    make_verification,
    make_verifier,
)

BENGKULU, NATION = 1700000000, 0
PERMAKANAN, PKH, ALL = (1, 1), (1, 4), (0, 0)
RUPIAH, ACTIVITIES, GRADUATIONS, PERSONNEL, RECIPIENTS, PER_GROUP = 10, 11, 12, 30, 31, 32
WHOLE_YEAR, MARCH, CARRY_OVER, FIRST_QUARTER, SECOND_QUARTER = 0, 3, 13, 21, 22


def drained(check, year: int = 2024) -> tuple[int, str]:
    drain_all()
    return check(year)


def found(measure: int, region: int, part: tuple[int, int], period: int, *, level: int, year: int = 2024):
    """n and value that the facts hold; None where they hold nothing."""
    cells = Achievement.objects.filter(year=year, measure=measure, region_id=region, level=level, period=period)
    return cells.filter(dim=part[0], breakdown=part[1]).values_list("n", "value").first() or (0, 0)


def people(measure: int, region: int, part: tuple[int, int], period: int, *, level: int, year: int = 2024) -> int:
    return found(measure, region, part, period, level=level, year=year)[0]


def make_world():
    """Something of every measure, in three kabupaten; returns the companion of the graduations."""
    companion = make_person(name="Sari Dewi")
    post = make_assignment(companion, pillar="PKH", region=SELEBAR)
    make_assignment(make_person(region=REJANG_LEBONG), pillar="TAGANA", region=CURUP, valid_until=date(2024, 5, 30))
    make_activity(companion, pillar="PKH", by=make_verifier(), groups=[1, 12])
    make_activity(companion, pillar="PKH")  # not verified
    make_monthly_report(post, by=make_verifier(), accepted=True)
    one, two = make_beneficiary(groups=[12]), make_beneficiary(region=CURUP, groups=[3])
    make_line(make_batch(), one)
    make_line(make_batch(region=REJANG_LEBONG), two, group=3, state="transaksi", paid_on=date(2024, 11, 2))
    make_line(make_batch(), two, state="sk", group=3)
    make_graduation(one, to=companion)
    make_graduation(two, kind="sistem", counts=False, to=companion)
    make_verification(one, post)
    make_verification(two, post, result="tidak_layak")
    make_objection(one, answered_after=14)
    make_objection(one, answered_after=15)
    return companion
