"""A file of beneficiaries with one percent of each of three faults: read, staged, checked, saved and undone by the
jobs that officers start, against a plain COPY of the same rows into a bare table in the same run.

    python bench/imports.py --rows 200000

Uses DATABASE_URL (owner) and a database of its own, dropped at the end unless --keep.
"""

import io
import resource
import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench._common import measured_as_owner, median, say, timed  # noqa: E402 - after the path

KOTA = 1771000000
HEAD = "NIK;Nama;JK;Tanggal lahir;Kode wilayah;Kelompok PAS;Sejak"


def content_of(rows: int) -> bytes:
    lines = [HEAD]
    for i in range(rows):
        day, month, year = 1 + i % 28, 1 + i // 28 % 12, i // 336 % 100
        nik = f"{177101 + i // 3360000:06d}{day + 40:02d}{month:02d}{year:02d}{i // 33600 % 9999 + 1:04d}"
        born, place, since = f"{day:02d}/{month:02d}/{1900 + year}", "17.71.01.1001", "01/02/2024"
        fault = i % 100
        if fault == 1:
            born = "31/02/1950"
        elif fault == 2:
            place = "17.99.01.1001"
        elif fault == 3:
            nik = nik[:15]
        lines.append(f"{nik};Orang {i};P;{born};{place};12;{since}")
    return "\n".join(lines).encode()


def bare_copy(cursor, content: bytes) -> None:
    cursor.execute("CREATE TEMP TABLE bare (nik text, nama text, jk text, lahir text, kode text, pas text, sejak text)")
    cursor.copy_expert("COPY bare FROM STDIN (FORMAT csv, DELIMITER ';', HEADER)", io.BytesIO(content))
    cursor.execute("DROP TABLE bare")


def officer():
    from pilar.core.models import RegionGrant, User  # noqa: PLC0415

    user = User.objects.create_user("uji", None, name="uji", role_id="dinsos_kabkota", region_id=KOTA, office="Uji")
    RegionGrant.objects.create(
        user=user, region_id=KOTA, valid_from=date(2023, 1, 1), may_enter=True, may_view_personal_data=True
    )
    return User.objects.select_related("role", "region").get(pk=user.pk)


def work() -> None:
    from pilar.core.models import Job  # noqa: PLC0415
    from pilar.core.tasks import import_job  # noqa: PLC0415

    job = Job.objects.get(kind="impor", state="antre")
    import_job(job.pk)
    job.refresh_from_db()
    if job.state != "selesai":
        raise SystemExit(f"{job.params['act']}: {job.error}")


def whole_way(user, content: bytes, rows: int, copied: float) -> None:
    from pilar.core.imports import services  # noqa: PLC0415
    from pilar.core.models import Region  # noqa: PLC0415
    from pilar.core.scoping import scope_transaction  # noqa: PLC0415

    def act(service, **given):
        with scope_transaction(user):
            return service(actor=user, **given)

    held = {}

    def upload() -> None:
        held["session"] = act(
            services.import_upload, kind="penerima", region=Region.objects.get(pk=KOTA), name="uji.csv",
            content=io.BytesIO(content),
        )  # fmt: skip

    spent = [timed(upload)]
    session = held["session"]
    say("upload, encrypted", spent[0], copy=copied)
    act(services.import_map, session=session, mapping=session.mapping)
    spent.append(timed(work))
    say("read, stage and check every rule", spent[-1], copy=copied)
    session.refresh_from_db()
    print(f"  {session.counts}", flush=True)
    act(services.import_apply, session=session, mode="baik")
    spent.append(timed(work))
    say("save: people, groups, ledger, audit", spent[-1], copy=copied)
    total = sum(spent)
    print(f"  {rows / total:,.0f} rows/s; ratio to plain COPY {total / copied:.0f}", flush=True)
    act(services.import_undo, session=session, reason="uji")
    say("undo", timed(work), copy=copied)


def measure(cursor, rows: int) -> None:
    content = content_of(rows)
    print(f"{rows:,} rows, {len(content) / 1e6:.1f} MB", flush=True)
    copied = median(lambda: bare_copy(cursor, content), 3)
    say("limit: plain COPY into a bare table", copied)
    whole_way(officer(), content, rows, copied)
    print(f"  peak memory of this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    measured_as_owner("pilar_bench", measure, rows=200_000)
