"""Reading at national size: the dashboard and the API report at every level, as national and as regional user.

    python bench/reading.py [--runs 40] [--keep]

7,285 kecamatan x 60 figures x 12 months lie in the facts (5.2 million cells, and the levels above them). Each address
is asked for over and over through Django with the web login, so that row security works as in production; p95 stands
beside its ratio to the bare SQL of the same figures, measured in the same run. Uses DATABASE_URL (owner) and a
database of its own, `pilar_bench_reading`, dropped at the end unless --keep (then used again as it is).
"""

import os
import sys
from pathlib import Path

import psycopg2

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench._common import LOADED, answered, arguments, manage, measured_as_web, p95, timed  # noqa: E402 - after the path

NAME = "pilar_bench_reading"
YEAR = 2024
LIMIT_MS = 100

LEAVES = """
TRUNCATE targets_achievement;
CREATE TEMP TABLE leaf AS
  SELECT code, row_number() OVER (ORDER BY code) AS i FROM core_region WHERE level = 3 AND valid_until IS NULL;
CREATE TEMP TABLE figure AS
  SELECT * FROM (
    SELECT 10 AS measure, 1 AS dim, id::int AS breakdown FROM core_programme
    UNION ALL SELECT 31, 1, id FROM core_programme UNION ALL SELECT 31, 0, 0
    UNION ALL SELECT 32, 3, id FROM core_targetgroup WHERE parent_id IS NULL
    UNION ALL SELECT 30, 2, id FROM core_pillar UNION ALL SELECT 11, 2, id FROM core_pillar
    UNION ALL SELECT m, 1, id FROM core_programme, (VALUES (12), (13), (14), (15), (16), (17)) v (m)
  ) f LIMIT 60;
CREATE TEMP TABLE span AS SELECT measure, dim, breakdown, period FROM figure, generate_series(1, 12) period;
INSERT INTO targets_achievement (year, level, region_id, measure, dim, breakdown, period, n, value)
SELECT 2024, 3, code, measure, dim, breakdown, period, n,
       n * CASE WHEN measure IN (10, 15, 16, 17) THEN 200000 ELSE 1 END
FROM leaf, span, LATERAL (SELECT 1 + (i * 7919 + measure * 31 + breakdown * 17 + period) % 60 AS n) x;
"""
ABOVE = """
INSERT INTO targets_achievement (year, level, region_id, measure, dim, breakdown, period, n, value)
SELECT year, %(level)s, region_id / %(span)s * %(span)s, measure, dim, breakdown, period, sum(n), sum(value)
FROM targets_achievement WHERE level = 3 GROUP BY 1, 2, 3, 4, 5, 6, 7
"""
#: a year and quarters of its own for people, who are no sum of months
PARTS = """
INSERT INTO targets_achievement (year, level, region_id, measure, dim, breakdown, period, n, value)
SELECT year, level, region_id, measure, dim, breakdown, q.period, max(n), max(n) FROM targets_achievement,
  LATERAL (VALUES (0), (21 + (period - 1) / 3)) q (period)
WHERE measure IN (30, 31, 32) GROUP BY 1, 2, 3, 4, 5, 6, 7
"""
TARGETS = """
INSERT INTO targets_target (year, indicator_id, breakdown, region_id, value, version, source, reason, state, set_at,
  is_example)
SELECT 2024, i.id, a.breakdown, a.region_id, greatest(1, sum(a.value)), 1, 'uji', '', 'disetujui', now(), true
FROM targets_achievement a JOIN (VALUES (1, 10, 1), (2, 32, 3), (3, 31, 1), (4, 30, 2)) i (id, measure, dim)
  ON (i.measure, i.dim) = (a.measure, a.dim)
WHERE a.level <= 2 AND a.period BETWEEN 1 AND 12 GROUP BY i.id, a.breakdown, a.region_id
"""
BARE = """
SELECT measure, dim, breakdown, sum(n), sum(value) FROM targets_achievement
WHERE year = 2024 AND level = %s AND region_id = %s AND period BETWEEN 0 AND 13 GROUP BY 1, 2, 3
"""
#: who asks -> (role, where his office is)
READERS = {
    "pusat": ("staf_pusat", 0),
    "provinsi": ("dinsos_provinsi", 1700000000),
    "kota": ("dinsos_kabkota", 1771000000),
}


def load() -> None:
    for command in LOADED:
        manage(command, "--verbosity", "0")
    link = psycopg2.connect(os.environ["DATABASE_URL"])
    cursor = link.cursor()
    cursor.execute(LEAVES)
    for level, span in ((2, 10**6), (1, 10**8), (0, 10**10)):
        cursor.execute(ABOVE, {"level": level, "span": span})
    cursor.execute(PARTS)
    cursor.execute(TARGETS)
    link.commit()
    link.autocommit = True
    for table in ("targets_achievement", "targets_target", "core_region"):
        cursor.execute(f"VACUUM ANALYZE {table}")
    link.close()
    manage("shell", "-c", "from bench.reading import make_readers; make_readers()")


def make_readers() -> None:
    """As owner, in a process of its own: the web login may not invite anybody."""
    from pilar.core.models import RegionGrant, User  # noqa: PLC0415

    for name, (role, region) in READERS.items():
        if not User.objects.filter(username=name).exists():
            user = User.objects.create_user(name, name=name, office="uji", role_id=role, region_id=region)
            RegionGrant.objects.create(user=user, region_id=region, valid_from="2023-01-01")


def addresses(level: int) -> list[tuple[str, int, str, str]]:
    """(kind, region, page, API) of some areas of the level, spread over the country."""
    from django.db import connection  # noqa: PLC0415

    from pilar.core import regions  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT code FROM core_region WHERE level = %s AND valid_until IS NULL ORDER BY code %% 97, code LIMIT 20",
            [level],
        )
        codes = [code for (code,) in cursor.fetchall()]
    return [
        (
            regions.LEVEL_NAMES[regions.Level(level)],
            code,
            f"/dasbor/{YEAR}/{regions.slug(code)}/",
            f"/api/v1/capaian/?tahun={YEAR}&wilayah={regions.slug(code)}",
        )
        for code in codes
    ]


def measure(runs: int) -> bool:
    from django.conf import settings  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from pilar.core import regions  # noqa: PLC0415
    from pilar.core.models import User  # noqa: PLC0415

    settings.ALLOWED_HOSTS = ["*"]
    settings.REST_FRAMEWORK["DEFAULT_THROTTLE_CLASSES"] = []
    bare = psycopg2.connect(os.environ["DATABASE_URL"])
    cursor = bare.cursor()
    print(f"{'reader, level':<28}{'page p95':>12}{'x bare SQL':>12}{'API p95':>12}{'x bare SQL':>12}", flush=True)
    slow = False
    for name, (_role, office) in READERS.items():
        client = Client()
        client.force_login(User.objects.get(username=name), backend="django.contrib.auth.backends.ModelBackend")
        for level in range(4):
            found = addresses(level)
            if level == regions.Level.DISTRICT and name != "pusat":  # open inside the own grant only
                found = [a for a in found if regions.contains(office, a[1])] or _own_districts(office)
            times: dict[str, list[float]] = {"bare": [], "page": [], "api": []}
            for run in range(runs + 3):
                _, code, page, api = found[run % len(found)]
                one = {
                    "bare": timed(lambda c=code, lv=level: (cursor.execute(BARE, [lv, c]), cursor.fetchall())),
                    "page": timed(lambda a=page, c=client: answered(c.get(a))),
                    "api": timed(lambda a=api, c=client: answered(c.get(a))),
                }
                if run >= 3:  # the first ones warm caches and plans
                    for kind, seconds in one.items():
                        times[kind].append(seconds)
            limit = p95(times["bare"])
            row = [(p95(times[kind]) * 1000, p95(times[kind]) / limit) for kind in ("page", "api")]
            slow |= any(ms > LIMIT_MS for ms, _ in row)
            marks = "".join(f"{ms:>9.1f} ms{ratio:>10.0f} x" for ms, ratio in row)
            print(f"{name + ', ' + regions.LEVEL_NAMES[regions.Level(level)]:<28}{marks}", flush=True)
    bare.close()
    return slow


def _own_districts(office: int) -> list[tuple[str, int, str, str]]:
    from pilar.core import regions  # noqa: PLC0415
    from pilar.core.models import Region  # noqa: PLC0415

    codes = Region.objects.within(office).filter(level=3, valid_until__isnull=True)[:20]
    return [
        (
            "kecamatan",
            r.code,
            f"/dasbor/{YEAR}/{regions.slug(r.code)}/",
            f"/api/v1/capaian/?tahun={YEAR}&wilayah={r.dotted}",
        )
        for r in codes
    ]


def main() -> None:
    options = arguments(runs=40)
    if measured_as_web(NAME, load, lambda: measure(options.runs), keep=options.keep):
        raise SystemExit(f"slower than {LIMIT_MS} ms")


if __name__ == "__main__":
    main()
