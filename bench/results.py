"""A list of 100,000 lines through its whole life: filled, approved, closed, paid, downloaded, sent back with one
percent of each fault, checked, applied, mended by a second file, and settled. Every step by the service officers use.

    python bench/results.py --lines 100000

Limits, measured in the same run: one plain UPDATE of the same rows without triggers, and plain COPY of the same
number of rows. Uses DATABASE_URL (owner) and a database of its own, dropped at the end unless --keep.
"""

import io
import sys
import time
import tracemalloc
from collections import Counter
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench._common import measured_as_owner, median, say, timed  # noqa: E402 - after the path

KOTA, SELEBAR = 1771000000, 1771010000
TODAY, PAID_ON = date(2024, 11, 24), date(2024, 3, 15)
PORTION = 600_000

#: children in YAPI with a PAS group; one in a hundred more is recorded dead and must get no line
PEOPLE = """
INSERT INTO assistance_beneficiary (name, nik_cipher, nik_index, sex, birth_date, region_id, is_example, version)
SELECT 'Anak ' || g, '\\x00', decode(lpad(to_hex(g), 32, '0'), 'hex'), 'P', '2014-01-01', %(region)s, true, 1
FROM generate_series(1, %(lines)s + %(lines)s / 100) g;
INSERT INTO assistance_groupmembership (beneficiary_id, group_id, region_id, valid_from)
SELECT id, 1, region_id, '2020-01-01' FROM assistance_beneficiary;
INSERT INTO assistance_participation
  (beneficiary_id, programme_id, group_id, region_id, state, active_from, reason, note, "returning", is_example,
   version)
SELECT b.id, p.id, 1, b.region_id, 'aktif', '2024-01-15', '', '', false, true, 1
FROM assistance_beneficiary b, core_programme p WHERE p.code = 'YAPI';
INSERT INTO assistance_circumstance (beneficiary_id, region_id, kind, value, as_of, source, is_example)
SELECT id, region_id, 'meninggal', 'ya', '2024-02-02', 'uji', true FROM assistance_beneficiary WHERE id > %(lines)s;
"""
PLAIN = """
UPDATE assistance_disbursement SET state = %(to)s, decided_on = %(on)s, paid_on = %(on)s
WHERE year = 2024 AND batch_id = %(batch)s
"""


def officers():
    """Who enters, in the kabupaten; who decides, in the ministry."""
    from pilar.core.models import RegionGrant, User  # noqa: PLC0415

    found = []
    for name, role, region, approve in (("uji", "dinsos_kabkota", KOTA, False), ("putus", "staf_pusat", 0, True)):
        user = User.objects.create_user(name, None, name=name, role_id=role, region_id=region, office="Uji")
        RegionGrant.objects.create(
            user=user, region_id=region, valid_from=date(2023, 1, 1), may_enter=True, may_approve=approve,
            may_view_personal_data=True,
        )  # fmt: skip
        found.append(user)
    return found


def acting(user, act, **given):
    """What the act gives, done in the rows that its user reaches."""
    from pilar.core.scoping import scope_transaction  # noqa: PLC0415

    with scope_transaction(user):
        return act(actor=user, today=TODAY, **given)


def draft_entry(lines: int):
    from assistance.services.approvals import DraftEntry  # noqa: PLC0415
    from pilar.core.models import BudgetYear, Programme, Region  # noqa: PLC0415

    return DraftEntry(
        programme=Programme.objects.get(code="YAPI"), year=BudgetYear.objects.get(year=2024),
        stage=f"Uji {time.time_ns()}", region=Region.objects.get(pk=KOTA), funding="apbn", ceiling=lines * PORTION,
        units=3, unit_price=PORTION // 3, sk_number="SK", sk_date=date(2024, 1, 2),
    )  # fmt: skip


def filled_in(pieces) -> bytes:
    """As a bank would send it back: one line in a hundred with each of the faults."""
    head, *rows = "".join(pieces).lstrip("\ufeff").splitlines()
    out = [head]
    for i, row in enumerate(rows):
        cells = row.split(";")
        cells[5:7] = ["diterima", "20/03/2024"]
        fault = i % 100
        if fault == 1:
            cells[3] = "1"
        elif fault == 2:
            cells[5] = "entah"
        elif fault == 3:
            cells[0] = f"2023-{i}"
        elif fault == 4:
            cells[6] = "01/01/2024"
        out.append(";".join(cells))
        if fault == 5:
            out.append(out[-1])
    return "\n".join(out).encode()


def mended(pieces) -> bytes:
    """What a second download still shows as paid only, received after all."""
    head, *rows = "".join(pieces).lstrip("\ufeff").splitlines()
    waiting = (cells for cells in (row.split(";") for row in rows) if cells[4] == "disalurkan")
    return "\n".join(
        [head, *(";".join([*cells[:5], "diterima", "05/04/2024", *cells[7:]]) for cells in waiting)]
    ).encode()


def copy_rows(cursor, lines: int) -> None:
    cursor.execute("CREATE TEMP TABLE plain (number int, line_ref text, outcome text, amount bigint, day date)")
    text = io.StringIO("".join(f"{i}\t2024-{i}\ttransaksi\t600000\t2024-03-20\n" for i in range(lines)))
    cursor.copy_expert("COPY plain FROM STDIN", text)
    cursor.execute("DROP TABLE plain")


def limits(cursor, batch: int, lines: int, runs: int) -> dict[str, float]:
    """Seconds of a plain UPDATE of the list's lines without triggers, and of a plain COPY of as many rows."""
    forth = {"batch": batch, "to": "salur", "on": PAID_ON}
    back = {"batch": batch, "to": "sk", "on": None}

    def forth_and_back() -> None:
        cursor.execute(PLAIN, forth)
        cursor.execute(PLAIN, back)

    cursor.execute("ALTER TABLE assistance_disbursement DISABLE TRIGGER USER")
    plain = median(forth_and_back, runs) / 2
    cursor.execute("ALTER TABLE assistance_disbursement ENABLE TRIGGER USER")
    cursor.execute("VACUUM (FULL) assistance_disbursement")  # no ANALYZE: plans must stand without statistics
    copied = median(lambda: copy_rows(cursor, lines), runs)
    say("limit: plain UPDATE of the same rows, no triggers", plain)
    say("limit: plain COPY of as many rows", copied)
    return {"plain_update": plain, "copy": copied}


def filled(cursor, enters, decides, lines: int, runs: int):
    """The list drafted, filled, approved, closed and paid; and the limits, measured while it waits."""
    from assistance.services import approvals as service  # noqa: PLC0415
    from assistance.services.mass import lines_pay  # noqa: PLC0415
    from targets.engine.drain import drain_all  # noqa: PLC0415

    batch = acting(enters, service.batch_draft, entry=draft_entry(lines))
    filling = timed(lambda: acting(enters, service.batch_fill, batch=batch))
    drain = timed(drain_all)
    than = limits(cursor, batch.pk, lines, runs)
    say("fill from the active participants", filling, **than)
    say("drain of the filled list", drain, **than)
    accepted = {"reason": "Verval bulan depan"}
    for what, user, act, given in (
        ("propose", enters, service.batch_propose, {}),
        ("approve: every line decided", decides, service.batch_approve, {}),
        ("accept the unverified, by name", decides, service.batch_accept_unverified, accepted),
        ("final closing", enters, service.batch_close, {}),
        ("pay all", enters, lines_pay, {"on": PAID_ON}),
    ):
        say(what, timed(lambda u=user, a=act, g=given: acting(u, a, batch=batch, **g)), **than)
    say("drain of the paid list", timed(drain_all), **than)
    return batch, than


def downloaded(user, batch, runs: int, than: dict[str, float]) -> list[str]:
    from assistance.services.exports import batch_export  # noqa: PLC0415
    from pilar.core.scoping import scope_transaction  # noqa: PLC0415

    pieces: list[str] = []

    def export() -> None:
        with scope_transaction(user):
            answer = batch_export(actor=user, batch=batch)
        pieces[:] = list(answer)

    seconds = median(export, runs)
    say(f"download, {sum(map(len, pieces)) / 1e6:.1f} million letters", seconds, **than)
    return pieces


def work() -> None:
    from assistance.tasks import result_file_job  # noqa: PLC0415
    from pilar.core.models import Job  # noqa: PLC0415

    result_file_job(Job.objects.get(kind="hasil", state="antre").pk)


def upload(user, batch, content: bytes):
    from assistance.services.results import result_file_upload  # noqa: PLC0415

    return acting(user, result_file_upload, batch=batch, name="uji.csv", content=io.BytesIO(content))


def read_back(user, batch, content: bytes, than: dict[str, float]):
    """Upload (once more with memory watched), check and apply; gives the file."""
    from assistance.models import ResultFile  # noqa: PLC0415
    from assistance.services.approvals import batch_draft  # noqa: PLC0415
    from assistance.services.results import result_file_apply  # noqa: PLC0415
    from pilar.core.models import Job  # noqa: PLC0415

    other = acting(user, batch_draft, entry=draft_entry(1))
    tracemalloc.start()
    upload(user, other, content)
    peak = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    Job.objects.all().delete()
    seconds = timed(lambda: upload(user, batch, content))
    say(f"upload and staging of {len(content) / 2**20:.1f} MB, {peak:.0f} MB at most", seconds, **than)
    file = ResultFile.objects.get(batch=batch)
    say("check: matched and doubles found", timed(work), **than)
    acting(user, result_file_apply, file=file)
    say("apply: lines, history rows and marks", timed(work), **than)
    return file


def rest_received(user, batch, than: dict[str, float]) -> None:
    """The faults mended: a second file for the lines that wait still."""
    from assistance.services.results import result_file_apply  # noqa: PLC0415

    content = mended(downloaded(user, batch, 1, than))
    started = time.perf_counter()
    file = upload(user, batch, content)
    work()
    acting(user, result_file_apply, file=file)
    work()
    say(f"second file, {file.rows:,} rows: up to applied", time.perf_counter() - started, **than)


def accounts(batch, file, lines: int) -> None:
    """Says what became of every row and line, and stops when one is missing or counted twice."""
    from assistance.models import Disbursement, Step  # noqa: PLC0415
    from targets.models import Achievement  # noqa: PLC0415

    found = Counter(file.contents.values_list("match", flat=True))
    received = Disbursement.objects.filter(batch=batch, year=2024, state="transaksi").count()
    steps = Counter(Step.objects.filter(kind="baris").values_list("became", flat=True))
    facts = Achievement.objects.get(year=2024, level=0, measure=31, dim=0, period=3).n
    applied = file.contents.filter(applied=True).count()
    print(f"rows {dict(found)}, applied {applied:,}; received {received:,}; steps {dict(steps)}; people {facts:,}")
    if {received, facts, *steps.values()} != {lines}:
        sys.exit("a line is lost or counted twice")


def measure(cursor, lines: int, runs: int) -> None:
    from assistance.services.approvals import batch_settle  # noqa: PLC0415
    from targets.engine.drain import drain_all  # noqa: PLC0415

    enters, decides = officers()
    cursor.execute("INSERT INTO core_budgetyear (year) VALUES (2024) ON CONFLICT DO NOTHING")
    cursor.execute(PEOPLE, {"lines": lines, "region": SELEBAR})
    for table in ("beneficiary", "participation", "circumstance", "groupmembership"):
        cursor.execute(f"VACUUM ANALYZE assistance_{table}")
    print(f"{lines:,} lines", flush=True)
    batch, than = filled(cursor, enters, decides, lines, runs)
    file = read_back(enters, batch, filled_in(downloaded(enters, batch, runs, than)), than)
    say("drain after it", timed(drain_all), **than)
    rest_received(enters, batch, than)
    say("settle", timed(lambda: acting(enters, batch_settle, batch=batch)), **than)
    drain_all()
    accounts(batch, file, lines)


if __name__ == "__main__":
    measured_as_owner("pilar_bench", measure, lines=100_000, runs=3)
