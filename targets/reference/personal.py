"""The yearly target of a companion as its source states it (domain.md 2.1); in force from the day it was said."""

from datetime import date

from pilar.core import regions
from pilar.core.reference.catalogue import PKH, PROGRAMME_PKH
from pilar.core.reference.registry import register
from targets.models import PersonalRule
from targets.reference.indicators import GRADUASI

SINCE = date(2024, 12, 20)
SOURCE = "Kemensos, 20 Des 2024: paling sedikit 10 keluarga lulus per pendamping setahun"


@register("aturan target perorangan")
def load_rules() -> int:
    """Left alone once any rule of that indicator stands for the nation: somebody may have set another."""
    address = {"indicator_id": GRADUASI, "breakdown": PROGRAMME_PKH, "pillar_id": PKH, "region_id": regions.NATION}
    if PersonalRule.objects.filter(**address).exists():
        return 0
    PersonalRule.objects.create(**address, amount=10, valid_from=SINCE, source=SOURCE)
    return 1
