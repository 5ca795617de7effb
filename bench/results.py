"""A list of 100,000 lines and its result file: filled, downloaded, sent back with one percent of each fault, checked
and applied.

    python bench/results.py --lines 100000

The limit, measured in the same run: one plain UPDATE of the same rows without triggers, and plain COPY of the same
number of rows. Uses DATABASE_URL (owner) and a database of its own, dropped at the end unless --keep.
"""

import argparse
import io
import os
import sys
import time
import tracemalloc
from collections import Counter
from datetime import date
from pathlib import Path

import psycopg2

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.rollup import NAME, make_database, median, say, timed  # noqa: E402 - after the path

KOTA, SELEBAR = 1771000000, 1771010000
TODAY = date(2024, 11, 24)

PEOPLE = """
INSERT INTO assistance_beneficiary (name, nik_cipher, nik_index, sex, birth_date, region_id, is_example, version)
SELECT 'Penerima ' || g, '\\x00', decode(lpad(to_hex(g), 32, '0'), 'hex'), 'P', '1960-01-01', %(region)s, true, 1
FROM generate_series(1, %(lines)s) g
"""
FILL = """
INSERT INTO assistance_disbursement
  (year, batch_id, beneficiary_id, programme_id, group_id, region_id, amount, detail, state, decided_on, paid_on,
   is_example)
SELECT 2024, %(batch)s, id, 1, 12, region_id, 600000, '', 'salur', '2024-01-02', '2024-03-15', true
FROM assistance_beneficiary
"""
PLAIN = (
    "UPDATE assistance_disbursement SET state = %(to)s, received_on = %(on)s WHERE year = 2024 AND batch_id = %(batch)s"
)


def officer():
    from pilar.core.models import RegionGrant, User  # noqa: PLC0415

    user = User.objects.create_user("uji", None, name="Uji", role_id="dinsos_kabkota", region_id=KOTA, office="Dinsos")
    RegionGrant.objects.create(
        user=user, region_id=KOTA, valid_from=date(2023, 1, 1), may_enter=True, may_view_personal_data=True
    )
    return user


def new_batch():
    from assistance.models import Batch  # noqa: PLC0415

    return Batch.objects.create(
        programme_id=1, year_id=2024, stage=f"Uji {time.time_ns()}", region_id=KOTA, funding="apbn", sk_number="SK",
        sk_date=date(2024, 1, 2), ceiling=10**15,
    )  # fmt: skip


def filled_in(pieces) -> bytes:
    """As a bank would send it back: one line in a hundred with each of the four faults."""
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


def copy_rows(cursor, lines: int) -> None:
    cursor.execute("CREATE TEMP TABLE plain (number int, line_ref text, outcome text, amount bigint, day date)")
    text = io.StringIO("".join(f"{i}\t2024-{i}\ttransaksi\t600000\t2024-03-20\n" for i in range(lines)))
    cursor.copy_expert("COPY plain FROM STDIN", text)
    cursor.execute("DROP TABLE plain")


def limits(cursor, batch: int, lines: int, runs: int) -> dict[str, float]:
    """Seconds of a plain UPDATE of the list's lines without triggers, and of a plain COPY of as many rows."""
    forth = {"batch": batch, "to": "transaksi", "on": TODAY}
    back = {"batch": batch, "to": "salur", "on": None}

    def forth_and_back() -> None:
        cursor.execute(PLAIN, forth)
        cursor.execute(PLAIN, back)

    cursor.execute("ALTER TABLE assistance_disbursement DISABLE TRIGGER USER")
    plain = median(forth_and_back, runs) / 2
    cursor.execute("ALTER TABLE assistance_disbursement ENABLE TRIGGER USER")
    cursor.execute("VACUUM (FULL, ANALYZE) assistance_disbursement")
    copied = median(lambda: copy_rows(cursor, lines), runs)
    say("limit: plain UPDATE of the same rows, no triggers", plain)
    say("limit: plain COPY of as many rows", copied)
    return {"plain_update": plain, "copy": copied}


def downloaded(user, batch, runs: int, than: dict[str, float]) -> bytes:
    from assistance.services.exports import batch_export  # noqa: PLC0415
    from pilar.core.scoping import scope_transaction  # noqa: PLC0415

    pieces: list[str] = []

    def export() -> None:
        with scope_transaction(user):
            answer = batch_export(actor=user, batch=batch)
        pieces[:] = list(answer)

    seconds = median(export, runs)
    say(f"download, {sum(map(len, pieces)) / 1e6:.1f} million letters", seconds, **than)
    return filled_in(pieces)


def read_back(user, batch, content: bytes, than: dict[str, float]):
    """Upload (once more with memory watched), check and apply; gives the file."""
    from django.utils import timezone  # noqa: PLC0415

    from assistance.models import ResultFile  # noqa: PLC0415
    from assistance.services.results import result_file_apply, result_file_upload  # noqa: PLC0415
    from assistance.tasks import result_file_job  # noqa: PLC0415
    from pilar.core.models import Job  # noqa: PLC0415
    from pilar.core.scoping import scope_transaction  # noqa: PLC0415

    def upload(to) -> None:
        with scope_transaction(user):
            result_file_upload(actor=user, batch=to, name="uji.csv", content=io.BytesIO(content), today=TODAY)

    def work() -> None:
        result_file_job(Job.objects.get(kind="hasil", state="antre").pk)

    tracemalloc.start()
    upload(new_batch())
    peak = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    Job.objects.all().delete()
    say(
        f"upload and staging of {len(content) / 2**20:.1f} MB, {peak:.0f} MB at most",
        timed(lambda: upload(batch)),
        **than,
    )
    file = ResultFile.objects.get(batch=batch)
    say("check: matched and doubles found", timed(work), **than)
    with scope_transaction(user):
        result_file_apply(actor=user, file=file, today=timezone.localdate())
    say("apply: lines, history rows and marks", timed(work), **than)
    return file


def measure(cursor, lines: int, runs: int) -> None:
    from assistance.models import Disbursement  # noqa: PLC0415
    from targets.engine.drain import drain_all  # noqa: PLC0415

    user = officer()
    cursor.execute("INSERT INTO core_budgetyear (year) VALUES (2024) ON CONFLICT DO NOTHING")
    cursor.execute(PEOPLE, {"lines": lines, "region": SELEBAR})
    cursor.execute("VACUUM ANALYZE assistance_beneficiary")
    batch = new_batch()
    print(f"{lines:,} lines", flush=True)
    fill = timed(lambda: cursor.execute(FILL, {"batch": batch.pk}))
    drain = timed(drain_all)
    than = limits(cursor, batch.pk, lines, runs)
    say("fill: one INSERT with every trigger and key", fill, **than)
    say("drain of the filled list", drain, **than)
    content = downloaded(user, batch, runs, than)
    file = read_back(user, batch, content, than)
    say("drain after it", timed(drain_all), **than)
    found = Counter(file.contents.values_list("match", flat=True))
    received = Disbursement.objects.filter(batch=batch, year=2024, state="transaksi").count()
    applied = file.contents.filter(applied=True).count()
    print(f"rows {dict(found)}; received {received:,}, applied {applied:,}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--lines", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--keep", action="store_true")
    options = parser.parse_args()
    owner = os.environ["DATABASE_URL"]
    os.environ["DATABASE_URL"] = make_database(owner)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pilar.settings")
    os.environ["PILAR_LOGIN"] = "owner"
    import django  # noqa: PLC0415

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    for command in ("migrate", "load_regions", "load_reference"):
        call_command(command, verbosity=0)
    link = psycopg2.connect(os.environ["DATABASE_URL"])
    link.autocommit = True
    try:
        measure(link.cursor(), options.lines, options.runs)
    finally:
        link.close()
        if not options.keep:
            django.db.connections.close_all()
            make_away = psycopg2.connect(owner)
            make_away.autocommit = True
            make_away.cursor().execute(f"DROP DATABASE {NAME} WITH (FORCE)")


if __name__ == "__main__":
    main()
