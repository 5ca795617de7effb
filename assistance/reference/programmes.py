"""Prices and eligibility rules as their sources print them (domain.md 3.1, 3.2, 3.4, 4.1).

What is left out on purpose, because no source settles it:
- the age limit of permakanan: printed as 70, 75 and 80, so none is in force until the ministry names one per year;
- the decile limit of sembako: printed as 4 and as 5;
- a price of ATENSI: its value follows from each person's assessment;
- a price of sembako: the amount was found without its source;
- documents of proof: which of them a programme must have is named by no guideline that was found, so none is asked
  until the ministry says so (`manage.py set_proof`).
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from assistance.models import EligibilityRule, ProgrammePrice
from pilar.core.reference.catalogue import PERMAKANAN, PROGRAMME_PKH, YAPI
from pilar.core.reference.registry import register

Kind = EligibilityRule.Kind

#: The meals' release; the guideline 74/4/HK.01/6/2023 is of the same month.
MEALS_2023 = date(2023, 6, 23)
MEALS_2023_SOURCE = "Kemensos, 23 Jun 2023; Kepdirjen Rehsos 74/4/HK.01/6/2023"
MEALS_WHO = "Sokoguru, pedoman Kepdirjen Rehsos 74/4/HK.01/6/2023; Antara, 23 Jun 2023"
YAPI_2022 = date(2022, 5, 6)
YAPI_SOURCE = "KR Jogja, 6 Mei 2022: satu harga untuk semua umur"
PKH_SOURCE = "Poskota, 19 Jul 2024 dan 2 Jan 2025 (setahun, dibayar empat tahap)"
DECILE_SOURCE = "Kepala Pusdatin Kemensos, 20 Feb 2026 (Babeindonesia): desil 1 sampai 4"


@dataclass(frozen=True)
class Price:
    programme: int
    component: str
    per: str
    amount: int
    since: date
    source: str
    until: date | None = None


@dataclass(frozen=True)
class Rule:
    programme: int
    kind: str
    value: Any
    since: date
    source: str


PRICES = (
    Price(
        PERMAKANAN, "makanan", "hari", 21_000, date(2022, 10, 1),
        "Kemensos, 23 Jun 2023 (harga sebelumnya); pedoman Kepdirjen Rehsos 56/4/HK.01/10/2022", date(2023, 6, 22),
    ),
    Price(PERMAKANAN, "makanan", "hari", 30_000, MEALS_2023, f"{MEALS_2023_SOURCE} (dua kali makan)"),
    Price(PERMAKANAN, "antar", "hari", 2_000, MEALS_2023, f"{MEALS_2023_SOURCE}; IDX Channel, 26 Jun 2023"),
    Price(YAPI, "bantuan", "bulan", 200_000, YAPI_2022, YAPI_SOURCE),
    *(
        Price(PROGRAMME_PKH, component, "tahun", amount, date(2024, 1, 1), PKH_SOURCE)
        for component, amount in (
            ("ibu hamil", 3_000_000),
            ("anak usia dini", 3_000_000),
            ("anak SD", 900_000),
            ("anak SMP", 1_500_000),
            ("anak SMA", 2_000_000),
            ("disabilitas", 2_400_000),
            ("lanjut usia", 2_400_000),
            ("korban pelanggaran HAM berat", 10_800_000),
        )
    ),
)  # fmt: skip

RULES = (
    Rule(PERMAKANAN, Kind.GROUPS, ["PAS03_LANSIA_TERLANTAR", "PAS02_DISABILITAS"], MEALS_2023, MEALS_WHO),
    Rule(PERMAKANAN, Kind.CIRCUMSTANCE, {"tinggal_sendiri": ["ya"]}, MEALS_2023, f"{MEALS_WHO}: KK tunggal"),
    Rule(PERMAKANAN, Kind.NOT_WITH, ["PKH", "SEMBAKO"], MEALS_2023, MEALS_WHO),
    Rule(YAPI, Kind.MAX_AGE, 17, YAPI_2022, "KR Jogja, 6 Mei 2022; Antara, Jan 2023: di bawah 18 tahun"),
    Rule(PROGRAMME_PKH, Kind.MAX_DECILE, 4, date(2026, 2, 20), DECILE_SOURCE),
)


@register("harga satuan")
def load_prices() -> int:
    known = set(ProgrammePrice.objects.values_list("programme_id", "component", "valid_from"))
    before = ProgrammePrice.objects.count()
    # a version that an administrator put in the same period stays: the database keeps one at a time
    ProgrammePrice.objects.bulk_create(
        (
            ProgrammePrice(
                programme_id=price.programme,
                component=price.component,
                per=price.per,
                amount=price.amount,
                valid_from=price.since,
                valid_until=price.until,
                source=price.source,
            )
            for price in PRICES
            if (price.programme, price.component, price.since) not in known
        ),
        ignore_conflicts=True,
    )
    return ProgrammePrice.objects.count() - before


@register("aturan kelayakan")
def load_rules() -> int:
    known = set(EligibilityRule.objects.values_list("programme_id", "kind", "valid_from"))
    rows = [
        EligibilityRule(
            programme_id=rule.programme, kind=rule.kind, value=rule.value, valid_from=rule.since, source=rule.source
        )
        for rule in RULES
        if (rule.programme, rule.kind, rule.since) not in known
    ]
    return len(EligibilityRule.objects.bulk_create(rows))
