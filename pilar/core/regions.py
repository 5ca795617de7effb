"""Arithmetic of the 10-digit region code (PP KK CC DDDD as one bigint, the nation is 0).

A subtree is a range of codes, so scope, filters, row security and rollups share one predicate.
Source: domain.md 5.1 (Kepmendagri 300.2.2-2138/2025).
"""

from enum import IntEnum

from django.db.models import Q

NATION = 0
NATION_SLUG = "nasional"
LAST_CODE = 9_999_999_999


class Level(IntEnum):
    NATION = 0
    PROVINCE = 1
    REGENCY = 2
    DISTRICT = 3
    VILLAGE = 4


#: codes below one area of this level
SPAN = {
    Level.NATION: 10**10,
    Level.PROVINCE: 10**8,
    Level.REGENCY: 10**6,
    Level.DISTRICT: 10**4,
    Level.VILLAGE: 1,
}

LEVEL_NAMES = {
    Level.NATION: "nasional",
    Level.PROVINCE: "provinsi",
    Level.REGENCY: "kabupaten/kota",
    Level.DISTRICT: "kecamatan",
    Level.VILLAGE: "desa/kelurahan",
}


def level_of(code: int) -> Level:
    if code == NATION:
        return Level.NATION
    for level in (Level.PROVINCE, Level.REGENCY, Level.DISTRICT):
        if code % SPAN[level] == 0:
            return level
    return Level.VILLAGE


def bounds(code: int) -> tuple[int, int]:
    """First and last code of the subtree, both inclusive."""
    return code, code + SPAN[level_of(code)] - 1


def in_range(column: str, lo: int, hi: int) -> Q:
    """Codes from lo to hi, also on a foreign key column, where Django knows no `range`."""
    return Q(**{f"{column}__gte": lo, f"{column}__lte": hi})


def contains(parent: int, code: int) -> bool:
    lo, hi = bounds(parent)
    return lo <= code <= hi


def at_level(code: int, level: Level) -> int:
    """The code's ancestor at `level`; a code above that level stays itself."""
    return code // SPAN[level] * SPAN[level] if level else NATION


def parent_of(code: int) -> int:
    """The area one level up; the nation's is the nation."""
    return at_level(code, Level(max(level_of(code) - 1, Level.NATION)))


def path(code: int) -> list[int]:
    """From the nation down to the code itself, without repeats."""
    return list(dict.fromkeys(at_level(code, level) for level in Level))


def dotted(code: int) -> str:
    """1771010000 -> 17.71.01; the nation is an empty string."""
    digits = f"{code:010d}"
    parts = (digits[:2], digits[2:4], digits[4:6], digits[6:])
    return ".".join(parts[: level_of(code)])


def slug(code: int) -> str:
    """The code as addresses and the API write it: 17.71, and "nasional" for the nation."""
    return dotted(code) or NATION_SLUG


def parse(text: str) -> int:
    """A dotted or plain code or "nasional", as people and addresses write it, to the bigint.

    Raises ValueError with a sentence when it is neither.
    """
    if text.strip() == NATION_SLUG:
        return NATION
    digits = text.strip().replace(".", "")
    if not digits.isdigit() or len(digits) not in (2, 4, 6, 10):
        raise ValueError(f"Kode wilayah “{text}” tidak dikenal; contoh yang benar: 17.71.01")
    return int(digits.ljust(10, "0"))
