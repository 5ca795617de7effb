"""A long list from its draft to its end, while workers are killed at random points of checking, applying and draining.

No line is lost and none counted twice: each line has one unbroken chain of history rows, and the figures are what
a recount of the source tables gives.
"""

import io
import random
import time
from collections import Counter
from contextlib import contextmanager
from datetime import date
from itertools import pairwise

import psycopg2
import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assistance.models import Batch, Beneficiary, Disbursement, Participation, ResultFile, Step
from assistance.services import approvals, lines, mass, results
from assistance.states import LINE
from pilar.core.models import BudgetYear, Job, Programme, Region, User
from pilar.core.reference.catalogue import YAPI
from pilar.core.scoping import scope_transaction
from targets.engine.drain import drain_all
from targets.models import DirtySubject, LedgerEntry
from targets.tests.recount import differences
from tests import factories as make
from tests.harness.processes import environment, until

pytestmark = [pytest.mark.worker, pytest.mark.slow]
LINES, CHUNK, PORTION = 3000, 100, 600_000
TODAY, PAID_ON = date(2024, 11, 24), date(2024, 3, 15)
State = Disbursement.State


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch):
    monkeypatch.setenv("PILAR_RESULT_CHUNK_ROWS", str(CHUNK))


@pytest.fixture
def people(committed):
    """Children who take part in YAPI, and thirty who must stay out of every list."""
    children = [
        Beneficiary(name=f"Anak {at:04d}", region_id=make.SELEBAR, sex="P", birth_date=date(2014, 1, 1))
        for at in range(LINES + 30)
    ]
    for child in children:
        child.set_nik(make.nik(day=41, month=1, year=14))
    Beneficiary.objects.bulk_create(children)
    Participation.objects.bulk_create(
        Participation(
            beneficiary=child, programme_id=YAPI, region_id=child.region_id, group_id=1, state="aktif",
            active_from=date(2024, 1, 15),
        )
        for child in children
    )  # fmt: skip
    for dead in children[LINES : LINES + 15]:
        make.make_circumstance(dead, "meninggal", "ya")
    for gone in children[LINES + 15 :]:
        make.make_graduation(gone, programme="YAPI")
    return children[:LINES]


def user(name: str) -> User:
    return User.objects.select_related("role").get(username=name)


def does(who: str, act, **given):
    """As somebody of the cast, in the rows that he reaches."""
    actor = user(who)
    with scope_transaction(actor):
        return act(actor=actor, today=TODAY, **given)


class Deaths:
    """Kills the worker that runs, at a random point of what it does, and puts another in its place."""

    def __init__(self, start_worker, seed: int) -> None:
        self.start, self.chance = start_worker, random.Random(seed)
        self.worker = start_worker(beat=True)

    def once(self, progress, whole: int, check=lambda: None) -> None:
        """Somewhere in the first two thirds of `whole`; `check` is done while nobody works."""
        goal = self.chance.randrange(1, whole * 2 // 3)
        until(lambda: progress() >= goal)
        time.sleep(self.chance.random() / 5)
        self.worker.kill()
        until(lambda: not others_at_work())
        check()
        self.worker = self.start(beat=True)


def others_at_work() -> int:
    """Transactions of this database that are not ours: a killed worker's statement ends a moment later.

    By their locks: what another login does is hidden in pg_stat_activity from an owner who is no superuser.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(DISTINCT pid) FROM pg_locks JOIN pg_database d ON d.oid = database"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return cursor.fetchone()[0]


@contextmanager
def year_held():
    """The last row that a drain writes: it waits there, with everything done and nothing committed.

    Gives a question: is somebody waiting for the row?
    """
    link = psycopg2.connect(environment("owner")["DATABASE_URL"])
    link.cursor().execute("SELECT 1 FROM targets_rollupyear WHERE year = 2024 FOR UPDATE")

    def awaited() -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks waiting JOIN pg_locks held USING (transactionid)"
                " WHERE held.granted AND held.pid = %s AND NOT waiting.granted",
                [link.info.backend_pid],
            )
            return cursor.fetchone()[0]

    yield awaited
    link.close()


def noted() -> int:
    return LedgerEntry.objects.count() + DirtySubject.objects.count()


def drained() -> None:
    until(lambda: not noted())


def downloaded(batch: Batch) -> list[list[str]]:
    """The rows of the list as the page's download gives them, below their head."""
    client = Client()
    client.force_login(user("owner"), backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(reverse("batch-export", args=[batch.pk]))
    text = b"".join(answer.streaming_content).decode().lstrip("\ufeff")
    return [row.split(";") for row in text.splitlines()]


def answered(rows: list[list[str]]) -> list[list[str]]:
    """As a bank sends it back: money received, some not taken, some returned, and of each fault one in a hundred."""
    out = []
    for at, (key, name, place, amount, state, _, _, note) in enumerate(rows):
        said = {10: "retur", 11: "tidak diambil"}.get(at % 20, "diterima")
        cells = [key, name, place, amount, state, said, "20/03/2024", note]
        for fault, (column, value) in FAULTS.items():
            if at % 100 == fault:
                cells[column] = value
        out.append(cells)
        if at % 100 == 6:
            out.append(list(cells))
        if at % 100 == 7:
            out.append([*cells[:5], "retur", *cells[6:]])
    return out


FAULTS = {1: (3, "1"), 2: (5, "entah"), 3: (0, "2024-999999999"), 4: (6, "01/01/2024"), 5: (6, "")}
HUNDREDTH = LINES // 100
#: what the first file's rows must be found to be
FOUND = {
    "jumlah_beda": HUNDREDTH, "rusak": 2 * HUNDREDTH, "tidak_dikenal": HUNDREDTH, "langkah": HUNDREDTH,
    "ganda": 3 * HUNDREDTH, "cocok": LINES - 6 * HUNDREDTH,
}  # fmt: skip


def uploaded(batch: Batch, head: list[str], rows: list[list[str]]) -> ResultFile:
    content = io.BytesIO("\n".join(";".join(row) for row in [head, *rows]).encode())
    return does("owner", results.result_file_upload, batch=batch, name="hasil.csv", content=content)


def decide(file: ResultFile) -> Job:
    actor = user("owner")
    with scope_transaction(actor):
        results.result_file_apply(actor=actor, file=file, today=timezone.localdate())
    return Job.objects.filter(kind="hasil").order_by("-id")[0]


def reaches(file: ResultFile, state: str) -> None:
    until(lambda: ResultFile.objects.get(pk=file.pk).state == state, 90)


def applied(file: ResultFile) -> int:
    return file.contents.filter(applied=True).count()


def seen(file: ResultFile) -> int:
    return file.contents.exclude(match="").count()


def closed_list(deaths: Deaths) -> Batch:
    """Drafted, filled, proposed, approved by the ministry and closed; then paid, as its drain dies twice."""
    entry = approvals.DraftEntry(
        programme=Programme.objects.get(pk=YAPI),
        year=BudgetYear.objects.get(year=2024),
        stage="Tahap panjang",
        region=Region.objects.get(pk=make.KOTA),
        funding="apbn",
        ceiling=LINES * PORTION,
        units=3,
        sk_number="460/9/2024",
        sk_date=date(2024, 1, 15),
    )
    batch = does("owner", approvals.batch_draft, entry=entry)
    filling = does("owner", approvals.batch_fill, batch=batch)
    assert (filling.added, len(filling.skipped)) == (LINES, 30)
    does("owner", approvals.batch_propose, batch=batch)
    does("staff", approvals.batch_approve, batch=batch)
    does("staff", approvals.batch_accept_unverified, batch=batch, reason="Verval bulan depan")
    does("owner", approvals.batch_close, batch=batch)
    drained()
    with year_held() as awaited:
        moved = does("owner", mass.lines_pay, batch=batch, on=PAID_ON)
        assert (moved.lines, moved.amount, moved.barred) == (LINES, LINES * PORTION, [])
        until(awaited)
        left = noted()
        deaths.worker.kill()
    assert left == noted() > 0
    until(lambda: not others_at_work())
    deaths.worker = deaths.start(beat=True)
    return batch


def nothing_half_done(batch: Batch, file: ResultFile) -> None:
    """Lines that moved, their history rows and the marks in the file are as many, wherever the worker died."""
    moved = batch.lines.exclude(state="salur").count()
    assert moved == Step.objects.filter(kind="baris", was="salur").count() == applied(file)


def returned_settled(batch: Batch) -> tuple[int, int]:
    """Every second returned line is paid again and received, the others are deposited; how many of each."""
    returned = list(batch.lines.filter(state=State.RETURNED).order_by("id"))
    for line in returned[::2]:
        again = does("owner", lines.disbursement_repay, line=line, on=date(2024, 4, 10))
        does("owner", lines.disbursement_receive, line=again, on=date(2024, 4, 12))
    for line in returned[1::2]:
        does("owner", lines.disbursement_deposit, line=line, number="NTPN-1", on=date(2024, 4, 11))
    return len(returned[::2]), len(returned[1::2])


def chains_are_whole(batch: Batch) -> None:
    """Each line's history begins at its beginning, leaves no step out, repeats none and ends where the line is."""
    chains: dict[int, list[tuple[str, str]]] = {}
    for line, was, became in Step.objects.filter(kind="baris").order_by("id").values_list("object_id", "was", "became"):
        chains.setdefault(line, []).append((was, became))
    states = dict(batch.lines.values_list("pk", "state"))
    assert chains.keys() == states.keys()
    for line, chain in chains.items():
        assert chain[0][0] == ""
        assert chain[-1][1] == states[line]
        assert all(one[1] == next_[0] and LINE.may_follow(*next_) for one, next_ in pairwise(chain))


def test_a_long_list_survives_every_death_of_its_workers(people, start_worker):
    deaths = Deaths(start_worker, seed=4)
    batch = closed_list(deaths)
    head, *rows = downloaded(batch)
    assert len(rows) == LINES

    file = uploaded(batch, head, answered(rows))
    for _ in range(2):
        deaths.once(lambda: seen(file), file.rows)
    reaches(file, "diperiksa")
    assert dict(Counter(file.contents.values_list("match", flat=True))) == FOUND
    checking = Job.objects.get(kind="hasil")
    job = decide(file)
    for _ in range(3):
        deaths.once(lambda: applied(file), FOUND["cocok"], lambda: nothing_half_done(batch, file))
    reaches(file, "selesai")
    job.refresh_from_db()
    assert (checking.attempt > 1, job.attempt > 1, job.done) == (True, True, FOUND["cocok"])
    assert applied(file) == Step.objects.filter(kind="baris", was="salur").count() == FOUND["cocok"]

    waiting = {State.PAID.label, State.UNCLAIMED.label}
    rest = [[*row[:5], "berhasil", "05/04/2024", row[7]] for row in downloaded(batch)[1:] if row[4] in waiting]
    second = uploaded(batch, head, rest)
    reaches(second, "diperiksa")
    decide(second)
    deaths.once(lambda: applied(second), len(rest))
    reaches(second, "selesai")
    assert applied(second) == len(rest)

    repaid, deposited = returned_settled(batch)
    assert does("owner", approvals.batch_settle, batch=batch).approval == "selesai"
    drained()
    drain_all()
    everything_adds_up(batch, people, repaid, deposited)


def everything_adds_up(batch: Batch, people: list[Beneficiary], repaid: int, deposited: int) -> None:
    found = Counter(batch.lines.values_list("state", flat=True))
    assert found == {"transaksi": LINES - deposited, "setor_kas": deposited, "retur": repaid}
    kept = batch.lines.exclude(state="retur").values_list("beneficiary_id", flat=True)
    assert sorted(kept) == sorted(person.pk for person in people)
    money = Counter()
    for state, amount in batch.lines.values_list("state", "amount"):
        money[state] += amount
    assert money["transaksi"] + money["setor_kas"] == batch.ceiling == LINES * PORTION
    chains_are_whole(batch)
    assert differences(2024) == []
    assert not Job.objects.open().exists()
