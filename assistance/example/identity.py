"""Names and NIKs of people who do not exist."""

from collections import Counter
from datetime import date, timedelta
from random import Random

from assistance.example import names
from assistance.example.named import RESERVED

SEED = "pilar-contoh-1"
#: No civil registry reaches the 9,001st person of one kecamatan and day: these NIKs are nobody's.
FIRST_SERIAL = 9001
FEMALE_OFFSET = 40


def dice(topic: str) -> Random:
    """One stream per topic, so that more of one thing leaves the others as they were."""
    return Random(f"{SEED}:{topic}")  # noqa: S311 - repeatable on purpose


def day_between(rng: Random, first: date, last: date) -> date:
    """Both days may come up."""
    return first + timedelta(days=rng.randint(0, (last - first).days))


def born(rng: Random, first_year: int, last_year: int) -> date:
    return day_between(rng, date(first_year, 1, 1), date(last_year, 12, 31))


class Identities:
    """Gives out names, and each NIK once."""

    def __init__(self) -> None:
        self._serials: Counter[str] = Counter()
        self._given: set[str] = set()

    def name(self, rng: Random, sex: str, *, marind: bool = False) -> str:
        """A name of two words that no named case bears; may repeat, as names do."""
        first, last = (names.MALE, names.LAST_MALE) if sex == "L" else (names.FEMALE, names.LAST_FEMALE)
        if marind:
            first, last = names.MALE_MARIND if sex == "L" else names.FEMALE_MARIND, names.LAST_MARIND
        while True:
            name = f"{rng.choice(first)} {rng.choice(last)}"
            if name not in RESERVED:
                return name

    def new_name(self, rng: Random, sex: str) -> str:
        """A name that was not given out by this method before (colleagues are easier to tell apart)."""
        while (name := self.name(rng, sex)) in self._given:
            pass
        self._given.add(name)
        return name

    def nik(self, district: int, birth: date, sex: str) -> str:
        """District, date of birth (a woman's day + 40), serial (domain.md 5.3)."""
        day = birth.day + (FEMALE_OFFSET if sex == "P" else 0)
        stem = f"{district // 10_000:06d}{day:02d}{birth:%m%y}"
        self._serials[stem] += 1
        return f"{stem}{FIRST_SERIAL + self._serials[stem] - 1}"
