"""Tali asih a month as its sources print it (domain.md 2.2, 2.4); in force from the day of the print.

TKSK is left out on purpose: Rp500.000, Rp700.000 and Rp1 juta are printed for years that overlap. The amount for
Pordam is that of Bengkulu, as the only source says; other provinces have none until somebody names it.
"""

from dataclasses import dataclass
from datetime import date

from personnel.models import AllowanceRate
from pilar.core import regions
from pilar.core.reference.catalogue import PORDAM, TAGANA
from pilar.core.reference.registry import register

BENGKULU = 1700000000


@dataclass(frozen=True)
class Rate:
    pillar: int
    region: int
    amount: int
    since: date
    source: str


RATES = (
    Rate(
        TAGANA, regions.NATION, 250_000, date(2020, 8, 25),
        "maduraindepth.com, 25 Agu 2020: Rp250.000 sebulan, dibayar per semester",
    ),
    Rate(
        PORDAM, BENGKULU, 150_000, date(2017, 6, 15),
        "Pedoman Bengkulu, 15 Jun 2017: Rp150.000 sebulan, dibayar tiap enam bulan, di Bengkulu",
    ),
)  # fmt: skip


@register("besaran tali asih")
def load_rates() -> int:
    known = set(AllowanceRate.objects.values_list("pillar_id", "region_id", "valid_from"))
    before = AllowanceRate.objects.count()
    # a version that an administrator put in the same period stays: the database keeps one at a time
    AllowanceRate.objects.bulk_create(
        (
            AllowanceRate(
                pillar_id=rate.pillar,
                region_id=rate.region,
                amount=rate.amount,
                valid_from=rate.since,
                source=rate.source,
            )
            for rate in RATES
            if (rate.pillar, rate.region, rate.since) not in known
        ),
        ignore_conflicts=True,
    )
    return AllowanceRate.objects.count() - before
