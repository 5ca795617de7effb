"""The region of each row: by its code; by names only inside their parents, and a person chooses between namesakes."""

from collections import defaultdict
from typing import Any

from pilar.core import places, regions
from pilar.core.imports.kinds import Cell, Column
from pilar.core.imports.run import Run, place_kept
from pilar.core.models import Region
from pilar.core.regions import Level

#: the columns by which a row says where; a kind takes all of them
PLACE_COLUMNS = (
    Column(
        "kode_wilayah", "Kode wilayah", Cell.CODE, ("kode desa", "kode kelurahan", "kode kemendagri"),
        example="17.71.01.1001",
        help="Kode Kemendagri desa/kelurahan; paling sedikit kabupaten/kota. Lihat lembar Wilayah.",
    ),
    Column("kabupaten", "Kabupaten/kota", Cell.TEXT, ("kabupaten", "kota", "kab kota", "nama kabupaten", "kabkota"),
           help="Boleh kosong bila kode wilayah diisi.", example="Kota Bengkulu"),
    Column("kecamatan", "Kecamatan", Cell.TEXT, ("kec", "nama kecamatan"), help="Boleh kosong bila kode wilayah diisi.",
           example="Selebar"),
    Column("desa", "Desa/kelurahan", Cell.TEXT, ("desa", "kelurahan", "nama desa", "nama kelurahan", "desa kelurahan"),
           help="Boleh kosong bila kode wilayah diisi.", example="Pagar Dewa"),
)  # fmt: skip
NAMED = (("kabupaten", Level.REGENCY), ("kecamatan", Level.DISTRICT), ("desa", Level.VILLAGE))
OFFERED = 12
_SAID = tuple(f"coalesce(lower(s.{column}), '')" for column, _ in NAMED)
_NAMES = (
    f"SELECT {', '.join(_SAID)}, count(*) FROM {{rows}} s "
    "WHERE s.kode_wilayah IS NULL AND coalesce(s.kabupaten, s.kecamatan, s.desa) IS NOT NULL GROUP BY 1, 2, 3"
)
_KINDS = ("kabupaten ", "kota ", "kab. ", "kab ", "kecamatan ", "kec. ", "kec ", "desa ", "kelurahan ", "kel. ", "kel ")


def place_rows(run: Run, *, required: str = "true", highest: Level = Level.REGENCY) -> list[dict[str, Any]]:
    """Fills `place`, notes what is wrong with it, and returns the questions for a person.

    Args:
        required: SQL over s under which a row must have one.
        highest: the largest kind of area that a row may name.
    """
    run.execute("UPDATE {rows} SET place = kode_wilayah WHERE kode_wilayah IS NOT NULL")
    questions = _by_names(run)
    run.fault("wilayah_tidak_ada", "kode_wilayah", "s.kode_wilayah IS NOT NULL AND r.code IS NULL",
              joined="LEFT JOIN core_region r ON r.code = s.kode_wilayah", value="s.kode_wilayah::text")  # fmt: skip
    run.execute("UPDATE {rows} s SET place = NULL WHERE NOT EXISTS (SELECT 1 FROM core_region r WHERE r.code = s.place)"
                " AND place IS NOT NULL")  # fmt: skip
    for column, level in NAMED:
        span = regions.SPAN[level]
        run.fault(
            "wilayah_beda", column,
            f"s.kode_wilayah IS NOT NULL AND s.place IS NOT NULL AND s.{column} IS NOT NULL AND r.level = %(level)s"
            f" AND {_bare('r.name_key')} <> {_bare(f'lower(s.{column})')}",
            joined=f"JOIN core_region r ON r.code = s.kode_wilayah / {span} * {span}",
            value=f"s.{column}", detail="'menurut kodenya: ' || r.name", level=level,
        )  # fmt: skip
    run.fault(
        "wilayah_kosong", "kode_wilayah",
        f"coalesce(s.kode_wilayah::text, s.kabupaten, s.kecamatan, s.desa) IS NULL AND ({required}) "
        "AND NOT EXISTS (SELECT 1 FROM {faults} f WHERE f.line = s.line AND f.column = 'kode_wilayah')",
    )  # fmt: skip
    joined = "JOIN core_region r ON r.code = s.place"
    run.fault("wilayah_tingkat", "kode_wilayah", f"r.level < {highest:d}", joined=joined, value="r.name")
    run.fault("wilayah_luar", "kode_wilayah", "NOT s.place BETWEEN %(lo)s AND %(hi)s", joined=joined, value="r.name")
    run.fault("wewenang", "kode_wilayah", f"s.place BETWEEN %(lo)s AND %(hi)s AND NOT {place_kept('s.place')}",
              joined=joined, value="r.name")  # fmt: skip
    return questions


def _bare(sql: str) -> str:
    """SQL: the name without its kind before it."""
    return f"regexp_replace({sql}, '^(kabupaten|kota|kab\\.?|kecamatan|kec\\.?|desa|kelurahan|kel\\.?) +', '')"


def _by_names(run: Run) -> list[dict[str, Any]]:
    """Each combination of names once: it is one place, none, or a question."""
    asked = run.fetch(_NAMES)
    if not asked:
        return []
    known = _Names(run.session.region_id)
    found, unknown, open_questions = [], [], []
    for *names, rows in asked:
        said = dict(zip((column for column, _ in NAMED), names, strict=True))
        codes = known.called(said)
        key = "|".join(names)
        chosen = run.session.choices.get(f"wilayah:{key}")
        if chosen and int(chosen) in codes:
            codes = [int(chosen)]
        if len(codes) == 1:
            found.append((*names, codes[0]))
        elif codes:
            open_questions.append((key, said, rows, codes))
        else:
            unknown.append(names)
    _set(run, found)
    _note(run, "wilayah_tidak_ada", unknown)
    _note(run, "wilayah_pilih", [[said[column] for column, _ in NAMED] for _, said, _, _ in open_questions])
    return [_question(key, said, rows, codes) for key, said, rows, codes in open_questions]


class _Names:
    """Names of the areas inside one area, by level."""

    def __init__(self, region: int) -> None:
        self.region = region
        self.by_level: dict[Level, dict[str, list[int]]] = {level: defaultdict(list) for _, level in NAMED}
        lo, hi = regions.bounds(region)
        inside = Region.objects.filter(regions.in_range("code", lo, hi), level__gte=Level.REGENCY)
        above = Region.objects.filter(code__in=regions.path(region), level__gte=Level.REGENCY)
        for code, name, level in (inside | above).values_list("code", "name_key", "level"):
            self.by_level[Level(level)][bare(name)].append(code)

    def called(self, said: dict[str, str]) -> list[int]:
        """Areas that fit every name given, each inside the one before."""
        parents = [self.region]
        for column, level in NAMED:
            name = said[column]
            if not name:
                continue
            fitting = self._exact(name, level)
            parents = [c for c in fitting if any(regions.contains(p, c) or regions.contains(c, p) for p in parents)]
            if not parents:
                return []
        return sorted(parents)

    def _exact(self, name: str, level: Level) -> list[int]:
        """Of a name that a kabupaten and a kota share, the one whose kind is written too."""
        fitting = self.by_level[level][bare(name)]
        if level == Level.REGENCY and len(fitting) > 1 and name.startswith(("kota ", "kab")):
            city = name.startswith("kota ")
            return [code for code in fitting if (code // regions.SPAN[level] % 100 > 70) == city]
        return fitting


def bare(name: str) -> str:
    name = " ".join(name.lower().split())
    kind = next((kind for kind in _KINDS if name.startswith(kind)), "")
    return name.removeprefix(kind)


_SAME = " AND ".join(f"{said} = n.{name}" for said, name in zip(_SAID, ("kab", "kec", "desa"), strict=True))
_SAME = f"s.kode_wilayah IS NULL AND coalesce(s.kabupaten, s.kecamatan, s.desa) IS NOT NULL AND {_SAME}"


def _set(run: Run, found: list[tuple[Any, ...]]) -> None:
    if found:
        run.execute(
            f"UPDATE {{rows}} s SET place = n.code FROM unnest(%(kab)s::text[], %(kec)s::text[], %(desa)s::text[],"
            f" %(codes)s::bigint[]) n(kab, kec, desa, code) WHERE {_SAME}",
            **_arrays(found), codes=[row[3] for row in found],
        )  # fmt: skip


def _note(run: Run, rule: str, names: list[Any]) -> None:
    if names:
        run.fault(
            rule, "desa", _SAME, value="concat_ws(', ', s.desa, s.kecamatan, s.kabupaten)",
            joined="CROSS JOIN unnest(%(kab)s::text[], %(kec)s::text[], %(desa)s::text[]) n(kab, kec, desa)",
            **_arrays(names),
        )  # fmt: skip


def _arrays(rows: list[Any]) -> dict[str, Any]:
    return {name: [row[at] for row in rows] for at, name in enumerate(("kab", "kec", "desa"))}


def _question(key: str, said: dict[str, str], rows: int, codes: list[int]) -> dict[str, Any]:
    labels = places.labels(Region.objects.filter(code__in=codes[:OFFERED]))
    name = ", ".join(text.title() for text in reversed(list(said.values())) if text)
    return {
        "key": f"wilayah:{key}", "label": f"Wilayah “{name}”", "rows": rows,
        "options": [[str(code), label] for code, label in sorted(labels.items())],
    }  # fmt: skip
