"""Finding areas by what people type, and naming them so that two of one name can be told apart."""

from collections.abc import Iterable, Sequence

from django.db.models import Q

from pilar.core import regions
from pilar.core.formatting import NATIONAL, kode_wilayah, region_code_of
from pilar.core.models import Region
from pilar.core.models.region import RegionQuerySet
from pilar.core.names import LAST
from pilar.core.regions import Level
from pilar.core.scoping import Slot

LIMIT = 20
#: the code list writes the kind before the name of a kabupaten or kota; people leave it out
KINDS = ("", "kabupaten ", "kota ", "kota administrasi ", "kabupaten administrasi ")


def name_of(region: Region) -> str:
    """The nation is called "Nasional" on every page."""
    return NATIONAL if region.code == regions.NATION else region.name


def labels(found: Iterable[Region]) -> dict[int, str]:
    """Code -> "17.71.01 Selebar, Kota Bengkulu, Bengkulu"; one query for all of them."""
    rows = list(found)
    above = {code for row in rows for code in regions.path(row.code)} - {row.code for row in rows}
    names = dict(Region.objects.filter(code__in=above).values_list("code", "name")) if above else {}
    names |= {row.code: row.name for row in rows}
    return {row.code: _label(row, names) for row in rows}


def _label(region: Region, names: dict[int, str]) -> str:
    if region.code == regions.NATION:
        return NATIONAL
    steps = [names.get(code, "") for code in reversed(regions.path(region.code)) if code != regions.NATION]
    return f"{kode_wilayah(region.code)} {', '.join(steps)}"


def within(slots: Sequence[Slot]) -> RegionQuerySet:
    """Areas inside one of the ranges."""
    inside = Q(pk__in=[])
    for slot in slots:
        inside |= regions.in_range("code", slot.lo, slot.hi)
    return Region.objects.filter(inside)


def search(text: str, among: RegionQuerySet) -> list[Region]:
    """At most LIMIT areas whose name or dotted code begins so, the largest first."""
    key = " ".join(text.lower().split())
    if not key:
        return []
    if key[0].isdigit():
        lo, hi = _code_range(key)
        return list(among.filter(regions.in_range("code", lo, hi)).order_by("level", "code")[:LIMIT])
    return list(_named(among, key, LAST).order_by("level", "code")[:LIMIT])


def called(name: str, among: RegionQuerySet) -> list[Region]:
    """Areas of exactly this name, with or without "Kabupaten" or "Kota" before it."""
    keys = [kind + " ".join(name.lower().split()) for kind in KINDS]
    return list(among.filter(name_key__in=keys).order_by("level", "code")[: LIMIT + 1])


def code_ahead(text: str) -> int | None:
    """The code at the start of the text, dotted or plain; None when none stands there."""
    first = text.split()[0] if text.strip() else ""
    if first.isascii() and first.isdigit() and len(first) in (2, 4, 6, 10):
        return regions.parse(first)
    return region_code_of(text)


def by_code(text: str) -> Region | None:
    """The area whose code stands at the start of the text."""
    code = code_ahead(text)
    return None if code is None else Region.objects.filter(pk=code).first()


def _code_range(key: str) -> tuple[int, int]:
    """ "17.7" -> every code that begins with 177; an impossible code gives an empty range."""
    digits = key.split()[0].replace(".", "")
    if not (digits.isascii() and digits.isdigit()) or len(digits) > len(str(regions.LAST_CODE)):
        return 1, 0
    return int(digits.ljust(10, "0")), int(digits.ljust(10, "9"))


def _named(among: RegionQuerySet, key: str, last: str) -> RegionQuerySet:
    """Prefix of the name as range operators, which keep an index whatever the collation."""
    one = "name_key ~>=~ %s AND name_key ~<~ %s"
    where = " OR ".join(f"({one})" for _ in KINDS)
    bounds = [text for kind in KINDS for text in (kind + key, kind + key + last)]
    return among.extra(where=[f"({where})"], params=bounds)  # type: ignore[return-value]  # noqa: S610


def children_of(slots: Sequence[Slot], limit: int) -> list[Region]:
    """The ranges' own areas and what lies one level below them, at most `limit`."""
    heads = [slot.lo for slot in slots]
    below = Q(pk__in=heads)
    for slot in slots:
        level = min(regions.level_of(slot.lo) + 1, Level.VILLAGE)
        below |= Q(level=level) & regions.in_range("code", slot.lo, slot.hi)
    return list(Region.objects.filter(below).order_by("code")[:limit])
