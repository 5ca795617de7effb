"""People at national size: search by name prefix, list, API and one person's page, nationally and as a kabupaten.

    python bench/personnel.py [--people 50000] [--activities 2000000] [--runs 40] [--keep]

Each address is asked for over and over through Django with the web login, so that row security works as in production.
Median and p95 of the server's time, rendering included, stand beside the bare SQL of the prefix. Uses DATABASE_URL
(owner) and a database of its own, `pilar_bench_personnel`, dropped at the end unless --keep.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import psycopg2

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
NAME = "pilar_bench_personnel"
LIMIT_MS = 50
PREFIXES = ("ag", "dewi", "s", "nu", "rina a")
KOTA = 1771000000
#: name -> (role, region)
READERS = {"pusat": ("admin_pusat", 0), "kota": ("dinsos_kabkota", KOTA)}

PEOPLE = """
CREATE TEMP TABLE leaf AS
  SELECT code, row_number() OVER (ORDER BY code) - 1 AS i FROM core_region WHERE level = 3 AND valid_until IS NULL;
CREATE TEMP TABLE first AS SELECT * FROM unnest(ARRAY[
  'Agus', 'Siti', 'Budi', 'Dewi', 'Rina', 'Joko', 'Sri', 'Andi', 'Nur', 'Eka', 'Yanti', 'Hadi', 'Wati', 'Rudi', 'Lina',
  'Bayu', 'Maya', 'Tono', 'Ratna', 'Iwan']) WITH ORDINALITY AS t (name, i);
INSERT INTO personnel_personnel (name, nik_cipher, nik_index, sex, birth_date, phone, employment, nia, education, major,
                                 region_id, is_example, version, created_at)
SELECT f.name || ' ' || initcap(substr(md5(g::text), 1, 6)), %(cipher)s, decode(lpad(to_hex(g), 32, '0'), 'hex'), 'P',
       '1990-01-01', '', 'relawan', '', '', '', l.code / 1000000 * 1000000, true, 1, now()
FROM generate_series(1, %(people)s) g
JOIN first f ON f.i = 1 + g %% 20 JOIN leaf l ON l.i = (g::bigint * 7919) %% (SELECT count(*) FROM leaf);
INSERT INTO personnel_assignment (person_id, pillar_id, position, region_id, is_primary, continues, sk_number,
                                  sk_issuer, valid_from, end_reason, is_example)
SELECT p.id, 1 + p.id %% 5, 'anggota', l.code, true, false, 'SK', '', '2022-01-01', '', true
FROM personnel_personnel p JOIN leaf l ON l.code / 1000000 * 1000000 = p.region_id AND l.i %% 3 = p.id %% 3;
"""
ACTIVITIES = """
SET session_replication_role = replica;
INSERT INTO personnel_activity (year, date, person_id, pillar_id, region_id, kind_id, target_groups, quantity, details,
                                note, state, returned_note, is_example, version)
SELECT 2024, date '2024-01-01' + g %% 366, p.id, 1 + p.id %% 5, p.region_id, k.id, '{12}'::smallint[], 10, '{}',
       '', 'diajukan', '', true, 1
FROM personnel_personnel p, generate_series(1, %(each)s) g, (SELECT min(id) AS id FROM personnel_activitykind) k;
SET session_replication_role = origin;
"""
BARE = (
    "SELECT id, name FROM personnel_personnel WHERE name_key ~>=~ %s AND name_key ~<~ %s ORDER BY name_key, id LIMIT 51"
)


def make_database(server: str) -> tuple[str, bool]:
    """Its address, and whether a kept one was found."""
    link = psycopg2.connect(server)
    link.autocommit = True
    cursor = link.cursor()
    cursor.execute("SELECT count(*) FROM pg_database WHERE datname = %s", [NAME])
    known = bool(cursor.fetchone()[0])
    if not known:
        cursor.execute(f"CREATE DATABASE {NAME}")
    link.close()
    return server.rpartition("/")[0] + f"/{NAME}", known


def manage(owner: str, *arguments: str) -> None:
    program = [sys.executable, str(ROOT / "manage.py"), *arguments]
    subprocess.run(program, check=True, cwd=ROOT, env={**os.environ, "DATABASE_URL": owner, "PILAR_LOGIN": "owner"})


def load(owner: str, people: int, activities: int) -> None:
    for command in ("migrate", "load_regions", "load_reference"):
        manage(owner, command, "--verbosity", "0")
    manage(owner, "shell", "-c", f"from bench.personnel import fill; fill({people}, {activities})")


def fill(people: int, activities: int) -> None:
    """As owner, in a process of its own: the web login may neither load rows nor invite anybody."""
    from django.db import connection  # noqa: PLC0415

    from pilar.core import crypto  # noqa: PLC0415
    from pilar.core.models import RegionGrant, User  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute(PEOPLE, {"cipher": crypto.encrypt("1771015203900001"), "people": people})
        if activities:
            cursor.execute(ACTIVITIES, {"each": max(activities // people, 1)})
        cursor.execute("ANALYZE")
    for name, (role, region) in READERS.items():
        user = User.objects.create_user(name, name=name, office="uji", role_id=role, region_id=region)
        RegionGrant.objects.create(user=user, region_id=region, valid_from="2023-01-01", may_enter=True)


def timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def measure(runs: int, owner: str) -> bool:
    from django.conf import settings  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from personnel.models import Personnel  # noqa: PLC0415
    from pilar.core.models import User  # noqa: PLC0415
    from pilar.core.scoping import narrow_choices, scope_transaction  # noqa: PLC0415

    settings.ALLOWED_HOSTS = ["*"]
    bare = psycopg2.connect(owner)
    cursor = bare.cursor()
    slow = False
    print(f"{'reader, address':<44}{'median':>10}{'p95':>10}", flush=True)
    for name in READERS:
        user = User.objects.get(username=name)
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        with scope_transaction(user):
            person = narrow_choices(Personnel.objects.all(), user).order_by("pk")[:1].get()
        acts = acts_of(user, client, person.pk, cursor)
        for label, act in acts.items():
            times = [timed(partial(act, PREFIXES[run % len(PREFIXES)])) for run in range(runs + 3)][3:]
            middle = statistics.median(times)
            slow |= label == "search by name prefix" and middle > LIMIT_MS
            print(
                f"{name + ', ' + label:<44}{middle:>7.1f} ms{statistics.quantiles(times, n=20)[-1]:>7.1f} ms",
                flush=True,
            )
    bare.close()
    return slow


def acts_of(user: Any, client: Any, person: int, cursor: Any) -> dict[str, Callable[[str], object]]:
    """What is measured, by what it is called; each takes a name prefix."""

    def bare(text: str) -> None:
        cursor.execute(BARE, [text, f"{text}~"])
        cursor.fetchall()

    return {
        "bare SQL of the prefix": bare,
        "search by name prefix": partial(search, user),
        "list page by name prefix": lambda text: _ok(client.get("/personel/", {"nama": text})),
        "list page": lambda _text: _ok(client.get("/personel/")),
        "one person's page": lambda _text: _ok(client.get(f"/personel/{person}/")),
    }


def search(user: Any, text: str) -> None:
    from personnel.search import people_found  # noqa: PLC0415
    from pilar.core.scoping import scope_transaction  # noqa: PLC0415

    with scope_transaction(user):
        list(people_found(user, text)[:51])


def _ok(response: Any) -> None:
    if response.status_code != 200:
        raise SystemExit(f"{response.status_code}: {response.request['PATH_INFO']}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=50_000)
    parser.add_argument("--activities", type=int, default=2_000_000)
    parser.add_argument("--runs", type=int, default=40)
    parser.add_argument("--keep", action="store_true")
    options = parser.parse_args()
    server = os.environ["DATABASE_URL"]
    owner, known = make_database(server)
    os.environ["DATABASE_URL"] = owner
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pilar.settings")
    try:
        if not known:
            print(
                f"loaded in {timed(lambda: load(owner, options.people, options.activities)) / 1000:.0f} s", flush=True
            )
        os.environ["PILAR_LOGIN"] = "web"
        import django  # noqa: PLC0415

        django.setup()
        slow = measure(options.runs, owner)
        django.db.connections.close_all()
    finally:
        if not options.keep:
            link = psycopg2.connect(server)
            link.autocommit = True
            link.cursor().execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
    if slow:
        raise SystemExit(f"a search by name prefix takes more than {LIMIT_MS} ms")


if __name__ == "__main__":
    main()
