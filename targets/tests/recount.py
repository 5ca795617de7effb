"""An independent count for tests: straight from the source tables, in Python, with none of the engine."""

from collections import Counter
from datetime import date
from calendar import monthrange

from assistance.models import Disbursement, Graduation, GroupMembership
from personnel.models import Activity, Assignment
from targets.models import Achievement, PersonalAchievement

PAID = {"salur", "transaksi", "tidak_transaksi"}


def ancestors(region: int) -> list[tuple[int, int]]:
    leaf = region // 10**4 * 10**4
    return [(3, leaf), (2, leaf // 10**6 * 10**6), (1, leaf // 10**8 * 10**8), (0, 0)]


def periods(months: set[int]) -> set[int]:
    return {0} | months | {21 + (m - 1) // 3 for m in months if m <= 12}


def expected(year: int) -> tuple[dict, dict]:
    """({(level, region, measure, dim, breakdown, period): (n, value)}, the same per person)."""
    cells, people = Counter(), Counter()

    def add(region, measure, dim, breakdown, period, value):
        for level, code in ancestors(region):
            cells[level, code, measure, dim, breakdown, period, "n"] += 1
            cells[level, code, measure, dim, breakdown, period, "v"] += value

    def add_person(person, measure, period, value):
        people[person, measure, period, "n"] += 1
        people[person, measure, period, "v"] += value

    masks: dict[tuple, set[int]] = {}

    def seen(subject, region, measure, dim, breakdown, month):
        for level, code in ancestors(region):
            masks.setdefault((level, code, measure, dim, breakdown, subject), set()).add(month)

    for line in Disbursement.objects.filter(year=year):
        if line.state not in PAID:
            continue
        month = line.paid_on.month if line.paid_on.year == year else 13
        add(line.region_id, 10, 1, line.programme_id, month, line.amount)
        add(line.region_id, 10, 3, line.group_id, month, line.amount)
        seen(line.beneficiary_id, line.region_id, 31, 1, line.programme_id, month)
        seen(line.beneficiary_id, line.region_id, 31, 0, 0, month)
        for member in GroupMembership.objects.select_related("group").filter(beneficiary=line.beneficiary_id):
            if member.valid_from <= line.paid_on and (member.valid_until is None or member.valid_until >= line.paid_on):
                group = member.group.parent_id or member.group_id
                seen(line.beneficiary_id, line.region_id, 32, 3, group, month)
    for act in Activity.objects.filter(year=year, state="terverifikasi"):
        add(act.region_id, 11, 2, act.pillar_id, act.date.month, 1)
        for group in act.target_groups:
            add(act.region_id, 11, 3, group, act.date.month, 1)
        add_person(act.person_id, 11, act.date.month, 1)
    for grad in Graduation.objects.filter(decided_on__year=year, cancelled_on__isnull=True, counts=True):
        add(grad.region_id, 12, 1, grad.programme_id, grad.decided_on.month, 1)
        if grad.credited_to_id:
            add_person(grad.credited_to_id, 12, grad.decided_on.month, 1)
    for row in Assignment.objects.all():
        for month in range(1, 13):
            last = date(year, month, monthrange(year, month)[1])
            if row.valid_from <= last and (row.valid_until is None or row.valid_until >= last):
                seen(row.person_id, row.region_id, 30, 2, row.pillar_id, month)
    for (level, code, measure, dim, breakdown, _), months in masks.items():
        for period in periods(months):
            cells[level, code, measure, dim, breakdown, period, "n"] += 1
            cells[level, code, measure, dim, breakdown, period, "v"] += 1
    return _paired(cells), _paired(people)


def _paired(counter: Counter) -> dict:
    keys = {key[:-1] for key in counter}
    return {key: (counter[(*key, "n")], counter[(*key, "v")]) for key in keys}


def actual(year: int) -> tuple[dict, dict]:
    """What the facts hold; a cell of zeros is the same as none."""
    cells = {
        (a.level, a.region_id, a.measure, a.dim, a.breakdown, a.period): (a.n, a.value)
        for a in Achievement.objects.filter(year=year)
        if a.n or a.value
    }
    people = {
        (p.person_id, p.measure, p.period): (p.n, p.value)
        for p in PersonalAchievement.objects.filter(year=year)
        if p.n or p.value
    }
    return cells, people


def differences(year: int) -> list:
    """Every cell that differs, as (key, expected, actual)."""
    found = []
    for want, have in zip(expected(year), actual(year), strict=True):
        found += [
            (key, want.get(key), have.get(key)) for key in want.keys() | have.keys() if want.get(key) != have.get(key)
        ]
    return found
