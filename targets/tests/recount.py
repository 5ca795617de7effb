"""An independent count for tests: straight from the source tables, in Python, with none of the engine."""

from calendar import monthrange
from collections import Counter
from datetime import date

from assistance.models import Batch, Disbursement, Graduation, GroupMembership, Objection, Verification
from personnel.models import Activity, Assignment
from targets.models import Achievement, PersonalAchievement

PAID = {"salur", "transaksi", "tidak_transaksi"}


def ancestors(region: int) -> list[tuple[int, int]]:
    leaf = region // 10**4 * 10**4
    return [(3, leaf), (2, leaf // 10**6 * 10**6), (1, leaf // 10**8 * 10**8), (0, 0)]


def periods(months: set[int]) -> set[int]:
    return {0} | months | {21 + (m - 1) // 3 for m in months if m <= 12}


class Tally:
    """Sums per cell and per person, and the months in which a subject was seen in a cell."""

    def __init__(self) -> None:
        self.cells, self.people, self.masks = Counter(), Counter(), {}

    def add(self, region, measure, dim, breakdown, period, value):
        for level, code in ancestors(region):
            self.cells[level, code, measure, dim, breakdown, period, "n"] += 1
            self.cells[level, code, measure, dim, breakdown, period, "v"] += value

    def add_person(self, person, measure, period):
        self.people[person, measure, period, "n"] += 1
        self.people[person, measure, period, "v"] += 1

    def seen(self, subject, region, measure, dim, breakdown, month):
        for level, code in ancestors(region):
            self.masks.setdefault((level, code, measure, dim, breakdown, subject), set()).add(month)

    def close(self):
        for (level, code, measure, dim, breakdown, _), months in self.masks.items():
            for period in periods(months):
                self.cells[level, code, measure, dim, breakdown, period, "n"] += 1
                self.cells[level, code, measure, dim, breakdown, period, "v"] += 1


def expected(year: int) -> tuple[dict, dict]:
    """({(level, region, measure, dim, breakdown, period): (n, value)}, the same per person)."""
    tally = Tally()
    _lists(tally, year)
    for act in Activity.objects.filter(year=year, state="terverifikasi"):
        _activity(tally, act)
    confirmed = Graduation.objects.filter(cancelled_on__isnull=True, confirmed_on__isnull=False)
    for grad in confirmed.filter(decided_on__year=year, counts=True):
        tally.add(grad.region_id, 12, 1, grad.programme_id, grad.decided_on.month, 1)
        if grad.credited_to_id:
            tally.add_person(grad.credited_to_id, 12, grad.decided_on.month)
    for act in Verification.objects.filter(verified_on__year=year):
        for measure in (13, 14) if act.result == "tidak_layak" else (13,):
            tally.add(act.region_id, measure, 1, act.programme_id, act.verified_on.month, 1)
    for row in Objection.objects.filter(filed_on__year=year, answered_on__isnull=False):
        if (row.answered_on - row.filed_on).days <= 14:
            tally.add(row.region_id, 18, 1, row.programme_id, row.filed_on.month, 1)
    for row in Assignment.objects.all():
        _assignment(tally, row, year)
    tally.close()
    return _paired(tally.cells), _paired(tally.people)


def _lists(tally: Tally, year: int) -> None:
    for line in Disbursement.objects.filter(year=year).exclude(state__in=("retur", "setor_kas")):
        if line.state in PAID:
            _line(tally, line)
        if line.decided_on:
            _money(tally, line, 15, line.decided_on)
        if line.state == "transaksi":
            _money(tally, line, 16, line.received_on)
    for batch in Batch.objects.filter(year=year).exclude(approval__in=("disusun", "diajukan")):
        tally.add(batch.region_id, 17, 1, batch.programme_id, month_in(year, batch.sk_date), batch.ceiling)


def month_in(year: int, day: date) -> int:
    return day.month if day.year == year else 13


def _money(tally: Tally, line: Disbursement, measure: int, day: date) -> None:
    month = month_in(line.year, day)
    tally.add(line.region_id, measure, 1, line.programme_id, month, line.amount)
    tally.add(line.region_id, measure, 3, line.group_id, month, line.amount)


def _line(tally: Tally, line: Disbursement) -> None:
    month = line.paid_on.month if line.paid_on.year == line.year else 13
    tally.add(line.region_id, 10, 1, line.programme_id, month, line.amount)
    tally.add(line.region_id, 10, 3, line.group_id, month, line.amount)
    tally.seen(line.beneficiary_id, line.region_id, 31, 1, line.programme_id, month)
    tally.seen(line.beneficiary_id, line.region_id, 31, 0, 0, month)
    for member in GroupMembership.objects.select_related("group").filter(beneficiary=line.beneficiary_id):
        if member.valid_from <= line.paid_on and (member.valid_until is None or member.valid_until >= line.paid_on):
            tally.seen(line.beneficiary_id, line.region_id, 32, 3, member.group.parent_id or member.group_id, month)


def _activity(tally: Tally, act: Activity) -> None:
    tally.add(act.region_id, 11, 2, act.pillar_id, act.date.month, 1)
    for group in act.target_groups:
        tally.add(act.region_id, 11, 3, group, act.date.month, 1)
    tally.add_person(act.person_id, 11, act.date.month)


def _assignment(tally: Tally, row: Assignment, year: int) -> None:
    for month in range(1, 13):
        last = date(year, month, monthrange(year, month)[1])
        if row.valid_from <= last and (row.valid_until is None or row.valid_until >= last):
            tally.seen(row.person_id, row.region_id, 30, 2, row.pillar_id, month)


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
