"""Incremental equals full under random inserts, updates, deletes and moves (hypothesis)."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistance.models import Disbursement, Graduation, GroupMembership, Objection, Verification
from personnel.models import Activity, Assignment
from targets.engine.drain import drain_all
from targets.tests.recount import differences
from tests import factories as make

REGIONS = (make.SELEBAR, make.TELUK_SEGARA, make.KOTA, make.CURUP, 1700000000, 3201010000)
YEARS = (2023, 2024)
PICK = st.integers(0, 10**6)


class World:
    """A few people and lists; each act changes something and may drain in between."""

    def __init__(self) -> None:
        self.people = [make.make_beneficiary(groups=[3]) for _ in range(4)]
        self.workers = [make.make_person() for _ in range(2)]
        self.batches = [make.make_batch(year=year, region=0) for year in YEARS for _ in range(2)]
        self.verifier = make.make_verifier()
        self.companion = make.make_assignment(make.make_person(), valid_from=date(2030, 1, 1))

    def pay(self, a: int, b: int, c: int) -> None:
        batch, person = self.batches[a % 4], self.people[b % 4]
        if not batch.lines.filter(beneficiary=person, year=batch.year_id).exclude(state="retur").exists():
            day = date(batch.year_id + c % 5 // 4, c % 12 + 1, c % 28 + 1)
            state = ("sk", "salur", "tidak_transaksi")[c % 3]
            make.make_line(
                batch, person, state=state, paid_on=day, region=REGIONS[c % 6], group=a % 12 + 1, amount=c + 1
            )

    def line(self, a: int) -> Disbursement | None:
        lines = list(Disbursement.objects.order_by("id", "year"))
        return lines[a % len(lines)] if lines else None

    def change(self, a: int, b: int, c: int) -> None:
        if (line := self.line(a)) and line.state != "retur":
            Disbursement.objects.filter(pk=line.pk, year=line.year).update(
                region=REGIONS[b % 6],
                amount=c + 1,
                paid_on=date(line.year, b % 12 + 1, 3),
                state="salur",
                group=c % 12 + 1,
            )

    def move_year(self, a: int, b: int, c: int) -> None:
        """The list's year is corrected, and its lines go with it to another partition."""
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE assistance_batch SET year = %s WHERE id = %s", [YEARS[b % 2], self.batches[a % 4].pk]
            )
        self.batches[a % 4].refresh_from_db()

    def give_back(self, a: int, b: int, c: int) -> None:
        if (line := self.line(a)) and line.paid_on:
            Disbursement.objects.filter(pk=line.pk, year=line.year).update(
                state="retur", returned_on=line.paid_on, received_on=None
            )

    def delete(self, a: int, b: int, c: int) -> None:
        if line := self.line(a):
            Disbursement.objects.filter(pk=line.pk, year=line.year).delete()

    def group(self, a: int, b: int, c: int) -> None:
        person = self.people[a % 4]
        if not person.memberships.filter(group=b % 12 + 1).exists():
            make.make_membership(person, b % 12 + 1, valid_from=date(YEARS[c % 2], c % 12 + 1, 5))

    def leave_group(self, a: int, b: int, c: int) -> None:
        day = date(2024, b % 12 + 1, 28)
        GroupMembership.objects.filter(beneficiary=self.people[a % 4], valid_from__lte=day).update(valid_until=day)

    def receive(self, a: int, b: int, c: int) -> None:
        if (line := self.line(a)) and line.state == "salur":
            Disbursement.objects.filter(pk=line.pk, year=line.year).update(
                state="transaksi", received_on=date(YEARS[c % 2] + b % 2, c % 12 + 1, 20)
            )

    def redecide(self, a: int, b: int, c: int) -> None:
        """By hand in the database: another day of the SK, another ceiling."""
        day = date(YEARS[c % 2], b % 12 + 1, 2)
        Disbursement.objects.filter(batch=self.batches[a % 4]).update(decided_on=day)
        type(self.batches[0]).objects.filter(pk=self.batches[a % 4].pk).update(sk_date=day, ceiling=10**12 + c)

    def graduate(self, a: int, b: int, c: int) -> None:
        person = self.people[a % 4]
        if not person.graduations.filter(cancelled_on__isnull=True).exists():
            to = (*self.workers, None)[b % 3]
            make.make_graduation(person, on=date(YEARS[c % 2], c % 12 + 1, 9), to=to, region=REGIONS[b % 6])

    def regrade(self, a: int, b: int, c: int) -> None:
        Graduation.objects.filter(beneficiary=self.people[a % 4]).update(
            credited_to=self.workers[b % 2], counts=c % 2 == 0, region=REGIONS[c % 6]
        )

    def assign(self, a: int, b: int, c: int) -> None:
        start = date(YEARS[c % 2], c % 12 + 1, 1)
        if not Assignment.objects.filter(person=self.workers[a % 2], region=REGIONS[b % 6]).exists():
            make.make_assignment(
                self.workers[a % 2], pillar=("TKSK", "PKH")[a % 2], region=REGIONS[b % 6], valid_from=start
            )

    def end_assignment(self, a: int, b: int, c: int) -> None:
        day = date(2024, b % 12 + 1, 20)
        Assignment.objects.filter(person=self.workers[a % 2], valid_from__lte=day).update(valid_until=day)

    def act(self, a: int, b: int, c: int) -> None:
        make.make_activity(
            self.workers[a % 2],
            on=date(YEARS[a % 2], b % 12 + 1, 7),
            by=self.verifier if c % 2 else None,
            groups=[1 + c % 12, 1 + (c + 1) % 12],
            region=REGIONS[c % 6],
        )

    def verify(self, a: int, b: int, c: int) -> None:
        Activity.objects.filter(person=self.workers[a % 2]).update(state="terverifikasi", verified_by=self.verifier)

    def check(self, a: int, b: int, c: int) -> None:
        make.make_verification(
            self.people[a % 4],
            self.companion,
            programme=("PKH", "YAPI")[b % 2],
            on=date(YEARS[c % 2], c % 12 + 1, 11),
            result=("layak", "tidak_layak")[a % 2],
            region=REGIONS[c % 6],
        )

    def correct_check(self, a: int, b: int, c: int) -> None:
        """By hand in the database; no service changes a verval."""
        Verification.objects.filter(beneficiary=self.people[a % 4]).update(
            result="tidak_layak", reason="mampu", region=REGIONS[c % 6], verified_on=date(YEARS[b % 2], c % 12 + 1, 2)
        )

    def object(self, a: int, b: int, c: int) -> None:
        person = self.people[a % 4]
        day = date(YEARS[c % 2], c % 12 + 1, 20)
        make.make_objection(person, programme=("PKH", "YAPI")[b % 2], on=day, region=REGIONS[c % 6])

    def answer(self, a: int, b: int, c: int) -> None:
        """Within the 14 days or after them."""
        for row in Objection.objects.filter(beneficiary=self.people[a % 4], answered_on=None):
            Objection.objects.filter(pk=row.pk).update(
                state="ditolak", answer="Diperiksa", answered_on=row.filed_on + timedelta(days=b % 20)
            )

    def drain(self, a: int, b: int, c: int) -> None:
        drain_all()


ACTS = sorted(name for name in vars(World) if not name.startswith("_") and name != "line")


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(acts=st.lists(st.tuples(st.sampled_from(ACTS), PICK, PICK, PICK), min_size=3, max_size=25))
def test_incremental_equals_a_recount(land, acts):
    with transaction.atomic():
        world = World()
        for name, a, b, c in acts:
            getattr(world, name)(a, b, c)
        drain_all()
        assert [differences(year) for year in YEARS] == [[], []]
        transaction.set_rollback(True)
