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
    make_membership,
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


def make_near_misses(companion) -> None:
    """Rows that one condition alone keeps out of a figure of 2024 that others of the same place and month make."""
    post, checker = companion.assignments.get(), make_verifier()
    late, open_one, tksk = (make_assignment(make_person(), pillar=pillar) for pillar in ("PKH", "PKH", "TKSK"))
    make_assignment(make_person(), pillar="PKH", valid_from=date(2024, 3, 31), valid_until=date(2024, 6, 29))
    make_monthly_report(late, by=checker, accepted=True, submitted_on=date(2024, 6, 11), decided_on=date(2024, 6, 12))
    make_monthly_report(open_one, by=checker)
    make_monthly_report(tksk, by=checker, accepted=True)
    make_activity(tksk.person, by=checker, groups=[12, 3])
    make_activity(tksk.person, by=checker, on=date(2024, 6, 7))

    both, one = make_beneficiary(groups=[3, 7]), make_beneficiary(groups=[12])
    make_membership(one, 3, valid_from=date(2024, 3, 16))
    make_membership(one, 7, valid_until=date(2024, 3, 14))
    march = {"paid_on": date(2024, 3, 15), "received_on": date(2024, 3, 20), "state": "transaksi"}
    for person, programme, year, fields in (
        (both, "PERMAKANAN", 2024, march | {"group": 3}),
        (one, "PERMAKANAN", 2024, march),
        (one, "PKH", 2024, march),
        (one, "PERMAKANAN", 2023, march | {"paid_on": date(2023, 3, 15), "received_on": date(2023, 3, 20)}),
        (one, "PERMAKANAN", 2024, march | {"decided_on": date(2024, 2, 10)}),
        (one, "PERMAKANAN", 2024, march | {"decided_on": date(2023, 12, 20)}),
        (one, "PERMAKANAN", 2024, {"paid_on": date(2025, 3, 15)}),
        (one, "PERMAKANAN", 2024, march | {"received_on": date(2025, 3, 20)}),
        (one, "PERMAKANAN", 2024, march | {"state": "retur", "received_on": None, "returned_on": date(2024, 4, 1)}),
        (one, "PERMAKANAN", 2024, {"state": "sk", "decided_on": None}),
    ):
        make_line(make_batch(programme=programme, year=year), person, **fields)
    make_batch(sk_date=date(2023, 1, 15))
    make_batch(approval="diajukan")

    cancelled, waiting = {"cancelled_on": date(2024, 6, 2)}, {"confirmed_on": None}
    for fields in ({"to": tksk.person}, {"programme": "YAPI"}, {"on": date(2023, 6, 1)}, cancelled, waiting):
        make_graduation(make_beneficiary(), **{"to": companion, **fields})
    for fields in ({"programme": "PKH"}, {"on": date(2023, 6, 3)}, {"on": date(2024, 7, 3)}, {"result": "tidak_layak"}):
        make_verification(both, post, **fields)
    for fields in ({"programme": "PKH"}, {"on": date(2023, 11, 18)}, {"on": date(2024, 10, 18)}):
        make_objection(both, answered_after=3, **fields)
    make_objection(make_beneficiary())
