"""Where the example lies: Bengkulu's ten kabupaten/kota, and Merauke for the split region."""

from collections import defaultdict
from datetime import date
from random import Random

from assistance.example.identity import dice
from assistance.example.named import NEW_CODE
from pilar.core.models import Region
from pilar.core.regions import Level, at_level, bounds

PROVINCE = 1700000000
SELATAN, REJANG_LEBONG, UTARA, KAUR, SELUMA = (1700000000 + n * 10**6 for n in range(1, 6))
MUKOMUKO, LEBONG, KEPAHIANG, TENGAH = (1700000000 + n * 10**6 for n in range(6, 10))
KOTA = 1771000000
REGENCIES = (
    SELATAN, REJANG_LEBONG, UTARA, KAUR, SELUMA, MUKOMUKO, LEBONG, KEPAHIANG, TENGAH, KOTA,
)  # fmt: skip
SELEBAR = 1771010000


class Places:
    """Villages by kecamatan, kecamatan by kabupaten, each kecamatan with its own weight."""

    def __init__(self) -> None:
        self.villages: dict[int, list[int]] = defaultdict(list)
        self.districts: dict[int, list[int]] = defaultdict(list)
        for area in (PROVINCE, NEW_CODE):
            self._read(area)
        self.weights = {d: dice(f"bobot:{d}").uniform(0.4, 1.6) for ds in self.districts.values() for d in ds}

    def _read(self, area: int) -> None:
        rows = Region.objects.filter(code__range=bounds(area), valid_until__isnull=True).order_by("code")
        for code, level in rows.values_list("code", "level"):
            if level == Level.DISTRICT:
                self.districts[at_level(code, Level.REGENCY)].append(code)
            elif level == Level.VILLAGE:
                self.villages[at_level(code, Level.DISTRICT)].append(code)

    def district(self, rng: Random, regency: int) -> int:
        choices = self.districts[regency]
        return rng.choices(choices, [self.weights[d] for d in choices])[0]

    def village(self, rng: Random, area: int) -> int:
        """A village of a kecamatan, or of any kecamatan of a kabupaten."""
        if at_level(area, Level.DISTRICT) == at_level(area, Level.REGENCY):
            area = self.district(rng, area)
        return rng.choice(self.villages[area])

    def elsewhere(self, rng: Random, village: int) -> int:
        """A village in another kecamatan: of the same kabupaten mostly, else of another one in Bengkulu."""
        here, regency = at_level(village, Level.DISTRICT), at_level(village, Level.REGENCY)
        to = regency if rng.random() < 0.6 else rng.choice([r for r in REGENCIES if r != regency])
        return self.village(rng, rng.choice([d for d in self.districts[to] if d != here]))


def first_of(year: int) -> date:
    return date(year, 1, 1)


def last_of(year: int) -> date:
    return date(year, 12, 31)
