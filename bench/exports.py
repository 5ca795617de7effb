"""A list of 200,000 people taken away in each form, by a Dinas through row security, as the worker does it.

    python bench/exports.py --rows 200000

The limit, measured in the same run: COPY of the same rows and columns to the same file by the owner, who no policy
narrows. Peak memory is that of the whole process, worker code loaded. Uses DATABASE_URL (owner) and a database of its
own, dropped at the end unless --keep.
"""

import resource
import sys
import tempfile
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench._common import measured_as_owner, median, say  # noqa: E402 - after the path

KOTA = 1771000000
PEOPLE = """
INSERT INTO assistance_beneficiary (name, nik_cipher, nik_index, sex, birth_date, region_id, is_example, version)
SELECT 'Penerima ' || g, %(cipher)s, decode(lpad(to_hex(g), 32, '0'), 'hex'), 'P', date '1960-01-01' + (g %% 9000),
  (SELECT code FROM core_region WHERE level = 4 AND code BETWEEN 1771000000 AND 1771999999 ORDER BY code
   OFFSET g %% 60 LIMIT 1), true, 1
FROM generate_series(1, %(rows)s) g
"""
SAME = """
COPY (SELECT b.id, b.name, 'disamarkan', b.sex, 'disamarkan', b.region_id, r.name FROM assistance_beneficiary b
  JOIN core_region r ON r.code = b.region_id ORDER BY b.region_id, b.name_key, b.id)
TO STDOUT (FORMAT csv, DELIMITER ';')
"""


def officer():
    from pilar.core.models import RegionGrant, User  # noqa: PLC0415

    user = User.objects.create_user("uji", None, name="Uji", role_id="dinsos_kabkota", region_id=KOTA, office="Uji")
    RegionGrant.objects.create(
        user=user, region_id=KOTA, valid_from=date(2023, 1, 1), may_enter=True, may_view_personal_data=True
    )
    return user


def taken(user, form: str, rows: int, *, personal: bool = False) -> None:
    """Sealed as the worker stores it."""
    from pilar.core import exports  # noqa: PLC0415
    from pilar.core.export_files import write  # noqa: PLC0415
    from pilar.core.scoping import scope_transaction  # noqa: PLC0415
    from pilar.core.sealed import Sealing  # noqa: PLC0415

    export = exports.get("penerima")
    with tempfile.TemporaryFile() as file, scope_transaction(user):
        sealing = Sealing(file)
        found = write(export, exports.rows_of(export, user, ""), user, form, sealing, personal=personal)
        sealing.finish()
    assert found == rows, found


def copied(cursor) -> None:
    with tempfile.TemporaryFile() as file:
        cursor.copy_expert(SAME, file)


def megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(cursor, rows: int, runs: int) -> None:
    from pilar.core import crypto  # noqa: PLC0415

    print(f"{rows:,} rows; medians of {runs}", flush=True)
    cursor.execute("ALTER TABLE assistance_beneficiary DISABLE TRIGGER USER")
    cursor.execute(PEOPLE, {"rows": rows, "cipher": crypto.encrypt("1771010101900001")})
    cursor.execute("VACUUM ANALYZE assistance_beneficiary")
    user = officer()
    copied(cursor)  # warm
    limit = {"COPY": median(lambda: copied(cursor), runs)}
    say("limit: COPY to a file, no row security", limit["COPY"])
    for form, personal, what in (
        ("csv", False, "CSV"),
        ("jsonl", False, "JSON lines"),
        ("csv", True, "CSV, every NIK opened"),
        ("xlsx", False, "XLSX"),
    ):
        say(f"{what}, sealed", median(lambda f=form, p=personal: taken(user, f, rows, personal=p), runs), **limit)
        print(f"  peak memory so far {megabytes():.0f} MB", flush=True)


if __name__ == "__main__":
    measured_as_owner("pilar_bench", measure, rows=200_000, runs=3)
