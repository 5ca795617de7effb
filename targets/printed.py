"""Reading what a source printed: the value, and how exactly it was printed (domain.md 0).

"Rp879,77 juta" is 879,770,000 in steps of 10,000; "418 orang" is 418 exactly.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from math import prod

SCALES = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "milyar": 10**9, "triliun": 10**12}
_NUMBER = re.compile(
    r"^(?:rp\.?\s*)?(?P<whole>\d{1,3}(?:\.\d{3})+|\d+)(?:,(?P<part>\d+))?(?:\s*(?P<scale>ribu|juta|mil[iy]ar|triliun))?"
    r"(?:,-)?(?:\s+[a-z/ ()]+)?$",
    re.IGNORECASE,
)
_TIMES = re.compile(r"\s*[×*]\s*|\s+x\s+", re.IGNORECASE)
_PERCENT = re.compile(r"^(\d+)(?:,(\d+))?\s*(?:%|persen)$", re.IGNORECASE)


@dataclass(frozen=True)
class Printed:
    """`value` in whole units; `step` the distance to the next value that could have been printed."""

    value: int
    step: int


def read_printed(text: str) -> Printed:
    """Raises ValueError with a sentence when the text holds no number as people here write it."""
    found = _NUMBER.match(" ".join(text.split()))
    if not found:
        raise ValueError(
            f"“{text.strip()}” tidak terbaca. Tulis seperti sumbernya, misalnya Rp2,22 miliar atau 418 orang."
        )
    scale = SCALES[found["scale"].lower()] if found["scale"] else 1
    decimals = len(found["part"] or "")
    step = Decimal(scale) / 10**decimals
    if step < 1:
        raise ValueError(f"“{text.strip()}” bukan bilangan bulat. Tulis satuannya, misalnya 2,22 miliar.")
    digits = int(found["whole"].replace(".", "") + (found["part"] or ""))
    return Printed(value=int(digits * step), step=int(step))


def read_arithmetic(text: str) -> int:
    """The product of "133.774 orang × 184 hari × Rp32.000". Raises ValueError with a sentence."""
    factors = _TIMES.split(text.strip())
    if len(factors) < 2:
        raise ValueError(f"“{text.strip()}” bukan perkalian. Tulis misalnya 133.774 orang × 184 hari × Rp32.000.")
    return prod(read_printed(factor).value for factor in factors)


def read_percent(text: str) -> tuple[Decimal, int]:
    """The printed percentage and its decimals. Raises ValueError with a sentence."""
    found = _PERCENT.match(text.strip())
    if not found:
        raise ValueError(f"“{text.strip()}” bukan persentase. Tulis seperti sumbernya, misalnya 119,3%.")
    part = found[2] or ""
    return Decimal(f"{found[1]}.{part or 0}"), len(part)
