"""People at national size: search by name prefix, list, API and one person's page, nationally and as a kabupaten.

    python bench/personnel.py [--people 50000] [--activities 2000000] [--runs 40] [--keep]

Each address is asked for over and over through Django with the web login, so that row security works as in production.
Median and p95 of the server's time, rendering included, stand beside the bare SQL of the prefix. Uses DATABASE_URL
(owner) and a database of its own, `pilar_bench_personnel`, dropped at the end unless --keep.
"""

import os
import statistics
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import psycopg2

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench._common import LOADED, answered, arguments, manage, measured_as_web, p95, timed  # noqa: E402 - after the path

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


def load(people: int, activities: int) -> None:
    for command in LOADED:
        manage(command, "--verbosity", "0")
    manage("shell", "-c", f"from bench.personnel import fill; fill({people}, {activities})")


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


def measure(runs: int) -> bool:
    from django.conf import settings  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from personnel.models import Personnel  # noqa: PLC0415
    from pilar.core.models import User  # noqa: PLC0415
    from pilar.core.scoping import narrow_choices, scope_transaction  # noqa: PLC0415

    settings.ALLOWED_HOSTS = ["*"]
    bare = psycopg2.connect(os.environ["DATABASE_URL"])
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
            times = [1000 * timed(partial(act, PREFIXES[run % len(PREFIXES)])) for run in range(runs + 3)][3:]
            middle = statistics.median(times)
            slow |= label == "search by name prefix" and middle > LIMIT_MS
            print(
                f"{name + ', ' + label:<44}{middle:>7.1f} ms{p95(times):>7.1f} ms",
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
        "list page by name prefix": lambda text: answered(client.get("/personel/", {"nama": text})),
        "list page": lambda _text: answered(client.get("/personel/")),
        "one person's page": lambda _text: answered(client.get(f"/personel/{person}/")),
    }


def search(user: Any, text: str) -> None:
    from personnel.search import people_found  # noqa: PLC0415
    from pilar.core.scoping import scope_transaction  # noqa: PLC0415

    with scope_transaction(user):
        list(people_found(user, text)[:51])


def main() -> None:
    options = arguments(people=50_000, activities=2_000_000, runs=40)
    loading = partial(load, options.people, options.activities)
    if measured_as_web(NAME, loading, lambda: measure(options.runs), keep=options.keep):
        raise SystemExit(f"a search by name prefix takes more than {LIMIT_MS} ms")


if __name__ == "__main__":
    main()
